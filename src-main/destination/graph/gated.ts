import type { Ledger } from '../../budget/ledger.ts';
import type { WireRequest } from './exchange.ts';
import type { Gate } from './gate.ts';
import { quotaTold, troubleOfStatus, WAIT_UNSAID, waitAsked } from './retry-policy.ts';

/** The code of a request that was held back: not a byte of it was written. */
export const HELD_BACK = 'CONVOY_HELD_BACK';

/** The code of a request that was not admitted any more: not a byte of it was written. */
export const NOT_ADMITTED = 'CONVOY_NOT_ADMITTED';

class Unwritten extends Error {
  readonly code: string;

  constructor(code: typeof HELD_BACK | typeof NOT_ADMITTED) {
    super('not a byte of it was written');
    this.code = code;
  }
}

/** What is asked right before the first byte of a request. */
export interface LastWord {
  readonly gate: Gate;
  /** Is told what the answer says of the budget. */
  readonly ledger: Ledger;
  /** Units that the request costs. */
  readonly units: number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Whether it may still be sent at all, however long it waited. */
  readonly admit: (() => boolean) | undefined;
}

/** Held for all: an error that is made anew looks at the stack, and on a busy computer many requests are held back for a moment. */
const heldBack = new Unwritten(HELD_BACK);
const notAdmitted = new Unwritten(NOT_ADMITTED);

/**
 * What is asked and told of a request on the wire. Whoever sends has asked the gate, but undici writes later: when a connection has
 * been made or comes free, and on one that was used before not until the turn of the event loop is over. Meanwhile the
 * gate may have been closed, or a refusal have arrived that closes it. So it is asked here once more, right before the
 * first byte: what is not to be sent now is not written and fails with {@link HELD_BACK}, what is not to be sent at all
 * with {@link NOT_ADMITTED}. And it is closed here, with the headers of a refusal.
 */
export function throughGate({
  gate,
  ledger,
  units,
  now,
  admit,
}: LastWord): Required<Pick<WireRequest, 'onStart' | 'onHead'>> {
  return {
    onStart: () => {
      if (gate.closedUntil !== null || !gate.news.fresh) throw heldBack;
      if (admit?.() === false) throw notAdmitted;
    },
    onHead: (status, headers) => {
      const asked = waitAsked(headers, now());
      const quota = quotaTold(headers);
      if (quota !== undefined) ledger.told(quota, now());
      if (troubleOfStatus(status, asked) === 'throttled') {
        gate.close(asked ?? WAIT_UNSAID);
        ledger.refused(now());
      } else ledger.accepted(units, now());
    },
  };
}
