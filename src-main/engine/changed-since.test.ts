import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addsUp } from '../../src-shared/model/counts.ts';
import { EngineRig, timeOf } from './engine-rig.ts';

const FRAGMENT = 327_680;
let rig: EngineRig;
beforeEach(async () => {
  rig = await EngineRig.make();
  rig.settings = { fragmentBytes: FRAGMENT };
});
afterEach(() => rig.end());

describe('a file that changed since its upload was stopped (stand-in destination)', () => {
  it.each([
    ['in the same run', 0],
    ['in the next run', 1],
  ])('is copied as it is now, %s', async (_, next) => {
    await rig.write({ 'large.bin': new Uint8Array(4 * FRAGMENT) });
    await rig.stopAfterSends(2, 0);
    await rig.write({ 'large.bin': 'short now' }, 1);
    const { items } = await rig.run(next);
    expect(items).toEqual({ 'large.bin': 'copied identical' });
    expect(rig.destination.at('large.bin')).toMatchObject({ size: 9, versions: 1, modified: timeOf(1) });
    expect(rig.destination.openSessions).toBe(0);
  });

  it.each([
    ['in the same run', 'a.txt', 0],
    ['in the next run', 'a.txt', 1],
    ['in the same run, rewritten by SharePoint', 'a.docx', 0],
    ['in the next run, rewritten by SharePoint', 'a.docx', 1],
  ])('replaces what got there of it unseen, %s', async (_, name, next) => {
    rig.destination.rewrite = (file, content) =>
      file.endsWith('.docx') ? Buffer.concat([content, Buffer.from('!')]) : content;
    await rig.write({ [name]: 'one' });
    await rig.stopAfterSends(1, 0);
    await rig.write({ [name]: 'two!' }, 1);
    const { items, counts } = await rig.run(next);
    expect(items[name]).toMatch(/^copied (?:identical|rewritten)/);
    expect(rig.destination.at(name)).toMatchObject({ versions: 2, modified: timeOf(1) });
    expect(rig.destination.tree()[name]).toMatch(/^two!/);
    expect(addsUp(counts, true)).toBe(true);
  });

  it.each([
    ['in the same run', 1],
    ['in the next run', 2],
  ])('replaces the new version that got there unseen, %s', async (_, next) => {
    await rig.write({ 'a.txt': 'one' });
    await rig.run(0);
    await rig.write({ 'a.txt': 'two!' }, 1);
    await rig.stopAfterSends(1, 1);
    await rig.write({ 'a.txt': 'three' }, 2);
    expect((await rig.run(next)).items).toEqual({ 'a.txt': 'copied identical' });
    expect(rig.destination.at('a.txt')).toMatchObject({ versions: 3, modified: timeOf(2) });
  });

  it('becomes an empty file in place of what got there unseen', async () => {
    await rig.write({ 'a.txt': 'one' });
    await rig.stopAfterSends(1, 0);
    await rig.write({ 'a.txt': '' }, 1);
    expect((await rig.run(0)).items).toEqual({ 'a.txt': 'copied identical' });
    expect(rig.destination.at('a.txt')).toMatchObject({ versions: 2, size: 0 });
  });

  it.each([0, 1])('does not replace what somebody made of it meanwhile (run %d)', async (next) => {
    await rig.write({ 'a.txt': 'one' });
    await rig.stopAfterSends(1, 0);
    const there = rig.destination.at('a.txt');
    if (!there) throw new Error('it got there');
    const theirs = { content: Buffer.from('theirs'), size: 6, modified: timeOf(9), tag: 'edited' };
    rig.destination.items.set(there.id, { ...there, ...theirs, hash: undefined });
    rig.destination.touch(there.id);
    await rig.write({ 'a.txt': 'two!' }, 1);
    expect((await rig.run(next)).items).toEqual({ 'a.txt': 'failed occupied-at-destination' });
    expect(rig.destination.tree()).toEqual({ 'a.txt': 'theirs' });
  });
});
