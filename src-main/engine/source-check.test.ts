import { describe, expect, it } from 'vitest';
import type { Code } from '../../src-shared/catalogue/catalogue.ts';
import type { Live } from '../../src-shared/model/live.ts';
import { failed, ok, type Result } from '../../src-shared/model/problem.ts';
import type { Source, SourceEntry } from '../source/source.ts';
import { Control } from './control.ts';
import { SourceCheck, type Verdict } from './source-check.ts';
import { Waits } from './waits.ts';

const root: SourceEntry = {
  name: 'share',
  nameReadable: true,
  kind: 'folder',
  size: 0,
  modified: 0,
  created: 0,
  fileId: '1',
  hidden: false,
  system: false,
  offline: false,
};
const gone = failed('source-missing', { where: '/share', detail: 'EIO' });
const another = ok({ ...root, fileId: '2' });

/** A check over a source whose root answers as told, one answer after the other and the last for ever. Time is that of the pauses. */
function checkOf(...answers: readonly Result<SourceEntry>[]) {
  let now = 0;
  let probes = 0;
  const pauses: number[] = [];
  const told: Live['waitsFor'][] = [];
  const sleep = async (ms: number, signal: AbortSignal): Promise<void> => {
    await new Promise((resolve) => setImmediate(resolve));
    if (signal.aborted) return;
    pauses.push(ms);
    told.push(check.waitsFor);
    now += ms;
  };
  const control = new Control({ now: () => now, random: () => 0, mayWrite: () => true, sleep });
  const none = (): never => {
    throw new Error('only the root is looked at');
  };
  const probe = async (): Promise<Result<SourceEntry>> => {
    probes += 1;
    await new Promise((resolve) => setImmediate(resolve));
    return answers[probes - 1] ?? answers.at(-1) ?? none();
  };
  const source: Source = { root: '/share', probe, list: none, open: none, close: none };
  const check = new SourceCheck({ source, control, now: () => now, root });
  const slot = new Waits(() => now).slot();
  return {
    check,
    control,
    pauses,
    /** What it said that it waits for at the end of each pause. */
    told,
    slot,
    probes: () => probes,
    look: (code: Code, began = 0): Promise<Verdict> => control.busy(() => check.look({ code }, began, slot)),
  };
}

describe('a problem of reading', () => {
  it('is its own while the source is there', async () => {
    for (const code of ['file-vanished', 'read-failed', 'source-unreachable'] as const) {
      const { look, control, probes } = checkOf(ok(root));
      expect(await look(code)).toBe('of-item');
      expect(probes()).toBe(1);
      expect(control.problem).toBeUndefined();
    }
  });

  it('is its own without a look, when it is none that a lost share has', async () => {
    const { look, probes } = checkOf(gone);
    expect(await look('file-in-use')).toBe('of-item');
    expect(probes()).toBe(0);
  });

  it.each(['file-vanished', 'folder-vanished', 'read-failed', 'source-unreachable'] as const)(
    '%s waits while the source is away, and is tried again',
    async (code) => {
      const { look, check, control, pauses, slot, told } = checkOf(
        gone,
        gone,
        failed('source-unreachable'),
        ok(root),
      );
      expect(await look(code)).toBe('again');
      expect(told).toEqual(Array(3).fill({ code: 'waiting-for-source', since: 0, until: null }));
      expect(pauses).toEqual([2_000, 3_000, 4_500]);
      expect(slot.timeIn('source-away')).toBe(9_500);
      expect(check.waitsFor).toBeNull();
      expect(check.outages).toBe(1);
      expect(control.problem).toBeUndefined();
    },
  );

  it('from before or in an outage says nothing about its item afterwards', async () => {
    const { look, probes } = checkOf(gone, ok(root));
    expect(await Promise.all([look('read-failed'), look('file-vanished'), look('file-unreadable')])).toEqual([
      'again',
      'again',
      'again',
    ]);
    const before = probes();
    expect(await look('file-vanished', 0)).toBe('again');
    expect(probes()).toBe(before);
    expect(await look('file-vanished', 1)).toBe('of-item');
  });

  it('is not judged by a look that began before it came', async () => {
    const { look, check } = checkOf(ok(root), gone, ok(root));
    const first = look('read-failed');
    const second = look('read-failed');
    expect(await first).toBe('of-item');
    expect(await second).toBe('again');
    expect(check.outages).toBe(1);
  });
});

describe('a source that stays away', () => {
  it('is looked for ever more seldom, down to every half minute, for as long as it takes', async () => {
    const { look, pauses } = checkOf(...Array.from({ length: 100 }, () => gone), ok(root));
    expect(await look('read-failed')).toBe('again');
    expect(pauses).toHaveLength(100);
    expect(Math.max(...pauses)).toBe(30_000);
    expect(pauses.filter((pause) => pause < 30_000)).toHaveLength(7);
  });

  it.each(['stop', 'finish'] as const)('ends nothing but the wait on %s', async (order) => {
    const { look, control, check } = checkOf(gone);
    const looked = look('read-failed');
    await new Promise((resolve) => setTimeout(resolve, 5));
    control.order(order);
    expect(await looked).toBe('ends');
    expect(control.problem).toBeUndefined();
    expect(check.waitsFor).toBeNull();
  });

  it('holds no pause up', async () => {
    const { look, control } = checkOf(gone);
    const looked = look('read-failed');
    await new Promise((resolve) => setTimeout(resolve, 5));
    control.order('pause');
    expect(control.state).toBe('paused');
    control.order('stop');
    await looked;
  });

  it('may have the bare mount point in its place meanwhile', async () => {
    const { look, control } = checkOf(gone, another, ok(root));
    expect(await look('read-failed')).toBe('again');
    expect(control.problem).toBeUndefined();
  });
});

describe('the unit fails', () => {
  it('when the source is another one', async () => {
    const { look, control } = checkOf(another);
    expect(await look('read-failed')).toBe('ends');
    expect(control.problem?.code).toBe('source-changed-identity');
  });

  it.each(['source-sign-in-refused', 'source-root-unreadable', 'source-not-a-folder'] as const)(
    'when it is %s, at once or after an outage',
    async (code) => {
      for (const before of [[], [gone]]) {
        const { look, control } = checkOf(...before, failed(code));
        expect(await look('read-failed')).toBe('ends');
        expect(control.problem?.code).toBe(code);
      }
    },
  );

  it('not for a file system that has no numbers', async () => {
    const { look } = checkOf(ok({ ...root, fileId: undefined }));
    expect(await look('read-failed')).toBe('of-item');
  });
});
