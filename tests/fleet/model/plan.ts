import { chance, integerBetween, pick, type Random, seededRandom } from '../../../src-practice/random.ts';
import type { Weather } from './line.ts';

/** How long a machine is away: for so long, or until a while after another machine was given its work, if that is sooner. */
interface Away {
  readonly forMs: number;
  readonly afterReplaced?: number | undefined;
}

/** Something that befalls the fleet at a time. Times and durations in milliseconds from the beginning. */
export type Fault = { readonly at: number } & (
  | { readonly what: 'agent killed'; readonly machine: number; readonly backAfter: number }
  | {
      readonly what: 'agent killed at a call';
      readonly machine: number;
      readonly calls: number;
      readonly done: boolean;
      readonly backAfter: number;
    }
  | {
      readonly what: 'power cut';
      readonly machine: number;
      readonly lostMs: number;
      readonly backAfter: number;
    }
  | { readonly what: 'machine gone for good'; readonly machine: number }
  | ({ readonly what: 'machine sleeps'; readonly machine: number } & Away)
  | ({
      readonly what: 'line cut';
      readonly machine: number;
      readonly ways: readonly ('there' | 'back')[];
    } & Away)
  | {
      readonly what: 'bad weather';
      readonly machine: number;
      readonly weather: Weather;
      readonly forMs: number;
    }
  | { readonly what: 'clock set'; readonly machine: number | 'coordinator'; readonly byMs: number }
  | { readonly what: 'clock drifts'; readonly machine: number | 'coordinator'; readonly rate: number }
  | { readonly what: 'coordinator killed'; readonly backAfter: number }
  | {
      readonly what: 'coordinator killed at a call';
      readonly calls: number;
      readonly done: boolean;
      readonly backAfter: number;
    }
  | { readonly what: 'coordinator sleeps'; readonly forMs: number }
  | { readonly what: 'order'; readonly order: 'pause' | 'resume' | 'finish' | 'stop' }
);

/** A schedule: what it is played on, and what happens. From its seed alone. */
export interface Plan {
  readonly seed: string;
  readonly machines: number;
  /** How much later than asked timers go off, by machine. */
  readonly lateness: readonly number[];
  /** The longest that a store takes to answer. */
  readonly storeMs: number;
  /** The median of a request to source or destination. */
  readonly requestMs: number;
  readonly faults: readonly Fault[];
}

/** Clocks that drift do so by this share at most: a thousand times what real ones do. */
const MOST_DRIFT = 0.01;

/** A run without faults takes some eight seconds: what comes later meets nothing. */
const LATEST_MS = 10_000;

export function planSchedule(seed: string): Plan {
  const random = seededRandom(`${seed}/plan`);
  const machines = pick(random, [1, 2, 2, 2, 3, 3]);
  const faults = Array.from({ length: integerBetween(random, 1, 7) }, () => planFault(random, machines));
  return {
    seed,
    machines,
    lateness: Array.from({ length: machines }, () => pick(random, [1, 1, 2, 4])),
    storeMs: pick(random, [0, 0, 5, 200]),
    requestMs: pick(random, [50, 200, 500]),
    faults: faults.sort((a, b) => a.at - b.at),
  };
}

/** Each as often as it stands here. */
const kinds = [
  ...['agent killed', 'agent killed at a call', 'agent killed at a call', 'power cut'],
  ...['machine gone for good', 'machine sleeps', 'machine sleeps', 'line cut', 'line cut', 'bad weather'],
  ...['bad weather', 'bad weather', 'clock set', 'clock set', 'clock drifts', 'coordinator killed'],
  ...['coordinator killed at a call', 'coordinator killed at a call', 'coordinator sleeps', 'order', 'order'],
] as const satisfies readonly Fault['what'][];

function planFault(random: Random, machines: number): Fault {
  const at = integerBetween(random, 0, LATEST_MS);
  const machine = integerBetween(random, 0, machines - 1);
  const anyone = pick(random, ['coordinator' as const, machine, machine]);
  const what = pick(random, kinds);
  const done = chance(random, 0.5);
  const set = done ? 1 : -1;
  const backAfter = span(random);
  switch (what) {
    case 'agent killed':
      return { at, what, machine, backAfter };
    case 'agent killed at a call':
      return { at, what, machine, calls: integerBetween(random, 1, 40), done, backAfter };
    case 'power cut':
      return { at, what, machine, lostMs: integerBetween(random, 100, 8_000), backAfter };
    case 'machine gone for good':
      return { at, what, machine };
    case 'machine sleeps':
      return { at, what, machine, ...away(random) };
    case 'line cut': {
      const ways = pick(random, [['there', 'back'] as const, ['there'] as const, ['back'] as const]);
      return { at, what, machine, ways, ...away(random) };
    }
    case 'bad weather':
      return { at, what, machine, weather: planWeather(random), forMs: span(random) };
    case 'clock set':
      return { at, what, machine: anyone, byMs: set * span(random) * pick(random, [1, 1, 60]) };
    case 'clock drifts':
      return { at, what, machine: anyone, rate: 1 + (random() * 2 - 1) * MOST_DRIFT };
    case 'coordinator killed':
      return { at, what, backAfter };
    case 'coordinator killed at a call':
      return { at, what, calls: integerBetween(random, 1, 30), done, backAfter };
    case 'coordinator sleeps':
      return { at, what, forMs: span(random) };
    case 'order':
      return { at, what, order: pick(random, ['pause', 'pause', 'resume', 'finish', 'stop']) };
  }
}

/** Some blink, most last some seconds, some longer than a lease. */
function span(random: Random): number {
  return pick(random, [
    integerBetween(random, 1, 500),
    integerBetween(random, 500, 9_000),
    integerBetween(random, 500, 9_000),
    integerBetween(random, 9_000, 45_000),
  ]);
}

/** More than a lease, and what it takes to give the work to another. */
const LONG_MS = 45_000;

function away(random: Random): Away {
  const forMs = span(random);
  const afterReplaced = integerBetween(random, 0, 3_000);
  return chance(random, 0.3) ? { forMs: LONG_MS, afterReplaced } : { forMs };
}

function planWeather(random: Random): Weather {
  return {
    lost: pick(random, [0, 0.1, 0.5]),
    doubled: pick(random, [0, 0.3]),
    latest: pick(random, [40, 3_000, 40_000]),
  };
}
