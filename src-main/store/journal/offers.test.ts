import { describe, expect, it } from 'vitest';
import { addsUp } from '../../../src-shared/model/counts.ts';
import { ROOT_ITEM } from '../../../src-shared/model/item.ts';
import type { Journal } from '../journal.ts';
import { begin, copyAll, entry, list, names, Rig } from './journal-rig.ts';

const HERE = { path: '', destinationPath: '' };
const numbered = (count: number, facts = {}) =>
  Array.from({ length: count }, (_, i) => entry(`f${i}`, { size: 100 + i, ...facts }));

async function makeFolders(journal: Journal): Promise<void> {
  for (const { item } of await journal.takeFoldersToMake(100))
    await journal.folderMade(item, { id: `id-${item}`, existed: false });
}

describe('pieces that a unit gives back', () => {
  it('are files of a wide folder, with all that was decided about them, and a share is kept', async () => {
    const journal = await new Rig().begun();
    await list(journal, [
      ...numbered(40),
      entry('odd ', {
        ...{ size: 5, modified: 7.5, created: 3.25, fileId: '12345678901234567' },
        ...{ destinationName: 'odd', findings: [{ code: 'name-changed', detail: 'space' }] },
      }),
    ]);
    await journal.makeOffers(1, { path: 'share/part ', destinationPath: 'share/part' });
    const [offer, ...others] = await journal.offers();
    expect(others).toEqual([]);
    expect(offer).toMatchObject({
      no: 1,
      files: 20,
      scope: { path: 'share/part ', destinationPath: 'share/part' },
    });
    expect(offer?.scope.part?.folders).toEqual([
      { path: '', destinationPath: '', destinationId: 'root', whole: false },
    ]);
    await journal.makeOffers(2, HERE);
    const files = (await journal.offers()).flatMap(({ scope }) => scope.part?.files ?? []);
    const last = files.find(({ name }) => name === 'odd ');
    if (last)
      expect(last).toEqual({
        ...{ folder: 0, name: 'odd ', size: 5, modified: 7.5, created: 3.25, fileId: '12345678901234567' },
        ...{ destinationName: 'odd', findings: [{ code: 'name-changed', detail: 'space' }] },
      });
    const kept = names(await journal.takeFiles(100));
    expect(kept.length + files.length).toBe(41);
    expect(kept.filter((path) => files.some(({ name }) => name === path))).toEqual([]);
  });

  it('are no part of it any more once they are taken, and it does not end before', async () => {
    const journal = await new Rig().begun();
    await list(journal, numbered(40));
    await journal.makeOffers(3, HERE);
    const offers = await journal.offers();
    expect(offers.map(({ no, files }) => [no, files])).toEqual([
      [1, 10],
      [2, 10],
      [3, 10],
    ]);
    expect(await copyAll(journal)).toHaveLength(10);
    await expect(journal.finish(1)).rejects.toThrow();
    expect((await journal.counts()).found.files).toBe(40);
    await journal.offersTaken(2);
    await journal.offersTaken(2);
    expect((await journal.counts()).found.files).toBe(20);
    expect((await journal.offers()).map(({ no }) => no)).toEqual([3]);
    await journal.offersTaken(3);
    await journal.finish(1);
    const counts = await journal.counts();
    expect(addsUp(counts, true)).toBe(true);
    expect(counts.found.files).toBe(10);
  });

  it('are folders that it made and did not list, the highest first, and files of folders below one folder', async () => {
    const journal = await new Rig().begun();
    await list(journal, [entry('top', { kind: 'folder', size: 0, destinationName: 'Top' })]);
    await makeFolders(journal);
    await list(
      journal,
      ['a', 'b', 'c', 'd'].map((name) => entry(name, { kind: 'folder', size: 0 })),
    );
    await journal.makeOffers(1, HERE);
    expect(await journal.offers(), 'what is not made is not given').toEqual([]);
    await makeFolders(journal);
    await journal.makeOffers(1, HERE);
    const [offer] = await journal.offers();
    expect(offer).toMatchObject({
      no: 1,
      files: 0,
      bytes: 0,
      scope: { path: 'top', destinationPath: 'Top' },
    });
    expect(offer?.scope.part?.folders.map(({ path, whole }) => [path, whole])).toEqual([
      ['a', true],
      ['c', true],
    ]);
    expect((await journal.takeFolders(10)).map(({ path }) => path).sort()).toEqual(['top/b', 'top/d']);
    await journal.offersTaken(1);
    expect((await journal.counts()).found).toMatchObject({ folders: 5 });
  });

  it('are one folder by its own name, where only one is given', async () => {
    const journal = await new Rig().begun();
    await list(
      journal,
      ['a', 'b'].map((name) => entry(name, { kind: 'folder', size: 0 })),
    );
    await makeFolders(journal);
    await journal.makeOffers(1, HERE);
    const [offer] = await journal.offers();
    expect(offer?.scope).toEqual({ path: 'a', destinationPath: 'a', destinationId: expect.any(String) });
  });

  it('never include its last folder, what is in hand, or what anything is known of', async () => {
    const journal = await new Rig().begun();
    await list(journal, [entry('only', { kind: 'folder', size: 0 })]);
    await makeFolders(journal);
    await journal.makeOffers(3, HERE);
    expect(await journal.offers()).toEqual([]);
    await list(journal, [
      ...numbered(30),
      ...Array.from({ length: 30 }, (_, i) =>
        entry(`r${i}`, { size: 1, decision: { do: 'copy', replace: { id: `id ${i}`, tag: 'tag' } } }),
      ),
    ]);
    const inHand = names(await journal.takeFiles(20, { least: 50, most: 1_000 }));
    await journal.makeOffers(3, HERE);
    const given = (await journal.offers()).flatMap(({ scope }) => scope.part?.files ?? []);
    expect(given).toHaveLength(10);
    expect(given.every(({ name }) => name.startsWith('f'))).toBe(true);
    expect(inHand.filter((path) => given.some(({ name }) => path === `only/${name}`))).toEqual([]);
  });

  it('never include files of a folder whose listing may have to be repeated', async () => {
    const journal = await new Rig().begun();
    const [folder] = await journal.takeFolders(1);
    await journal.recordEntries(folder?.item ?? 0, numbered(40));
    await journal.makeOffers(1, HERE);
    expect(await journal.offers()).toEqual([]);
    await journal.endListing(folder?.item ?? 0);
    await journal.makeOffers(1, HERE);
    expect(await journal.offers()).toHaveLength(1);
  });

  it('never include a folder that was listed in part before a kill: what was recorded of it is worked on here', async () => {
    const rig = new Rig();
    const journal = await rig.begun();
    await list(
      journal,
      ['a', 'b', 'c', 'd'].map((name) => entry(name, { kind: 'folder', size: 0 })),
    );
    await makeFolders(journal);
    const [half] = await journal.takeFolders(1);
    await journal.recordEntries(half?.item ?? 0, numbered(3));
    // Nothing tells the journal of a kill but its next opening.
    await journal.close();
    const again = await rig.open();
    await again.begin(0, 0, 0);
    await again.makeOffers(9, HERE);
    const given = (await again.offers()).flatMap(({ scope }) => [
      scope.path,
      ...(scope.part?.folders ?? []).map(({ path }) => path),
    ]);
    expect(given.length).toBeGreaterThan(0);
    expect(given).not.toContain(half?.path);
  });

  it('never include what an earlier run knew', async () => {
    const rig = new Rig();
    const journal = await rig.begun();
    await list(journal, [...numbered(20), entry('old', { kind: 'folder', size: 0 })]);
    await makeFolders(journal);
    await list(journal, []);
    await begin(journal, 1);
    await list(journal, [
      ...numbered(20),
      ...Array.from({ length: 20 }, (_, i) => entry(`new ${i}`)),
      entry('old', { kind: 'folder', size: 0 }),
    ]);
    await journal.makeOffers(1, HERE);
    const given = (await journal.offers()).flatMap(({ scope }) => scope.part?.files ?? []);
    expect(given.length).toBeGreaterThan(0);
    expect(given.filter(({ name }) => !name.startsWith('new'))).toEqual([]);
  });
});

describe('the journal of a part', () => {
  const part = [
    { path: '', destinationPath: '', destinationId: 'root', whole: false },
    { path: 'a/b ', destinationPath: 'A/b', destinationId: 'id b', whole: false },
    { path: 'a/c', destinationPath: 'A/c', destinationId: 'id c', whole: true },
  ];

  it('lists its folders and nothing else, counts none of them, and tells their names for paths', async () => {
    const journal = await new Rig().open();
    await journal.begin(0, 0, 0, part);
    await journal.folderMade(ROOT_ITEM, { id: 'root', existed: true });
    const folders = await journal.takeFolders(10);
    expect(folders.map(({ path, destinationPath }) => [path, destinationPath]).sort()).toEqual([
      ['', ''],
      ['a/b ', 'A/b'],
      ['a/c', 'A/c'],
    ]);
    for (const { item, path } of folders) {
      await journal.recordEntries(item, path === '' ? [] : [entry(`in ${path}`)], true);
    }
    const files = await journal.takeFiles(10);
    expect(files.map(({ path, parentRemoteId }) => [path, parentRemoteId]).sort()).toEqual([
      ['a/b /in a/b ', 'id b'],
      ['a/c/in a/c', 'id c'],
    ]);
    await journal.settle(files.map(({ item }) => ({ item, outcome: 'copied' as const, findings: [] })));
    await journal.finish(1);
    const counts = await journal.counts();
    expect(counts.found).toMatchObject({ files: 2, folders: 0 });
    expect(addsUp(counts, true)).toBe(true);
    const told = await journal.outbox(100);
    expect(told.map(({ name, outcome, destinationName }) => [name, outcome, destinationName]).sort()).toEqual(
      [
        ['a', undefined, 'A'],
        ['b ', undefined, 'b'],
        ['c', undefined, undefined],
        ['in a/b ', 'copied', undefined],
        ['in a/c', 'copied', undefined],
      ],
    );
  });
});
