import { describe, expect, it } from 'vitest';
import { ROOT_ITEM } from '../../../src-shared/model/item.ts';
import type { Journal, JudgedEntry, Newcomer } from '../journal.ts';
import { begin, copyAll, entry, list, Rig } from './journal-rig.ts';

const newcomer = (name: string, facts: Partial<Newcomer> = {}): Newcomer => ({
  ...{
    name,
    destinationName: undefined,
    kind: 'file',
    size: 10,
    modified: 1_000.5,
    created: 500.25,
    fileId: '7',
  },
  ...facts,
});

/** A run is over that copied these entries of the root; another has begun. */
async function secondRun(entries: readonly JudgedEntry[]): Promise<Journal> {
  const journal = await new Rig().begun();
  await list(journal, entries);
  for (const { item, name } of await journal.takeFoldersToMake(10))
    await journal.folderMade(item, { id: `id of ${name}`, existed: name === 'found' });
  await copyAll(journal);
  for (const { item } of await journal.takeFolders(10)) await journal.endListing(item);
  await journal.finish(1);
  await begin(journal, 1);
  return journal;
}

const found = async (journal: Journal, ...entries: Newcomer[]): Promise<number[][]> =>
  (await journal.findMoved(ROOT_ITEM, entries)).map((copies) => copies.map(({ item }) => item));

describe('copies of what is elsewhere now', () => {
  it('are found by number, kind, size and time, also by a number that takes 64 bits or more', async () => {
    const large = '18446744073709551615';
    const journal = await secondRun([
      entry('a', { fileId: '7' }),
      entry('b', { fileId: '16777223' }),
      entry('c', { fileId: large }),
    ]);
    expect(await journal.findMoved(ROOT_ITEM, [newcomer('new')])).toEqual([
      [
        {
          ...{ item: 2, path: 'a', id: 'id-2', tag: 'tag-2', grade: 'identical', there: false },
          from: { parent: 'root', name: 'a' },
        },
      ],
    ]);
    const others = [{ size: 11 }, { modified: 1_000 }, { kind: 'folder' as const }, { fileId: undefined }];
    expect(await found(journal, ...others.map((facts) => newcomer('new', facts)))).toEqual([[], [], [], []]);
    expect(await found(journal, newcomer('b', { fileId: '7' }))).toEqual([[]]);
    expect(await found(journal, newcomer('new', { fileId: large }))).toEqual([[4]]);
  });

  it('are none of what was born since: it has the number of something that was deleted', async () => {
    const journal = await secondRun([entry('a', { fileId: '7' }), entry('b', { fileId: '8', created: 900 })]);
    expect(await found(journal, newcomer('new', { created: 900 }))).toEqual([[2]]);
    expect(await found(journal, newcomer('new', { created: 900.5 }))).toEqual([[]]);
    // What this run itself saw does not count.
    await list(journal, [entry('late', { fileId: '9', created: 2_000 })]);
    expect(await found(journal, newcomer('new', { created: 900.5 }))).toEqual([[]]);
  });

  it('are none that somebody else changed, that were there before us, or that this run has seen', async () => {
    const journal = await secondRun([entry('a', { fileId: '7' }), entry('b', { fileId: '8' })]);
    const edited = { id: 'id-3', parent: 'root', name: 'b', kind: 'file', size: 1, modified: 9 } as const;
    await journal.recordRemote({ items: [{ ...edited, tag: 'x', hash: undefined }], deleted: [], mark: 'm' });
    expect(await found(journal, newcomer('new', { fileId: '8' }))).toEqual([[]]);
    await journal.recordEntries(ROOT_ITEM, [entry('a', { fileId: '7' })]);
    expect(await found(journal, newcomer('new'))).toEqual([[]]);
  });

  it('stand at their new place already when the destination says so and they look as they were left', async () => {
    const journal = await secondRun([entry('a', { fileId: '7' })]);
    const told = {
      id: 'id-2',
      parent: 'root',
      name: 'new',
      kind: 'file',
      size: 10,
      modified: 1_000,
    } as const;
    await journal.recordRemote({ items: [{ ...told, tag: 'x', hash: undefined }], deleted: [], mark: 'm' });
    expect(await journal.findMoved(ROOT_ITEM, [newcomer('new')])).toMatchObject([
      [{ item: 2, tag: 'x', there: true }],
    ]);
    expect(await found(journal, newcomer('other'))).toEqual([[]]);
    const [known] = await journal.lookUp(ROOT_ITEM, [{ name: 'new', fileId: '7' }]);
    expect(known?.theirs).toBeUndefined();
    const [stranger] = await journal.lookUp(ROOT_ITEM, [{ name: 'new', fileId: '8' }]);
    expect(stranger?.theirs).toMatchObject({ id: 'id-2' });
  });

  it('of folders are compared with what is in them, and with what others put there', async () => {
    const folder = (name: string, fileId: string) => entry(name, { kind: 'folder', fileId, size: 0 });
    const journal = await secondRun([folder('ours', '7'), folder('found', '8')]);
    const asked = newcomer('new', { kind: 'folder', size: 5, modified: 5 });
    expect(await found(journal, asked, { ...asked, fileId: '8' })).toEqual([[2], []]);
    expect(await journal.heldBy(2)).toEqual({ children: 0, foreign: false });
    const theirs = { id: 'x', parent: 'id of ours', name: 'x', kind: 'file', size: 1, modified: 9 } as const;
    await journal.recordRemote({ items: [{ ...theirs, tag: 'x', hash: undefined }], deleted: [], mark: 'm' });
    expect(await journal.heldBy(2)).toEqual({ children: 0, foreign: true });
  });

  it('keep their number, and what is known of them, under another name and folder', async () => {
    const journal = await secondRun([entry('a', { fileId: '7' }), entry('sub', { kind: 'folder' })]);
    await journal.acknowledge(100);
    const present = { do: 'settle', outcome: 'present', grade: 'identical', code: undefined } as const;
    const settled = { ...present, remote: undefined };
    const remote = { id: 'id-2', tag: 'tag-moved', hash: undefined };
    const decision = { ...present, movedFrom: 2, remote };
    await list(journal, [entry('sub', { kind: 'folder', decision: settled })]);
    const [sub] = await journal.takeFolders(1);
    const moved = entry('new', { fileId: '7', decision });
    await journal.recordEntries(sub?.item ?? 0, [moved]);
    await journal.recordEntries(sub?.item ?? 0, [moved], true);
    await journal.finish(1);
    const rows = await journal.outbox(10);
    expect(rows.map(({ item, name, outcome, grade }) => [item, name, outcome, grade])).toEqual([
      [3, 'sub', 'present', 'identical'],
      [2, 'new', 'present', 'identical'],
    ]);
    expect((await journal.counts()).byCode).toEqual({});
    await begin(journal, 2);
    const [known] = await journal.lookUp(3, ['new']);
    expect(known?.ours).toMatchObject({ item: 2, tag: 'tag-moved', grade: 'identical', goneThere: false });
    expect(await journal.lookUp(ROOT_ITEM, ['a'])).toMatchObject([{ ours: undefined }]);
  });
});
