import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateShare } from '../../src-practice/share/share.ts';
import { asReceived, type Rehearsal, rehearse, summaryOf, sumsOf } from '../support/rehearsal.ts';
import { full, seed } from '../support/seed.ts';
import { readTree } from '../support/tree.ts';

const FILES = full(3_000, 500);

describe(`3 % mixed faults and a tight bucket of resource units, ${FILES} files (seed ${seed})`, () => {
  let stage: Rehearsal;
  let source: string;

  beforeAll(async () => {
    stage = await rehearse({
      seed,
      // Tight: the bucket is empty after some seventy files and refills at some 25 files a second.
      ruPerMinute: 6_000,
      ruCapacity: 300,
      faults: { seed, mixed: 0.03, hashAbsent: 0.01 },
    });
    source = join(stage.folder, 'share');
    await generateShare({ directory: source, seed, files: FILES, oddities: false, now: Date.now() });
  }, 120_000);

  afterAll(() => stage.close(), 120_000);

  it('ends complete, with nothing sent before its time', async () => {
    const end = await stage.copy(source, stage.address('faults')).ended;
    const summary = summaryOf(end);
    const stats = await stage.tenant.control.stats();
    expect(end.code, end.stderr).toBe(0);
    expect(summary.state).toBe('complete');
    const { found, settled } = sumsOf(summary);
    expect(settled).toEqual(found);
    expect(asReceived(await stage.stored('faults'))).toEqual(await readTree(source));
    // The trial must have been one.
    expect(stats.throttledByUnits).toBeGreaterThan(0);
    expect(Object.values(stats.faults).reduce((sum, count) => sum + count, 0)).toBeGreaterThan(FILES / 200);
    expect({ early: stats.retriesTooEarly, frozen: stats.requestsDuringFreeze }).toEqual({
      early: 0,
      frozen: 0,
    });
    expect(stats.filesWithMoreThanOneVersion).toBe(0);
  }, 900_000);
});
