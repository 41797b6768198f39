import type { ItemPage } from '../../../src-shared/contract/console-types.ts';
import type { ItemQuery } from '../../../src-shared/contract/item-query.ts';
import { ok, type Problem, ProblemError, type Result } from '../../../src-shared/model/problem.ts';
import type { Unit } from '../../store/fleet-store.ts';
import type { RunResults, SurveyStep, UnitResults } from '../../store/run-results.ts';

/** Results of a run, with what was found wrong with their file. */
export interface OpenedResults {
  readonly results: RunResults;
  readonly notices: readonly Problem[];
}

/**
 * Opens the results of a run, making their file when there is none.
 * @param modest some are open already: it is to share a thread with others
 */
export type OpenResults = (run: string, modest: boolean) => Promise<Result<OpenedResults>>;

/**
 * Results from the shelf. They stay good however long they are kept (a report reads for minutes): what was closed meanwhile is
 * opened again. Whether to close them is the shelf's business.
 */
export type LentResults = Omit<RunResults, 'close' | 'page' | 'survey'> & {
  page(filter: ItemQuery, cursor: string | undefined, limit: number): Promise<ItemPage>;
  survey(after: number, limit: number): Promise<SurveyStep>;
};

/** Result files that stay open besides those that are in use: each has threads, and a person looks at few runs at a time. */
const KEPT_OPEN = 2;
/** So many, besides one more, have a thread each. */
const FEW = 2;

interface Volume {
  readonly opened: Promise<Result<OpenedResults>>;
  /** Calls that are under way. */
  uses: number;
}

/** The results of runs, opened when they are asked for and closed when others are wanted more. */
export class ResultsShelf {
  readonly #open: OpenResults;
  readonly #isLive: (run: string) => boolean;
  /** In the order of their last use. */
  readonly #volumes = new Map<string, Volume>();
  /** A file is not opened again before it is closed. */
  readonly #leaving = new Map<string, Promise<void>>();
  #closed = false;

  /** @param isLive whether results of a run are still written: they stay open */
  constructor(open: OpenResults, isLive: (run: string) => boolean) {
    this.#open = open;
    this.#isLive = isLive;
  }

  async of(run: string): Promise<Result<{ results: LentResults; notices: readonly Problem[] }>> {
    const isFresh = !this.#volumes.has(run);
    const opened = await this.#volume(run).opened;
    // Those that are written are asked for with each beat of each machine: only one that was opened just now can be one too many.
    if (isFresh || !this.#isLive(run)) await this.#tidy();
    return opened.ok ? ok({ results: this.#lent(run), notices: opened.value.notices }) : opened;
  }

  /** Has them opened by the time when they are wanted. What keeps them from being opened is told to whoever wants them then. */
  prepare(run: string): void {
    this.of(run).catch(() => undefined);
  }

  /** For whoever cannot go on without them. @throws ProblemError when they cannot be opened */
  async lend(run: string): Promise<LentResults> {
    const opened = await this.of(run);
    if (!opened.ok) throw new ProblemError(opened.problem);
    return opened.value.results;
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#volumes.keys()].map((run) => this.#remove(run)));
    await Promise.all(this.#leaving.values());
  }

  #lent(run: string): LentResults {
    return {
      take: (...told) => this.#use(run, (results) => results.take(...told)),
      taken: (of) => this.#use(run, (results) => results.taken(of)),
      expect: (units) => this.#use(run, (results) => results.expect(units)),
      beginAnew: (of) => this.#use(run, (results) => results.beginAnew(of)),
      end: (...told) => this.#use(run, (results) => results.end(...told)),
      counts: () => this.#use(run, (results) => results.counts()),
      page: (...asked) => this.#use(run, (results) => results.page(...asked, !this.#isLive(run))),
      survey: (...asked) => this.#use(run, (results) => results.survey(...asked, !this.#isLive(run))),
    };
  }

  async #use<T>(run: string, call: (results: RunResults) => Promise<T>): Promise<T> {
    const volume = this.#volume(run);
    volume.uses += 1;
    try {
      const opened = await volume.opened;
      if (!opened.ok) throw new ProblemError(opened.problem);
      return await call(opened.value.results);
    } finally {
      volume.uses -= 1;
      if (!this.#isLive(run)) await this.#tidy();
    }
  }

  #volume(run: string): Volume {
    if (this.#closed) throw new Error('the shelf is closed');
    const volume = this.#volumes.get(run) ?? { opened: this.#openFresh(run), uses: 0 };
    this.#volumes.delete(run);
    this.#volumes.set(run, volume);
    return volume;
  }

  /** What could not be opened is not kept: the next who asks tries again. */
  async #openFresh(run: string): Promise<Result<OpenedResults>> {
    let opened: Result<OpenedResults> | undefined;
    try {
      await this.#leaving.get(run);
      opened = await this.#open(run, this.#volumes.size > FEW);
      return opened;
    } finally {
      if (!opened?.ok) this.#volumes.delete(run);
    }
  }

  async #tidy(): Promise<void> {
    if (this.#volumes.size <= KEPT_OPEN) return;
    const spare = [...this.#volumes].filter(([run, { uses }]) => uses === 0 && !this.#isLive(run));
    await Promise.all(spare.slice(0, -KEPT_OPEN).map(([run]) => this.#remove(run)));
  }

  #remove(run: string): Promise<void> {
    const volume = this.#volumes.get(run);
    this.#volumes.delete(run);
    const leaving = closeVolume(volume).finally(() => this.#leaving.delete(run));
    this.#leaving.set(run, leaving);
    return leaving;
  }
}

async function closeVolume(volume: Volume | undefined): Promise<void> {
  const opened = await volume?.opened;
  if (opened?.ok) await opened.value.results.close();
}

/** Under which name a unit's results are kept. */
export function unitResultsOf({ id, generation, path }: Unit): UnitResults {
  return { unit: id, generation, path };
}
