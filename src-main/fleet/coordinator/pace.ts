import type { Sample } from '../../../src-shared/contract/console-types.ts';
import type { Eta } from '../../../src-shared/model/eta.ts';
import { type CostModel, fitCosts } from '../../../src-shared/rules/cost-model.ts';
import { type EtaFacts, etaOf } from '../../../src-shared/rules/eta.ts';
import { addTick, noRates, type RateWindow, speed } from '../../../src-shared/rules/rates.ts';
import {
  addStep,
  heldUpShare,
  noStints,
  type Step,
  type Stints,
  weighed,
} from '../../../src-shared/rules/stints.ts';
import { KEPT_SECONDS, Meter, SPREAD_SECONDS, type Work } from './meter.ts';

/** What was done between two times. `bytes` were sent; `bytesDone` brought the end nearer. */
export interface Stretch extends Work {
  readonly from: number;
  readonly to: number;
  readonly bytesDone: number;
}

/** With less history than this no end is named. */
const MIN_HISTORY_MS = 5_000;
/** After so long without any work done, although nobody ordered to wait, nothing can be said about the end. */
const STANDSTILL_MS = 120_000;
/** What limits is named for so long a stretch: what lasts for seconds does not decide about the end. */
const FACTOR_SECONDS = SPREAD_SECONDS;

/** The pace of one run, or of all together: speed, what limits it, the end to be expected, and the samples for charts. */
export class Pace {
  readonly meter: Meter;
  #items = 0;
  #bytes = 0;
  /** For the speed that is shown: bytes that were sent. */
  #sent: RateWindow = noRates;
  /** For the end: bytes that are done. */
  #stints: Stints = noStints;
  #fitted: { readonly of: Stints['closed']; readonly costs: CostModel | undefined } | undefined;

  /** @param keptSeconds how far back samples are kept */
  constructor(keptSeconds = KEPT_SECONDS) {
    this.meter = new Meter(keptSeconds);
  }

  /** Begins to measure: the time before is not counted as standing still. */
  begin(now: number): void {
    if (this.#sent.length === 0) this.#tick(now);
  }

  /** Begins anew after a time in which nobody worked. What files and bytes cost before is still worth knowing. */
  restart(now: number): void {
    this.#sent = noRates;
    this.#stints = { ...this.#stints, open: noStints.open };
    this.#tick(now);
  }

  add(stretch: Stretch): void {
    this.begin(stretch.from);
    this.#items += stretch.items;
    this.#bytes += stretch.bytes;
    this.#stints = addStep(this.#stints, stepOf(stretch));
    this.meter.add(stretch.from, stretch.to, stretch);
    this.#tick(stretch.to);
  }

  sample(now: number): Sample {
    return { at: now, ...speed(this.#sent, now), limitedBy: this.meter.limitedBy(now) };
  }

  /** When the rest will be done; null while nothing can be said. */
  eta(facts: Omit<EtaFacts, 'costs' | 'heldUp' | 'factor'>, now: number): Eta | null {
    const { files, bytes } = facts.rest;
    const factor = this.meter.limitedBy(now, FACTOR_SECONDS);
    if (files <= 0 && bytes <= 0)
      return { earliest: now, latest: now, atLeast: facts.scanning, limitedBy: factor };
    const { closed, open } = this.#stints;
    if (closed.reduce((sum, { ms }) => sum + ms, 0) < MIN_HISTORY_MS) return null;
    if (open.ms - open.heldUp >= STANDSTILL_MS) return null;
    const costs = this.#costs();
    return costs ? etaOf({ ...facts, costs, factor, heldUp: heldUpShare(this.#stints) }, now) : null;
  }

  #costs(): CostModel | undefined {
    const { closed } = this.#stints;
    if (this.#fitted?.of !== closed) this.#fitted = { of: closed, costs: fitCosts(weighed(this.#stints)) };
    return this.#fitted.costs;
  }

  #tick(at: number): void {
    this.#sent = addTick(this.#sent, { at, files: this.#items, bytes: this.#bytes });
  }
}

/** Time in which everybody paused, or the source was away, is none; of a late beat no more is taken than of the charts. */
function stepOf({ from, to, items, bytesDone, waits }: Stretch): Step {
  const { throttled = 0, budget = 0, idle = 0 } = waits;
  const paused = (waits.paused ?? 0) + (waits['source-away'] ?? 0);
  const all = Object.values(waits).reduce((sum, ms) => sum + ms, 0) - idle;
  const ms = Math.min(to - from, SPREAD_SECONDS * 1_000) * (all > 0 ? 1 - paused / all : 1);
  const working = all - paused;
  const heldUp = working > 0 ? ms * ((throttled + budget) / working) : 0;
  return { ms, files: items, bytes: bytesDone, heldUp };
}
