/** A unit that could be asked to give pieces of it back. */
export interface Giver {
  readonly unit: string;
  /** Items that it has still to do, as far as is known. */
  readonly rest: number;
  /** It is still listing: it will find more. */
  readonly scanning: boolean;
  /** Pieces that it was asked for and has not answered yet. */
  readonly asked: number;
  /** How many times in a row it had nothing to give. */
  readonly barren: number;
}

export interface Asks {
  /** How many pieces each unit is to give back. */
  readonly asks: ReadonlyMap<string, number>;
  /** More is wanted than could be asked for. */
  readonly unmet: boolean;
}

/** What is wanted, over all. */
export interface Want {
  /** Places of machines that could work on something of the givers and have nothing to do. */
  readonly idle: number;
  /** Units that nobody works on and that could be had at once. */
  readonly spare: number;
  /** Units that should be ready, so that nobody ever waits. */
  readonly reserve: number;
}

/** No more than so many pieces are asked of one unit at a time; the contract's own bound. */
const MOST = 64;
/** What is left in a unit that is still listing is not known: more than in one that is not. */
const UNSEEN = 10_000;

/**
 * How many pieces each unit is to give back: in all as many as are wanted and not on their way, of the busiest most. One that had
 * nothing to give is asked less, and never left out: it may have something by now.
 */
export function decideGiveBack(givers: readonly Giver[], { idle, spare, reserve }: Want): Asks {
  const coming = givers.reduce((sum, { asked }) => sum + asked, 0);
  let wanted = idle + reserve - spare - coming;
  const asks = new Map<string, number>();
  const weights = givers
    .map((giver) => ({ giver, weight: weightOf(giver) }))
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight || (a.giver.unit < b.giver.unit ? -1 : 1));
  let weight = weights.reduce((sum, one) => sum + one.weight, 0);
  for (const { giver, weight: own } of weights) {
    if (wanted <= 0) break;
    const share = Math.min(MOST - giver.asked, wanted, Math.max(1, Math.round((wanted * own) / weight)));
    weight -= own;
    if (share <= 0) continue;
    asks.set(giver.unit, share);
    wanted -= share;
  }
  return { asks, unmet: wanted > 0 };
}

function weightOf({ rest, scanning, barren }: Giver): number {
  return (rest + (scanning ? UNSEEN : 0)) / 2 ** Math.min(barren, 10);
}
