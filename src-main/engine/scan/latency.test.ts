import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { addsUp } from '../../../src-shared/model/counts.ts';
import type { SyntheticOptions } from '../../source/synthetic/options.ts';
import { openSyntheticSource } from '../../source/synthetic/synthetic-source.ts';
import { EngineRig } from '../engine-rig.ts';
import { MOST_AT_ONCE } from './listing-rules.ts';

/**
 * A clock that moves by one millisecond with each turn of the event loop in which somebody waits for it, so that a call to the share
 * takes long compared with everything else, however busy this machine is.
 */
class TurnClock {
  #now = 1_000_000;
  #sleepers: { readonly due: number; readonly wake: () => void }[] = [];
  #turning = false;

  readonly now = (): number => this.#now;

  readonly sleep = (ms: number): Promise<void> =>
    new Promise((wake) => {
      this.#sleepers.push({ due: this.#now + ms, wake });
      if (!this.#turning) this.#turn();
    });

  #turn(): void {
    this.#turning = true;
    setImmediate(() => {
      this.#now += 1;
      for (const { due, wake } of this.#sleepers) if (due <= this.#now) wake();
      this.#sleepers = this.#sleepers.filter(({ due }) => due > this.#now);
      this.#turning = false;
      if (this.#sleepers.length > 0) this.#turn();
    });
  }
}

const tree: SyntheticOptions = { seed: 3, files: 12_000, folders: 3_000 };

describe('reading a share where each call takes its time', () => {
  let rig: EngineRig;
  beforeEach(async () => {
    rig = await EngineRig.make();
    rig.settings = { dryRun: true };
  });
  afterEach(() => rig.end());

  it('asks many folders at once, never more than 64, and finds everything', async () => {
    const clock = new TurnClock();
    const source = openSyntheticSource({ ...tree, line: { latencyMs: 100 } }, clock.sleep);
    rig.wrapSource = () => source;
    rig.env = { now: clock.now };
    const { end, counts } = await rig.run(0);
    expect(end).toEqual({ how: 'done' });
    expect(counts.found).toMatchObject({ files: 12_000, folders: 3_000 });
    expect(source.line.mostInFlight).toBeGreaterThanOrEqual(32);
    expect(source.line.mostInFlight).toBeLessThanOrEqual(MOST_AT_ONCE);
  });

  it('counts the folders that cannot be read as failed, and everything else as found', async () => {
    const source = openSyntheticSource({ ...tree, faults: { unreadableFolders: 0.05 } });
    rig.wrapSource = () => source;
    const { end, counts } = await rig.run(0);
    expect(end).toEqual({ how: 'done' });
    const failed = counts.byOutcome.failed.folders;
    expect(failed).toBeGreaterThan(50);
    expect(counts.found.files).toBeLessThan(12_000);
    expect(counts.byCode['folder-unreadable']?.items).toBe(failed);
  });

  it('waits and says so, and does not end as complete or empty, when the network breaks and stays away', async () => {
    const source = openSyntheticSource({ ...tree, line: { outage: { fromCall: 200, calls: 1e9 } } });
    rig.wrapSource = () => source;
    const { end, counts } = await rig.run(0, async (unit) => {
      await vi.waitFor(() => expect(unit.live().waitsFor).not.toBeNull(), { timeout: 20_000 });
      expect(unit.state).toBe('running');
      unit.order('stop');
    });
    expect(end).toEqual({ how: 'stopped' });
    expect(addsUp(counts, false)).toBe(true);
    expect(counts.byOutcome.failed.folders).toBe(0);
    expect(counts.byCode['deleted-at-source']).toBeUndefined();
  });
});
