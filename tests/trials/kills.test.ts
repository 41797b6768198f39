import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seededRandom } from '../../src-practice/random.ts';
import { generateShare } from '../../src-practice/share/share.ts';
import { asReceived, type Rehearsal, rehearse, summaryOf, sumsOf } from '../support/rehearsal.ts';
import { full, seed } from '../support/seed.ts';
import { readTree } from '../support/tree.ts';

const KILLS = full(50, 8);
const FILES = full(3_000, 600);
const LARGE = { count: full(3, 1), bytes: 50 * 1024 * 1024 };

describe(`kill -9 at ${KILLS} random moments of a run of ${FILES} files (seed ${seed})`, () => {
  let stage: Rehearsal;
  let source: string;

  beforeAll(async () => {
    stage = await rehearse({
      seed,
      // Slow enough that the kills meet a run in every phase. An upload whose address was lost in a kill blocks its
      // name until it ends: a quarter of an hour in the cloud, some seconds here.
      faults: { latencyMs: { min: 50, max: 300 }, bandwidth: 4 * 1024 * 1024 },
      sessionMinutes: 0.25,
    });
    source = join(stage.folder, 'share');
    await generateShare({
      directory: source,
      seed,
      files: FILES,
      oddities: false,
      largeFiles: LARGE,
      now: Date.now(),
    });
  }, 120_000);

  afterAll(() => stage.close(), 120_000);

  it('loses nothing, copies nothing twice, makes no version too many, and the sums are right', async () => {
    const random = seededRandom(`${seed}/kills`);
    const to = stage.address('kills');
    let inTheMiddle = 0;
    for (let kill = 0; kill < KILLS; kill += 1) {
      const run = stage.copy(source, to);
      const ended = await Promise.race([run.ended, sleep(600 + random() * 2_400)]);
      // A run that was done before its kill is simply begun again: then nothing may be copied.
      if (ended === undefined) {
        run.kill('SIGKILL');
        expect((await run.ended).signal).toBe('SIGKILL');
        const done = (await stage.stored('kills')).filter((entry) => entry.kind === 'file').length;
        if (done < FILES + LARGE.count) inTheMiddle += 1;
      }
    }
    // The trial must have been one.
    expect(inTheMiddle).toBeGreaterThan(KILLS / 2);
    const end = await stage.copy(source, to).ended;
    const summary = summaryOf(end);
    expect(end.code, end.stderr).toBe(0);
    const { found, settled } = sumsOf(summary);
    expect(settled).toEqual(found);
    expect(summary.counts.byOutcome.failed.files).toBe(0);

    const stored = await stage.stored('kills');
    expect(asReceived(stored)).toEqual(await readTree(source));
    const stats = await stage.tenant.control.stats();
    expect(stats.filesWithMoreThanOneVersion).toBe(0);
    expect(stats.fragmentsSentTwice).toBe(0);
    expect(stats.requestsDuringFreeze + stats.retriesTooEarly).toBe(0);
    // Large files went on where they were: what a kill throws away is at most the fragments in flight.
    expect(summary.counts.found.files).toBe(stored.filter((entry) => entry.kind === 'file').length);
  }, 1_500_000);
});
