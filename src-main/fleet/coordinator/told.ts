import { type Counts, settled } from '../../../src-shared/model/counts.ts';
import type { Live } from '../../../src-shared/model/live.ts';
import { marked } from '../../../src-shared/model/progress-fall.ts';
import { addUsage, lessUsage } from '../../../src-shared/model/usage.ts';
import { type WaitState, waitStates } from '../../../src-shared/model/wait.ts';
import type { Ledger } from './ledger.ts';
import { bytesDoneOf, bytesInFlightOf, itemsOf, markOf, progressOf } from './progress.ts';
import {
  type GrantMade,
  type RunEntry,
  regranted,
  type UnitEntry,
  workedUnits,
  workOf,
} from './run-entry.ts';
import { type Done, NOTHING_DONE, type Stride } from './strides.ts';
import { spentBy } from './usage.ts';

/** Begins measuring with a grant: what was done before it is not speed. */
export function beginTold(
  ledger: Ledger,
  entry: UnitEntry,
  grant: Omit<GrantMade, 'epoch'>,
  now: number,
): void {
  const { of: run } = entry;
  const work = workOf(run);
  if (workedUnits(run).length === 0) {
    work.pace.restart(now);
    work.strides.restart(now);
  }
  regranted(entry, grant, now);
  ledger.pace.begin(now);
  ledger.strides.begin(now);
}

/** Takes what a holder said of its present into what is known of its unit and run, and into the speeds. */
export function noteTold(ledger: Ledger, entry: UnitEntry, live: Live, counts: Counts, now: number): void {
  const { of: run } = entry;
  const usage = spentBy(entry.usage, live, entry.grantedAt, now);
  const spent = lessUsage(usage, entry.usage);
  const bytesBefore = run.bytesDone;
  entry.usage = usage;
  entry.live = live;
  entry.inFlight.note(live.inFlight, now);
  const bytesInFlight = bytesInFlightOf(live);
  run.bytesInFlight += bytesInFlight - entry.bytesInFlight;
  entry.bytesInFlight = bytesInFlight;
  const items = noteCounts(ledger, run, counts);
  ledger.setFacts(run, { ...run.facts, spent: addUsage(run.facts.spent, spent) });

  const last = entry.told;
  entry.told = { at: now, waits: live.waits };
  // Of what was before this process began nothing is known: it is measured from here.
  if (last === undefined) {
    workOf(run).strides.begin(now);
    return;
  }
  addDone(ledger, entry, now, {
    items,
    bytes: Math.max(0, spent.bytesSent),
    bytesDone: Math.max(0, run.bytesDone - bytesBefore),
    resourceUnits: Math.max(0, spent.resourceUnits),
    waits: since(last.waits, live.waits),
  });
}

/** Takes the accounts of a run as they are by now. Returns how many more items have an outcome. */
export function noteCounts(ledger: Ledger, run: RunEntry, counts: Counts): number {
  const more = itemsOf(settled(counts)) - itemsOf(settled(run.facts.counts));
  run.bytesDone = bytesDoneOf(run.bytesDone, counts, run.bytesInFlight);
  const progress = progressOf(counts, run.bytesDone);
  const mark = progress === null ? run.facts.mark : marked(run.facts.mark, markOf(counts, progress));
  ledger.setFacts(run, { ...run.facts, counts, mark });
  return Math.max(0, more);
}

/** What a unit had told was set aside: the bytes that it brought are no longer done. */
export function noteBegunAnew(ledger: Ledger, run: RunEntry, counts: Counts): void {
  run.bytesDone = 0;
  noteCounts(ledger, run, counts);
}

/** What was done since the last stretch and is not in one yet; a run that ends or pauses leaves nothing behind. */
export function endStride(run: RunEntry, now: number): void {
  const stride = run.work?.strides.add(NOTHING_DONE, now, true);
  if (stride !== undefined && stride.items + stride.bytes > 0) addStride(run, stride);
}

function addDone(ledger: Ledger, entry: UnitEntry, now: number, done: Done): void {
  const stride = workOf(entry.of).strides.add(done, now);
  if (stride !== undefined) addStride(entry.of, stride);
  const ofAll = ledger.strides.add(done, now);
  if (ofAll !== undefined) ledger.pace.add(ofAll);
  const { holder } = entry.unit;
  if (holder === null) return;
  const machine = ledger.paceOf(holder);
  const own = machine.strides.add(done, now);
  if (own !== undefined) machine.pace.add(own);
}

function addStride(run: RunEntry, stride: Stride): void {
  const { pace, paceLog } = workOf(run);
  pace.add(stride);
  const { from, to, items, bytes, resourceUnits, waits } = stride;
  paceLog.add({ at: from, ms: to - from, items, bytes, resourceUnits, waits });
}

function since(before: Live['waits'] | undefined, now: Live['waits']): Partial<Record<WaitState, number>> {
  return Object.fromEntries(
    waitStates.map((state) => [state, Math.max(0, now[state] - (before?.[state] ?? 0))]),
  );
}
