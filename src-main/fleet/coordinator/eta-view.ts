import { settled } from '../../../src-shared/model/counts.ts';
import type { Eta } from '../../../src-shared/model/eta.ts';
import type { Live } from '../../../src-shared/model/live.ts';
import type { ToDo } from '../../../src-shared/rules/eta.ts';
import { UNITS, UNITS_PER_FRAGMENT } from '../../../src-shared/survey/load.ts';
import type { Ledger } from './ledger.ts';
import { tightest } from './live-view.ts';
import type { Pace } from './pace.ts';
import { itemsOf, restOf } from './progress.ts';
import { freshCount, type RunEntry } from './run-entry.ts';

/** Bytes that one fragment carries, as the usual setting has it: only a proportion is made of it. */
const FRAGMENT_BYTES = 10_485_760;
/** So many items must be done before what they cost is believed. */
const TELLING = 20;
const PHASES: ReadonlySet<Live['phase']> = new Set(['scanning', 'copying', 'verifying']);

/** When a run will be done; null unless it is copying. */
export function etaOfRun(entry: RunEntry, now: number): Eta | null {
  const { work } = entry;
  const verifying = livesOf(entry).every(({ phase }) => phase === 'verifying');
  return work && isUnderWay(entry) && !verifying ? etaOfRuns([entry], work.pace, now) : null;
}

/** When all runs together will be done; null unless every one of them is under way. */
export function etaOfAll(ledger: Ledger, entries: readonly RunEntry[], now: number): Eta | null {
  const going = entries.filter(({ run }) => run.state === 'running' || run.state === 'waiting');
  return going.length > 0 && going.every(isUnderWay) ? etaOfRuns(going, ledger.pace, now) : null;
}

function isUnderWay(entry: RunEntry): boolean {
  return entry.run.state === 'running' && livesOf(entry).some(({ phase }) => PHASES.has(phase));
}

function livesOf(entry: RunEntry): Live[] {
  return [...entry.units.values()].flatMap(({ live }) => live ?? []);
}

function etaOfRuns(entries: readonly RunEntry[], pace: Pace, now: number): Eta | null {
  const lives = entries.flatMap(livesOf);
  const slowest = entries.flatMap(({ units }) =>
    [...units.values()].flatMap(({ inFlight }) => inFlight.slowest(now) ?? []),
  );
  return pace.eta(
    {
      rest: entries.map(toDo).reduce(plus),
      allowances: tightest(lives.flatMap(({ allowances }) => allowances)),
      slowestFile: slowest.toSorted(
        (a, b) => b.bytesLeft / b.bytesPerSecond - a.bytesLeft / a.bytesPerSecond,
      )[0],
      throttledUntil: Math.max(0, ...lives.map(({ throttledUntil }) => throttledUntil ?? 0)),
      // Units that nobody has begun are not listed yet.
      scanning:
        lives.some(({ phase }) => phase === 'scanning') || entries.some((entry) => freshCount(entry) > 0),
    },
    now,
  );
}

/** What is left, and what it will cost if it costs what the work so far has cost. */
function toDo({ facts, bytesDone }: RunEntry): ToDo {
  const rest = restOf(facts.counts, bytesDone);
  const usage = facts.spent;
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
