import type { Code } from '../../src-shared/catalogue/catalogue.ts';
import type { Live } from '../../src-shared/model/live.ts';
import type { Problem } from '../../src-shared/model/problem.ts';

/** What goes away by itself: the connection comes back, the service lets us in again. */
const passing: ReadonlySet<Code> = new Set<Code>(['service-unreachable', 'sign-in-unreachable', 'throttled']);

/** How often it is looked whether somebody has signed in again: a look costs nothing, nobody is asked. */
const SIGN_IN_LOOK_MS = 2_000;

const FIRST_MS = 1_000;
const LONGEST_MS = 60_000;
/** Long enough for a router or a name server to be started again; then somebody has to look. */
const GIVE_UP_AFTER_MS = 15 * 60_000;

/**
 * How long to go on asking a service that cannot be reached: with doubling pauses, for a quarter of an hour without a single
 * success. Shared by all slots, since they all talk to the same service. Time and chance are handed in.
 */
export class Outage {
  #since: number | undefined;
  #tries = 0;
  /** Until when a pause lasts that some slot has begun. */
  #until = 0;
  #signInSince: number | undefined;

  /** That somebody has to sign in, and since when (milliseconds since 1970), while that is so. */
  get waitsFor(): Live['waitsFor'] {
    return this.#signInSince === undefined
      ? null
      : { code: 'sign-in-needed', since: this.#signInSince, until: null };
  }

  /** Milliseconds to wait before the next try; undefined when this problem does not go away, or not soon enough. */
  pause(problem: Problem, now: number, random: number): number | undefined {
    // A person may be asleep, or on holiday: this is waited for as long as it takes.
    if (problem.code === 'sign-in-needed') {
      this.#signInSince ??= now;
      return SIGN_IN_LOOK_MS;
    }
    if (!passing.has(problem.code)) return undefined;
    // Throttling has its own time, and ends in any case.
    if (problem.code === 'throttled') return Math.max(FIRST_MS, (problem.retryAt ?? 0) - now);
    this.#since ??= now;
    if (now - this.#since > GIVE_UP_AFTER_MS) return undefined;
    if (now >= this.#until) {
      const pause = Math.min(LONGEST_MS, FIRST_MS * 2 ** this.#tries) * (0.5 + random / 2);
      this.#tries += 1;
      this.#until = now + pause;
    }
    return this.#until - now;
  }

  /** A call got through. */
  over(): void {
    this.#since = undefined;
    this.#signInSince = undefined;
    this.#tries = 0;
    this.#until = 0;
  }
}
