import { mkdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sleep } from '../../src-main/basics/sleep.ts';
import type { FaultSettingsInput } from '../../src-practice/tenant/fault-settings.ts';
import { addsUp } from '../../src-shared/model/counts.ts';
import { type PracticeRig, practiceRig } from './practice-rig.ts';

const FRAGMENT = 327_680;
const settings = { fragmentBytes: FRAGMENT };
const LARGE = 4 * FRAGMENT + 77;

let rig: PracticeRig;
let source: string;
beforeEach(async () => {
  rig = await practiceRig({ bodies: 'discard' });
  source = join(rig.folder, 'share');
  await mkdir(source);
});
afterEach(() => rig.end());

async function write(name: string, content: Uint8Array | string, minute = 0): Promise<void> {
  await writeFile(join(source, name), content);
  const time = Date.UTC(2026, 5, 1, 8, minute) / 1_000;
  await utimes(join(source, name), time, time);
}

const bytes = (length: number): Uint8Array => Uint8Array.from({ length }, (_, i) => (i * 31) >> (i % 5));

type Script = NonNullable<FaultSettingsInput['script']>;

/** A run with faults, and what the tenant was asked in it. */
async function runWith(script: Script, run = 0) {
  const { control } = rig.graph.tenant;
  await control.setFaults({ script });
  await control.resetStats();
  const facts = await rig.run(run, source, settings);
  expect(facts.end).toEqual({ how: 'done' });
  expect(addsUp(facts.counts, true)).toBe(true);
  expect(facts.counts.byOutcome.failed.files).toBe(0);
  const stats = await control.stats();
  return { ...facts, stats, asked: (kind: string) => stats.byKind[kind] ?? 0 };
}

describe('resuming, practice tenant', () => {
  it.each([
    ['a small file', 5_000, 0, 1],
    ['a large file', LARGE, 4, 5],
  ])(
    'an answer that is lost after the bytes of %s were stored costs one status request',
    async (_, size, skip, fragments) => {
      await write('file.bin', bytes(size));
      const { asked, stats, counts } = await runWith([{ fault: 'cutAfter', kind: 'fragment', skip }]);
      expect(asked('uploadStatus')).toBe(1);
      expect(asked('createUploadSession')).toBe(1);
      expect(asked('fragment')).toBe(fragments);
      expect(stats).toMatchObject({ fragmentsSentTwice: 0, bytesSentTwice: 0 });
      expect(counts.byGrade.identical.files).toBe(1);
      expect((await rig.stored()).get('file.bin')).toMatchObject({ versions: 1, size });
    },
  );

  it.each([
    ['an answer that is lost', 'cutAfter', 1],
    ['a connection that breaks before anything was stored', 'cutBefore', 1],
    ['416 to a fragment that was in order', 'rangeInvalid', 1],
  ] as const)('%s in the middle: goes on at the fragment that is wanted', async (_, fault, sessions) => {
    await write('file.bin', bytes(LARGE));
    const { asked, stats } = await runWith([{ fault, kind: 'fragment', skip: 2 }]);
    expect(asked('createUploadSession')).toBe(sessions);
    expect(stats).toMatchObject({ bytesSentTwice: 0 });
    expect((await rig.stored()).get('file.bin')).toMatchObject({ versions: 1, size: LARGE });
  });

  it.each(['sessionVanished', 'sessionExpired', 'conflict', 'preconditionFailed'] as const)(
    'an upload that the service ends in the middle (%s) is begun anew, in one version',
    async (fault) => {
      await write('file.bin', bytes(LARGE));
      const { asked, counts } = await runWith([{ fault, kind: 'fragment', skip: 2 }]);
      expect(asked('createUploadSession')).toBe(2);
      expect(counts.byGrade.identical.files).toBe(1);
      expect((await rig.stored()).get('file.bin')).toMatchObject({ versions: 1, size: LARGE });
    },
  );

  it('409 from an upload of our own that a stop left: cancelled when the file is another by then', async () => {
    await write('file.bin', bytes(LARGE));
    const { control } = rig.graph.tenant;
    // The third fragment does not get there before the stop.
    await control.setFaults({ script: [{ fault: 'serverError', kind: 'fragment', skip: 2, times: 1_000 }] });
    const stopped = await rig.run(0, source, settings, async (unit) => {
      while (((await control.stats()).byKind['fragment'] ?? 0) < 3)
        await sleep(5, new AbortController().signal);
      unit.order('stop');
    });
    expect(stopped.end).toEqual({ how: 'stopped' });
    await write('file.bin', bytes(LARGE - FRAGMENT), 7);
    const { asked } = await runWith([]);
    expect(asked('uploadCancel')).toBe(1);
    expect(asked('createUploadSession')).toBe(1);
    const stored = await rig.stored();
    expect(stored.get('file.bin')).toMatchObject({ size: LARGE - FRAGMENT, versions: 1 });
  });

  it('412 in passing, and a copy that somebody holds open (423), are tried again later in the run', async () => {
    await write('stale.txt', 'one');
    await write('open.txt', 'one');
    await rig.run(0, source, settings);
    await write('stale.txt', 'two', 3);
    await write('open.txt', 'two', 3);
    const { counts } = await runWith(
      [
        { fault: 'preconditionFailed', kind: 'createUploadSession', times: 1 },
        { fault: 'locked', kind: 'fragment', times: 1 },
      ],
      1,
    );
    expect(counts.byOutcome.copied.files).toBe(2);
    const stored = await rig.stored();
    for (const name of ['stale.txt', 'open.txt']) expect(stored.get(name)?.versions, name).toBe(2);
  });

  it('423 that stays is reported, with nothing left open, and the next run copies it', async () => {
    const { control } = rig.graph.tenant;
    await write('open.txt', 'one');
    await rig.run(0, source, settings);
    await write('open.txt', 'two', 3);
    const place = { drive: rig.graph.drive, path: 'engine/open.txt' };
    await control.act({ action: 'lock', ...place });
    const { counts, end } = await rig.run(1, source, settings);
    expect(end).toEqual({ how: 'done' });
    expect(counts.byCode).toEqual({ 'destination-locked': { items: 1, bytes: 3 } });
    await control.act({ action: 'unlock', ...place });
    expect((await rig.run(2, source, settings)).counts.byOutcome.copied.files).toBe(1);
    expect((await rig.stored()).get('open.txt')).toMatchObject({ versions: 2 });
  });
});
