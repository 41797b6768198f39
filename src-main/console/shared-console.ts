import { implement } from '@orpc/server';
import { sharedConsoleContract } from '../../src-shared/contract/console.ts';
import type { Result } from '../../src-shared/model/problem.ts';
import type { Task } from '../../src-shared/model/task.ts';
import type { TaskWish } from '../fleet/coordinator/check-task.ts';
import type { Coordinator } from '../fleet/coordinator/coordinator.ts';
import { foreseen } from './foreseen.ts';
import { type WatchClock, watch } from './watch.ts';

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
    events: { page: os.events.page.handler(async ({ input }) => [...(await coordinator.events(input))]) },
    reports: { write: os.reports.write.handler(({ input }) => foreseen(() => deps.writeReport(input.run))) },
  });
}

export type SharedConsoleRouter = ReturnType<typeof createSharedConsole>;
