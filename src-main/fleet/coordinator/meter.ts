import type { Sample } from '../../../src-shared/contract/console-types.ts';
import {
  type LimitingFactor,
  limitingFactor,
  type WaitState,
  waitStates,
} from '../../../src-shared/model/wait.ts';

/** What was done in some time. */
export interface Work {
  /** Items that got their outcome. */
  readonly items: number;
  /** Bytes that the destination acknowledged, those of unfinished and repeated files included: the speed of the line. */
  readonly bytes: number;
  /** Milliseconds of slot time in each state. */
  readonly waits: Readonly<Partial<Record<WaitState, number>>>;
}

interface Bucket {
  second: number;
  items: number;
  bytes: number;
  waits: Partial<Record<WaitState, number>>;
}

/** Seconds that are kept for charts: they show a quarter of an hour. */
export const KEPT_SECONDS = 900;

/** A late beat is spread over the time that it tells of, but not over a night's sleep. */
export const SPREAD_SECONDS = 30;

/** Work by the second, in a ring: what the charts show, and what the slots waited for. */
export class Meter {
  readonly #ring: (Bucket | undefined)[] = [];
  readonly #kept: number;
  #from: number | undefined;

  /** @param keptSeconds how far back it can be asked; no less than a late beat is spread over */
  constructor(keptSeconds = KEPT_SECONDS) {
    this.#kept = Math.max(keptSeconds, SPREAD_SECONDS);
  }

  /** Notes work done between two times (ms), evenly over the seconds between them. */
  add(from: number, to: number, work: Work): void {
    const last = second(to);
    const first = Math.max(Math.min(second(from) + 1, last), last - SPREAD_SECONDS + 1);
    const share = 1 / (last - first + 1);
    for (let at = first; at <= last; at += 1) this.#note(at, work, share);
    this.#from = Math.min(this.#from ?? first, first);
  }

  /** Milliseconds of slot time by state, over the last seconds. */
  waits(now: number, seconds = 10): Partial<Record<WaitState, number>> {
    const times: Partial<Record<WaitState, number>> = {};
    const last = second(now);
    for (let at = last - seconds + 1; at <= last; at += 1) addWaits(times, this.#at(at)?.waits ?? {}, 1);
    return times;
  }

  /** What the slots waited for most, over the last seconds. */
  limitedBy(now: number, seconds = 10): LimitingFactor {
    return limitingFactor(this.waits(now, seconds));
  }

  /** One sample a second, oldest first, from the first work on; seconds without any are there with noughts. */
  series(now: number): Sample[] {
    const last = second(now);
    const first = Math.max(this.#from ?? last + 1, last - this.#kept + 1);
    return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => {
      const bucket = this.#at(first + index);
      return {
        at: (first + index) * 1000,
        filesPerSecond: bucket?.items ?? 0,
        bytesPerSecond: bucket?.bytes ?? 0,
        limitedBy: limitingFactor(bucket?.waits ?? {}),
      };
    });
  }

  #note(at: number, work: Work, share: number): void {
    let bucket = this.#at(at);
    if (bucket === undefined) {
      bucket = { second: at, items: 0, bytes: 0, waits: {} };
      this.#ring[at % this.#kept] = bucket;
    }
    bucket.items += work.items * share;
    bucket.bytes += work.bytes * share;
    addWaits(bucket.waits, work.waits, share);
  }

  #at(at: number): Bucket | undefined {
    const bucket = this.#ring[at % this.#kept];
    return bucket?.second === at ? bucket : undefined;
  }
}

function second(ms: number): number {
  return Math.floor(ms / 1000);
}

function addWaits(into: Partial<Record<WaitState, number>>, waits: Work['waits'], share: number): void {
  for (const state of waitStates) {
    const time = waits[state];
    if (time) into[state] = (into[state] ?? 0) + time * share;
  }
}
