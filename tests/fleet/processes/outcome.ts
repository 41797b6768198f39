import { expect } from 'vitest';
import type { TaskRow } from '../../../src-shared/contract/console-types.ts';
import { addsUp } from '../../../src-shared/model/counts.ts';
import { asReceived, type Rehearsal } from '../../support/rehearsal.ts';
import { readTree } from '../../support/tree.ts';

/** What every run has to come to, whatever was done to the fleet: all is there, once, and the sums are right. */
export async function expectWhole(
  stage: Rehearsal,
  row: TaskRow,
  source: string,
  place: string,
): Promise<void> {
  expect(row.state, JSON.stringify(row.counts)).toBe('complete');
  const [here, there] = [await readTree(source), await stage.stored(place)];
  expect(asReceived(there)).toEqual(here);
  const { counts } = row;
  expect(addsUp(counts, true), JSON.stringify(counts)).toBe(true);
  expect(counts.found.files).toBe(here.length);
  expect(counts.byOutcome.failed.files).toBe(0);
  const stats = await stage.tenant.control.stats();
  expect(stats.filesWithMoreThanOneVersion, 'files written twice').toBe(0);
  expect(stats.fragmentsSentTwice, 'fragments sent twice').toBe(0);
  expect(stats.requestsDuringFreeze + stats.retriesTooEarly).toBe(0);
}
