/** An agent stops writing this long before its lease ends: a request that is under way must be over by then. */
const MARGIN_MS = 5_000;

/**
 * A silence of the agent's own clock that is more than a busy machine: it slept, or was stopped. Ticks come every
 * second; half a minute of lease leaves room to be strict.
 */
const GAP_MS = 10_000;

/** What keeps an agent from writing without a lease. Times are of one clock that never falls behind, see `passed.ts`. */
export interface Fence {
  /** A beat that was sent at `sentAt` was answered: the lease is good for `leaseMs` from then on, to be on the safe side. */
  confirm(sentAt: number, leaseMs: number): void;
  /** The lease is lost, for good. */
  lose(): void;
  /** To be called about once a second, so that gaps are noticed. */
  tick(): void;
  /** False from shortly before the end of the lease, and after a gap until a beat that was sent after it is answered. */
  mayWrite(): boolean;
}

/** @param passed see `passed.ts` */
export function createFence(passed: () => number): Fence {
  let leaseEnd = Number.NEGATIVE_INFINITY;
  let lastTick = passed();
  let doubtSince: number | undefined;
  let lost = false;

  const look = (): number => {
    const at = passed();
    if (at - lastTick > GAP_MS) doubtSince = at;
    lastTick = at;
    return at;
  };

  return {
    confirm(sentAt, leaseMs) {
      look();
      if (doubtSince !== undefined && sentAt < doubtSince) return;
      doubtSince = undefined;
      leaseEnd = sentAt + leaseMs;
    },
    lose() {
      lost = true;
    },
    tick: look,
    mayWrite() {
      const at = look();
      return !lost && doubtSince === undefined && at < leaseEnd - MARGIN_MS;
    },
  };
}
