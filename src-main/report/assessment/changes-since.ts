import { ChangeCounter, type Changes } from '../../../src-shared/survey/changes.ts';
import type { SurveyItem } from '../../../src-shared/survey/survey.ts';
import type { RunResults } from '../../store/run-results.ts';
import { surveyPages } from './survey-pages.ts';

/** What changed since an earlier assessment of the same task. */
export interface ChangesSince extends Changes {
  /** Number of the earlier run within its task. */
  readonly run: number;
  /** When the earlier run began, in milliseconds since 1970. */
  readonly startedAt: number;
}

/**
 * Compares two runs of one task item by item. Both are read once, side by side in the order of their numbers, so that neither
 * has to be held in memory.
 */
export async function changesSince(
  before: Pick<RunResults, 'survey'>,
  now: Pick<RunResults, 'survey'>,
): Promise<Changes> {
  const counter = new ChangeCounter();
  const [old, present] = [new Reader(before), new Reader(now)];
  let [one, other] = [await old.next(), await present.next()];
  while (one !== undefined || other !== undefined) {
    const first = Math.min(one?.id ?? Number.POSITIVE_INFINITY, other?.id ?? Number.POSITIVE_INFINITY);
    const was = one?.id === first ? one : undefined;
    const is = other?.id === first ? other : undefined;
    counter.add(was, is);
    // Waited for once a page, and not once an item.
    if (was !== undefined) one = old.ready() ?? (await old.next());
    if (is !== undefined) other = present.ready() ?? (await present.next());
  }
  return counter.result();
}

/** Items one by one, of pages that are read when they are needed. */
class Reader {
  readonly #pages: AsyncGenerator<readonly SurveyItem[], void, undefined>;
  #page: readonly SurveyItem[] = [];
  #at = 0;

  constructor(results: Pick<RunResults, 'survey'>) {
    this.#pages = surveyPages(results);
  }

  /** The next of the page that is there; undefined at its end. */
  ready(): SurveyItem | undefined {
    const item = this.#page[this.#at];
    this.#at += 1;
    return item;
  }

  /** The next item, from the next page where the present one is at its end; undefined after the last. */
  async next(): Promise<SurveyItem | undefined> {
    let item = this.ready();
    while (item === undefined) {
      const page = await this.#pages.next();
      if (page.done === true) return undefined;
      this.#page = page.value;
      this.#at = 0;
      item = this.ready();
    }
    return item;
  }
}
