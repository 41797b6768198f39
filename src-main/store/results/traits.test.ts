import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { ItemTraits } from '../../../src-shared/contract/item-query.ts';
import { noTally } from '../../../src-shared/model/counts.ts';
import { openRunResults } from '../open-run-results.ts';
import { need, testFolder } from '../test-folder.ts';

const row = (seq: number, parent: number, name: string, facts: object = {}) => ({
  ...{ seq, item: seq + 1, parent, name, kind: 'file' as const, size: seq * 10, modified: seq * 1_000_000 },
  ...{ outcome: 'planned' as const, findings: [], ...facts },
});
const folder = { kind: 'folder' as const, size: 0 };

it('finds items by what the pictures of an assessment are made of, in units below the source as well', async () => {
  const { results } = need(await openRunResults({ file: join(testFolder(), 'run.db'), now: () => 0 }));
  onTestFinished(() => results.close());
  const changed = { destinationName: 'plan_2', findings: [{ code: 'name-changed' as const }] };
  await results.take(
    { unit: 'a', generation: 1, path: '' },
    [
      row(1, 1, 'Sales', folder),
      row(2, 2, 'plan:2', { ...folder, ...changed }),
      row(3, 3, 'Report.PDF'),
      row(4, 1, 'top'),
      row(5, 2, 'bad.pdf', { outcome: 'failed', findings: [{ code: 'path-too-long' }] }),
      row(6, 2, 'gone.pdf', { outcome: undefined, findings: [{ code: 'deleted-at-source' }] }),
    ],
    noTally,
  );
  await results.take(
    { unit: 'b', generation: 1, path: 'Sales/deep' },
    [row(1, 1, 'in the unit.pdf'), row(2, 1, 'x.aPdf')],
    noTally,
  );
  const found = async (traits: ItemTraits) => {
    const { items, total } = await results.page({ traits }, undefined, 50);
    expect(total).toBeNull();
    return items.map(({ path }) => path).sort();
  };
  expect(await found({ extension: 'pdf' })).toEqual([
    'Sales/bad.pdf',
    'Sales/deep/in the unit.pdf',
    'Sales/plan:2/Report.PDF',
  ]);
  expect(await found({ extension: '' })).toEqual(['Sales', 'Sales/plan:2', 'top']);
  expect(await found({ below: 'Sales/deep' })).toEqual(['Sales/deep/in the unit.pdf', 'Sales/deep/x.aPdf']);
  expect(await found({ depth: { from: 2 } })).toEqual([
    'Sales/deep/in the unit.pdf',
    'Sales/deep/x.aPdf',
    'Sales/plan:2/Report.PDF',
  ]);
  // "/Sales/plan_2" counts with the name that it gets.
  expect(await found({ pathLength: { from: 13, to: 14 } })).toEqual(['Sales/plan:2']);
  expect(await found({ pathLength: { from: '/Sales/deep/in the unit.pdf'.length } })).toEqual([
    'Sales/deep/in the unit.pdf',
  ]);
  expect(await found({ readiness: 'changes' })).toEqual(['Sales/plan:2']);
  expect(await found({ readiness: 'ready', size: { from: 30, to: 41 } })).toEqual([
    'Sales/plan:2/Report.PDF',
    'top',
  ]);
  expect(await found({ modified: { from: 3_000_001, to: 5_000_001 } })).toEqual(['Sales/bad.pdf', 'top']);
});
