import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addsUp } from '../../src-shared/model/counts.ts';
import { type Filters, noFilters } from '../../src-shared/model/filters.ts';
import { failed } from '../../src-shared/model/problem.ts';
import { EngineRig, timeOf } from './engine-rig.ts';

let rig: EngineRig;
beforeEach(async () => {
  rig = await EngineRig.make();
});
afterEach(() => rig.end());

function filterBy(filters: Partial<Filters>): void {
  rig.settings = { ...rig.settings, filters: { ...noFilters, ...filters } };
}

const tree = {
  'plan.docx': 'plan',
  'film.mp4': 'a film',
  'big.bin': 'b'.repeat(100),
  'films/one.mp4': 'one',
  'Archive/2019/old.txt': 'old',
  'Archive/note.txt': 'a note',
};

describe('filters (stand-in destination)', () => {
  it('leave out, each under its own code and with its bytes, and the sums add up', async () => {
    await rig.write(tree);
    await rig.write({ 'late.txt': 'late' }, 5);
    filterBy({
      skipExtensions: ['mp4'],
      maxBytes: 99,
      skipFolders: ['archive'],
      modifiedBefore: timeOf(5),
    });
    const { items, counts, end } = await rig.run(0);
    expect(end).toEqual({ how: 'done' });
    expect(items).toEqual({
      'plan.docx': 'copied identical',
      'film.mp4': 'left-out extension-left-out',
      'big.bin': 'left-out size-left-out',
      'late.txt': 'left-out modified-left-out',
      // Folders are made before anybody knows what is in them.
      films: 'copied present',
      'films/one.mp4': 'left-out extension-left-out',
      Archive: 'left-out folder-left-out',
    });
    expect(rig.destination.tree()).toEqual({ 'plan.docx': 'plan', films: null });
    expect(counts.byCode).toEqual({
      'extension-left-out': { items: 2, bytes: 9 },
      'size-left-out': { items: 1, bytes: 100 },
      'modified-left-out': { items: 1, bytes: 4 },
      'folder-left-out': { items: 1, bytes: 0 },
    });
    expect(addsUp(counts, true)).toBe(true);
  });

  it.each([false, true])(
    'list what is in a folder that is left out, if told to (dry run: %s)',
    async (dryRun) => {
      await rig.write(tree);
      rig.settings = { dryRun };
      filterBy({ skipFolders: ['archive'], skipExtensions: ['txt'], listFolders: true });
      const { items, counts } = await rig.run(0);
      expect(items).toMatchObject({
        Archive: 'left-out folder-left-out',
        'Archive/2019': 'left-out folder-left-out',
        'Archive/2019/old.txt': 'left-out folder-left-out',
        'Archive/note.txt': 'left-out folder-left-out',
      });
      expect(counts.byCode['folder-left-out']).toEqual({ items: 4, bytes: 9 });
      expect(rig.destination.tree()).not.toHaveProperty('Archive');
      expect(addsUp(counts, true)).toBe(true);
    },
  );

  it('go on listing such a folder where a kill ended it', async () => {
    await rig.write(tree);
    filterBy({ skipFolders: ['archive'], listFolders: true });
    const { wrapSource } = rig;
    rig.wrapSource = (source) => ({
      ...source,
      root: source.root,
      probe: () => source.probe(),
      open: (path) => source.open(path),
      close: () => source.close(),
      list(path) {
        if (path.startsWith('Archive/')) void unit.then((running) => running.order('stop'));
        return source.list(path);
      },
    });
    const { promise: unit, resolve } =
      Promise.withResolvers<Parameters<Parameters<typeof rig.run>[1] & {}>[0]>();
    const first = await rig.run(0, resolve);
    expect(first.end).toEqual({ how: 'stopped' });
    await rig.closeJournal();
    rig.wrapSource = wrapSource;
    const { end, counts } = await rig.run(0);
    expect(end).toEqual({ how: 'done' });
    expect(counts.byCode['folder-left-out']).toEqual({ items: 4, bytes: 9 });
    expect(addsUp(counts, true)).toBe(true);
  });

  it('say of such a folder that it could not be listed, and fail nothing for that', async () => {
    await rig.write(tree);
    filterBy({ skipFolders: ['archive'], listFolders: true });
    rig.wrapSource = (source) => ({
      ...source,
      root: source.root,
      probe: () => source.probe(),
      open: (path) => source.open(path),
      close: () => source.close(),
      async *list(path) {
        if (path === 'Archive/2019') yield failed('folder-unreadable', { where: path });
        else yield* source.list(path);
      },
    });
    const { items, counts } = await rig.run(0);
    expect(items['Archive/2019']).toBe('left-out folder-left-out,folder-unreadable');
    expect(counts.byOutcome.failed).toMatchObject({ files: 0, folders: 0 });
    expect(addsUp(counts, true)).toBe(true);
  });

  it('never delete a copy of an earlier run, say that it stays, and know it again when they are gone', async () => {
    await rig.write(tree);
    await rig.run(0);
    const there = rig.destination.tree();
    for (const run of [1, 2]) {
      filterBy({ skipExtensions: ['mp4'], skipFolders: ['Archive'] });
      const { items, counts } = await rig.run(run);
      expect(items).toEqual({
        'plan.docx': 'present identical',
        'big.bin': 'present identical',
        'film.mp4': 'left-out left-out-copy-stays,extension-left-out',
        films: 'present present',
        'films/one.mp4': 'left-out left-out-copy-stays,extension-left-out',
        Archive: 'left-out left-out-copy-stays,folder-left-out',
      });
      expect(addsUp(counts, true)).toBe(true);
      expect(rig.destination.tree()).toEqual(there);
    }
    filterBy({});
    const { items, counts } = await rig.run(3);
    expect(Object.values(items).filter((what) => !what.startsWith('present'))).toEqual([]);
    expect(counts.byGrade.identical.files).toBe(6);
    expect(addsUp(counts, true)).toBe(true);
  });

  it('do not make an old copy pass for a good one when they are gone', async () => {
    await rig.write({ 'a.txt': 'one', 'b.txt': 'one', 'c/d.txt': 'one' });
    await rig.run(0);
    await rig.write({ 'a.txt': 'two!' }, 1);
    filterBy({ skipNames: ['a.*'], skipFolders: ['c'], listFolders: true });
    const left = await rig.run(1);
    expect(left.items).toMatchObject({
      'a.txt': 'left-out left-out-copy-stays,name-left-out',
      'c/d.txt': 'left-out left-out-copy-stays,folder-left-out',
    });
    await rm(join(rig.tree, 'b.txt'));
    filterBy({});
    const { items } = await rig.run(2);
    expect(items).toMatchObject({
      'a.txt': 'copied identical',
      'b.txt': 'known deleted-at-source',
      'c/d.txt': 'present identical',
    });
    expect(rig.destination.tree()).toMatchObject({ 'a.txt': 'two!', 'b.txt': 'one' });
  });
});
