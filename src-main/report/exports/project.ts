import type { ContractRouterClient } from '@orpc/contract';
import type { SharedConsoleContract } from '../../../src-shared/contract/console.ts';
import type { FleetEvent, ItemFilter, TaskRow } from '../../../src-shared/contract/console-types.ts';
import type { Counts } from '../../../src-shared/model/counts.ts';
import type { PaceRow } from '../../../src-shared/model/pace.ts';
import { ProblemError } from '../../../src-shared/model/problem.ts';
import type { Run } from '../../../src-shared/model/task.ts';
import type { Usage } from '../../../src-shared/model/usage.ts';
import { type ItemPages, itemsOf } from '../csv-file.ts';

/** What an export asks of the coordinator: it stands anywhere, and no agent has to be up. */
export type ProjectConsole = {
  readonly tasks: Pick<ContractRouterClient<SharedConsoleContract>['tasks'], 'list' | 'runs' | 'pace'>;
  readonly items: Pick<ContractRouterClient<SharedConsoleContract>['items'], 'page'>;
  readonly events: Pick<ContractRouterClient<SharedConsoleContract>['events'], 'page'>;
};

/** Which tasks and runs an export is about. */
export interface ProjectPart {
  /** Ids of tasks; all, put away or not, when absent. */
  readonly tasks?: ReadonlySet<string> | undefined;
  /** Every run; otherwise the last one of each task. */
  readonly allRuns: boolean;
}

/** A run with its task and what became of it so far. */
export interface ProjectRun {
  readonly row: TaskRow;
  readonly run: Run;
  readonly counts: Counts;
  readonly usage: Usage;
}

/** An item with the run that it is of. */
export interface ProjectItem extends ProjectRun {
  readonly item: Awaited<ReturnType<ItemPages['page']>>['items'][number];
}

const TASKS_A_PAGE = 200;
const EVENTS_A_PAGE = 200;

/** All tasks, put away or not, newest first. */
export async function* allTasks({ tasks }: AllTasks): AsyncGenerator<TaskRow> {
  let cursor: string | undefined;
  do {
    const page = await tasks.list({ cursor, limit: TASKS_A_PAGE, shelf: 'all' });
    yield* page.tasks;
    cursor = page.cursor ?? undefined;
  } while (cursor !== undefined);
}

interface AllTasks {
  readonly tasks: Pick<ProjectConsole['tasks'], 'list'>;
}

/** Tasks, runs, items and events of a project, read page by page. What fails is thrown as a {@link ProblemError}. */
export class Project {
  readonly #console: ProjectConsole;
  readonly #part: ProjectPart;

  constructor(console: ProjectConsole, part: ProjectPart) {
    this.#console = console;
    this.#part = part;
  }

  /** Newest first. */
  async *tasks(): AsyncGenerator<TaskRow> {
    for await (const row of allTasks(this.#console))
      if (this.#part.tasks?.has(row.task.id) ?? true) yield row;
  }

  /** Of each task the last one, or all, newest first. */
  async *runs(): AsyncGenerator<ProjectRun> {
    for await (const row of this.tasks()) {
      const runs = await this.#console.tasks.runs({ task: row.task.id });
      for (const { run, counts, usage } of this.#part.allRuns ? runs : runs.slice(0, 1))
        yield { row, run, counts, usage };
    }
  }

  /** Undefined for a task that never ran. */
  async lastRun({ task }: TaskRow): Promise<Omit<ProjectRun, 'row'> | undefined> {
    const [last] = await this.#console.tasks.runs({ task: task.id });
    return last;
  }

  /** All items of the runs that match. */
  async *items(filter: ItemFilter): AsyncGenerator<ProjectItem> {
    for await (const run of this.runs()) yield* this.#itemsOf(run, filter);
  }

  async *pace(): AsyncGenerator<ProjectRun & { readonly pace: PaceRow }> {
    for await (const run of this.runs())
      for (const pace of await this.#console.tasks.pace({ run: run.run.id })) yield { ...run, pace };
  }

  /** What happened, newest first; of chosen tasks what concerns them. */
  async *events(): AsyncGenerator<FleetEvent> {
    let before: number | undefined;
    for (;;) {
      const page = await this.#console.events.page({ before, limit: EVENTS_A_PAGE });
      for (const event of page) if (this.#concerns(event)) yield event;
      const last = page.at(-1);
      if (last === undefined || page.length < EVENTS_A_PAGE) return;
      before = last.id;
    }
  }

  async *#itemsOf(run: ProjectRun, filter: ItemFilter): AsyncGenerator<ProjectItem> {
    const pages: ItemPages = {
      page: async (wanted, cursor, limit) => {
        const page = await this.#console.items.page({ run: run.run.id, filter: wanted, cursor, limit });
        if (!page.ok) throw new ProblemError(page.problem);
        return page.value;
      },
    };
    for await (const item of itemsOf(pages, filter)) yield { ...run, item };
  }

  #concerns({ task }: FleetEvent): boolean {
    const { tasks } = this.#part;
    return tasks === undefined || (task !== null && tasks.has(task));
  }
}
