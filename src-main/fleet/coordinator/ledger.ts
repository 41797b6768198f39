import { type MachineRules, noPlan, noRules, type TaskPlan } from '../../../src-shared/model/plan.ts';
import type { ProgressMark } from '../../../src-shared/model/progress-fall.ts';
import { isEnded } from '../../../src-shared/model/run.ts';
import type { Task } from '../../../src-shared/model/task.ts';
import type { MachineRecord, Unit } from '../../store/fleet-store.ts';
import { EndNews } from './end-news.ts';
import { SPREAD_SECONDS } from './meter.ts';
import { Pace } from './pace.ts';
import { freshCount, newUnitEntry, type RunEntry, rested, type UnitEntry } from './run-entry.ts';
import { RunQueue } from './run-queue.ts';
import { Strides } from './strides.ts';
import { Totals } from './sums.ts';
import type { RunFacts } from './usage.ts';

/** A task with its last run. */
export interface TaskEntry {
  task: Task;
  plan: TaskPlan;
  /** When it was put away; null while it is not. */
  archivedAt: number | null;
  last: RunEntry | undefined;
}

/** The last beat of a machine, as far as work is handed out by it. */
export interface Sighting {
  /** By the steady clock. */
  readonly at: number;
  /** By the clock on the wall, for people. */
  readonly shownAt: number;
  /** How many more units it would take, after what its answer granted. */
  readonly freeSlots: number;
  /** Sources that it cannot read, by the path in their tasks. */
  readonly cannotRead: ReadonlyMap<string, { readonly code: string; readonly since: number }>;
}

interface Paced {
  readonly pace: Pace;
  readonly strides: Strides;
}

/** What the coordinator has in its head: all tasks with their last runs, units in work, and all machines. The store has it all as well. */
export class Ledger {
  readonly tasks = new Map<string, TaskEntry>();
  readonly machines = new Map<string, MachineRecord>();
  readonly rules = new Map<string, MachineRules>();
  /** What each machine last said since this process began; the store learns of it less often. */
  readonly seen = new Map<string, Sighting>();
  /** Machines that closed their connection, and when by the steady clock; until they are heard of again. */
  readonly gone = new Map<string, number>();
  /** Units that were granted and have not ended, of runs that go on. */
  readonly units = new Map<string, UnitEntry>();
  /** Runs that have such units. */
  readonly atWork = new Map<string, RunEntry>();
  /** Told of runs that have ended. */
  readonly ends = new EndNews();
  /** Runs that have units to be granted for the first time. */
  readonly queue = new RunQueue();
  /** Milliseconds by a clock that nobody sets, without a fraction: leases, silences and waits are counted by it. */
  readonly steady: () => number;
  /** When this process began, by that clock: before that it could hear nobody. */
  readonly openedAt: number;
  /** The pace of all runs together. */
  readonly pace = new Pace();
  readonly strides = new Strides();
  /** The highest progress of all together that was shown. */
  mark: ProgressMark | null = null;
  /** Accounts of the last runs that write and of those that do not, of tasks that are not put away. */
  readonly totals = { writing: new Totals(), dry: new Totals() };
  readonly #holders = new Map<string, Set<UnitEntry>>();
  readonly #paces = new Map<string, Paced>();

  constructor(steady: () => number) {
    this.steady = () => Math.floor(steady());
    this.openedAt = this.steady();
  }

  /** When a machine was last heard of, by this process or one before it, in milliseconds since 1970. For people. */
  lastSeen(machine: string): number {
    return this.seen.get(machine)?.shownAt ?? this.machines.get(machine)?.lastSeen ?? 0;
  }

  /** What people call a machine. */
  nameOf(machine: string): string {
    return this.machines.get(machine)?.name ?? machine;
  }

  rulesOf(machine: string): MachineRules {
    return this.rules.get(machine) ?? noRules;
  }

  /** The pace of one machine. */
  paceOf(machine: string): Paced {
    let paced = this.#paces.get(machine);
    if (paced === undefined) {
      paced = { pace: new Pace(SPREAD_SECONDS), strides: new Strides() };
      this.#paces.set(machine, paced);
    }
    return paced;
  }

  /** The tasks that are not put away. What is put away never has a run that lives. */
  present(): TaskEntry[] {
    return [...this.tasks.values()].filter(({ archivedAt }) => archivedAt === null);
  }

  /** The last run of every task that has one and is not put away. */
  runs(): RunEntry[] {
    return this.present().flatMap(({ last }) => last ?? []);
  }

  /** The task of a run. A run without one is a mistake of the program. */
  taskOf({ run }: RunEntry): TaskEntry {
    const entry = this.tasks.get(run.task);
    if (entry === undefined) throw new Error(`run ${run.id} has no task`);
    return entry;
  }

  addTask(task: Task, archivedAt: number | null = null, plan: TaskPlan = noPlan): TaskEntry {
    const entry: TaskEntry = { task, plan, archivedAt, last: undefined };
    this.tasks.set(task.id, entry);
    return entry;
  }

  /** The last run of a task from now on. */
  setLast(entry: TaskEntry, last: RunEntry): void {
    this.#count(entry, -1);
    entry.last = last;
    this.#count(entry, 1);
    this.placeRun(last);
  }

  setArchived(entry: TaskEntry, at: number | null): void {
    this.#count(entry, -1);
    entry.archivedAt = at;
    this.#count(entry, 1);
  }

  setPlan(entry: TaskEntry, plan: TaskPlan): void {
    entry.plan = plan;
    if (entry.last !== undefined) this.placeRun(entry.last);
  }

  setFacts(entry: RunEntry, facts: RunFacts): void {
    const task = this.taskOf(entry);
    const counts = task.last === entry && facts.counts !== entry.facts.counts;
    if (counts) this.#count(task, -1);
    entry.facts = facts;
    if (counts) this.#count(task, 1);
  }

  /** Puts a run where it belongs by its state and units. To be called when either has changed. */
  placeRun(entry: RunEntry): void {
    const { state, id } = entry.run;
    if (isEnded(state)) for (const unit of entry.units.values()) this.removeUnit(unit);
    const open = (state === 'waiting' || state === 'running') && freshCount(entry) > 0;
    this.queue.set(entry, open ? this.taskOf(entry).plan.priority : undefined);
    if (entry.units.size > 0) this.atWork.set(id, entry);
    else this.atWork.delete(id);
  }

  /** A unit that was granted, now or before this process began. */
  addUnit(of: RunEntry, unit: Unit, now: number): UnitEntry {
    const entry = newUnitEntry(of, unit, { now, steady: this.steady() });
    of.units.set(unit.id, entry);
    this.units.set(unit.id, entry);
    this.#holderSet(unit.holder)?.add(entry);
    this.placeRun(of);
    return entry;
  }

  setUnit(entry: UnitEntry, unit: Unit): void {
    const before = entry.unit;
    entry.unit = unit;
    if (before.holder !== unit.holder) {
      this.#holderSet(before.holder)?.delete(entry);
      this.#holderSet(unit.holder)?.add(entry);
    }
    if (unit.state === 'free' && before.state !== 'free') entry.freeSince = this.steady();
  }

  /** A unit that has ended. */
  removeUnit(entry: UnitEntry): void {
    rested(entry);
    entry.of.units.delete(entry.unit.id);
    this.units.delete(entry.unit.id);
    this.#holderSet(entry.unit.holder)?.delete(entry);
    if (entry.of.units.size === 0) this.atWork.delete(entry.of.run.id);
  }

  /** Units in work that a machine has, or had last. */
  unitsOf(machine: string): readonly UnitEntry[] {
    return [...(this.#holders.get(machine) ?? [])];
  }

  #holderSet(machine: string | null): Set<UnitEntry> | undefined {
    if (machine === null) return undefined;
    let units = this.#holders.get(machine);
    if (units === undefined) {
      units = new Set();
      this.#holders.set(machine, units);
    }
    return units;
  }

  #count({ task, archivedAt, last }: TaskEntry, sign: 1 | -1): void {
    if (archivedAt !== null || last === undefined) return;
    this.totals[task.settings.dryRun ? 'dry' : 'writing'].add(last.facts.counts, sign);
  }
}
