import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addsUp } from '../../src-shared/model/counts.ts';
import { EngineRig, timeOf } from './engine-rig.ts';

let rig: EngineRig;
beforeEach(async () => {
  rig = await EngineRig.make();
});
afterEach(() => rig.end());

describe('the next run (stand-in destination)', () => {
  it('copies nothing when nothing changed, and asks next to nothing', async () => {
    await rig.write(Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`d${i}/f`, `${i}`])));
    await rig.run(0);
    rig.destination.calls.clear();
    const { counts } = await rig.run(1);
    expect(counts.byOutcome.present).toMatchObject({ files: 30, folders: 30 });
    expect(counts.byGrade.identical.files).toBe(30);
    expect(Object.fromEntries(rig.destination.calls)).toEqual({ changes: 1 });
    expect(addsUp(counts, true)).toBe(true);
  });

  it('gives each kind of change its treatment', async () => {
    await rig.write({
      'same.txt': 'same',
      'changed.txt': 'one',
      'edited.txt': 'one',
      'both.txt': 'one',
      'deleted-there.txt': 'one',
      'deleted-here.txt': 'one',
      'folder-gone/inside.txt': 'one',
    });
    await rig.run(0);
    const { destination } = rig;
    await rig.write({ 'changed.txt': 'two!', 'both.txt': 'two!', 'new.txt': 'new' }, 1);
    await rig.remove('deleted-here.txt');
    edit('edited.txt', 'by a colleague');
    edit('both.txt', 'by a colleague');
    destination.vanish(destination.at('deleted-there.txt')?.id ?? '');
    const inside = destination.at('folder-gone/inside.txt')?.id ?? '';
    destination.vanish(destination.at('folder-gone')?.id ?? '');
    destination.items.delete(inside);

    const { items, counts, end } = await rig.run(1);
    expect(end).toEqual({ how: 'done' });
    expect(items).toEqual({
      'same.txt': 'present identical',
      'changed.txt': 'copied identical',
      'edited.txt': 'present present newer-at-destination',
      'both.txt': 'failed edited-at-destination',
      'deleted-there.txt': 'copied identical',
      'deleted-here.txt': 'known deleted-at-source',
      'new.txt': 'copied identical',
      'folder-gone': 'copied present',
      'folder-gone/inside.txt': 'copied identical',
    });
    expect(destination.at('changed.txt')).toMatchObject({ versions: 2 });
    expect(destination.tree()).toMatchObject({
      'both.txt': 'by a colleague',
      'edited.txt': 'by a colleague',
      'deleted-here.txt': 'one',
    });
    expect(addsUp(counts, true)).toBe(true);
  });

  it('never writes over an edited copy, however many runs go by', async () => {
    await rig.write({ 'a.txt': 'one' });
    await rig.run(0);
    edit('a.txt', 'by a colleague');
    await rig.run(1);
    await rig.write({ 'a.txt': 'two!' }, 1);
    for (const run of [2, 3, 4]) {
      expect((await rig.run(run)).items['a.txt']).toBe('failed edited-at-destination');
    }
    expect(rig.destination.tree()['a.txt']).toBe('by a colleague');
  });

  it('does not call identical what was edited in the same second and kept its size', async () => {
    await rig.write({ 'a.txt': 'one', 'b.txt': 'one' });
    await rig.run(0);
    edit('a.txt', 'two', 0);
    for (const run of [1, 2]) {
      expect((await rig.run(run)).items).toEqual({
        'a.txt': 'present size-equal',
        'b.txt': 'present identical',
      });
    }
  });

  it('lets the newer win when told so', async () => {
    await rig.write({ 'here.txt': 'one', 'there.txt': 'one' });
    await rig.run(0);
    rig.settings = { conflict: 'newer-wins' };
    edit('here.txt', 'by a colleague', 1);
    edit('there.txt', 'by a colleague', 9);
    await rig.write({ 'here.txt': 'two!', 'there.txt': 'two!' }, 5);
    const { items } = await rig.run(1);
    expect(items).toEqual({
      'here.txt': 'copied identical replaced-at-destination',
      'there.txt': 'present present newer-at-destination',
    });
    expect(rig.destination.tree()).toEqual({ 'here.txt': 'two!', 'there.txt': 'by a colleague' });
  });

  it('copies what failed before, and keeps to what stands there under that name', async () => {
    await rig.write({ 'a.txt': 'one', 'b.txt': 'one' });
    rig.destination.fault = (kind, about) =>
      kind === 'send' && about === 'a.txt' ? { code: 'refused-by-service' } : undefined;
    expect((await rig.run(0)).items['a.txt']).toBe('failed refused-by-service');
    rig.destination.fault = () => undefined;
    expect((await rig.run(1)).items).toEqual({ 'a.txt': 'copied identical', 'b.txt': 'present identical' });
  });

  it('reads the destination from the beginning when its mark is too old', async () => {
    await rig.write({ 'a.txt': 'one', 'b.txt': 'one' });
    await rig.run(0);
    rig.destination.vanish(rig.destination.at('a.txt')?.id ?? '');
    rig.destination.fault = (kind, about) =>
      kind === 'changes' && about !== '' ? { code: 'session-lost' } : undefined;
    expect((await rig.run(1)).items).toEqual({ 'a.txt': 'copied identical', 'b.txt': 'present identical' });
  });
});

function edit(path: string, content: string, minute = 3): void {
  const { destination } = rig;
  const item = destination.at(path);
  if (!item) throw new Error(`no ${path}`);
  destination.items.set(item.id, {
    ...item,
    content: Buffer.from(content),
    size: content.length,
    modified: timeOf(minute),
    tag: `${item.tag}-edited`,
    hash: undefined,
  });
  destination.touch(item.id);
}
