import type { AssessmentView, SurveyFigures } from '../../../../src-shared/contract/assessments.ts';
import type { TaskRow } from '../../../../src-shared/contract/console-types.ts';
import { failed, ok, ProblemError, type Result } from '../../../../src-shared/model/problem.ts';
import { isEnded } from '../../../../src-shared/model/run.ts';
import type { Task } from '../../../../src-shared/model/task.ts';
import { NO_DESTINATION } from '../../../../src-shared/rules/destination-address.ts';
import { placeKey } from '../../../../src-shared/rules/place-key.ts';
import { sameSource } from '../../../../src-shared/rules/source-spelling.ts';
import { Surveyor } from '../../../../src-shared/survey/survey.ts';
import type { TaskWish } from '../../../fleet/coordinator/check-task.ts';
import type { Coordinator, RunAccount } from '../../../fleet/coordinator/coordinator.ts';
import { parseProblem } from '../../../fleet/parse-problem.ts';
import { RENAME_CODES } from '../../renames/renames-csv.ts';
import { diskProblem } from '../../write-whole.ts';
import { ratesOfRuns } from '../earlier-runs.ts';
import { surveyPages } from '../survey-pages.ts';
import { figuresOf } from './figures.ts';
import { keepFigures, readFigures } from './kept-figures.ts';

export interface AssessmentRoom {
  readonly coordinator: Pick<Coordinator, 'account' | 'order' | 'runs' | 'task' | 'tasks'>;
  /** Looks at both ends and says how the source is written. */
  readonly checkTask: (wish: TaskWish) => Promise<Result<{ readonly source: string }>>;
  readonly createTask: (wish: TaskWish) => Promise<Result<Task>>;
  /** Where the figures of a run are kept. */
  readonly figuresFile: (run: string) => string;
  /** Decoded, server-relative path of a task's destination. */
  readonly rootPathOf: (task: Task) => Promise<string>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Items that are being added up: how many of how many, and what comes of them. */
interface Sum {
  done: number;
  readonly all: number;
  readonly figures: Promise<SurveyFigures>;
}

/** Tasks of the coordinator that are looked through at once. */
const PAGE = 200;

/** What a screen asks about assessments: dry runs, whose items are added up once and whose figures are kept. */
export class AssessmentDesk {
  readonly #room: AssessmentRoom;
  readonly #sums = new Map<string, Sum>();

  constructor(room: AssessmentRoom) {
    this.#room = room;
  }

  /** Codes: those of making a task. A run that goes on is left to go on. */
  async start(wish: {
    readonly source: string;
    readonly destination?: string | undefined;
  }): Promise<Result<TaskRow>> {
    const { coordinator, checkTask, createTask } = this.#room;
    const { destination = NO_DESTINATION } = wish;
    const seen = await checkTask({ source: wish.source, destination });
    if (!seen.ok) return seen;
    const { source } = seen.value;
    const known = await this.#find(source, destination);
    if (known !== undefined && known.run !== null && !isEnded(known.run.state)) {
      return known.state === 'paused' ? coordinator.order(known.task.id, 'resume') : ok(known);
    }
    const task = known
      ? ok(known.task)
      : await createTask({ source, destination, settings: { dryRun: true } });
    return task.ok ? coordinator.order(task.value.id, 'start') : task;
  }

  /** Newest first. */
  async list(page: {
    readonly cursor?: string | undefined;
    readonly limit: number;
  }): Promise<{ assessments: TaskRow[]; cursor: string | null }> {
    const assessments: TaskRow[] = [];
    let cursor: string | null | undefined = page.cursor;
    do {
      const step = await this.#room.coordinator.tasks({ cursor: cursor ?? undefined, limit: PAGE });
      for (const [at, row] of step.tasks.entries()) {
        if (!row.task.settings.dryRun) continue;
        assessments.push(row);
        const isLast = step.cursor === null && at === step.tasks.length - 1;
        if (assessments.length === page.limit) return { assessments, cursor: isLast ? null : row.task.id };
      }
      cursor = step.cursor;
    } while (cursor !== null);
    return { assessments, cursor: null };
  }

  /**
   * Tells how far the figures of a run are until they are there, then these, and ends.
   * @param wait between two words about it
   */
  async *watch(
    run: string,
    wait: () => Promise<void>,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<Result<AssessmentView>> {
    const account = await this.#room.coordinator.account(run);
    if (!account.ok) return yield account;
    const { task, run: of, counts } = account.value;
    if (!task.settings.dryRun || !isEnded(of.state)) return yield failed('wrong-state', { where: run });
    try {
      const sum = this.#sums.get(run) ?? this.#addUp(account.value);
      const ready = sum.figures.then(() => true);
      while (signal?.aborted !== true && !(await Promise.race([ready, wait().then(() => false)]))) {
        yield ok({ state: 'adding-up', done: sum.done, all: sum.all });
      }
      if (signal?.aborted === true) return;
      const measured = (await ratesOfRuns(this.#room.coordinator, task)) ?? null;
      const renames = RENAME_CODES.reduce((all, code) => all + (counts.byCode[code]?.items ?? 0), 0);
      const problem = of.problem && parseProblem(of.problem);
      yield ok({ state: 'ready', figures: await sum.figures, measured, problem, renames });
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      yield { ok: false, problem: error.problem };
    }
  }

  /** One for all who ask at the same time. What came of it is on the disk afterwards. */
  #addUp(account: RunAccount): Sum {
    const { files, folders, others } = account.counts.found;
    const { run } = account;
    const sum: Sum = {
      done: 0,
      all: files + folders + others,
      figures: this.#figures(account, (items) => {
        sum.done = Math.min(sum.done + items, sum.all);
      }),
    };
    this.#sums.set(run.id, sum);
    // What went wrong is thrown at those who wait for the figures; whoever asks later adds them up anew.
    sum.figures.catch(() => undefined).finally(() => this.#sums.delete(run.id));
    return sum;
  }

  async #figures(account: RunAccount, heard: (items: number) => void): Promise<SurveyFigures> {
    const { task, run, counts, results } = account;
    const file = this.#room.figuresFile(run.id);
    try {
      const kept = await readFigures(file);
      if (kept !== undefined) return kept;
      const rootPathLength = (await this.#room.rootPathOf(task)).length;
      const asOf = run.endedAt ?? this.#room.now();
      const { fragmentBytes } = task.settings;
      const surveyor = new Surveyor({ now: asOf, rootPathLength, fragmentBytes });
      for await (const page of surveyPages(results)) {
        for (const item of page) surveyor.add(item);
        heard(page.length);
      }
      const figures = figuresOf(surveyor.result(), counts, { asOf, rootPathLength });
      await keepFigures(file, figures);
      return figures;
    } catch (error) {
      throw new ProblemError(diskProblem(error, file).problem);
    }
  }

  /** The assessment of this source and destination, also when it was put away. */
  async #find(source: string, destination: string): Promise<TaskRow | undefined> {
    let cursor: string | undefined;
    do {
      const page = await this.#room.coordinator.tasks({ cursor, limit: PAGE, shelf: 'all' });
      const found = page.tasks.find(
        ({ task }) =>
          task.settings.dryRun &&
          task.settings.permissions === 'off' &&
          sameSource(task.source, source) &&
          placeKey(task.destination) === placeKey(destination),
      );
      if (found !== undefined) return found;
      cursor = page.cursor ?? undefined;
    } while (cursor !== undefined);
    return undefined;
  }
}
