import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { ROOT_ITEM } from '../../../src-shared/model/item.ts';
import type { JudgedEntry } from '../journal.ts';
import { testFolder } from '../test-folder.ts';
import { InProcessJournal } from './in-process.ts';
import { entry, told } from './journal-rig.ts';
import { packEntries } from './pack-entries.ts';

const planned: JudgedEntry['decision'] = {
  do: 'settle',
  outcome: 'planned',
  grade: undefined,
  code: undefined,
  remote: undefined,
};

/** Of several kinds and outcomes, so that no statement takes all of them; each with its number as its size. */
const entries = Array.from({ length: 137 }, (_, i): JudgedEntry => {
  const facts = { size: i, fileId: String(2 ** 60 + i), decision: planned };
  if (i % 31 === 0) return entry(`file ${i}`, { ...facts, findings: [{ code: 'odd-time', detail: `${i}` }] });
  if (i % 17 === 0) return entry(`file ${i}`, { ...facts, destinationName: `other ${i}` });
  if (i % 40 === 7)
    return entry(`file ${i}`, {
      ...facts,
      decision: { ...planned, outcome: 'left-out', code: 'link-left-out' },
    });
  return entry(`file ${i}`, facts);
});

function listed(): InProcessJournal {
  const journal = new InProcessJournal(join(testFolder(), 'task.db'));
  while (!journal.call('beginStep', 0, 0, 0));
  journal.call('takeFolders', 1);
  journal.call('recordEntries', ROOT_ITEM, packEntries(entries), true);
  return journal;
}

it('queues what was found in a folder in few rows, and tells each item as it is', () => {
  const journal = listed();
  onTestFinished(() => void journal.database.close());
  expect(journal.database.prepare('SELECT count(*) FROM outbox').pluck().get()).toBe(1);
  const rows = told(journal, 1_000);
  expect(rows.map(({ seq, name, size }) => ({ seq, name, size }))).toEqual(
    entries.map(({ name, size }, i) => ({ seq: i + 1, name, size })),
  );
  expect(rows[31]?.findings).toEqual([{ code: 'odd-time', detail: '31' }]);
  expect(rows[34]).toMatchObject({ destinationName: 'other 34', findings: [], outcome: 'planned' });
  expect(rows[47]).toMatchObject({ outcome: 'left-out', findings: [{ code: 'link-left-out' }] });
});

it('can be acknowledged in the middle of a row, and goes on there after a kill', () => {
  let journal = listed();
  onTestFinished(() => void journal.database.close());
  expect(told(journal, 10).map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  journal.call('acknowledge', 7);
  journal = journal.killed(join(testFolder(), 'killed.db'));
  while (!journal.call('beginStep', 0, 0, 7));
  const [first, ...rest] = told(journal, 1_000);
  expect(first).toMatchObject({ seq: 8, name: 'file 7' });
  expect(rest).toHaveLength(129);
  journal.call('acknowledge', 137);
  expect(told(journal, 10)).toEqual([]);
});
