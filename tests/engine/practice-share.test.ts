import { rename, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateShare } from '../../src-practice/share/share.ts';
import { addsUp } from '../../src-shared/model/counts.ts';
import { canForbid, whileForbidden } from '../support/forbidden.ts';
import { type PracticeRig, practiceRig } from './practice-rig.ts';

const MIB = 1_048_576;

describe('a practice share into the practice tenant', () => {
  let rig: PracticeRig;
  let share: string;
  beforeAll(async () => {
    rig = await practiceRig({ bodies: 'discard' });
    share = join(rig.folder, 'share');
    const now = Date.UTC(2026, 8, 1);
    await generateShare({
      directory: share,
      seed: 'engine',
      files: 400,
      totalBytes: 8 * MIB,
      largeFiles: { count: 1, bytes: 25 * MIB },
      now,
    });
  });
  afterAll(() => rig.end());

  it('is copied, verified and accounted for, each file in one version', async () => {
    const { end, counts } = await rig.run(0, share);
    expect(end).toEqual({ how: 'done' });
    expect(addsUp(counts, true)).toBe(true);
    const { copied, failed } = counts.byOutcome;
    expect(counts.byGrade.identical.files + counts.byGrade.rewritten.files).toBe(copied.files);
    expect(counts.byGrade.rewritten.files).toBeGreaterThan(0);
    expect(copied.files).toBeGreaterThan(380);
    // What cannot be copied, by its nature: names that are no text, paths that are too long.
    const excused = ['name-not-unicode', 'path-too-long', 'folder-unreadable', 'file-unreadable'];
    const explained = excused.reduce((sum, code) => sum + (counts.byCode[code]?.items ?? 0), 0);
    expect(failed.files + failed.folders).toBe(explained);

    const stored = [...(await rig.stored()).values()];
    expect(stored.filter(({ kind }) => kind === 'file')).toHaveLength(copied.files);
    // A file without content has to be put and dated in two steps.
    const twice = stored.filter(({ versions, original }) => versions > 1 && original?.size !== 0);
    expect(twice).toEqual([]);
  });

  it('costs nothing to go over again', async () => {
    const { counts, requests } = await rig.run(1, share);
    expect(counts.byOutcome.copied).toMatchObject({ files: 0, folders: 0 });
    expect(requests).toBeLessThan(counts.found.folders / 10);
    expect(addsUp(counts, true)).toBe(true);
  });
});

describe('changes on both sides between two runs, practice tenant', () => {
  it('get the treatment that the page about them promises', async () => {
    const rig = await practiceRig();
    try {
      const root = join(rig.folder, 'small');
      const { control } = rig.graph.tenant;
      await generateShare({
        directory: root,
        seed: 'x',
        files: 1,
        oddities: false,
        now: Date.UTC(2026, 8, 1),
      });
      const write = async (name: string, content: string, minute = 0): Promise<void> => {
        const at = Date.UTC(2026, 5, 1, 8, minute) / 1_000;
        await writeFile(join(root, name), content);
        await utimes(join(root, name), at, at);
      };
      for (const name of ['changed', 'edited', 'both', 'gone-there', 'gone-here', 'old-name']) {
        await write(`${name}.txt`, name);
      }
      await rig.run(0, root);
      await write('changed.txt', 'changed, twice', 1);
      await write('both.txt', 'both, twice', 1);
      await write('new.txt', 'new', 1);
      await rm(join(root, 'gone-here.txt'));
      await rename(join(root, 'old-name.txt'), join(root, 'new-name.txt'));
      const bytes = Buffer.from('a colleague wrote this').toString('base64');
      for (const name of ['edited', 'both']) {
        await control.act({ action: 'edit', drive: rig.graph.drive, path: `engine/${name}.txt`, bytes });
      }
      await control.act({ action: 'delete', drive: rig.graph.drive, path: 'engine/gone-there.txt' });

      const { counts, end } = await rig.run(1, root);
      expect(end).toEqual({ how: 'done' });
      expect(addsUp(counts, true)).toBe(true);
      const codes = Object.fromEntries(
        Object.entries(counts.byCode).map(([code, { items }]) => [code, items]),
      );
      expect(codes).toEqual({
        'newer-at-destination': 1,
        'edited-at-destination': 1,
        'deleted-at-source': 1,
        'moved-at-destination': 1,
      });
      expect(counts.byOutcome.copied.files).toBe(3);
      const stored = await rig.stored();
      expect(stored.get('changed.txt')).toMatchObject({ versions: 2, size: 'changed, twice'.length });
      expect(stored.get('both.txt')).toMatchObject({ size: 22 });
      expect(stored.get('edited.txt')).toMatchObject({ size: 22 });
      expect(stored.has('gone-there.txt') && stored.has('gone-here.txt')).toBe(true);
      expect([stored.has('old-name.txt'), stored.has('new-name.txt')]).toEqual([false, true]);
    } finally {
      await rig.end();
    }
  });
});

describe('a service that misbehaves, practice tenant', () => {
  it('does not keep a run from being complete', async () => {
    const rig = await practiceRig({
      bodies: 'discard',
      faults: { mixed: 0.05, hashAbsent: 0.05, seed: 'engine' },
    });
    try {
      const share = join(rig.folder, 'share');
      await generateShare({
        directory: share,
        seed: 'faults',
        files: 120,
        totalBytes: 3 * MIB,
        oddities: false,
        largeFiles: { count: 1, bytes: 4 * MIB },
        now: Date.UTC(2026, 8, 1),
      });
      const { end, counts } = await rig.run(0, share, { fragmentBytes: 327_680 });
      expect(end).toEqual({ how: 'done' });
      expect(addsUp(counts, true)).toBe(true);
      expect(counts.byOutcome.failed).toMatchObject({ files: 0, folders: 0 });
      const stored = [...(await rig.stored()).values()];
      expect(stored.filter(({ versions }) => versions > 1)).toEqual([]);
      expect(counts.byGrade['size-equal'].files).toBeGreaterThan(0);
      expect((await rig.graph.tenant.control.stats()).bytesSentTwice).toBe(0);
    } finally {
      await rig.end();
    }
  });

  it('may fill up: the run fails with that, and goes on when there is room', async () => {
    const rig = await practiceRig({ bodies: 'discard' });
    try {
      const share = join(rig.folder, 'share');
      await generateShare({
        directory: share,
        seed: 'full',
        files: 60,
        oddities: false,
        now: Date.UTC(2026, 8, 1),
      });
      const { control } = rig.graph.tenant;
      await control.setFaults({ script: [{ fault: 'quotaReached', skip: 20, times: 1_000 }] });
      const full = await rig.run(0, share);
      expect(full.end).toMatchObject({ how: 'failed', problem: { code: 'quota-full' } });
      expect(addsUp(full.counts, false)).toBe(true);
      await control.setFaults({});
      const { end, counts } = await rig.run(0, share);
      expect(end).toEqual({ how: 'done' });
      expect(counts.byOutcome.copied.files).toBe(60);
      for (const entry of (await rig.stored()).values()) expect(entry.versions, entry.path).toBe(1);
    } finally {
      await rig.end();
    }
  });
});

describe('a source that this account may not read everywhere, practice tenant', () => {
  it('is reported and not passed over', async ({ skip }) => {
    if (!canForbid) skip('rights cannot be taken away here');
    // Discarded: the tenant of this rig is in this process, and its folder is not given away.
    const rig = await practiceRig({ bodies: 'discard' });
    try {
      const root = join(rig.folder, 'closed');
      await generateShare({
        directory: root,
        seed: 'x',
        files: 5,
        oddities: false,
        now: Date.UTC(2026, 8, 1),
      });
      await writeFile(join(root, 'secret.txt'), 'x');
      await whileForbidden(rig.folder, join(root, 'secret.txt'), async () => {
        const { counts } = await rig.run(0, root);
        expect(counts.byCode['file-unreadable']?.items).toBe(1);
        expect(counts.byOutcome).toMatchObject({ copied: { files: 5 }, failed: { files: 1 } });
        expect(addsUp(counts, true)).toBe(true);
      });
    } finally {
      await rig.end();
    }
  });
});
