import Sqlite from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ROOT_ITEM } from '../../../src-shared/model/item.ts';
import { Desk } from './desk.ts';
import { begin, copied, copyAll, entry, list, Rig } from './journal-rig.ts';
import { Unlisted } from './remote.ts';

describe('what the destination tells', () => {
  const remote = { parent: 'root', kind: 'file' as const, size: 10, modified: 1_000, hash: undefined };

  it('is kept where it is not an unchanged copy of ours, and found under its name in whatever case', async () => {
    const journal = await new Rig().begun();
    await list(journal, [entry('a'), entry('b'), entry('c'), entry('d')]);
    await copyAll(journal);
    await journal.finish(1);
    await begin(journal, 1);
    const items = [
      { ...remote, id: 'id-2', name: 'a', tag: 'tag-2' },
      { ...remote, id: 'id-3', name: 'b', tag: 'edited', size: 11 },
      { ...remote, id: 'foreign', name: 'ÄB.txt', tag: 't' },
    ];
    await journal.recordRemote({ items, deleted: ['id-4'], mark: 'mark 1' });
    expect(await journal.remoteMark()).toBe('mark 1');
    const known = await journal.lookUp(ROOT_ITEM, ['a', 'b', 'c', { name: 'x', destinationName: 'äb.TXT' }]);
    expect(known.map(({ ours, theirs }) => [ours?.goneThere, theirs?.id, theirs?.tag])).toEqual([
      [false, undefined, undefined],
      [false, 'id-3', 'edited'],
      [true, undefined, undefined],
      [undefined, 'foreign', 't'],
    ]);
    // A full enumeration that does not list a copy, nor the foreign one.
    await journal.recordRemote({ first: true, items: items.slice(0, 1), deleted: [], mark: undefined });
    await journal.recordRemote({ items: [], deleted: [], mark: 'mark 2' });
    const after = await journal.lookUp(ROOT_ITEM, ['a', 'd', { name: 'x', destinationName: 'äb.txt' }]);
    expect(after.map(({ ours, theirs }) => [ours?.goneThere, theirs?.id])).toEqual([
      [false, undefined],
      [true, undefined],
      [undefined, undefined],
    ]);
  });

  it('takes a deleted folder with all that is in it', async () => {
    const journal = await new Rig().begun();
    await list(journal, [entry('sub', { kind: 'folder' })]);
    await list(journal, [entry('inside')]);
    await journal.folderMade(2, { id: 'sub-id', existed: false });
    await copyAll(journal);
    await journal.finish(1);
    await begin(journal, 1);
    await journal.recordRemote({ items: [], deleted: ['sub-id'], mark: 'm' });
    const [inside] = await journal.lookUp(2, ['inside']);
    expect(inside?.ours?.goneThere).toBe(true);
  });

  it('has a folder made again that vanished while there is something to do, and what goes into it waits', async () => {
    const journal = await new Rig().begun();
    await list(journal, [entry('sub', { kind: 'folder' })]);
    await list(journal, [entry('a'), entry('b'), entry('deep', { kind: 'folder' })]);
    await list(journal, [entry('c')]);
    await journal.folderMade(2, { id: 'sub-id', existed: false });
    await journal.folderMade(5, { id: 'deep-id', existed: false });
    const [first] = await journal.takeFiles(1);
    await journal.putBack(first?.item ?? 0);
    await journal.recordRemote({ items: [], deleted: ['sub-id'], mark: 'm' });
    expect(await journal.takeFiles(9)).toEqual([]);
    expect(await journal.takeFoldersToMake(9)).toMatchObject([{ item: 2, parentRemoteId: 'root' }]);
    await journal.folderMade(2, { id: 'sub-id 2', existed: false });
    expect(await journal.takeFoldersToMake(9)).toMatchObject([{ item: 5, parentRemoteId: 'sub-id 2' }]);
    await journal.folderMade(5, { id: 'deep-id 2', existed: false });
    expect((await copyAll(journal)).map(({ attempts }) => attempts).toSorted()).toEqual([0, 0, 1]);
    // At the end a vanished folder is a copy that is missing, not one to be made.
    await journal.recordRemote({ items: [], deleted: ['deep-id 2'], mark: 'm' });
    expect(await journal.progress()).toMatchObject({ foldersToMake: 0 });
    expect((await journal.takeUnlisted(9)).map(({ path }) => path)).toContain('sub/deep');
    await journal.finish(1);
  });

  it('settles grades, and leaves those copies that it does not list', async () => {
    const journal = await new Rig().begun();
    await list(
      journal,
      ['same', 'later', 'office.docx', 'broken', 'edited', 'lost'].map((name) => entry(name)),
    );
    const files = await journal.takeFiles(10);
    const byName = new Map(files.map(({ path, item }) => [path, item]));
    const idOf = (name: string) => byName.get(name) ?? 0;
    await journal.settle(
      files.map(({ item, path }) =>
        copied(item, path === 'same' ? {} : { grade: 'size-equal', sentHash: 'sent' }),
      ),
    );
    const listed = (name: string, facts: object) => ({
      ...remote,
      id: `id-${idOf(name)}`,
      name,
      tag: `tag-${idOf(name)}`,
      hash: 'sent',
      ...facts,
    });
    await journal.recordRemote({
      items: [
        listed('same', {}),
        listed('later', {}),
        listed('office.docx', { size: 99, hash: 'other', tag: 'new' }),
        listed('broken', { size: 99, hash: 'other', tag: 'new' }),
        listed('edited', { size: 99, hash: 'other', tag: 'new', modified: 999_000 }),
      ],
      deleted: [],
      mark: 'm',
    });
    expect(await journal.regrade(10)).toBe(4);
    expect(await journal.regrade(10)).toBe(0);
    expect(await journal.takeUnlisted(10)).toEqual([{ item: idOf('lost'), path: 'lost', kind: 'file' }]);
    expect(await journal.takeUnlisted(10)).toEqual([]);
    const { byGrade, byOutcome, byCode } = await journal.counts();
    expect([
      byGrade.identical.files,
      byGrade.rewritten.files,
      byGrade.differs.files,
      byGrade['size-equal'].files,
    ]).toEqual([2, 1, 1, 2]);
    expect([byOutcome.copied.files, byOutcome.failed.files]).toEqual([5, 1]);
    expect(Object.keys(byCode).sort()).toEqual(['content-differs', 'rewritten-by-service']);
  });

  it('does not take for our own what somebody edited since, though its size is the same', async () => {
    const journal = await new Rig().begun();
    await list(journal, [entry('touched'), entry('edited')]);
    const idOf = new Map((await copyAll(journal)).map(({ path, item }) => [path, `id-${item}`]));
    const listed = (name: string, modified: number) => ({
      ...{ ...remote, name, modified, id: idOf.get(name) ?? '' },
      ...{ size: 10, tag: 'new', hash: 'other' },
    });
    await journal.recordRemote({
      items: [listed('touched', 1_000), listed('edited', 99_000)],
      deleted: [],
      mark: 'm',
    });
    while ((await journal.regrade(10)) > 0);
    const [touched, edited] = await journal.lookUp(ROOT_ITEM, ['touched', 'edited']);
    // Only the tag is new, with the time of our copy: the service did something of its own.
    expect([touched?.ours?.tag, touched?.theirs]).toEqual(['new', undefined]);
    expect(edited?.ours?.tag).not.toBe('new');
    expect(edited?.theirs).toMatchObject({ tag: 'new', hash: 'other' });
  });

  it('begins the pass over unlisted copies anew also where its first step was undone', async () => {
    const rig = new Rig();
    const journal = await rig.begun();
    await list(journal, [entry('a'), entry('b')]);
    await copyAll(journal);
    await journal.recordRemote({ items: [], deleted: [], mark: 'one' });
    const database = new Sqlite(rig.file);
    onTestFinished(() => void database.close());
    const desk = new Desk(database);
    const unlisted = new Unlisted(desk);
    expect(unlisted.take(10).items).toHaveLength(2);
    desk.callDone();
    await journal.recordRemote({ items: [], deleted: [], mark: 'two' });
    // Written by another desk, which a journal never has: this one keeps what it has read.
    desk.reload();
    for (const end of [() => desk.callUndone(), () => desk.callDone()]) {
      expect(unlisted.take(10).items).toHaveLength(2);
      end();
    }
    expect(unlisted.take(10).items).toHaveLength(0);
  });
});
