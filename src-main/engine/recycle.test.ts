import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addsUp } from '../../src-shared/model/counts.ts';
import { failed } from '../../src-shared/model/problem.ts';
import { EngineRig, timeOf } from './engine-rig.ts';

let rig: EngineRig;
beforeEach(async () => {
  rig = await EngineRig.make();
  rig.settings = { deletions: 'recycle' };
});
afterEach(() => rig.end());

/** Files enough for a few to be no reason to ask. */
const many = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`many/${i}.txt`, `${i}`]));

describe('copies of what is gone at the source (stand-in destination)', () => {
  it('go to the recycle bin, files and then their folders, and are told once', async () => {
    await rig.write({ ...many, 'a.txt': 'a', 'old/b.txt': 'b', 'old/deep/c.txt': 'c' });
    await rig.run(0);
    for (const path of ['a.txt', 'old']) await rig.remove(path);
    rig.destination.writes.length = 0;
    const { items, counts, end } = await rig.run(1);
    expect(end).toEqual({ how: 'done' });
    expect(rig.destination.writes.slice(-2)).toEqual(['removed deep', 'removed old']);
    expect(Object.keys(rig.destination.tree())).toHaveLength(41);
    expect(counts.byCode).toEqual({ 'recycled-at-destination': { items: 5, bytes: 3 } });
    expect(items['old/deep/c.txt']).toBe('known recycled-at-destination');
    expect(addsUp(counts, true)).toBe(true);
    expect((await rig.run(2)).counts.byCode).toEqual({});
  });

  it('stay where the task is only to list them, and go once it is told otherwise', async () => {
    await rig.write({ 'a.txt': 'a', 'b.txt': 'b' });
    rig.settings = {};
    await rig.run(0);
    await rig.remove('a.txt');
    expect((await rig.run(1)).items['a.txt']).toBe('known deleted-at-source');
    expect(rig.destination.at('a.txt')).toBeDefined();
    rig.settings = { deletions: 'recycle' };
    expect((await rig.run(2)).items['a.txt']).toBe('known recycled-at-destination');
    expect(Object.keys(rig.destination.tree())).toEqual(['b.txt']);
  });

  it('stay where somebody edited them, put something beside them, or had them before us, and each says why', async () => {
    rig.destination.plant('root', 'same.txt', 'same', timeOf(0));
    const theirs = rig.destination.plant('root', 'theirs', undefined, timeOf(0));
    rig.destination.plant('root', 'replaced.txt', 'of a colleague', timeOf(0));
    Object.assign(rig.destination.root, { empty: false });
    rig.settings = { deletions: 'recycle', conflict: 'replace' };
    await rig.write({
      'stays.txt': 'stays',
      'edited.txt': 'one',
      'same.txt': 'same',
      'replaced.txt': 'ours',
      'theirs/in.txt': 'in',
      'shared/ours.txt': 'ours',
      'renamed/in.txt': 'in',
    });
    await rig.run(0);
    const { destination } = rig;
    destination.edit(destination.at('edited.txt')?.id ?? '', 'by a colleague', timeOf(9));
    destination.plant(destination.at('shared')?.id ?? '', 'new.txt', 'of a colleague', timeOf(9));
    const renamed = destination.at('renamed');
    if (!renamed) throw new Error('no folder');
    destination.items.set(renamed.id, { ...renamed, name: 'better name' });
    destination.touch(renamed.id);
    for (const path of ['edited.txt', 'same.txt', 'replaced.txt', 'theirs', 'shared', 'renamed'])
      await rig.remove(path);
    const kept = 'known kept-at-destination';
    for (const run of [1, 2]) {
      const { items, counts } = await rig.run(run);
      expect(items).toMatchObject({
        ...{ 'edited.txt': kept, 'same.txt': kept, 'replaced.txt': kept, theirs: kept, shared: kept },
        renamed: kept,
      });
      expect(counts.byCode['kept-at-destination']?.items).toBe(6);
      expect(addsUp(counts, true)).toBe(true);
    }
    expect(destination.tree()).toEqual({
      'stays.txt': 'stays',
      'edited.txt': 'by a colleague',
      'same.txt': 'same',
      'replaced.txt': 'ours',
      theirs: null,
      shared: null,
      'shared/new.txt': 'of a colleague',
      'better name': null,
    });
    expect(destination.items.has(theirs.id)).toBe(true);
  });

  it('stay when somebody edits them at that very moment', async () => {
    await rig.write({ 'a.txt': 'a', 'b.txt': 'b' });
    await rig.run(0);
    await rig.remove('a.txt');
    rig.destination.fault = (kind) => {
      const there = rig.destination.at('a.txt');
      if (kind === 'remove' && there) rig.destination.edit(there.id, 'just now', timeOf(9));
      return undefined;
    };
    expect((await rig.run(1)).items['a.txt']).toBe('known kept-at-destination');
    expect(rig.destination.tree()).toMatchObject({ 'a.txt': 'just now' });
  });

  it('stay below a folder that could not be listed, or not to its end, in this run and in later ones', async () => {
    await rig.write({ 'x/a.txt': 'a', 'x/in/b.txt': 'b', 'c.txt': 'c', 'd.txt': 'd' });
    await rig.run(0);
    await rig.remove('c.txt');
    await rig.remove('x/a.txt');
    const { wrapSource } = rig;
    rig.wrapSource = (source) => ({
      root: source.root,
      probe: () => source.probe(),
      open: (path) => source.open(path),
      close: () => source.close(),
      async *list(path) {
        if (path === 'x') yield failed('folder-unreadable', { where: path });
        else yield* source.list(path);
      },
    });
    for (const run of [1, 2]) {
      const { items } = await rig.run(run);
      expect(items['x']).toBe('failed folder-unreadable');
      expect(Object.keys(rig.destination.tree()).sort()).toEqual([
        'd.txt',
        'x',
        'x/a.txt',
        'x/in',
        'x/in/b.txt',
      ]);
    }
    rig.wrapSource = wrapSource;
    await rig.run(3);
    expect(Object.keys(rig.destination.tree()).sort()).toEqual(['d.txt', 'x', 'x/in', 'x/in/b.txt']);
  });

  it('stay when the whole source is empty: then it is another one', async () => {
    await rig.write(many);
    await rig.run(0);
    await rig.remove('many');
    const { end } = await rig.run(1);
    expect(end).toMatchObject({ how: 'failed', problem: { code: 'source-changed-identity' } });
    expect(Object.keys(rig.destination.tree())).toHaveLength(41);
  });

  it('stay when they are left out by a rule from now on', async () => {
    rig.settings = { deletions: 'recycle', leaveOutTemporary: false };
    await rig.write({ 'a.tmp': 'a', 'b.txt': 'b' });
    await rig.run(0);
    rig.settings = { deletions: 'recycle' };
    await rig.run(1);
    expect(Object.keys(rig.destination.tree()).sort()).toEqual(['a.tmp', 'b.txt']);
  });

  it('stay when they are too many, until that many are confirmed', async () => {
    await rig.write({ ...many, 'a.txt': 'a' });
    await rig.run(0);
    await rig.remove('many');
    const { items, counts, end } = await rig.run(1);
    expect(end).toEqual({ how: 'done' });
    expect(items['many/7.txt']).toBe('known deletions-to-confirm');
    expect(counts.byCode).toEqual({ 'deletions-to-confirm': { items: 41, bytes: 70 } });
    rig.settings = { deletions: 'recycle', confirmedDeletions: 40 };
    await rig.run(2);
    expect(Object.keys(rig.destination.tree())).toHaveLength(42);
    rig.settings = { deletions: 'recycle', confirmedDeletions: 41 };
    expect((await rig.run(3)).counts.byCode).toEqual({ 'recycled-at-destination': { items: 41, bytes: 70 } });
    expect(Object.keys(rig.destination.tree())).toEqual(['a.txt']);
  });

  it('are not those of another item that has the same copy after a change of case', async () => {
    await rig.write({ 'readme.txt': 'one', 'b.txt': 'b' });
    await rig.run(0);
    await rig.remove('readme.txt');
    await rig.write({ 'README.txt': 'one' });
    for (const run of [1, 2]) {
      await rig.run(run);
      expect(Object.values(rig.destination.tree()).sort()).toEqual(['b', 'one']);
    }
  });

  it('are not written to while the lease is in doubt', async () => {
    await rig.write({ 'a.txt': 'a', 'b.txt': 'b' });
    await rig.run(0);
    await rig.remove('a.txt');
    let sure = false;
    let asked = 0;
    rig.env = {
      mayWrite: () => {
        asked += 1;
        sure ||= asked > 20;
        return sure;
      },
    };
    rig.destination.fault = (kind) => {
      if (kind === 'remove') expect(sure).toBe(true);
      return undefined;
    };
    await rig.run(1);
    expect(Object.keys(rig.destination.tree())).toEqual(['b.txt']);
  });

  it.each([1, 2, 3, 4, 5, 6])('are deleted once and told right after kills, seed %d', async (seed) => {
    await rig.write({ ...many, 'old/a.txt': 'a', 'old/b.txt': 'b', 'c.txt': 'c' });
    await rig.run(0);
    await rm(join(rig.tree, 'old'), { recursive: true });
    await rm(join(rig.tree, 'c.txt'));
    await writeFile(join(rig.tree, 'new.txt'), 'new');
    await rig.killedRuns(1, 8, (kill) => 1 + ((seed * 7 + kill * 9) % 45));
    const { end, counts } = await rig.run(1);
    expect(end).toEqual({ how: 'done' });
    expect(counts.byCode['recycled-at-destination']?.items).toBe(4);
    expect(Object.keys(rig.destination.tree())).toHaveLength(42);
    expect(rig.destination.writes.filter((write) => write.startsWith('removed'))).toHaveLength(4);
    expect(addsUp(counts, true)).toBe(true);
  });
});
