import { describe, expect, it } from 'vitest';
import type { JournalLease } from '../journal.ts';
import { begin, copied, copyAll, entry, list, names, Rig } from './journal-rig.ts';

const lease = (epoch: number, facts: Partial<JournalLease> = {}): JournalLease => ({
  ...{ run: 0, epoch, takeUp: 'go-on', offersTaken: 0, except: [], uploads: [] },
  ...facts,
});
const HERE = { path: '', destinationPath: '' };

describe('a journal under leases', () => {
  it('goes on under the lease after its own, and under no other', async () => {
    const rig = new Rig();
    const journal = await rig.open();
    expect(await journal.takeLease(lease(1))).toBe('unknown');
    expect(await journal.takeLease(lease(1, { takeUp: 'new' }))).toBe('begins');
    await begin(journal, 0);
    await list(journal, [entry('f')]);
    expect(await journal.takeLease(lease(2))).toBe('known');
    expect(await journal.takeLease(lease(2)), 'the same once more').toBe('known');
    expect(await journal.takeLease(lease(4)), 'somebody else had it').toBe('unknown');
    expect(await journal.takeLease(lease(3, { run: 1 }))).toBe('unknown');
    expect(await journal.takeLease(lease(3))).toBe('known');
    await begin(journal, 0);
    expect(names(await journal.takeFiles(10))).toEqual(['f']);
  });

  it('does not go on without offers that were taken from it: it came back from a power cut with less', async () => {
    const journal = await new Rig().open();
    await journal.takeLease(lease(1, { takeUp: 'new' }));
    await begin(journal, 0);
    expect(await journal.takeLease(lease(2, { offersTaken: 1 }))).toBe('unknown');
  });

  it('forgets what was taken while the answer was lost, and numbers on', async () => {
    const journal = await new Rig().open();
    await journal.takeLease(lease(1, { takeUp: 'new' }));
    await begin(journal, 0);
    await list(
      journal,
      Array.from({ length: 60 }, (_, i) => entry(`f${i}`)),
    );
    await journal.makeOffers(2, HERE);
    expect(await journal.takeLease(lease(2, { offersTaken: 1 }))).toBe('known');
    expect((await journal.offers()).map(({ no }) => no)).toEqual([2]);
    expect((await journal.counts()).found.files).toBe(40);
    await journal.makeOffers(2, HERE);
    expect((await journal.offers()).map(({ no }) => no)).toEqual([2, 3]);
  });

  it('begins a run anew that is taken over, and knows what it knew', async () => {
    const journal = await new Rig().open();
    await journal.takeLease(lease(1, { takeUp: 'new' }));
    await begin(journal, 0);
    await list(journal, [entry('f'), entry('g')]);
    await copyAll(journal);
    await journal.makeOffers(1, HERE);
    const except = [{ path: 'sub/given' }, { path: '', files: ['x', 'y '] }];
    expect(await journal.takeLease(lease(3, { takeUp: 'take-over', offersTaken: 7, except }))).toBe('begins');
    const progress = await journal.begin(0, 0, 20);
    expect(progress).toMatchObject({
      run: 0,
      finished: false,
      takenOver: true,
      foldersToList: 1,
      filesToCopy: 0,
    });
    expect((await journal.counts()).found.files).toBe(0);
    expect(await journal.offers()).toEqual([]);
    expect(await journal.elsewhere('')).toEqual([
      { name: 'x', whole: false },
      { name: 'y ', whole: false },
    ]);
    expect(await journal.elsewhere('sub')).toEqual([{ name: 'given', whole: true }]);
    const [known] = await journal.lookUp(1, ['f']);
    expect(known).toMatchObject({ settledInThisRun: false, ours: { outcome: 'copied' } });
    await list(
      journal,
      Array.from({ length: 60 }, (_, i) => entry(`n${i}`)),
    );
    await journal.folderMade(1, { id: 'root', existed: true });
    await journal.makeOffers(1, HERE);
    expect(
      (await journal.offers()).map(({ no }) => no),
      'numbers go on',
    ).toEqual([8]);
    expect((await journal.outbox(1)).at(0)?.seq ?? 21, 'and so do results').toBe(21);
    expect(await journal.takeLease(lease(4, { offersTaken: 7 }))).toBe('known');
    expect((await journal.begin(0, 0, 20)).takenOver, 'also after a restart').toBe(true);
  });

  it('gives the uploads of the former holder with their files, sealed until then', async () => {
    const rig = new Rig();
    const journal = await rig.open();
    const upload = (path: string) => ({
      path,
      token: `secret ${path}`,
      expires: 5,
      size: 10,
      modified: 1_000.5,
    });
    const uploads = [upload('d/f '), upload('gone')];
    await journal.takeLease(lease(2, { takeUp: 'take-over', uploads }));
    await begin(journal, 0);
    await list(journal, [entry('d', { kind: 'folder', size: 0 })]);
    const [folder] = await journal.takeFoldersToMake(1);
    await journal.folderMade(folder?.item ?? 0, { id: 'id', existed: true });
    await list(journal, [entry('f '), entry('other')]);
    const files = await journal.takeFiles(10);
    const handed = files.find(({ path }) => path === 'd/f ');
    expect(handed?.upload).toMatchObject({
      token: 'secret d/f ',
      fingerprint: { size: 10, modified: 1_000.5, fileId: undefined },
    });
    expect(files.find(({ path }) => path === 'd/other')?.upload).toBeUndefined();
    await journal.settle(files.map(({ item }) => copied(item)));
    expect((await journal.handedLeft()).map(({ token }) => token)).toEqual(['secret gone']);
    await journal.dropHanded();
    expect(await journal.handedLeft()).toEqual([]);
  });
});
