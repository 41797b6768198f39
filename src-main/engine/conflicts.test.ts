import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addsUp } from '../../src-shared/model/counts.ts';
import { EngineRig, timeOf } from './engine-rig.ts';

let rig: EngineRig;
beforeEach(async () => {
  rig = await EngineRig.make();
});
afterEach(() => rig.end());

/** Our copy is edited by somebody else, and their file has the name of one that is new. */
async function twoConflicts(): Promise<void> {
  await rig.write({ 'both.txt': 'one', 'edited.txt': 'one' });
  await rig.run(0);
  for (const path of ['both.txt', 'edited.txt']) editThere(path, 'by a colleague', 9);
  rig.destination.plant('root', 'new.txt', 'of a colleague', timeOf(9));
  await rig.write({ 'both.txt': 'two!', 'new.txt': 'new' }, 1);
}

function editThere(path: string, content: string, minute: number): void {
  const { destination } = rig;
  const item = destination.at(path);
  if (!item) throw new Error(`no ${path}`);
  destination.edit(item.id, content, timeOf(minute));
}

describe('conflict rules (stand-in destination)', () => {
  it('skip: theirs stay, nothing fails, each is told in every run', async () => {
    await twoConflicts();
    rig.settings = { conflict: 'skip' };
    for (const run of [1, 2]) {
      const { items, counts } = await rig.run(run);
      expect(items).toEqual({
        'both.txt': 'present present edited-at-destination',
        'edited.txt': 'present present newer-at-destination',
        'new.txt': 'present present occupied-at-destination',
      });
      expect(addsUp(counts, true)).toBe(true);
    }
    expect(rig.destination.tree()).toEqual({
      'both.txt': 'by a colleague',
      'edited.txt': 'by a colleague',
      'new.txt': 'of a colleague',
    });
  });

  it('keep both: ours is copied beside theirs, told, and keeps its name from then on', async () => {
    await twoConflicts();
    rig.settings = { conflict: 'keep-both' };
    const { items, counts } = await rig.run(1);
    expect(items).toEqual({
      'both.txt': 'copied identical name-changed,kept-beside',
      'edited.txt': 'present present newer-at-destination',
      'new.txt': 'copied identical name-changed,kept-beside',
    });
    expect(addsUp(counts, true)).toBe(true);
    const both = {
      'both.txt': 'by a colleague',
      'both (2).txt': 'two!',
      'edited.txt': 'by a colleague',
      'new.txt': 'of a colleague',
      'new (2).txt': 'new',
    };
    expect(rig.destination.tree()).toEqual(both);
    expect((await rig.run(2)).items).toMatchObject({
      'both.txt': 'present identical name-changed',
      'new.txt': 'present identical name-changed',
    });
    await rig.write({ 'both.txt': 'three' }, 2);
    await rig.run(3);
    expect(rig.destination.tree()).toEqual({ ...both, 'both (2).txt': 'three' });
    expect(rig.destination.at('both (2).txt')?.versions).toBe(2);
    // And when that one is edited as well.
    editThere('both (2).txt', 'by another', 9);
    await rig.write({ 'both.txt': 'four' }, 3);
    await rig.run(4);
    expect(rig.destination.tree()).toEqual({ ...both, 'both (2).txt': 'by another', 'both (3).txt': 'four' });
  });

  it('keep both: a name that somebody has already is not taken, and what looks like ours is ours', async () => {
    rig.destination.plant('root', 'a.txt', 'of a colleague', timeOf(9));
    rig.destination.plant('root', 'A (2).txt', 'of another', timeOf(9));
    Object.assign(rig.destination.root, { empty: false });
    await rig.write({ 'a.txt': 'one', 'a (3).txt': 'three' });
    rig.settings = { conflict: 'keep-both' };
    await rig.run(0);
    const tree = {
      'a.txt': 'of a colleague',
      'A (2).txt': 'of another',
      'a (3).txt': 'three',
      'a (4).txt': 'one',
    };
    expect(rig.destination.tree()).toEqual(tree);
    await rig.forget();
    const { counts } = await rig.run(0);
    expect(counts.byOutcome.present.files).toBe(2);
    expect(rig.destination.tree()).toEqual(tree);
  });

  it('keep both: one that failed is copied by the next run, and theirs is still left alone', async () => {
    await twoConflicts();
    rig.settings = { conflict: 'keep-both' };
    rig.destination.fault = (kind) => (kind === 'send' ? { code: 'refused-by-service' } : undefined);
    expect((await rig.run(1)).counts.byOutcome.failed.files).toBe(2);
    rig.destination.fault = () => undefined;
    const { items } = await rig.run(2);
    expect(items).toMatchObject({
      'both.txt': 'copied identical name-changed,kept-beside',
      'new.txt': 'copied identical name-changed,kept-beside',
    });
    expect(rig.destination.tree()).toEqual({
      'both.txt': 'by a colleague',
      'both (2).txt': 'two!',
      'edited.txt': 'by a colleague',
      'new.txt': 'of a colleague',
      'new (2).txt': 'new',
    });
  });

  it('replace: ours is a new version over theirs, which stays as the one before; each is told', async () => {
    await twoConflicts();
    rig.settings = { conflict: 'replace' };
    const { items, counts } = await rig.run(1);
    expect(items).toEqual({
      'both.txt': 'copied identical replaced-at-destination',
      'edited.txt': 'copied identical replaced-at-destination',
      'new.txt': 'copied identical replaced-at-destination',
    });
    expect(addsUp(counts, true)).toBe(true);
    expect(rig.destination.tree()).toEqual({ 'both.txt': 'two!', 'edited.txt': 'one', 'new.txt': 'new' });
    for (const path of ['both.txt', 'edited.txt', 'new.txt']) {
      expect(rig.destination.at(path)?.versions, path).toBeGreaterThan(1);
    }
    expect((await rig.run(2)).counts.byOutcome.copied.files).toBe(0);
  });

  it.each(['keep-theirs', 'skip', 'keep-both', 'replace', 'newer-wins'] as const)(
    '%s: what is edited while the run goes on is left alone in this run',
    async (conflict) => {
      await twoConflicts();
      rig.settings = { conflict };
      rig.destination.fault = (kind, about) => {
        if (kind === 'send' && about === 'both.txt') editThere('both.txt', 'just now', 10);
        return undefined;
      };
      await rig.run(1);
      const tree = rig.destination.tree();
      // Only a replacement is sent to that very item.
      expect(tree['both.txt']).toBe(conflict === 'replace' ? 'just now' : 'by a colleague');
    },
  );

  it('a copy that somebody renames while the run goes on fails at once and is not waited for', async () => {
    await rig.write({ 'a.txt': 'one' });
    await rig.run(0);
    await rig.write({ 'a.txt': 'two!' }, 1);
    rig.destination.fault = (kind) => {
      const there = rig.destination.at('a.txt');
      if (kind === 'open' && there) {
        rig.destination.items.set(there.id, { ...there, name: 'better.txt', tag: 'renamed' });
        rig.destination.touch(there.id);
      }
      return undefined;
    };
    expect((await rig.run(1)).items['a.txt']).toBe('failed edited-at-destination');
    expect(rig.destination.tree()).toEqual({ 'better.txt': 'one' });
  });

  it.each([1, 2, 3, 4, 5, 6])(
    'keep both and replace are not done twice after kills, seed %d',
    async (seed) => {
      await twoConflicts();
      const conflict = seed % 2 === 0 ? 'keep-both' : 'replace';
      rig.settings = { conflict };
      await rig.killedRuns(1, 6, (kill) => 1 + ((seed * 5 + kill * 7) % 25));
      const { end, counts } = await rig.run(1);
      expect(end).toEqual({ how: 'done' });
      expect(counts.byOutcome.failed.files).toBe(0);
      if (conflict === 'replace') {
        expect(rig.destination.tree()).toEqual({ 'both.txt': 'two!', 'edited.txt': 'one', 'new.txt': 'new' });
        // Two of ours and one of theirs; theirs and ours.
        expect(rig.destination.at('both.txt')?.versions).toBe(3);
        expect(rig.destination.at('new.txt')?.versions).toBe(2);
      } else {
        expect(Object.keys(rig.destination.tree()).sort()).toEqual(
          ['new.txt', 'both (2).txt', 'both.txt', 'edited.txt', 'new (2).txt'].sort(),
        );
      }
    },
  );
});
