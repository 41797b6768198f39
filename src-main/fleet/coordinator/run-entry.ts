import type { Tally } from '../../../src-shared/model/counts.ts';
import type { Live } from '../../../src-shared/model/live.ts';
import type { Run } from '../../../src-shared/model/task.ts';
import { noUsage, type Usage } from '../../../src-shared/model/usage.ts';
import type { RunUnits, Unit } from '../../store/fleet-store.ts';
import { FilesInFlight } from './files-in-flight.ts';
import { SPREAD_SECONDS } from './meter.ts';
import { Pace } from './pace.ts';
import { PaceLog } from './pace-log.ts';
import { bytesDoneOf } from './progress.ts';
import { Strides } from './strides.ts';
import { noFacts, type RunFacts } from './usage.ts';

/** So many units that were never granted are kept in memory of a run: enough for all who ask in a second. */
export const FRESH_AT_HAND = 32;

/** A unit that was granted and has not ended, with what its holder says. Only `unit` is kept. */
export interface UnitEntry {
  unit: Unit;
  readonly of: RunEntry;
  /** What its holder said last; undefined when nobody works on it. */
  live: Live | undefined;
  /** When the holder said it, and its totals then: the next beat is measured from here. */
  told: UnitTold | undefined;
  /** What its present grant has cost; in `unit` it is as of the last writing. */
  usage: Usage;
  /** When the present grant was made. */
  grantedAt: number;
  /** Since when it could be worked on and is not, by the steady clock. */
  freeSince: number;
  /** The last grant made by this process. */
  lastGrant: GrantMade | undefined;
  readonly inFlight: FilesInFlight;
  /** Bytes of its files on their way that the destination has already. */
  bytesInFlight: number;
  /** Results with an outcome that it told to this process. */
  outcomes: number;
  /** Items that it found and told no outcome of, as far as this process knows. */
  rest: number;
  /** Pieces that it was asked for and has not answered yet. */
  asked: number;
  /** How many times in a row it had nothing to give back. */
  barren: number;
  /** The uploads that are kept of it, as text. */
  uploads: string;
  /** What of its present grant is with the results; undefined until this process has taken something. */
  taken: TakenTold | undefined;
}

/** The last that was taken of what a unit tells: told once more, it changes nothing. */
export interface TakenTold {
  readonly acknowledged: number;
  readonly found: Tally;
}

/** A grant of this process, to be repeated when its answer was lost. */
export interface GrantMade {
  readonly session: string;
  readonly epoch: number;
  readonly takeUp: TakeUp;
}

export type TakeUp = 'new' | 'go-on' | 'take-over';

export interface UnitTold {
  readonly at: number;
  readonly waits: Live['waits'] | undefined;
}

/** What is known of a run while it is worked on, and of use for nothing after. */
export interface RunWork {
  readonly pace: Pace;
  readonly paceLog: PaceLog;
  readonly strides: Strides;
}

/** A run with its units and what is kept and known of it. */
export interface RunEntry {
  run: Run;
  facts: RunFacts;
  /** Units that were granted and have not ended. */
  readonly units: Map<string, UnitEntry>;
  /** Some of those that were never granted, oldest first. */
  readonly fresh: Unit[];
  /** How many more of these are only in the store. */
  unloaded: number;
  done: number;
  stopped: number;
  setAside: RunUnits['setAside'];
  /** When its units and facts were last written while they went on, by the steady clock. */
  flushedAt: number;
  /** Of all its units. */
  bytesInFlight: number;
  /** See `bytesDoneOf`. */
  bytesDone: number;
  /** Undefined until the first grant that this process makes or hears of. */
  work: RunWork | undefined;
}

export function newRunEntry(run: Run, facts: RunFacts = noFacts): RunEntry {
  return {
    run,
    facts,
    units: new Map(),
    fresh: [],
    unloaded: 0,
    done: 0,
    stopped: 0,
    setAside: [],
    flushedAt: Number.NEGATIVE_INFINITY,
    bytesInFlight: 0,
    bytesDone: bytesDoneOf(0, facts.counts, 0),
    work: undefined,
  };
}

export function newUnitEntry(
  of: RunEntry,
  unit: Unit,
  { now, steady }: { readonly now: number; readonly steady: number },
): UnitEntry {
  return {
    unit,
    of,
    live: undefined,
    told: undefined,
    usage: unit.usage,
    grantedAt: now - unit.usage.workedMs,
    freeSince: steady,
    lastGrant: undefined,
    inFlight: new FilesInFlight(),
    bytesInFlight: 0,
    outcomes: 0,
    rest: 0,
    asked: 0,
    barren: 0,
    uploads: '[]',
    taken: undefined,
  };
}

/** Made when it is first wanted: a ledger holds many thousands of runs, and few of them are worked on. */
export function workOf(entry: RunEntry): RunWork {
  entry.work ??= {
    // Charts are of all runs together. Of each only the last seconds are asked for.
    pace: new Pace(SPREAD_SECONDS),
    paceLog: new PaceLog(),
    strides: new Strides(),
  };
  return entry.work;
}

export function freshCount(entry: RunEntry): number {
  return entry.fresh.length + entry.unloaded;
}

/** Units under a lease, whether it is over or not. */
export function heldUnits(entry: RunEntry): UnitEntry[] {
  return [...entry.units.values()].filter(({ unit }) => unit.state === 'held');
}

/** Units that somebody works on, as far as was told. */
export function workedUnits(entry: RunEntry): UnitEntry[] {
  return [...entry.units.values()].filter(({ live }) => live !== undefined);
}

/** Nothing is left that could be worked on. */
export function hasNoUnits(entry: RunEntry): boolean {
  return entry.units.size === 0 && freshCount(entry) === 0;
}

/** Nobody works on it any more: what it had on its way is not there. */
export function rested(entry: UnitEntry): void {
  entry.live = undefined;
  entry.of.bytesInFlight -= entry.bytesInFlight;
  entry.bytesInFlight = 0;
}

/** A grant's clock begins anew: what was spent before is in the run's facts. */
export function regranted(entry: UnitEntry, grant: Omit<GrantMade, 'epoch'>, now: number): void {
  entry.usage = noUsage;
  entry.grantedAt = now;
  entry.lastGrant = { ...grant, epoch: entry.unit.epoch };
  rested(entry);
  entry.told = { at: now, waits: undefined };
  entry.asked = 0;
  entry.taken = undefined;
}
