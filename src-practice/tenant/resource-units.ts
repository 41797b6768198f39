import type { Clock } from './clock.ts';

/** What the meter says to one request. */
export interface UnitVerdict {
  readonly granted: boolean;
  /** Headers of the answer: RateLimit-* from 80 % on, Retry-After with a refusal. */
  readonly headers: Readonly<Record<string, string>>;
}

interface Bucket {
  level: number;
  at: number;
}

/** From here on the service announces what is left (draft-ietf-httpapi-ratelimit-headers-03). */
const ANNOUNCED_FROM = 0.8;
/** A refused caller is told to wait until so many seconds' worth have flowed in, not just for one request. */
const WORTH_WAITING_FOR = 2;
/** Throttled calls count too, down to a quarter bucket below empty. */
const DEEPEST_DEBT = 0.25;

const UNLIMITED: UnitVerdict = { granted: true, headers: {} };

/** Token buckets of resource units, one for each app. */
export class ResourceUnits {
  readonly #perMinute: number | undefined;
  readonly #capacity: number;
  /** Microsoft tells of the limit of a minute alone: a bucket that holds less than that is one of the others. */
  readonly #announced: boolean;
  readonly #clock: Clock;
  readonly #buckets = new Map<string, Bucket>();

  constructor(
    limits: { perMinute: number | undefined; capacity: number | undefined; announced: boolean },
    clock: Clock,
  ) {
    this.#perMinute = limits.perMinute;
    this.#capacity = limits.capacity ?? limits.perMinute ?? 0;
    this.#announced = limits.announced;
    this.#clock = clock;
  }

  /** Charges an app. */
  charge(appId: string, units: number): UnitVerdict {
    if (this.#perMinute === undefined) return UNLIMITED;
    const perSecond = this.#perMinute / 60;
    const bucket = this.#filled(appId, perSecond);
    // What costs nothing (a batch as such) is never refused: its parts are.
    const granted = units === 0 || bucket.level >= units;
    bucket.level = Math.max(bucket.level - units, -this.#capacity * DEEPEST_DEBT);
    const headers: Record<string, string> = {};
    if (this.#announced && bucket.level <= this.#capacity * (1 - ANNOUNCED_FROM)) {
      headers['RateLimit-Limit'] = String(Math.round(this.#capacity));
      headers['RateLimit-Remaining'] = String(Math.max(0, Math.floor(bucket.level)));
      headers['RateLimit-Reset'] = String(seconds(this.#target(perSecond, units) - bucket.level, perSecond));
    }
    if (!granted) {
      headers['Retry-After'] = String(seconds(this.#target(perSecond, units) - bucket.level, perSecond));
    }
    return { granted, headers };
  }

  #target(perSecond: number, units: number): number {
    return Math.min(this.#capacity, Math.max(units, perSecond * WORTH_WAITING_FOR));
  }

  #filled(appId: string, perSecond: number): Bucket {
    const now = this.#clock.now();
    const bucket = this.#buckets.get(appId) ?? { level: this.#capacity, at: now };
    this.#buckets.set(appId, bucket);
    bucket.level = Math.min(this.#capacity, bucket.level + ((now - bucket.at) / 1000) * perSecond);
    bucket.at = now;
    return bucket;
  }
}

function seconds(units: number, perSecond: number): number {
  return Math.max(1, Math.ceil(units / perSecond));
}
