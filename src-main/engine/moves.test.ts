import { link, mkdir, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addsUp } from '../../src-shared/model/counts.ts';
import { failed } from '../../src-shared/model/problem.ts';
import { EngineRig, type RunFacts, timeOf } from './engine-rig.ts';

let rig: EngineRig;
beforeEach(async () => {
  rig = await EngineRig.make();
});
afterEach(() => rig.end());

const move = (from: string, to: string): Promise<void> => rename(join(rig.tree, from), join(rig.tree, to));
const calls = (): Record<string, number> => Object.fromEntries(rig.destination.calls);
const uploads = (): number => rig.destination.writes.filter((write) => write.startsWith('open')).length;
const idOf = (path: string): string | undefined => rig.destination.at(path)?.id;

/** The second run, and what was asked of the destination in it. */
async function runAfter(
  change: () => Promise<void>,
): Promise<RunFacts & { readonly asked: Record<string, number> }> {
  await rig.run(0);
  await change();
  rig.destination.calls.clear();
  rig.destination.writes.length = 0;
  const facts = await rig.run(1);
  expect(facts.end).toEqual({ how: 'done' });
  expect(addsUp(facts.counts, true)).toBe(true);
  return { ...facts, asked: calls() };
}

const moved = { 'moved-at-destination': { items: 1, bytes: 3 } };

describe('what was renamed or moved at the source (stand-in destination)', () => {
  it('is renamed at the destination: a file by one request, nothing sent, nothing gone', async () => {
    await rig.write({ 'a.txt': 'one', 'b.txt': 'two' });
    let before: string | undefined;
    const { items, counts, asked } = await runAfter(async () => {
      before = idOf('a.txt');
      await move('a.txt', 'c.txt');
    });
    expect(items).toMatchObject({ 'c.txt': 'present identical moved-at-destination' });
    expect(counts.byCode).toEqual(moved);
    expect(asked).toEqual({ changes: 1, move: 1 });
    expect(idOf('c.txt')).toBe(before);
    expect(rig.destination.tree()).toEqual({ 'b.txt': 'two', 'c.txt': 'one' });
    rig.destination.calls.clear();
    const { counts: third } = await rig.run(2);
    expect(third.byCode).toEqual({});
    expect(third.byOutcome.present.files).toBe(2);
    expect(calls()).toEqual({ changes: 1 });
  });

  it('is moved into another folder, also one that is new itself, and under a name that SharePoint takes', async () => {
    await rig.write({ 'a.txt': 'one', 'in/b.txt': 'two', 'stays/c.txt': 'three' });
    const { items, asked } = await runAfter(async () => {
      await mkdir(join(rig.tree, 'new/deep'), { recursive: true });
      await move('a.txt', 'new/deep/what?.txt');
      await move('in/b.txt', 'stays/b.txt');
    });
    expect(items['new/deep/what?.txt']).toBe('present identical name-changed,moved-at-destination');
    expect(items['stays/b.txt']).toBe('present identical moved-at-destination');
    expect(asked).toMatchObject({ move: 2, makeFolder: 2 });
    expect(uploads()).toBe(0);
    expect(rig.destination.tree()).toEqual({
      ...{ in: null, stays: null, new: null, 'new/deep': null },
      ...{ 'new/deep/what？.txt': 'one', 'stays/b.txt': 'two', 'stays/c.txt': 'three' },
    });
  });

  it('is a folder with all that is in it, by one request, also where files in it changed, came and went', async () => {
    const many = Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`old/deep/${i}.txt`, `${i}`]));
    await rig.write({ ...many, 'old/changes.txt': 'one', 'old/goes.txt': 'gone', 'other/x.txt': 'x' });
    const { items, asked, counts } = await runAfter(async () => {
      await move('old', 'other/new');
      await rm(join(rig.tree, 'other/new/goes.txt'));
      await rig.write({ 'other/new/changes.txt': 'changed', 'other/new/comes.txt': 'new' }, 5);
    });
    expect(asked).toMatchObject({ move: 1 });
    expect(asked['makeFolder']).toBeUndefined();
    expect(uploads()).toBe(2);
    expect(items).toMatchObject({
      'other/new': 'present present moved-at-destination',
      'other/new/deep': 'present present',
      'other/new/deep/17.txt': 'present identical',
      'other/new/changes.txt': 'copied identical',
      'other/new/comes.txt': 'copied identical',
      'other/new/goes.txt': 'known deleted-at-source',
    });
    expect(rig.destination.at('other/new/changes.txt')?.versions).toBe(2);
    expect(rig.destination.at('old')).toBeUndefined();
    expect(counts.byCode).toEqual({
      'moved-at-destination': { items: 1, bytes: 0 },
      'deleted-at-source': { items: 1, bytes: 4 },
    });
    expect((await rig.run(2)).counts.byCode).toEqual({});
  });

  it('is no hard link, and no copy with the same size and time', async () => {
    await rig.write({ 'a.txt': 'one' });
    const { items, asked } = await runAfter(async () => {
      await link(join(rig.tree, 'a.txt'), join(rig.tree, 'linked.txt'));
      await rig.write({ 'copy.txt': 'one' });
    });
    expect(asked['move']).toBeUndefined();
    expect(items).toMatchObject({ 'linked.txt': 'copied identical', 'copy.txt': 'copied identical' });
    expect(Object.keys(rig.destination.tree())).toEqual(['a.txt', 'copy.txt', 'linked.txt']);
  });

  it('is one of two hard links: the other keeps its copy', async () => {
    await rig.write({ 'a.txt': 'one' });
    await link(join(rig.tree, 'a.txt'), join(rig.tree, 'b.txt'));
    const { asked } = await runAfter(() => move('b.txt', 'c.txt'));
    expect(asked).toMatchObject({ move: 1 });
    expect(rig.destination.tree()).toEqual({ 'a.txt': 'one', 'c.txt': 'one' });
  });

  it('is copied again where it changed as well, where the task says so, and where its copy is not ours or was edited', async () => {
    rig.destination.plant('root', 'found.txt', 'found', timeOf(0));
    Object.assign(rig.destination.root, { empty: false });
    await rig.write({ 'changed.txt': 'one', 'edited.txt': 'two', 'found.txt': 'found' });
    const { items, asked } = await runAfter(async () => {
      rig.destination.edit(idOf('edited.txt') ?? '', 'by a colleague', timeOf(3));
      await Promise.all(['changed', 'edited', 'found'].map((name) => move(`${name}.txt`, `${name} new.txt`)));
      await rig.write({ 'changed new.txt': 'other' }, 4);
    });
    expect(asked['move']).toBeUndefined();
    expect(items).toMatchObject({
      ...{ 'changed new.txt': 'copied identical', 'edited new.txt': 'copied identical' },
      ...{ 'found new.txt': 'copied identical', 'edited.txt': 'known renamed-at-source' },
    });
    rig.settings = { moves: 'copy' };
    await move('changed new.txt', 'third.txt');
    rig.destination.calls.clear();
    expect((await rig.run(2)).items['third.txt']).toBe('copied identical');
    expect(calls()['move']).toBeUndefined();
  });

  it('is copied by the rule for conflicts where something stands under its new name, seen before or only then', async () => {
    await rig.write({ 'a.txt': 'one', 'b.txt': 'two' });
    const { items } = await runAfter(async () => {
      rig.destination.plant('root', 'c.txt', 'of a colleague', timeOf(9));
      await move('a.txt', 'c.txt');
      await move('b.txt', 'd.txt');
      rig.destination.fault = (kind, about) => {
        if (kind !== 'move' || about !== 'd.txt') return undefined;
        rig.destination.plant('root', 'd.txt', 'quicker', timeOf(9));
        rig.destination.fault = () => undefined;
        return undefined;
      };
    });
    expect(items).toMatchObject({
      'c.txt': 'failed occupied-at-destination',
      'd.txt': 'failed occupied-at-destination',
    });
    expect(rig.destination.tree()).toEqual({
      ...{ 'a.txt': 'one', 'b.txt': 'two', 'c.txt': 'of a colleague', 'd.txt': 'quicker' },
    });
  });

  it('is moved file by file out of a folder where somebody else has something', async () => {
    await rig.write({ 'old/a.txt': 'one', 'old/b.txt': 'two' });
    const { asked } = await runAfter(async () => {
      rig.destination.plant(idOf('old') ?? '', 'theirs.txt', 'theirs', timeOf(9));
      await move('old', 'new');
    });
    expect(asked).toMatchObject({ move: 2, makeFolder: 1 });
    expect(uploads()).toBe(0);
    expect(rig.destination.tree()).toEqual({
      ...{ old: null, 'old/theirs.txt': 'theirs', new: null, 'new/a.txt': 'one', 'new/b.txt': 'two' },
    });
  });

  it('is not a new folder that was given the number of a deleted one', async () => {
    await rig.write({ 'old/a.txt': 'one', 'old/b.txt': 'two', 'old/c.txt': 'three' });
    const { asked, items } = await runAfter(async () => {
      // What a file system does by chance: the folder is the same, and hardly anything of what was in it.
      await move('old', 'new');
      for (const name of ['a', 'b']) await rm(join(rig.tree, `new/${name}.txt`));
      await rig.write({ 'new/other.txt': 'other' }, 3);
    });
    expect(asked).toMatchObject({ move: 1, makeFolder: 1 });
    expect(items).toMatchObject({ 'new/c.txt': 'present identical moved-at-destination' });
    expect(rig.destination.tree()).toEqual({
      ...{ old: null, 'old/a.txt': 'one', 'old/b.txt': 'two' },
      ...{ new: null, 'new/c.txt': 'three', 'new/other.txt': 'other' },
    });
  });

  it('is nothing that was deleted, where deletions are followed: not the file, and later it is', async () => {
    rig.settings = { deletions: 'recycle' };
    await rig.write({ 'old/deep/a.txt': 'one', 'b.txt': 'two', 'c.txt': 'c', 'd.txt': 'd' });
    const { counts } = await runAfter(async () => {
      await mkdir(join(rig.tree, 'new'));
      await move('old/deep', 'new/deep');
      await rm(join(rig.tree, 'old'), { recursive: true });
    });
    expect(counts.byCode).toEqual({
      'moved-at-destination': { items: 1, bytes: 0 },
      'recycled-at-destination': { items: 1, bytes: 0 },
    });
    await rm(join(rig.tree, 'new'), { recursive: true });
    expect((await rig.run(2)).counts.byCode).toEqual({ 'recycled-at-destination': { items: 3, bytes: 3 } });
    expect(Object.keys(rig.destination.tree())).toEqual(['b.txt', 'c.txt', 'd.txt']);
  });

  it('takes another case as another name, and goes back and forth', async () => {
    await rig.write({ 'readme.txt': 'one', 'b.txt': 'two' });
    await runAfter(() => move('readme.txt', 'README.txt'));
    expect(rig.destination.tree()).toEqual({ 'README.txt': 'one', 'b.txt': 'two' });
    for (const [run, [from, to]] of [
      ['README.txt', 'x.txt'],
      ['x.txt', 'README.txt'],
      ['README.txt', 'b2.txt'],
    ].entries()) {
      await move(from ?? '', to ?? '');
      expect((await rig.run(run + 2)).counts.byCode).toEqual(moved);
    }
    expect(uploads()).toBe(0);
    expect(rig.destination.tree()).toEqual({ 'b.txt': 'two', 'b2.txt': 'one' });
  });

  it('keeps what is known of the copy: a later change is a new version of the same item', async () => {
    await rig.write({ 'a.txt': 'one', 'b.txt': 'two' });
    await runAfter(() => move('a.txt', 'c.txt'));
    const id = idOf('c.txt');
    await rig.write({ 'c.txt': 'changed' }, 7);
    expect((await rig.run(2)).items['c.txt']).toBe('copied identical');
    expect(rig.destination.at('c.txt')).toMatchObject({ id, versions: 2 });
  });

  it('is not looked for in a source that goes away in that moment', async () => {
    await rig.write({ 'a.txt': 'one', 'b.txt': 'two' });
    await rig.run(0);
    await link(join(rig.tree, 'a.txt'), join(rig.tree, 'z.txt'));
    let away = 0;
    rig.wrapSource = (source) => ({
      root: source.root,
      list: (path) => source.list(path),
      close: () => source.close(),
      open: (path) => {
        if (path !== 'a.txt' || away > 0) return source.open(path);
        away = 2;
        return Promise.resolve(failed('file-vanished', { where: path }));
      },
      probe: () => {
        if (away < 2) return source.probe();
        away = 1;
        return Promise.resolve(failed('source-missing', { where: source.root }));
      },
    });
    const { items } = await rig.run(1);
    expect(away).toBe(1);
    expect(items['z.txt']).toBe('copied identical');
    expect(calls()['move']).toBeUndefined();
  });

  it.each([1, 2, 3, 4])('is moved once and told right after kills, seed %d', async (seed) => {
    await rig.write({
      ...Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`many/${i}.txt`, `${i}`])),
      ...{ 'old/a.txt': 'one', 'old/in/b.txt': 'two', 'c.txt': 'three' },
    });
    rig.settings = { deletions: 'recycle' };
    await rig.run(0);
    await mkdir(join(rig.tree, 'new'));
    await move('old', 'new/old');
    await move('c.txt', 'new/d.txt');
    for (let i = 0; i < 6; i++) await move(`many/${i}.txt`, `new/${i}.txt`);
    rig.destination.writes.length = 0;
    await rig.killedRuns(1, 5, (kill) => 1 + ((seed * 7 + kill * 9) % 50));
    const { end, counts } = await rig.run(1);
    expect(end).toEqual({ how: 'done' });
    expect(addsUp(counts, true)).toBe(true);
    expect(uploads()).toBe(0);
    expect(rig.destination.writes.filter((write) => write.startsWith('moved'))).toHaveLength(8);
    expect(rig.destination.tree()).toMatchObject({
      ...{ 'new/old/a.txt': 'one', 'new/old/in/b.txt': 'two', 'new/d.txt': 'three', 'new/3.txt': '3' },
      ...{ 'many/7.txt': '7' },
    });
    expect(Object.keys(rig.destination.tree())).toHaveLength(4 + 15);
    expect(counts.byCode).toMatchObject({ 'moved-at-destination': { items: 8 } });
    const { counts: next } = await rig.run(2);
    expect(next.byCode).toEqual({});
    await writeFile(join(rig.tree, 'new/d.txt'), 'changed');
    await utimes(join(rig.tree, 'new/d.txt'), timeOf(9) / 1_000, timeOf(9) / 1_000);
    await rm(join(rig.tree, 'new/old'), { recursive: true });
    expect((await rig.run(3)).counts.byCode).toMatchObject({ 'recycled-at-destination': { items: 4 } });
  });
});
