import { implement } from '@orpc/server';
import { sharedConsoleContract } from '../../src-shared/contract/console.ts';
import type { Result } from '../../src-shared/model/problem.ts';
import type { Task } from '../../src-shared/model/task.ts';
import type { TaskWish } from '../fleet/coordinator/check-task.ts';
import type { Coordinator } from '../fleet/coordinator/coordinator.ts';
import type { AssessmentDesk } from '../report/assessment/desk/assessment-desk.ts';
import type { planCsv, planPage } from '../report/renames/plan-pages.ts';
import { foreseen } from './foreseen.ts';
import { WATCH_MS, type WatchClock, watch } from './watch.ts';

export interface SharedConsoleDeps {
  readonly coordinator: Coordinator;
  /** Looks at source and destination of what could become a task. */
  checkTask(
    wish: TaskWish,
  ): Promise<Result<{ readonly source: string; readonly name: string; readonly place: string }>>;
  /** Checks source and destination, then keeps the task. */
  createTask(wish: TaskWish): Promise<Result<Task>>;
  /** Reads a repair plan and keeps it. */
  giveNames(task: string, csv: string): Promise<Result<{ readonly names: number }>>;
  /** Reads a list of people and keeps it. */
  givePeople(task: string, csv: string): Promise<Result<{ readonly people: number }>>;
  /** The list that is kept. */
  people(task: string): Promise<Result<[string, string][]>>;
  /** Judges sources and tells what came of it. */
  readonly assessments: Pick<AssessmentDesk, 'start' | 'list' | 'watch'>;
  /** The repair plan of a run, by pages and as CSV by pieces. */
  planPage(page: { run: string; cursor?: string | undefined; limit: number }): ReturnType<typeof planPage>;
  planCsv(run: string, cursor: string | undefined): ReturnType<typeof planCsv>;
  /** Gives one item a name, or takes it back. */
  giveName(
    task: string,
    item: { path: string; kind: 'file' | 'folder'; name: string | null },
  ): Promise<Result<{ readonly given: string | null }>>;
  writeReport(run: string): Promise<Result<{ readonly folder: string; readonly files: string[] }>>;
  readonly clock: WatchClock;
  /** Aborted when the machine closes: subscriptions end by themselves. */
  readonly closing: AbortSignal;
}

/**
 * Answers what concerns the tasks of the coordinator in this process: input is parsed by the contract, one call is made, its answer is
 * parsed and returned. Machines that joined ask it over their connection, the screen of this one in-process.
 */
export function createSharedConsole(deps: SharedConsoleDeps) {
  const { coordinator, clock, closing } = deps;
  const os = implement(sharedConsoleContract);
  return os.router({
    overview: {
      watch: os.overview.watch.handler(({ signal }) =>
        watch(() => coordinator.overview(), clock, [signal, closing]),
      ),
      series: os.overview.series.handler(() => coordinator.series()),
    },
    tasks: {
      list: os.tasks.list.handler(({ input }) => coordinator.tasks(input)),
      get: os.tasks.get.handler(({ input }) => coordinator.task(input.task)),
      watch: os.tasks.watch.handler(({ input, signal }) =>
        watch(
          () => coordinator.task(input.task),
          clock,
          [signal, closing],
          () => coordinator.nextEnd(input.task),
        ),
      ),
      runs: os.tasks.runs.handler(({ input }) => coordinator.runs(input.task)),
      pace: os.tasks.pace.handler(async ({ input }) => [...(await coordinator.pace(input.run))]),
      check: os.tasks.check.handler(({ input }) => foreseen(() => deps.checkTask(input))),
      create: os.tasks.create.handler(({ input }) => foreseen(() => deps.createTask(input))),
      setFilters: os.tasks.setFilters.handler(({ input }) =>
        foreseen(() => coordinator.setFilters(input.task, input.filters)),
      ),
      setGentle: os.tasks.setGentle.handler(({ input }) =>
        foreseen(() => coordinator.setGentle(input.task, input.gentle)),
      ),
      setRules: os.tasks.setRules.handler(({ input }) =>
        foreseen(() => coordinator.setRules(input.task, input.rules)),
      ),
      giveNames: os.tasks.giveNames.handler(({ input }) =>
        foreseen(() => deps.giveNames(input.task, input.csv)),
      ),
      givePeople: os.tasks.givePeople.handler(({ input }) =>
        foreseen(() => deps.givePeople(input.task, input.csv)),
      ),
      people: os.tasks.people.handler(({ input }) => foreseen(() => deps.people(input.task))),
      plan: os.tasks.plan.handler(({ input }) => coordinator.plan(input.task)),
      setPlan: os.tasks.setPlan.handler(({ input }) =>
        foreseen(() => coordinator.setPlan(input.task, input.plan)),
      ),
      order: os.tasks.order.handler(({ input }) =>
        foreseen(() => coordinator.order(input.task, input.order)),
      ),
    },
    machines: {
      watch: os.machines.watch.handler(({ signal }) =>
        watch(() => coordinator.machines(), clock, [signal, closing]),
      ),
      setRules: os.machines.setRules.handler(({ input }) =>
        foreseen(() => coordinator.setMachineRules(input.machine, input.rules)),
      ),
      setBandwidth: os.machines.setBandwidth.handler(({ input }) =>
        foreseen(() => coordinator.setBandwidth(input.machine, input.bandwidth)),
      ),
    },
    items: {
      page: os.items.page.handler(({ input }) =>
        foreseen(() => coordinator.items(input.run, input.filter, input.cursor, input.limit)),
      ),
    },
    assessments: {
      start: os.assessments.start.handler(({ input }) => foreseen(() => deps.assessments.start(input))),
      list: os.assessments.list.handler(({ input }) => deps.assessments.list(input)),
      watch: os.assessments.watch.handler(({ input, signal }) => {
        const either = AbortSignal.any([closing, ...(signal === undefined ? [] : [signal])]);
        return deps.assessments.watch(input.run, () => clock.sleep(WATCH_MS, either), either);
      }),
      renames: os.assessments.renames.handler(({ input }) => foreseen(() => deps.planPage(input))),
      rename: os.assessments.rename.handler(({ input: { task, ...item } }) =>
        foreseen(() => deps.giveName(task, item)),
      ),
      renamesCsv: os.assessments.renamesCsv.handler(({ input }) =>
        foreseen(() => deps.planCsv(input.run, input.cursor)),
      ),
    },
    events: { page: os.events.page.handler(async ({ input }) => [...(await coordinator.events(input))]) },
    reports: { write: os.reports.write.handler(({ input }) => foreseen(() => deps.writeReport(input.run))) },
  });
}

export type SharedConsoleRouter = ReturnType<typeof createSharedConsole>;
