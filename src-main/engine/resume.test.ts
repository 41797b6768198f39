import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addsUp } from '../../src-shared/model/counts.ts';
import { failed, ok } from '../../src-shared/model/problem.ts';
import type { Source, SourceFile } from '../source/source.ts';
import { EngineRig } from './engine-rig.ts';

const FRAGMENT = 327_680;
let rig: EngineRig;
beforeEach(async () => {
  rig = await EngineRig.make();
  rig.settings = { fragmentBytes: FRAGMENT };
});
afterEach(() => rig.end());

/** Offsets of the fragments that arrived, in order; the last one is told as stored. */
const fragments = (): readonly string[] =>
  rig.destination.writes.filter((write) => /^(open|fragment|stored)/.test(write));

const large = (fragmentsOf: number): Uint8Array =>
  Uint8Array.from({ length: fragmentsOf * FRAGMENT }, (_, i) => (i * 7) >> (i % 3));

/** The source with what a file answers to reads decided by a test. */
function reading(
  source: Source,
  read: (file: SourceFile, into: Uint8Array, offset: number) => ReturnType<SourceFile['read']>,
): Source {
  return {
    root: source.root,
    probe: () => source.probe(),
    list: (path) => source.list(path),
    close: () => source.close(),
    open: async (path) => {
      const opened = await source.open(path);
      if (!opened.ok) return opened;
      const file = opened.value;
      return ok({
        fingerprint: () => file.fingerprint(),
        read: (into, offset) => read(file, into, offset),
        close: () => file.close(),
      });
    },
  };
}

/** A machine that falls asleep after so many fragments, for so long, and wakes with a lease that has to be confirmed first. */
function sleepAfter(
  count: number,
  hours: number,
  asleep: () => void | Promise<void> = () => undefined,
): void {
  let clock = Date.now();
  let sent = 0;
  let inDoubt = 0;
  rig.env = {
    now: () => clock,
    mayWrite: () => inDoubt === 0,
    sleep: async (_, signal) => {
      if (inDoubt > 0) inDoubt -= 1;
      if (!signal.aborted) await new Promise((resolve) => setImmediate(resolve));
    },
  };
  rig.destination.fault = async (kind) => {
    if (kind !== 'send') return undefined;
    sent += 1;
    if (sent !== count + 1) return undefined;
    clock += hours * 3_600_000;
    inDoubt = 20;
    await asleep();
    // Asked for before the sleep: the connection is gone, and nothing of it may be sent before the lease is confirmed.
    return { code: 'service-unreachable' };
  };
}

describe('a large file whose machine falls asleep in the middle (stand-in destination)', () => {
  it('goes on at the next fragment, once its lease is confirmed', async () => {
    await rig.write({ 'large.bin': large(5) });
    sleepAfter(2, 0.1);
    const { items, end } = await rig.run(0);
    expect(end).toEqual({ how: 'done' });
    expect(items).toEqual({ 'large.bin': 'copied identical' });
    expect(fragments()).toEqual([
      'open large.bin',
      ...[0, 1, 2, 3].map((n) => `fragment large.bin ${n * FRAGMENT}`),
      'stored large.bin',
    ]);
  });

  it('is sent anew when the service forgot the upload meanwhile, in one version', async () => {
    await rig.write({ 'large.bin': large(4) });
    sleepAfter(2, 9, () => rig.destination.forgetUploads());
    expect((await rig.run(0)).items).toEqual({ 'large.bin': 'copied identical' });
    expect(rig.destination.calls.get('open')).toBe(2);
    expect(rig.destination.at('large.bin')).toMatchObject({ versions: 1, size: 4 * FRAGMENT });
  });

  it('is copied as it is now when somebody worked on it meanwhile', async () => {
    await rig.write({ 'large.bin': large(4) });
    const newer = large(3).reverse();
    sleepAfter(2, 9, () => rig.write({ 'large.bin': newer }, 7));
    const { items, counts } = await rig.run(0);
    expect(items).toEqual({ 'large.bin': 'copied identical' });
    expect(addsUp(counts, true)).toBe(true);
    const there = rig.destination.at('large.bin');
    expect(there?.versions).toBe(1);
    expect(Buffer.from(there?.content ?? []).equals(newer)).toBe(true);
    expect(rig.destination.openSessions).toBe(0);
  });
});

describe('a range of bytes that another program has locked (stand-in destination)', () => {
  it('holds up the file and nothing else; what was sent is not sent again', async () => {
    await rig.write({ 'db.bin': large(5), 'other.txt': 'x' });
    let refused = 0;
    rig.wrapSource = (source) =>
      reading(source, async (file, into, offset) => {
        if (into.length < FRAGMENT || offset < 2 * FRAGMENT || refused >= 2) return file.read(into, offset);
        refused += 1;
        return failed('file-in-use', { where: 'db.bin' });
      });
    const { items, end } = await rig.run(0);
    expect(end).toEqual({ how: 'done' });
    expect(items).toEqual({ 'db.bin': 'copied identical', 'other.txt': 'copied identical' });
    expect(refused).toBe(2);
    expect(fragments().filter((write) => write.includes('db.bin'))).toEqual([
      'open db.bin',
      ...[0, 1, 2, 3].map((n) => `fragment db.bin ${n * FRAGMENT}`),
      'stored db.bin',
    ]);
  });

  it('fails the file when it stays, with its name free again', async () => {
    await rig.write({ 'db.bin': large(5), 'other.txt': 'x' });
    rig.wrapSource = (source) =>
      reading(source, (file, into, offset) =>
        offset < 2 * FRAGMENT
          ? file.read(into, offset)
          : Promise.resolve(failed('file-in-use', { where: 'db.bin' })),
      );
    const { items } = await rig.run(0);
    expect(items).toEqual({ 'db.bin': 'failed file-in-use', 'other.txt': 'copied identical' });
    expect(rig.destination.tree()).toEqual({ 'other.txt': 'x' });
    expect(rig.destination.openSessions).toBe(0);
  });
});

describe('a file that vanishes (stand-in destination)', () => {
  it('between its listing and its turn fails after its tries, and says so', async () => {
    await rig.write({ 'goes.txt': 'x', 'stays.txt': 'x' });
    let opened = 0;
    rig.wrapSource = (source) => ({
      root: source.root,
      probe: () => source.probe(),
      list: (path) => source.list(path),
      close: () => source.close(),
      open: async (path) => {
        if (path === 'goes.txt' && ++opened === 1) await rig.remove(path);
        return source.open(path);
      },
    });
    const { items, counts } = await rig.run(0);
    expect(items).toEqual({ 'goes.txt': 'failed file-vanished', 'stays.txt': 'copied identical' });
    expect(opened).toBe(3);
    expect(addsUp(counts, true)).toBe(true);
    expect(rig.destination.openSessions).toBe(0);
  });
});
