import type { AllowanceState } from '../../../src-shared/model/allowance.ts';
import { type Live, noLive } from '../../../src-shared/model/live.ts';
import { waitStates } from '../../../src-shared/model/wait.ts';
import type { Ledger } from './ledger.ts';
import { type RunEntry, type UnitEntry, workedUnits } from './run-entry.ts';

/** What a run does while its units do different things: the first of these that any of them does. */
const PHASES: readonly Live['phase'][] = ['scanning', 'copying', 'verifying', 'starting', 'paused', 'ended'];

/** No more lines of files in flight than a unit tells. */
const MOST_IN_FLIGHT = 16;

/** What all units of a run are doing this second, as one; null when nobody works on it. */
export function liveOf(ledger: Ledger, run: RunEntry): Live | null {
  const worked = workedUnits(run);
  if (worked.length === 0) return null;
  const lives = worked.flatMap(({ live }) => live ?? []);
  const sum = (of: (live: Live) => number): number => lives.reduce((total, live) => total + of(live), 0);
  const waits = { ...noLive('starting').waits };
  for (const live of lives) for (const state of waitStates) waits[state] += live.waits[state];
  const throttled = lives.flatMap(({ throttledUntil }) => throttledUntil ?? []);
  const waiting = lives.flatMap(({ waitsFor }) => waitsFor ?? []);
  return {
    phase: PHASES.find((phase) => lives.some((live) => live.phase === phase)) ?? 'starting',
    bytesSent: sum(({ bytesSent }) => bytesSent),
    waits,
    slots: sum(({ slots }) => slots),
    throttledUntil: throttled.length > 0 ? Math.max(...throttled) : null,
    // It waits only when none of its units goes on.
    waitsFor: waiting.length === lives.length ? (waiting[0] ?? null) : null,
    inFlight: filesInFlight(ledger, worked),
    requests: sum(({ requests }) => requests),
    resourceUnits: sum(({ resourceUnits }) => resourceUnits),
    retries: sum(({ retries }) => retries),
    allowances: tightest(lives.flatMap(({ allowances }) => allowances)),
  };
}

/** Files in flight, of each unit some: by their paths below the source, with the machine that sends them. */
export function filesInFlight(ledger: Ledger, entries: readonly UnitEntry[]): Live['inFlight'] {
  const lines = entries.map(({ unit, live }) => {
    const machine = ledger.machines.get(unit.holder ?? '')?.name;
    return (live?.inFlight ?? []).map((file) => ({
      ...file,
      path: unit.path === '' ? file.path : `${unit.path}/${file.path}`,
      ...(machine === undefined ? {} : { machine }),
    }));
  });
  const shown: Live['inFlight'] = [];
  for (let at = 0; shown.length < MOST_IN_FLIGHT && lines.some((of) => of.length > at); at += 1)
    for (const of of lines) shown.push(...of.slice(at, at + 1));
  return shown.slice(0, MOST_IN_FLIGHT);
}

/** Units of one sign-in tell the same limits; of several, the most used of each kind. */
export function tightest(states: readonly AllowanceState[]): AllowanceState[] {
  const used = ({ used, amount }: AllowanceState): number => used / amount;
  return [...Map.groupBy(states, ({ kind }) => kind).values()].flatMap((same) =>
    same.toSorted((a, b) => used(b) - used(a)).slice(0, 1),
  );
}
