import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addsUp } from '../../src-shared/model/counts.ts';
import { failed, ProblemError } from '../../src-shared/model/problem.ts';
import type { Source } from '../source/source.ts';
import { EngineRig, type RunFacts } from './engine-rig.ts';

const FRAGMENT = 327_680;
let rig: EngineRig;
beforeEach(async () => {
  rig = await EngineRig.make();
  rig.settings = { fragmentBytes: FRAGMENT };
});
afterEach(() => rig.end());

/** What is open at the destination is what the journal knows of. */
async function expectKnown(): Promise<void> {
  expect((await (await rig.journal()).progress()).uploads).toBe(rig.destination.openSessions);
}

const many = Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`f${i}`, `content ${i}`]));

describe('an upload that was opened is in the journal or cancelled (stand-in destination)', () => {
  it('when the journal takes it no more', async () => {
    await rig.write({ ...many, 'large.bin': new Uint8Array(3 * FRAGMENT) });
    rig.settings = { parallelFiles: 3, fragmentBytes: FRAGMENT };
    let saved = 0;
    const full = new ProblemError({ code: 'store-disk-full', where: 'task.db' });
    rig.wrapJournal = (journal) => ({
      ...journal,
      saveUploads: (some) => (++saved > 1 ? Promise.reject(full) : journal.saveUploads(some)),
    });
    const { end } = await rig.run(0);
    expect(end).toMatchObject({ how: 'failed', problem: { code: 'store-disk-full' } });
    expect(rig.destination.calls.get('cancel')).toBeGreaterThan(0);
    await expectKnown();
    rig.wrapJournal = (journal) => journal;
    await expectAllCopied(await rig.run(0));
  });

  it('when the unit is stopped while others are still being opened', async () => {
    await rig.write(many);
    const { end } = await rig.run(0, (unit) => {
      let opened = 0;
      rig.destination.fault = (kind) => {
        if (kind !== 'open' || ++opened !== 9) return undefined;
        unit.order('stop');
        return { code: 'stopped-by-you' };
      };
    });
    expect(end).toEqual({ how: 'stopped' });
    expect(rig.destination.openSessions).toBeGreaterThan(0);
    await expectKnown();
    rig.destination.fault = () => undefined;
    await expectAllCopied(await rig.run(0));
  });

  it.each(['open', 'fingerprint'] as const)('when the file cannot be read any more (%s)', async (call) => {
    await rig.write({ 'large.bin': new Uint8Array(4 * FRAGMENT) });
    await rig.stopAfterSends(2, 0);
    expect(rig.destination.openSessions).toBe(1);
    rig.wrapSource = (source) => unreadable(source, call);
    expect((await rig.run(0)).items).toEqual({ 'large.bin': 'failed file-unreadable' });
    expect(rig.destination.openSessions).toBe(0);
    await expectKnown();
  });

  it('when the file is gone by the next run', async () => {
    await rig.write({ 'large.bin': new Uint8Array(4 * FRAGMENT), 'small.txt': 'x' });
    await rig.stopAfterSends(3, 0);
    await rig.remove('large.bin');
    expect((await rig.run(1)).end).toEqual({ how: 'done' });
    expect(rig.destination.openSessions).toBe(0);
    await expectKnown();
  });

  it('when a folder has its name by the next run', async () => {
    await rig.write({ thing: new Uint8Array(4 * FRAGMENT) });
    await rig.stopAfterSends(2, 0);
    await rig.remove('thing');
    await rig.write({ 'thing/inside.txt': 'x' });
    expect((await rig.run(1)).items).toEqual({
      thing: 'copied present',
      'thing/inside.txt': 'copied identical',
    });
    expect(rig.destination.openSessions).toBe(0);
  });
});

async function expectAllCopied({ end, counts }: RunFacts): Promise<void> {
  expect(end).toEqual({ how: 'done' });
  expect(addsUp(counts, true)).toBe(true);
  expect(counts.byOutcome.failed.files).toBe(0);
  expect(counts.byOutcome.copied.files).toBe(counts.found.files);
  expect([...rig.destination.items.values()].every(({ versions }) => versions === 1)).toBe(true);
  expect(rig.destination.openSessions).toBe(0);
}

/** Files that cannot be opened, or not be looked at once they are open. */
function unreadable(source: Source, call: 'open' | 'fingerprint'): Source {
  return {
    root: source.root,
    probe: () => source.probe(),
    list: (path) => source.list(path),
    close: () => source.close(),
    open: async (path) => {
      const opened = await source.open(path);
      if (!opened.ok || call === 'open') return failed('file-unreadable', { where: path });
      const file = opened.value;
      return {
        ok: true,
        value: {
          fingerprint: async () => failed('file-unreadable', { where: path }),
          read: (into, offset) => file.read(into, offset),
          close: () => file.close(),
        },
      };
    },
  };
}
