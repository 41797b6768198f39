import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSyntheticSource } from '../source/synthetic/synthetic-source.ts';
import { EngineRig } from './engine-rig.ts';

const MOST_UNTOLD = 2_000;
/** Every folder but the first ones has the same few entries; those that are taken already are listed all the same. */
const tree = { seed: 5, files: 30_000, folders: 3_000 };
const UNDER_WAY = 6_000;

describe('a scan and what is told of it', () => {
  let rig: EngineRig;
  beforeEach(async () => {
    rig = await EngineRig.make();
    rig.settings = { dryRun: true };
    rig.env = { mostUntold: MOST_UNTOLD };
    const source = openSyntheticSource(tree);
    rig.wrapSource = () => source;
  });
  afterEach(() => rig.end());

  it('waits when nobody takes its results, and ends at once when it is stopped there', async () => {
    const journal = await rig.journal();
    const { end, counts } = await rig.run(0, async (unit) => {
      await until(async () => (await journal.progress()).untold > MOST_UNTOLD);
      unit.order('finish');
    });
    expect(end).toEqual({ how: 'stopped' });
    expect(counts.found.files).toBeLessThan(MOST_UNTOLD + UNDER_WAY);
    expect((await journal.progress()).foldersToList).toBeGreaterThan(0);
  });

  it('goes on as its results are taken, and is never further ahead than it may be', async () => {
    const journal = await rig.journal();
    let most = 0;
    const { end, counts } = await rig.run(0, async (unit) => {
      let over = false;
      void unit.ended.then(() => {
        over = true;
      });
      while (!over) {
        most = Math.max(most, (await journal.progress()).untold);
        const last = (await journal.outbox(500)).at(-1);
        if (last) await journal.acknowledge(last.seq);
      }
    });
    expect(end).toEqual({ how: 'done' });
    expect(counts.found).toMatchObject({ files: tree.files, folders: tree.folders });
    expect(most).toBeLessThan(MOST_UNTOLD + UNDER_WAY);
  });
});

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 5));
}
