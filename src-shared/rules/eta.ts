import type { AllowanceState } from '../model/allowance.ts';
import type { Eta, EtaLimit } from '../model/eta.ts';
import type { LimitingFactor } from '../model/wait.ts';
import { type CostModel, type Spread, timeFor } from './cost-model.ts';
import { timeUnderAllowance } from './time-under-allowance.ts';

/** What is left of a run, or of several. */
export interface ToDo {
  readonly files: number;
  readonly bytes: number;
  /** What it will cost of the service's limits. */
  readonly units: number;
  readonly requests: number;
}

export interface EtaFacts {
  readonly rest: ToDo;
  readonly costs: CostModel;
  /** The share of time for which work is held up by orders of others, 0..1. */
  readonly heldUp: { readonly least: number; readonly most: number };
  /** What the slots waited for lately. */
  readonly factor: LimitingFactor;
  readonly allowances: readonly AllowanceState[];
  /** The file in flight that takes longest at its own speed. */
  readonly slowestFile: { readonly bytesLeft: number; readonly bytesPerSecond: number } | undefined;
  /** Milliseconds since 1970 until which the service asked to wait. */
  readonly throttledUntil: number | null;
  /** More may still be found. */
  readonly scanning: boolean;
}

interface Limited extends Spread {
  readonly by: EtaLimit;
}

/** More than this share is not believed: the time would have no end. */
const MOST_HELD_UP = 0.95;
const LEAST_HELD_UP = 0.05;
/** What is estimated to be spent is right within so much. */
const UNSURE = 0.15;
/** A file's own speed varies more than that of many. */
const UNSURE_OF_ONE = 0.4;
/** For so long at the most an upload that was lost holds its name: about 15 minutes (onedrive-api-docs#1260). */
const NAME_HELD_MS = 15 * 60_000;

/**
 * When the rest will be done: each limit alone would let it end at some time, and the latest of them decides and is named.
 * The range comes from how sure the fitted costs are. Pure.
 * @param now milliseconds since 1970
 */
export function etaOf(facts: EtaFacts, now: number): Eta {
  const { rest, scanning } = facts;
  const wait = Math.max(0, (facts.throttledUntil ?? now) - now);
  const limits = [...paces(facts, wait), ...facts.allowances.map((one) => under(one, rest, now))];
  const own = facts.slowestFile;
  if (own && own.bytesPerSecond > 0) {
    const ms = (own.bytesLeft / own.bytesPerSecond) * 1_000 + wait;
    limits.push({
      by: 'one-file',
      least: ms * (1 - UNSURE_OF_ONE),
      middle: ms,
      most: ms * (1 + UNSURE_OF_ONE),
    });
  }
  // When the uploads were lost is not known, only that what is left waits for the service to forget them.
  if (facts.factor === 'blocked-names')
    limits.push({ by: facts.factor, least: 0, middle: NAME_HELD_MS / 2, most: NAME_HELD_MS });
  const binding = limits.reduce((worst, one) => (one.middle > worst.middle ? one : worst));
  return {
    earliest: now + Math.max(...limits.map(({ least }) => least)),
    latest: now + Math.max(...limits.map(({ most }) => most)),
    atLeast: scanning,
    limitedBy: named(binding, limits),
  };
}

/** The own pace, as fast as it was where nothing held it up, and with being held up as it was. */
function paces({ costs, rest, factor, heldUp }: EtaFacts, wait: number): Limited[] {
  const { least, middle, most } = timeFor(costs, rest);
  const free: Limited = { by: factor, least: least + wait, middle: middle + wait, most: most + wait };
  const stretch = (share: number): number => 1 / (1 - Math.min(share, MOST_HELD_UP));
  if (heldUp.most < LEAST_HELD_UP) return [free];
  const held: Limited = {
    by: factor,
    // A wait that is going on is in the share already, at the most.
    least: Math.max(least * stretch(heldUp.least), free.least),
    middle: Math.max(middle * stretch((heldUp.least + heldUp.most) / 2), free.middle),
    most: Math.max(most * stretch(heldUp.most), free.most),
  };
  return [free, held];
}

function under(allowance: AllowanceState, rest: ToDo, now: number): Limited {
  const amounts = { quota: rest.units, 'long-units': rest.units, bytes: rest.bytes, requests: rest.requests };
  const ms = (unsure: number): number => {
    const amount = amounts[allowance.kind] * unsure;
    // Of the quota of a short time it is not known how much of it is left, only how much flows in.
    if (allowance.kind === 'quota') return (amount / allowance.amount) * allowance.windowMs;
    return timeUnderAllowance(amount, allowance, now);
  };
  return { by: allowance.kind, least: ms(1 - UNSURE), middle: ms(1), most: ms(1 + UNSURE) };
}

/** "The budget" is said with the name of the limit, where one accounts for at least half of the time. */
function named(binding: Limited, limits: readonly Limited[]): EtaLimit {
  if (binding.by !== 'budget' && binding.by !== 'throttling') return binding.by;
  const known = limits.filter(({ by }) => by !== binding.by && isAllowance(by));
  const closest = known.toSorted((a, b) => b.middle - a.middle)[0];
  return closest && closest.middle > binding.middle / 2 ? closest.by : binding.by;
}

function isAllowance(by: EtaLimit): boolean {
  return by === 'quota' || by === 'long-units' || by === 'bytes' || by === 'requests';
}
