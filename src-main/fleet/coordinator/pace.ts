import type { Sample } from '../../../src-shared/contract/console-types.ts';
import { addTick, noRates, type RateWindow, speed, timeToGo } from '../../../src-shared/rules/rates.ts';
import { KEPT_SECONDS, Meter, type Work } from './meter.ts';

/** What was done between two times. `bytes` were sent; `bytesDone` brought the end nearer. */
export interface Stretch extends Work {
  readonly from: number;
  readonly to: number;
  readonly bytesDone: number;
}

/** The pace of one run, or of all together: speed, what limits it, time to go, and the samples for charts. */
export class Pace {
  readonly meter: Meter;
  #items = 0;
  #bytes = 0;
  #bytesDone = 0;
  /** For the speed that is shown: bytes that were sent. */
  #sent: RateWindow = noRates;
  /** For the time to go: bytes that are done. */
  #done: RateWindow = noRates;

  /** @param keptSeconds how far back samples are kept */
  constructor(keptSeconds = KEPT_SECONDS) {
    this.meter = new Meter(keptSeconds);
  }

  /** Begins to measure: the time before is not counted as standing still. */
  begin(now: number): void {
    if (this.#sent.length === 0) this.#tick(now);
  }

  /** Begins anew: what was done before this says nothing about what comes. */
  restart(now: number): void {
    this.#sent = noRates;
    this.#done = noRates;
    this.#tick(now);
  }

  add(stretch: Stretch): void {
    this.begin(stretch.from);
    this.#items += stretch.items;
    this.#bytes += stretch.bytes;
    this.#bytesDone += stretch.bytesDone;
    this.meter.add(stretch.from, stretch.to, stretch);
    this.#tick(stretch.to);
  }

  sample(now: number): Sample {
    return { at: now, ...speed(this.#sent, now), limitedBy: this.meter.limitedBy(now) };
  }

  timeToGo(
    rest: { readonly files: number; readonly bytes: number },
    now: number,
  ): ReturnType<typeof timeToGo> {
    return timeToGo(this.#done, rest, now);
  }

  #tick(at: number): void {
    this.#sent = addTick(this.#sent, { at, files: this.#items, bytes: this.#bytes });
    this.#done = addTick(this.#done, { at, files: this.#items, bytes: this.#bytesDone });
  }
}
