import { declined, granted, type Outcome, refuse, slowDown } from './refusals.ts';

/** Fifteen minutes, as Entra gives. */
const LIFE_SECONDS = 900;
/** No vowels and no look-alikes: codes are read aloud and typed. */
const LETTERS = 'BCDFGHJKLMNPQRSTVWXZ23456789';
const CODE_LENGTH = 9;

/** A sign-in that was begun on a screenless machine and is finished in some browser. */
export interface DeviceSignIn {
  readonly clientId: string;
  readonly scope: string;
  readonly userCode: string;
  readonly deviceCode: string;
}

type Decision = { readonly kind: 'approved'; readonly userId: string } | { readonly kind: 'declined' };

interface Entry {
  readonly signIn: DeviceSignIn;
  readonly expires: number;
  decision: Decision | undefined;
  lastPoll: number | undefined;
  redeemed: boolean;
}

export interface DeviceCodes {
  readonly lifeSeconds: number;
  readonly start: (clientId: string, scope: string) => DeviceSignIn;
  /** A client asks whether somebody approved. */
  readonly poll: (
    deviceCode: string,
    clientId: string,
  ) => Outcome<{ readonly userId: string; readonly scope: string }>;
  /** False when no such code waits for a decision. */
  readonly decide: (userCode: string, decision: Decision) => boolean;
  readonly waiting: () => readonly DeviceSignIn[];
}

const userCodeFrom = (id: string): string =>
  [...Buffer.from(id.replaceAll('-', ''), 'hex')]
    .slice(0, CODE_LENGTH)
    .map((byte) => LETTERS[byte % LETTERS.length] ?? 'B')
    .join('');

/**
 * The device codes of a practice tenant (RFC 8628).
 * @param newId - gives a new UUID
 * @param intervalSeconds - how long a client must wait between two polls
 */
export const createDeviceCodes = (
  now: () => number,
  newId: () => string,
  intervalSeconds: number,
): DeviceCodes => {
  const entries = new Map<string, Entry>();
  const isWaiting = (entry: Entry): boolean => entry.decision === undefined && entry.expires > now();
  return {
    lifeSeconds: LIFE_SECONDS,
    start: (clientId, scope) => {
      const signIn = { clientId, scope, userCode: userCodeFrom(newId()), deviceCode: `D.${newId()}` };
      const expires = now() + LIFE_SECONDS * 1000;
      entries.set(signIn.deviceCode, {
        signIn,
        expires,
        decision: undefined,
        lastPoll: undefined,
        redeemed: false,
      });
      return signIn;
    },
    poll: (deviceCode, clientId) => {
      const entry = entries.get(deviceCode);
      if (entry === undefined || entry.signIn.clientId !== clientId || entry.redeemed) return refuse(70018);
      if (entry.expires <= now()) return refuse(70020);
      const previous = entry.lastPoll;
      entry.lastPoll = now();
      if (entry.decision === undefined) {
        // Half the interval is leeway for timers; faster than that is a client that does not wait.
        const tooSoon = previous !== undefined && now() - previous < (intervalSeconds * 1000) / 2;
        return tooSoon ? slowDown : refuse(70016);
      }
      if (entry.decision.kind === 'declined') return declined;
      entry.redeemed = true;
      return granted({ userId: entry.decision.userId, scope: entry.signIn.scope });
    },
    decide: (userCode, decision) => {
      const wanted = userCode.trim().toUpperCase();
      const entry = [...entries.values()].find((one) => one.signIn.userCode === wanted && isWaiting(one));
      if (entry === undefined) return false;
      entry.decision = decision;
      return true;
    },
    waiting: () => [...entries.values()].filter(isWaiting).map((entry) => entry.signIn),
  };
};
