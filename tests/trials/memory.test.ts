import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateShare } from '../../src-practice/share/share.ts';
import { type Rehearsal, rehearse, summaryOf, sumsOf } from '../support/rehearsal.ts';
import { full, seed, soak } from '../support/seed.ts';

const FILES = full(100_000, 10_000);
const MEGABYTE = 1024 * 1024;

/** Peak resident memory of a process so far, in bytes; undefined once it is gone. */
function peakMemory(pid: number): number | undefined {
  try {
    const line = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return line === null ? undefined : Number(line[1]) * 1024;
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH'))
      return undefined;
    throw error;
  }
}

describe.skipIf(process.platform !== 'linux')(
  `memory of a run of ${FILES} small files (read from /proc)`,
  () => {
    let stage: Rehearsal;

    beforeAll(async () => {
      stage = await rehearse({ seed, bodies: 'discard' });
    });
    // As many files as were copied are deleted.
    afterAll(() => stage.close(), full(600_000, 120_000));

    async function peakOfRun(files: number): Promise<number> {
      const source = join(stage.folder, `share-${files}`);
      await generateShare({
        directory: source,
        seed,
        files,
        totalBytes: files * 2_000,
        oddities: false,
        now: Date.now(),
      });
      const run = stage.copy(source, stage.address(`memory-${files}`));
      let peak = 0;
      const watch = setInterval(() => {
        peak = Math.max(peak, peakMemory(run.pid) ?? 0);
      }, 100);
      const end = await run.ended;
      clearInterval(watch);
      const summary = summaryOf(end);
      expect(end.code, end.stderr).toBe(0);
      const { found, settled } = sumsOf(summary);
      expect(settled).toEqual(found);
      expect(summary.counts.byOutcome.copied.files).toBe(files);
      process.stderr.write(
        `memory: ${files} files, peak ${Math.round(peak / MEGABYTE)} MB, ${summary.seconds} s, ` +
          `${Math.round(files / summary.seconds)} files/s, ${summary.requests} requests\n`,
      );
      return peak;
    }

    /** The first start from changed sources has to compile them, which costs memory: neither half nor whole is to pay for it. */
    beforeAll(async () => {
      await peakOfRun(100);
    }, 60_000);

    it('stays under 300 MB, and twice the files need no more than a tenth more', async () => {
      const half = await peakOfRun(FILES / 2);
      const whole = await peakOfRun(FILES);
      expect(whole).toBeLessThan(300 * MEGABYTE);
      // Below some ten thousand files the heap is still growing to its working size, and the ratio says nothing.
      if (soak) expect(whole / half).toBeLessThanOrEqual(1.1);
    }, 1_500_000);
  },
);
