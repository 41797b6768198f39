import { utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addsUp } from '../../src-shared/model/counts.ts';
import { EngineRig, timeOf } from './engine-rig.ts';

let rig: EngineRig;
beforeEach(async () => {
  rig = await EngineRig.make();
});
afterEach(() => rig.end());

/** What a folder says at the source. */
async function date(path: string, minute: number): Promise<void> {
  await utimes(join(rig.tree, path), timeOf(minute) / 1_000, timeOf(minute) / 1_000);
}

const timesOf = (): Record<string, number> =>
  Object.fromEntries(
    [...rig.destination.items.values()].flatMap((item) =>
      item.kind === 'folder' ? [[rig.destination.pathOf(item), (item.modified - timeOf(0)) / 60_000]] : [],
    ),
  );
const asked = (): number => rig.destination.calls.get('dateFolders') ?? 0;

describe('the times of folders (stand-in destination)', () => {
  it('cost nothing where the destination keeps them', async () => {
    await rig.write({ 'a/b/c.txt': 'c', 'a/d.txt': 'd' });
    await date('a/b', 1);
    await date('a', 2);
    await rig.run(0);
    expect(timesOf()).toEqual({ a: 2, 'a/b': 1 });
    await rig.run(1);
    expect(asked()).toBe(0);
  });

  it('are set in the end where what was written into a folder changed them, all in one call', async () => {
    rig.destination.touchesFolders = timeOf(999);
    await rig.write({ 'a/b/c.txt': 'c', 'a/d.txt': 'd', 'empty/': '' });
    for (const [path, minute] of [
      ['a/b', 1],
      ['a', 2],
      ['empty', 3],
    ] as const)
      await date(path, minute);
    const { counts } = await rig.run(0);
    expect(timesOf()).toEqual({ a: 2, 'a/b': 1, empty: 3 });
    expect(asked()).toBe(1);
    expect(counts.byCode).toEqual({});
    await rig.run(1);
    expect(asked()).toBe(1);
  });

  it('follow the source when something in a folder changed there, and only of folders that are ours', async () => {
    rig.destination.plant('root', 'theirs', undefined, timeOf(50));
    Object.assign(rig.destination.root, { empty: false });
    await rig.write({ 'a/x.txt': 'x', 'theirs/y.txt': 'y', 'still/z.txt': 'z' });
    for (const path of ['a', 'theirs', 'still']) await date(path, 1);
    await rig.run(0);
    rig.destination.touchesFolders = timeOf(999);
    await rig.write({ 'a/new.txt': 'n', 'theirs/new.txt': 'n' }, 5);
    for (const path of ['a', 'theirs']) await date(path, 6);
    await rig.run(1);
    expect(timesOf()).toEqual({ a: 6, theirs: 999, still: 1 });
    // What a colleague writes is no doing of ours.
    rig.destination.plant(rig.destination.at('still')?.id ?? '', 'theirs.txt', 'theirs', timeOf(9));
    await rig.run(2);
    expect(timesOf()).toEqual({ a: 6, theirs: 999, still: 999 });
  });

  it('that are not taken are a finding of the folder, which is copied all the same', async () => {
    rig.destination.touchesFolders = timeOf(999);
    await rig.write({ 'a/x.txt': 'x', 'b/y.txt': 'y' });
    rig.destination.fault = (kind, about) =>
      kind === 'dateFolders' && about === 'a' ? { code: 'destination-locked' } : undefined;
    const { items, counts, end } = await rig.run(0);
    expect(end).toEqual({ how: 'done' });
    expect(items).toMatchObject({ a: 'copied present folder-time-not-set', b: 'copied present' });
    expect(counts.byCode).toEqual({ 'folder-time-not-set': { items: 1, bytes: 0 } });
    expect(addsUp(counts, true)).toBe(true);
  });

  it.each([1, 2])('are right after kills, seed %d', async (seed) => {
    rig.destination.touchesFolders = timeOf(999);
    await rig.write({ 'a/b/c.txt': 'c', 'a/d.txt': 'd', 'e/f.txt': 'f' });
    for (const [path, minute] of [
      ['a/b', 1],
      ['a', 2],
      ['e', 3],
    ] as const)
      await date(path, minute);
    await rig.killedRuns(0, 5, (kill) => 1 + ((seed * 7 + kill * 9) % 45));
    const { end, counts } = await rig.run(0);
    expect(end).toEqual({ how: 'done' });
    expect(timesOf()).toEqual({ a: 2, 'a/b': 1, e: 3 });
    expect(addsUp(counts, true)).toBe(true);
  });
});
