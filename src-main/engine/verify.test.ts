import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EngineRig } from './engine-rig.ts';

let rig: EngineRig;
beforeEach(async () => {
  rig = await EngineRig.make();
});
afterEach(() => rig.end());

describe('the last look (stand-in destination)', () => {
  it('says when a copy is not what was sent, and deletes nothing', async () => {
    await rig.write({ 'a.txt': 'hello' });
    rig.destination.rewrite = (_, content) => Buffer.concat([content, Buffer.from('!')]);
    expect((await rig.run(0)).items).toEqual({ 'a.txt': 'failed differs content-differs' });
    expect(rig.destination.tree()).toEqual({ 'a.txt': 'hello!' });
  });

  it('settles grades that had no hash when they were sent', async () => {
    await rig.write({ 'a.txt': 'hello', 'b.txt': 'hello' });
    rig.destination.tellsHash = () => false;
    rig.destination.fault = (kind, about) => {
      if (kind === 'changes' && about !== 'now') rig.destination.tellHash('a.txt');
      return undefined;
    };
    expect((await rig.run(0)).items).toEqual({ 'a.txt': 'copied identical', 'b.txt': 'copied size-equal' });
  });

  it('asks for what is not listed, and says when it is gone', async () => {
    await rig.write({ 'late.txt': 'x', 'sub/lost.txt': 'x', 'sub/ok.txt': 'x' });
    rig.destination.lists = (name) => name !== 'late.txt';
    rig.destination.fault = (kind, about) => {
      const lost = rig.destination.at('sub/lost.txt');
      if (kind === 'changes' && about !== 'now' && lost) rig.destination.items.delete(lost.id);
      return undefined;
    };
    expect((await rig.run(0)).items).toMatchObject({
      'late.txt': 'copied identical',
      'sub/lost.txt': 'failed missing copy-missing',
      'sub/ok.txt': 'copied identical',
    });
  });
});
