import type { AllowanceState } from '../../../src-shared/model/allowance.ts';
import { settled } from '../../../src-shared/model/counts.ts';
import type { Eta } from '../../../src-shared/model/eta.ts';
import type { Live } from '../../../src-shared/model/live.ts';
import type { ToDo } from '../../../src-shared/rules/eta.ts';
import { UNITS, UNITS_PER_FRAGMENT } from '../../../src-shared/survey/load.ts';
import type { Ledger, RunEntry } from './ledger.ts';
import type { Pace } from './pace.ts';
import { itemsOf, restOf } from './progress.ts';
import { usageOf } from './usage.ts';

/** Bytes that one fragment carries, as the usual setting has it: only a proportion is made of it. */
const FRAGMENT_BYTES = 10_485_760;
/** So many items must be done before what they cost is believed. */
const TELLING = 20;
const PHASES: ReadonlySet<Live['phase']> = new Set(['scanning', 'copying', 'verifying']);

/** When a run will be done; null unless it is copying. */
export function etaOfRun(entry: RunEntry, now: number): Eta | null {
  return isUnderWay(entry) && entry.live?.phase !== 'verifying' ? etaOfRuns([entry], entry.pace, now) : null;
}

/** When all runs together will be done; null unless every one of them is under way. */
export function etaOfAll(ledger: Ledger, entries: readonly RunEntry[], now: number): Eta | null {
  const going = entries.filter(({ run }) => run.state === 'running' || run.state === 'waiting');
  return going.length > 0 && going.every(isUnderWay) ? etaOfRuns(going, ledger.pace, now) : null;
}

function isUnderWay({ run, live }: RunEntry): boolean {
  return run.state === 'running' && live !== undefined && PHASES.has(live.phase);
}

function etaOfRuns(entries: readonly RunEntry[], pace: Pace, now: number): Eta | null {
  const slowest = entries.flatMap(({ inFlight }) => inFlight.slowest(now) ?? []);
  const throttled = entries.map(({ live }) => live?.throttledUntil ?? 0);
  return pace.eta(
    {
      rest: entries.map(toDo).reduce(plus),
      allowances: tightest(entries.flatMap(({ live }) => live?.allowances ?? [])),
      slowestFile: slowest.toSorted(
        (a, b) => b.bytesLeft / b.bytesPerSecond - a.bytesLeft / a.bytesPerSecond,
      )[0],
      throttledUntil: Math.max(...throttled),
      scanning: entries.some(({ live }) => live?.phase === 'scanning'),
    },
    now,
  );
}

/** What is left, and what it will cost if it costs what the work so far has cost. */
function toDo({ facts, bytesDone }: RunEntry): ToDo {
  const rest = restOf(facts.counts, bytesDone);
  const usage = usageOf(facts);
  const items = itemsOf(settled(facts.counts));
  const expected = expectedUnits({ files: items, bytes: bytesDone });
  const dearer = items >= TELLING && expected > 0 ? usage.resourceUnits / expected : 1;
  const units = expectedUnits(rest) * Math.min(4, Math.max(0.05, dearer));
  const perUnit = usage.resourceUnits > 0 ? usage.requests / usage.resourceUnits : 0.5;
  return { ...rest, units, requests: units * perUnit };
}

function expectedUnits({ files, bytes }: { readonly files: number; readonly bytes: number }): number {
  return files * (UNITS.session + UNITS_PER_FRAGMENT) + (bytes / FRAGMENT_BYTES) * UNITS_PER_FRAGMENT;
}

function plus(a: ToDo, b: ToDo): ToDo {
  return {
    files: a.files + b.files,
    bytes: a.bytes + b.bytes,
    units: a.units + b.units,
    requests: a.requests + b.requests,
  };
}

/** Units of one sign-in tell the same limits; of several, the most used of each kind. */
function tightest(states: readonly AllowanceState[]): AllowanceState[] {
  const used = ({ used, amount }: AllowanceState): number => used / amount;
  return [...Map.groupBy(states, ({ kind }) => kind).values()].flatMap((same) =>
    same.toSorted((a, b) => used(b) - used(a)).slice(0, 1),
  );
}
