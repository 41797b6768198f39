import { settled } from '../../../src-shared/model/counts.ts';
import type { Live } from '../../../src-shared/model/live.ts';
import { type WaitState, waitStates } from '../../../src-shared/model/wait.ts';
import type { Ledger, RunEntry, Told } from './ledger.ts';
import { bytesDoneOf, itemsOf } from './progress.ts';
import { usageOf } from './usage.ts';

/** Begins measuring with a grant: what was done before it is not speed. */
export function beginTold(ledger: Ledger, entry: RunEntry, now: number): void {
  entry.live = undefined;
  entry.bytesDone = bytesDoneOf(0, entry.facts.counts, undefined);
  entry.told = toldNow(entry, undefined, now);
  entry.pace.restart(now);
  ledger.pace.begin(now);
}

/** Takes what a holder said of its present into the live view of its run and into the speeds. Its facts come first. */
export function noteTold(ledger: Ledger, entry: RunEntry, live: Live, now: number): void {
  entry.live = live;
  entry.inFlight.note(live.inFlight, now);
  entry.bytesDone = bytesDoneOf(entry.bytesDone, entry.facts.counts, live);
  const last = entry.told;
  // A doubled beat within the same millisecond adds nothing, and must not swallow what came between.
  if (last !== undefined && now <= last.at) return;
  const told = toldNow(entry, live, now);
  entry.told = told;
  if (last === undefined) return;
  const stretch = {
    from: last.at,
    to: now,
    items: Math.max(0, told.items - last.items),
    bytes: Math.max(0, told.bytesSent - last.bytesSent),
    bytesDone: Math.max(0, told.bytesDone - last.bytesDone),
    waits: since(last.waits, live.waits),
  };
  entry.pace.add(stretch);
  ledger.pace.add(stretch);
  entry.paceLog.add({
    at: last.at,
    ms: now - last.at,
    items: stretch.items,
    bytes: stretch.bytes,
    resourceUnits: Math.max(0, told.resourceUnits - last.resourceUnits),
    waits: stretch.waits,
  });
}

function toldNow(entry: RunEntry, live: Live | undefined, at: number): Told {
  const usage = usageOf(entry.facts);
  return {
    at,
    items: itemsOf(settled(entry.facts.counts)),
    bytesSent: usage.bytesSent,
    resourceUnits: usage.resourceUnits,
    bytesDone: entry.bytesDone,
    waits: live?.waits,
  };
}

function since(before: Live['waits'] | undefined, now: Live['waits']): Partial<Record<WaitState, number>> {
  return Object.fromEntries(
    waitStates.map((state) => [state, Math.max(0, now[state] - (before?.[state] ?? 0))]),
  );
}
