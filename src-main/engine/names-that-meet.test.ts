import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addsUp } from '../../src-shared/model/counts.ts';
import { nameKey } from '../../src-shared/rules/names.ts';
import { EngineRig, timeOf } from './engine-rig.ts';

let rig: EngineRig;
beforeEach(async () => {
  rig = await EngineRig.make();
});
afterEach(() => rig.end());

const onceEach = (): void => {
  for (const item of rig.destination.items.values()) expect(item.versions, item.name).toBe(1);
};

describe('names that SharePoint takes for the same (stand-in destination)', () => {
  it('are told apart, files and folders, with what is in them', async () => {
    await rig.write({
      'a.txt': '1',
      'A.txt': '2',
      'q:r.txt': '3',
      'q：r.txt': '4',
      'Docs/x': '5',
      'docs/X': '6',
      'docs/x': '7',
    });
    const { items, counts } = await rig.run(0);
    expect(rig.destination.tree()).toEqual({
      'A.txt': '2',
      'a (2).txt': '1',
      'q：r.txt': '4',
      'q：r (2).txt': '3',
      Docs: null,
      'Docs/x': '5',
      'docs (2)': null,
      'docs (2)/X': '6',
      'docs (2)/x (2)': '7',
    });
    expect(items['a.txt']).toBe('copied identical name-changed');
    expect(addsUp(counts, true)).toBe(true);
    expect((await rig.run(1)).counts.byOutcome.copied).toMatchObject({ files: 0, folders: 0 });
    onceEach();
  });

  it('stay with their copies, whatever siblings come and go', async () => {
    await rig.write({ 'a.txt': 'small', 'A.txt': 'capital' });
    await rig.run(0);
    await rig.remove('A.txt');
    await rig.write({ 'Ä.txt': 'other', 'a (2).txt': 'looks like a number' });
    await rig.run(1);
    await rig.write({ 'A.txt': 'back, and another' }, 1);
    await rig.remove('a (2).txt');
    const { items } = await rig.run(2);
    // The copy of what is gone stays: nothing is put over it, and nothing is deleted.
    expect(rig.destination.tree()).toEqual({
      'A.txt': 'back, and another',
      'a (2).txt': 'small',
      'a (2) (2).txt': 'looks like a number',
      'Ä.txt': 'other',
    });
    expect(items['a.txt']).toBe('present identical name-changed');
    // It is the same file again by its name: a new version of its own copy, and of nothing else.
    expect(rig.destination.at('A.txt')?.versions).toBe(2);
    expect(rig.destination.at('a (2).txt')?.versions).toBe(1);
  });

  it('are not given to a copy of something that is gone, nor to what somebody else has put there', async () => {
    await rig.write({ 'a.txt': 'one', 'A.txt': 'two' });
    await rig.run(0);
    await rig.remove('a.txt');
    rig.destination.plant('root', 'á (2).TXT', 'of a colleague', timeOf(9));
    await rig.write({ 'Á.txt': 'three', 'á.txt': 'four' });
    rig.settings = { conflict: 'newer-wins' };
    const first = await rig.run(1);
    expect(first.items['á.txt']).toBe('copied identical name-changed');
    await rig.remove('Á.txt');
    await rig.remove('A.txt');
    await rig.write({ 'A.TXT': 'five', 'a.TXT': 'six' });
    const { counts } = await rig.run(2);
    expect(rig.destination.tree()).toEqual({
      'A.txt': 'two',
      'a (2).txt': 'one',
      'á (2).TXT': 'of a colleague',
      'Á.txt': 'three',
      'á (3).txt': 'four',
      // Its own name is held by the copy of a file that is gone, as after any change of case: it fails and says so.
      'a (3).TXT': 'six',
    });
    expect(counts.byCode['occupied-at-destination']?.items).toBe(1);
    onceEach();
  });

  it('are found again when the journal is lost', async () => {
    await rig.write({ 'a.txt': 'one', 'A.txt': 'two', 'x/f': 'three', 'X/f': 'four' });
    await rig.run(0);
    const before = rig.destination.tree();
    await rig.forget();
    Object.assign(rig.destination.root, { empty: false });
    const { counts } = await rig.run(0);
    expect(counts.byOutcome.present.files).toBe(4);
    expect(rig.destination.tree()).toEqual(before);
    onceEach();
  });

  it('fail where the task is to report such names', async () => {
    rig.settings = { names: 'fail' };
    await rig.write({ 'a.txt': '1', 'A.txt': '2' });
    expect((await rig.run(0)).items).toEqual({
      'A.txt': 'copied identical',
      'a.txt': 'failed name-collision',
    });
  });

  it('are told apart across the batches of a wide folder, and in a later run as in the first', async () => {
    const names = Array.from({ length: 400 }, (_, i) => [
      `File ${i}`,
      `file ${i}`,
      `x:${i}`,
      `x：${i}`,
    ]).flat();
    await rig.write(Object.fromEntries(names.map((name) => [name, name])));
    rig.settings = { dryRun: true };
    const { counts } = await rig.run(0);
    expect(counts.byOutcome.planned.files).toBe(1_600);
    expect(counts.byCode['name-changed']?.items).toBe(800);
    rig.settings = {};
    await rig.run(1);
    const tree = rig.destination.tree();
    expect(Object.keys(tree)).toHaveLength(1_600);
    for (const name of names.filter((one) => one.includes('：'))) expect(tree[name]).toBe(name);
    await rig.write(Object.fromEntries(names.slice(0, 100).map((name) => [name.toUpperCase(), 'new'])));
    await rig.run(2);
    expect(rig.destination.tree()).toMatchObject(tree);
    onceEach();
  }, 60_000);

  it.each([1, 2, 3, 4, 5, 6])(
    'get the same names when the listing is repeated after kills, seed %d',
    async (seed) => {
      const names = Array.from({ length: 12 }, (_, i) => [`f${i}`, `F${i}`, `d:${i}/e`, `D：${i}/E`]).flat();
      await rig.write(Object.fromEntries(names.map((name) => [name, name])));
      await rig.killedRuns(0, 6, (kill) => 1 + ((seed * 7 + kill * 11) % 60));
      const { end, counts } = await rig.run(0);
      expect(end).toEqual({ how: 'done' });
      expect(counts.byOutcome.failed).toMatchObject({ files: 0, folders: 0 });
      const tree = rig.destination.tree();
      expect(Object.keys(tree)).toHaveLength(48 + 24);
      expect(new Set(Object.keys(tree).map(nameKey)).size).toBe(48 + 24);
      expect(Object.values(tree).filter(Boolean).sort()).toEqual(names.sort());
      onceEach();
    },
  );
});

describe('names that a repair plan gives (stand-in destination)', () => {
  it('go before those of the rules, also for what would fail', async () => {
    const long = `${'n'.repeat(200)}.txt`;
    const deep = 'd'.repeat(200);
    await rig.write({ 'a:b.txt': '1', [`${deep}/${long}`]: '2', 'plain.txt': '3', 'old/in': '4' });
    rig.givenNames = new Map([
      ['a:b.txt', 'a-b.txt'],
      [`${deep}/${long}`, 'short.txt'],
      ['old', 'new'],
    ]);
    const { items } = await rig.run(0);
    expect(rig.destination.tree()).toEqual({
      'a-b.txt': '1',
      [deep]: null,
      [`${deep}/short.txt`]: '2',
      new: null,
      'new/in': '4',
      'plain.txt': '3',
    });
    expect(items['old']).toBe('copied present name-changed');
  });

  it('are never put over something else, and end as findings where they cannot be had', async () => {
    await rig.write({ 'one.txt': '1', 'two.txt': '2', 'three.txt': '3' });
    rig.givenNames = new Map([
      ['two.txt', 'ONE.txt'],
      ['three.txt', 'no:good.txt'],
    ]);
    const { items } = await rig.run(0);
    expect(items).toEqual({
      'one.txt': 'copied identical',
      'two.txt': 'failed name-collision',
      'three.txt': 'failed name-not-allowed',
    });
  });

  it('come too late for what has a copy', async () => {
    await rig.write({ 'a:b.txt': '1' });
    await rig.run(0);
    rig.givenNames = new Map([['a:b.txt', 'other.txt']]);
    const { items } = await rig.run(1);
    expect(items['a:b.txt']).toBe('present identical name-changed,rename-too-late');
    expect(Object.keys(rig.destination.tree())).toEqual(['a：b.txt']);
  });
});

describe('names and paths that are too long (stand-in destination)', () => {
  it('fail as before, with a name that would do', async () => {
    const proposals = new Map<string, string | undefined>();
    rig.wrapJournal = (journal) => ({
      ...journal,
      recordEntries(folder, entries) {
        for (const { name, destinationName, decision } of entries) {
          if (decision.do === 'settle' && decision.outcome === 'failed') proposals.set(name, destinationName);
        }
        return journal.recordEntries(folder, entries);
      },
    });
    const deep = 'd'.repeat(240);
    await rig.write({ [`${deep}/${'n'.repeat(200)}.docx`]: '1', [`${deep}/${'n'.repeat(201)}.docx`]: '2' });
    const { counts } = await rig.run(0);
    expect(counts.byCode['path-too-long']?.items).toBe(2);
    const room = 400 - `${rig.destination.root.path}/${deep}/`.length;
    expect([...proposals.values()]).toEqual([
      `${'n'.repeat(room - 5)}.docx`,
      `${'n'.repeat(room - 9)} (2).docx`,
    ]);
  });
});
