import { describe, expect, it } from 'vitest';
import { addsUp } from '../../src-shared/model/counts.ts';
import { EngineRig } from './engine-rig.ts';
import { KillSwitch } from './kill-switch.ts';

const FRAGMENT = 327_680;
const KILLS = 5;

describe('a process that is killed again and again (stand-in destination, real journal)', () => {
  it.each([1, 2, 3, 4])('loses nothing and does nothing twice, seed %d', async (seed) => {
    const rig = await EngineRig.make();
    try {
      const random = seeded(seed);
      const content = Object.fromEntries(
        Array.from({ length: 60 }, (_, i) => [
          `d${i % 7}/e${i % 3}/f${i}`,
          i % 9 === 0 ? '' : `content ${i}`,
        ]),
      );
      await rig.write(content);
      await rig.write({ 'd0/large.bin': 'L'.repeat(5 * FRAGMENT + seed) });
      rig.settings = { parallelFiles: 3, fragmentBytes: FRAGMENT };
      let clock = Date.now();
      rig.env = {
        now: () => clock,
        // What was being opened at a kill is free again after its quarter of an hour.
        sleep: async (ms) => {
          clock += ms;
          if (ms > 10_000) rig.destination.forgetUploads();
          await new Promise((resolve) => setImmediate(resolve));
        },
      };
      for (let kill = 0; kill < KILLS; kill++) {
        const at = new KillSwitch(1 + Math.floor(random() * 120), random() < 0.5);
        rig.wrapSource = (source) => at.wrap(source);
        rig.wrapJournal = (journal) => at.wrap(journal);
        rig.wrapDestination = (destination) => at.wrap(destination);
        const unit = await rig.start(0);
        const end = await Promise.race([at.killed, unit.ended]);
        await rig.closeJournal();
        if (end) expect(end).toEqual({ how: 'done' });
      }
      rig.wrapSource = (source) => source;
      rig.wrapJournal = (journal) => journal;
      rig.wrapDestination = (destination) => destination;
      const { end, counts } = await rig.run(0);
      expect(end).toEqual({ how: 'done' });
      expect(addsUp(counts, true)).toBe(true);
      expect(counts.byOutcome.failed).toMatchObject({ files: 0, folders: 0 });
      expect(counts.found).toMatchObject({ files: 61, folders: 28 });
      const tree = rig.destination.tree();
      expect(tree).toMatchObject(content);
      expect(tree['d0/large.bin']).toHaveLength(5 * FRAGMENT + seed);
      expect(Object.keys(tree)).toHaveLength(61 + 28);
      for (const item of rig.destination.items.values()) expect(item.versions, item.name).toBe(1);
      expect(rig.destination.openSessions).toBe(0);
    } finally {
      await rig.end();
    }
  });
});

/** A small linear congruential generator: the same kills for the same seed. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
