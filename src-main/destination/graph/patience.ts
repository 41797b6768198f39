import type { Problem } from '../../../src-shared/model/problem.ts';
import type { CallOptions } from '../destination.ts';
import type { Meter } from './meter.ts';
import { patient, pauseBefore, type RetryLimits, type Trouble } from './retry-policy.ts';
import type { Time } from './time.ts';

/** Trouble that one call has alone; throttling is shared by all. */
export type Passing = Exclude<Trouble, 'throttled'>;

export interface PatienceParts {
  readonly meter: Meter;
  readonly time: Time;
  readonly limits?: RetryLimits | undefined;
}

/** Counts the tries of a call and sleeps between them, as the policy says. */
export class Patience {
  readonly #parts: PatienceParts;
  readonly #options: CallOptions;
  readonly #began: number;
  #tries = 0;

  constructor(parts: PatienceParts, options: CallOptions) {
    this.#parts = parts;
    this.#options = options;
    this.#began = parts.time.now();
  }

  /** Waits before the next try; a problem when there is to be none: the given one, or `stopped-by-you`. */
  async wait(trouble: Passing, problem: Problem, limits?: RetryLimits): Promise<Problem | undefined> {
    const { time, meter } = this.#parts;
    const { signal, onWait } = this.#options;
    this.#tries += 1;
    const soFar = { tries: this.#tries, elapsed: time.now() - this.#began };
    const pause = pauseBefore(trouble, soFar, time.random(), limits ?? this.#parts.limits ?? patient);
    if (pause === undefined) return problem;
    onWait?.('backing-off');
    await time.sleep(pause, signal);
    onWait?.(undefined);
    if (signal?.aborted === true) return { code: 'stopped-by-you' };
    meter.again();
    return undefined;
  }
}
