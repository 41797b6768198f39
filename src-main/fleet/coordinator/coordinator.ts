import { alarmSchema, type Ring } from '../../../src-shared/contract/budget.ts';
import type {
  FleetEvent,
  ItemPage,
  Overview,
  Sample,
  TaskRow,
} from '../../../src-shared/contract/console-types.ts';
import type { EventFacts } from '../../../src-shared/contract/event-facts.ts';
import { beatSchema, type FleetContract } from '../../../src-shared/contract/fleet.ts';
import type { ItemQuery } from '../../../src-shared/contract/item-query.ts';
import type { MachineRow } from '../../../src-shared/contract/machine-row.ts';
import type { Bandwidth } from '../../../src-shared/model/bandwidth.ts';
import type { Counts } from '../../../src-shared/model/counts.ts';
import type { Filters } from '../../../src-shared/model/filters.ts';
import type { Gentle } from '../../../src-shared/model/gentle.ts';
import type { PaceRow } from '../../../src-shared/model/pace.ts';
import type { MachineRules, TaskPlan } from '../../../src-shared/model/plan.ts';
import {
  failed,
  ok,
  type Problem,
  ProblemError,
  type Result,
  withoutTime,
} from '../../../src-shared/model/problem.ts';
import { marked } from '../../../src-shared/model/progress-fall.ts';
import { isEnded } from '../../../src-shared/model/run.ts';
import type { TaskRules } from '../../../src-shared/model/settings.ts';
import type { Run, Task } from '../../../src-shared/model/task.ts';
import type { Usage } from '../../../src-shared/model/usage.ts';
import type { Clocks } from '../../basics/clocks.ts';
import { createTurns } from '../../basics/turns.ts';
import type { FleetStore, TaskShelf } from '../../store/fleet-store.ts';
import { BandwidthDesk } from './bandwidth-desk.ts';
import { BeatDesk } from './beat-desk.ts';
import { Book } from './book.ts';
import { BudgetDesk } from './budget-desk.ts';
import type { Ledger } from './ledger.ts';
import { loadLedger, readFacts } from './load-ledger.ts';
import { machineRowOf } from './machines-view.ts';
import { type NewTask, OrderDesk, type TaskOrder } from './orders.ts';
import { overviewOf } from './overview-view.ts';
import { markOf } from './progress.ts';
import { type LentResults, type OpenResults, ResultsShelf } from './results-shelf.ts';
import { RunEnds } from './run-ends.ts';
import { rested } from './run-entry.ts';
import { taskRowOf } from './task-view.ts';
import type { RunFacts } from './usage.ts';

/** A run with everything that a report says about it. */
export interface RunAccount {
  readonly task: Task;
  readonly run: Run;
  readonly counts: Counts;
  readonly usage: Usage;
  /** What it did and waited for over time. */
  readonly pace: readonly PaceRow[];
  readonly results: LentResults;
}

/** The machine that owns the tasks and hands out the work. Everything that it must not forget is in its store. */
export interface Coordinator {
  /** Where agents come in. */
  readonly fleet: FleetContract;
  /** Keeps a task whose source and destination were checked. */
  addTask(wish: NewTask): Promise<Task>;
  order(task: string, order: TaskOrder): Promise<Result<TaskRow>>;
  /** Other filters from the next run on. Codes: not-found, wrong-state. */
  setFilters(task: string, filters: Filters): Promise<Result<TaskRow>>;
  /** How gently its source is read, from now on. Code: not-found. */
  setGentle(task: string, gentle: Gentle): Promise<Result<TaskRow>>;
  /** Other rules from the next run on. Codes: not-found, wrong-state. */
  setRules(task: string, rules: TaskRules): Promise<Result<TaskRow>>;
  /** How much of its line a machine takes from now on for what it sends. Code: not-found. */
  setBandwidth(machine: string, bandwidth: Bandwidth): Promise<Result<Bandwidth>>;
  task(id: string): Result<TaskRow>;
  /** Aborted when a run of the task ends, and all is written down that its report asks for. */
  nextEnd(task: string): AbortSignal;
  /** Newest first; `cursor` is that of the page before. Without those that are put away, unless the shelf says otherwise. */
  tasks(page: {
    cursor?: string | undefined;
    limit: number;
    shelf?: TaskShelf | undefined;
  }): Promise<{ tasks: TaskRow[]; cursor: string | null }>;
  /** Of one task, newest first. */
  runs(task: string): Promise<{ run: Run; counts: Counts; usage: Usage }[]>;
  /** What a run did and waited for over time, oldest first. */
  pace(run: string): Promise<readonly PaceRow[]>;
  overview(): Overview;
  series(): Sample[];
  items(run: string, filter: ItemQuery, cursor: string | undefined, limit: number): Promise<Result<ItemPage>>;
  events(page: {
    before?: number | undefined;
    task?: string | undefined;
    limit: number;
  }): Promise<readonly FleetEvent[]>;
  account(run: string): Promise<Result<RunAccount>>;
  /**
   * A machine closed its connection, as the system does for a program that has ended; if it is only started again it comes back by itself. To be
   * called besides whatever its leases say, and not of one that fell silent: that one may write for as long as its lease lasts.
   */
  gone(machine: string): void;
  /** Whether a run is going on, or about to. */
  isWorking(): boolean;
  /** When a machine last beat, in milliseconds since 1970; null when it never did. */
  lastSeen(machine: string): number | null;
  /** Writes down in the story of a task what a person had done with it. */
  note(task: string, facts: EventFacts): Promise<void>;
  /** All machines, those that were heard of first come first. */
  machines(): MachineRow[];
  /** Who works on a task, and when, from now on. Code: not-found. */
  setPlan(task: string, plan: TaskPlan): Promise<Result<TaskRow>>;
  /** Code: not-found. */
  plan(task: string): Result<TaskPlan>;
  /** What a machine may do for the fleet, from now on. Code: not-found. */
  setMachineRules(machine: string, rules: MachineRules): Promise<Result<MachineRow>>;
  close(): Promise<void>;
}

export interface CoordinatorParts extends Clocks {
  /** Stays the caller's: it is not closed here. */
  readonly store: FleetStore;
  readonly openResults: OpenResults;
  /** Unguessable, in the form of `idSchema`. */
  readonly newId: () => string;
  /** Called after each order of a person: an agent in this process need not wait for its next beat. */
  readonly onOrder?: (() => void) | undefined;
  /** Called when a machine should beat at once, or hear something before. That it does not hear it does no harm: its next beat is answered with the same. */
  readonly onRing?: ((machine: string, ring?: Ring) => void) | undefined;
}

/** Starts a coordinator where the last one ended. */
export async function openCoordinator(parts: CoordinatorParts): Promise<Coordinator> {
  const { store, now, steady } = parts;
  const ledger = await loadLedger(store, { now, steady });
  const book = new Book(store, ledger, now);
  const shelf = new ResultsShelf(parts.openResults, (run) => ledger.atWork.has(run));
  const ends = new RunEnds({ ledger, book, shelf, now });
  const desk = { ledger, book, shelf, ends, now, newId: parts.newId };
  const orders = new OrderDesk(desk);
  const beats = new BeatDesk({ ...desk, ring: (machine) => parts.onRing?.(machine) });
  const budget = new BudgetDesk({ now, steady: ledger.steady }, (machine, ring) =>
    parts.onRing?.(machine, ring),
  );
  const bandwidths = new BandwidthDesk({ store, ledger, budget });
  await bandwidths.load();
  const turns = createTurns();
  /** This process, in beats and answers. */
  const self = parts.newId();
  await endWhatIsOver(ledger, ends);

  const row = (id: string): Result<TaskRow> => {
    const entry = ledger.tasks.get(id);
    return entry === undefined ? failed('not-found', { where: id }) : ok(taskRowOf(ledger, entry, now()));
  };

  const machineRow = (id: string) => machineRowOf(ledger, id, bandwidths.of(id), now());

  return {
    fleet: {
      async beat(given) {
        const parsed = beatSchema.safeParse(given);
        if (!parsed.success) return failed('bad-request', { detail: parsed.error.message });
        const beat = parsed.data;
        const isForAnother = beat.coordinator !== undefined && beat.coordinator !== self;
        if (isForAnother) return ok({ granted: [], units: [], coordinator: self });
        budget.hear(beat);
        try {
          const reported = await turns.together(() => beats.report(beat));
          const answer = reported ?? (await turns.alone(() => beats.answer(beat)));
          return ok({ ...answer, budget: budget.answer(beat), coordinator: self });
        } catch (error) {
          if (!(error instanceof ProblemError)) throw error;
          await turns.alone(() => failRuns(ledger, book, beat.machine, error.problem));
          return { ok: false, problem: error.problem };
        }
      },
      alarm(given) {
        const parsed = alarmSchema.safeParse(given);
        if (parsed.success) budget.alarm(parsed.data);
      },
    },
    addTask: (wish) => turns.alone(() => orders.addTask(wish)),
    async order(task, order) {
      const done = await turns.alone(() => orders.order(task, order));
      parts.onOrder?.();
      return done.ok ? row(task) : done;
    },
    async setFilters(task, filters) {
      const done = await turns.alone(() => orders.setFilters(task, filters));
      return done.ok ? row(task) : done;
    },
    async setGentle(task, gentle) {
      const done = await turns.alone(() => orders.setGentle(task, gentle));
      parts.onOrder?.();
      return done.ok ? row(task) : done;
    },
    async setRules(task, rules) {
      const done = await turns.alone(() => orders.setRules(task, rules));
      return done.ok ? row(task) : done;
    },
    setBandwidth: (machine, bandwidth) => turns.alone(() => bandwidths.set(machine, bandwidth)),
    task: row,
    nextEnd: (task) => ledger.ends.next(task),
    async tasks({ cursor, limit, shelf = 'present' }) {
      const tasks = await store.tasks({ before: cursor, limit, shelf });
      const rows = tasks
        .flatMap((task) => ledger.tasks.get(task.id) ?? [])
        .map((entry) => taskRowOf(ledger, entry, now()));
      return { tasks: rows, cursor: tasks.length === limit ? (tasks.at(-1)?.id ?? null) : null };
    },
    async runs(task) {
      const runs = await store.runs(task);
      return Promise.all(
        runs.map(async (run) => {
          const facts = await factsOf(ledger, store, run);
          return { run, counts: facts.counts, usage: facts.spent };
        }),
      );
    },
    pace: (run) => store.pace(run),
    overview() {
      const budgetView = budget.view();
      const view = { ...overviewOf(ledger, now()), ...(budgetView && { budget: budgetView }) };
      const { counts, dryRun, progress } = view;
      if (!dryRun && progress !== null) ledger.mark = marked(ledger.mark, markOf(counts, progress));
      return view;
    },
    series: () => ledger.pace.meter.series(now()),
    async items(run, filter, cursor, limit) {
      if ((await store.run(run)) === undefined) return failed('not-found', { where: run });
      const results = await shelf.of(run);
      return results.ok ? ok(await results.value.results.page(filter, cursor, limit)) : results;
    },
    events: (page) => store.events(page),
    async account(id) {
      const kept = await store.run(id);
      const last = kept && ledger.tasks.get(kept.task)?.last;
      // An end that the disk had no room for is known here only.
      const run = last?.run.id === id ? last.run : kept;
      const task = run && ledger.tasks.get(run.task)?.task;
      if (run === undefined || task === undefined) return failed('not-found', { where: id });
      const results = await shelf.of(id);
      if (!results.ok) return results;
      const facts = await factsOf(ledger, store, run);
      const pace = await store.pace(id);
      return ok({
        task,
        run,
        counts: facts.counts,
        usage: facts.spent,
        pace,
        results: results.value.results,
      });
    },
    isWorking: () => ledger.runs().some(({ run }) => !isEnded(run.state) && run.state !== 'paused'),
    lastSeen: (machine) => ledger.lastSeen(machine) || null,
    note: (task, facts) => book.tell({ facts, actor: 'you', task }),
    gone(machine) {
      if (ledger.machines.has(machine)) ledger.gone.set(machine, ledger.steady());
    },
    machines: () => [...ledger.machines.keys()].flatMap((id) => machineRow(id) ?? []),
    setPlan: (task, plan) =>
      turns.alone(async () => {
        const entry = ledger.tasks.get(task);
        if (entry === undefined) return failed('not-found', { where: task });
        await store.savePlan(task, plan);
        ledger.setPlan(entry, plan);
        return row(task);
      }),
    plan: (task) => {
      const entry = ledger.tasks.get(task);
      return entry === undefined ? failed('not-found', { where: task }) : ok(entry.plan);
    },
    setMachineRules: (machine, rules) =>
      turns.alone(async () => {
        if (!ledger.machines.has(machine)) return failed('not-found', { where: machine });
        await store.saveMachineRules(machine, rules);
        ledger.rules.set(machine, rules);
        const changed = machineRow(machine);
        return changed === undefined ? failed('not-found', { where: machine }) : ok(changed);
      }),
    close: () =>
      turns.alone(async () => {
        try {
          for (const run of ledger.atWork.values()) await book.flush(run);
        } finally {
          await shelf.close();
        }
      }),
  };
}

async function factsOf(ledger: Ledger, store: FleetStore, run: Run): Promise<RunFacts> {
  const last = ledger.tasks.get(run.task)?.last;
  return last?.run.id === run.id ? last.facts : await readFacts(store, run.id);
}

/**
 * The stores cannot be written: the runs of this machine have failed, in the head of this process if nowhere else.
 * What is on disk still says that they go on, and so they do when the machine is started with its disk mended.
 */
async function failRuns(ledger: Ledger, book: Book, machine: string, problem: Problem): Promise<void> {
  const runs = new Set(ledger.unitsOf(machine).map(({ of }) => of));
  for (const entry of runs) {
    if (isEnded(entry.run.state) || entry.run.state === 'paused') continue;
    try {
      await book.advance(entry, 'ended-failed', problem);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
    }
    for (const unit of entry.units.values()) rested(unit);
    if (!isEnded(entry.run.state))
      entry.run = {
        ...entry.run,
        state: 'failed',
        problem: withoutTime(problem),
      };
    ledger.placeRun(entry);
    ledger.ends.tell(entry.run.task);
  }
}

/** What a kill left between two writings: a run whose units have all ended, a pause that nobody has to obey any more. */
async function endWhatIsOver(ledger: Ledger, ends: RunEnds): Promise<void> {
  for (const { last } of ledger.tasks.values()) {
    if (last === undefined || isEnded(last.run.state)) continue;
    if (last.run.state === 'stopping') await ends.stopFree(last);
    await ends.settle(last);
  }
}
