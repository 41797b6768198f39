import type { Live } from '../../../src-shared/model/live.ts';
import type { ProgressMark } from '../../../src-shared/model/progress-fall.ts';
import { isEnded } from '../../../src-shared/model/run.ts';
import type { Run, Task } from '../../../src-shared/model/task.ts';
import type { FleetStore, MachineRecord, Unit } from '../../store/fleet-store.ts';
import { FilesInFlight } from './files-in-flight.ts';
import { SPREAD_SECONDS } from './meter.ts';
import { Pace } from './pace.ts';
import { PaceLog } from './pace-log.ts';
import { bytesDoneOf } from './progress.ts';
import { noFacts, type RunFacts, runFactsSchema } from './usage.ts';

/** A run with its unit and what is kept and known of it. */
export interface RunEntry {
  run: Run;
  unit: Unit;
  facts: RunFacts;
  /** What its holder said last; undefined when nobody holds it. Never kept. */
  live: Live | undefined;
  /** When the holder said it, and what the totals were then: the next beat is measured from here. */
  told: Told | undefined;
  readonly pace: Pace;
  /** See `bytesDoneOf`. */
  bytesDone: number;
  readonly inFlight: FilesInFlight;
  readonly paceLog: PaceLog;
  /** The last grant made by this process. */
  lastGrant: { readonly session: string; readonly epoch: number } | undefined;
}

export interface Told {
  readonly at: number;
  readonly items: number;
  readonly bytesSent: number;
  readonly resourceUnits: number;
  readonly bytesDone: number;
  readonly waits: Live['waits'] | undefined;
}

/** A task with its last run. */
export interface TaskEntry {
  task: Task;
  /** When it was put away; null while it is not. */
  archivedAt: number | null;
  last: RunEntry | undefined;
}

/** The last beat of a machine, as far as work is handed out by it. */
export interface Sighting {
  readonly at: number;
  /** How many more units it would take, after what its answer granted. */
  readonly freeSlots: number;
}

/** What the coordinator has in its head: all tasks with their last runs, and all machines. The store has it all as well. */
export class Ledger {
  readonly tasks = new Map<string, TaskEntry>();
  readonly machines = new Map<string, MachineRecord>();
  /** What each machine last said since this process began; the store learns of it less often. */
  readonly seen = new Map<string, Sighting>();
  /** When this process began: before that it could hear nobody. */
  readonly openedAt: number;
  /** The pace of all runs together. */
  readonly pace = new Pace();
  /** The highest progress of all together that was shown. */
  mark: ProgressMark | null = null;

  constructor(now: number) {
    this.openedAt = now;
  }

  /** When a machine was last heard of, by this process or one before it. */
  lastSeen(machine: string): number {
    return this.seen.get(machine)?.at ?? this.machines.get(machine)?.lastSeen ?? 0;
  }

  /** Runs that have not ended. */
  live(): RunEntry[] {
    return this.runs().filter((entry) => !isEnded(entry.run.state));
  }

  /** The tasks that are not put away. What is put away never has a run that lives. */
  present(): TaskEntry[] {
    return [...this.tasks.values()].filter(({ archivedAt }) => archivedAt === null);
  }

  /** The last run of every task that has one and is not put away. */
  runs(): RunEntry[] {
    return this.present().flatMap((entry) => entry.last ?? []);
  }
}

export function newRunEntry(run: Run, unit: Unit, facts: RunFacts = noFacts): RunEntry {
  return {
    run,
    unit,
    facts,
    live: undefined,
    told: undefined,
    // Charts are of all runs together. Of each only the last seconds are asked for, and a ledger holds thousands.
    pace: new Pace(SPREAD_SECONDS),
    bytesDone: bytesDoneOf(0, facts.counts, undefined),
    inFlight: new FilesInFlight(),
    paceLog: new PaceLog(),
    lastGrant: undefined,
  };
}

export function factsKey(run: string): string {
  return `run-facts:${run}`;
}

/** What is kept of a run beside its state; that of a run which has told nothing yet when there is none. */
export async function readFacts(store: FleetStore, run: string): Promise<RunFacts> {
  const text = await store.setting(factsKey(run));
  return text === undefined ? noFacts : runFactsSchema.parse(JSON.parse(text));
}

/** Tasks to a page of the load: enough to be quick, few enough to be small. */
const PAGE = 500;

/** Reads the ledger from the store when the coordinator starts. */
export async function loadLedger(store: FleetStore, now: number): Promise<Ledger> {
  const ledger = new Ledger(now);
  for (const machine of await store.machines()) ledger.machines.set(machine.id, machine);
  let before: string | undefined;
  do {
    const tasks = await store.tasks({ before, limit: PAGE, shelf: 'all' });
    const runs = new Map((await store.lastRuns(tasks.map((task) => task.id))).map((run) => [run.task, run]));
    for (const { archivedAt, ...task } of tasks) {
      const run = runs.get(task.id);
      ledger.tasks.set(task.id, { task, archivedAt, last: run && (await loadRun(store, run)) });
    }
    before = tasks.length === PAGE ? tasks.at(-1)?.id : undefined;
  } while (before !== undefined);
  return ledger;
}

async function loadRun(store: FleetStore, run: Run): Promise<RunEntry> {
  const [unit] = await store.units(run.id);
  if (unit === undefined) throw new Error(`run ${run.id} has no unit`);
  return newRunEntry(run, unit, await readFacts(store, run.id));
}
