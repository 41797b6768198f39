import { describe, expect, it } from 'vitest';
import { ROOT_ITEM } from '../../../src-shared/model/item.ts';
import { begin, copied, copyAll, entry, list, Rig } from './journal-rig.ts';

describe('a later run', () => {
  it('knows what the one before did, and tells what is gone and what was renamed, once', async () => {
    const journal = await new Rig().begun();
    const big = '9007199254740993';
    await list(journal, [
      entry('stays'),
      entry('goes', { fileId: '42' }),
      entry('moves', { fileId: big }),
      entry('moves too', { fileId: '43' }),
      entry('sub', { kind: 'folder' }),
    ]);
    await list(journal, [entry('inside')]);
    await journal.takeFoldersToMake(1);
    await journal.folderMade(6, { id: 'sub-id', existed: false });
    await copyAll(journal);
    await journal.finish(1);

    await begin(journal, 1);
    expect(await journal.progress()).toMatchObject({ run: 1, finished: false, knownBefore: true });
    expect((await journal.counts()).found.files).toBe(0);
    const [stays] = await journal.lookUp(ROOT_ITEM, ['stays']);
    expect(stays).toMatchObject({
      ours: {
        item: 2,
        fingerprint: { size: 10, modified: 1_000.5, fileId: undefined },
        outcome: 'copied',
        remoteId: 'id-2',
        tag: 'tag-2',
        grade: 'identical',
        goneThere: false,
      },
      theirs: undefined,
      settledInThisRun: false,
    });
    const present = {
      do: 'settle' as const,
      outcome: 'present' as const,
      grade: 'identical' as const,
      code: undefined,
      remote: undefined,
    };
    await list(journal, [
      entry('stays', { decision: present }),
      entry('new name', { fileId: big }),
      entry('small', { fileId: '43' }),
    ]);
    await copyAll(journal);
    await journal.finish(1);
    const { found, byCode } = await journal.counts();
    expect(found.files).toBe(3);
    expect(byCode).toEqual({
      'deleted-at-source': { items: 3, bytes: 20 },
      'renamed-at-source': { items: 2, bytes: 20 },
    });
    const gone = (await journal.outbox(20)).filter(({ outcome }) => outcome === undefined);
    expect(gone.map(({ name, findings }) => [name, findings[0]?.code, findings[0]?.detail])).toEqual([
      ['goes', 'deleted-at-source', undefined],
      ['moves', 'renamed-at-source', 'new name'],
      ['moves too', 'renamed-at-source', 'small'],
      ['sub', 'deleted-at-source', undefined],
      ['inside', 'deleted-at-source', undefined],
    ]);

    await begin(journal, 2);
    await list(journal, [
      entry('stays', { decision: present }),
      entry('new name', { fileId: big, decision: present }),
      entry('small', { fileId: '43', decision: present }),
    ]);
    await journal.finish(1);
    expect((await journal.counts()).byCode).toEqual({});
  });

  it('says nothing of what is below a folder that it could not list', async () => {
    const journal = await new Rig().begun();
    await list(journal, [entry('sub', { kind: 'folder' })]);
    await list(journal, [entry('inside')]);
    await journal.folderMade(2, { id: 'sub-id', existed: false });
    await copyAll(journal);
    await journal.finish(1);
    await begin(journal, 1);
    await list(journal, [entry('sub', { kind: 'folder' })]);
    const [sub] = await journal.takeFolders(1);
    const findings = [{ code: 'folder-unreadable' as const }];
    await journal.settle([
      copied(sub?.item ?? 0, { outcome: 'failed', grade: undefined, remote: undefined, findings }),
    ]);
    await journal.endListing(sub?.item ?? 0);
    await journal.folderMade(2, { id: 'sub-id', existed: true });
    await journal.finish(1);
    expect((await journal.counts()).byCode).toEqual({ 'folder-unreadable': { items: 1, bytes: 0 } });
  });

  it('still knows what the copy was made of when a change could not be copied, and when the run was left', async () => {
    const journal = await new Rig().begun();
    await list(journal, [entry('a'), entry('b')]);
    await copyAll(journal);
    await journal.finish(1);
    await begin(journal, 1);
    const changed = { size: 20, decision: { do: 'copy' as const, replace: { id: 'id-2', tag: 'tag-2' } } };
    const [root] = await journal.takeFolders(1);
    await journal.recordEntries(root?.item ?? 0, [entry('a', changed), entry('b', changed)]);
    const [again] = await journal.lookUp(ROOT_ITEM, ['a']);
    expect(again?.ours?.fingerprint.size).toBe(10);
    const [a] = await journal.takeFiles(1);
    expect(a).toMatchObject({
      replace: { id: 'id-2', tag: 'tag-2' },
      fingerprint: { size: 20 },
      created: 500.25,
    });
    await journal.settle([copied(2, { outcome: 'failed', grade: undefined, remote: undefined })]);
    await begin(journal, 2);
    const known = await journal.lookUp(ROOT_ITEM, ['a', 'b']);
    expect(known.map(({ ours }) => [ours?.fingerprint.size, ours?.outcome, ours?.remoteId])).toEqual([
      [10, 'failed', 'id-2'],
      [10, 'copied', 'id-3'],
    ]);
  });

  it('shows a copy of another kind as something in the way', async () => {
    const journal = await new Rig().begun();
    await list(journal, [entry('thing')]);
    await copyAll(journal);
    await journal.finish(1);
    await begin(journal, 1);
    const [known] = await journal.lookUp(ROOT_ITEM, [{ name: 'thing', kind: 'folder' }]);
    expect(known).toMatchObject({ ours: undefined, theirs: { id: 'id-2', kind: 'file' } });
  });
});
