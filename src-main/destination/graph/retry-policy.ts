import type { Quota } from '../../budget/told-quota.ts';

/**
 * What is worth trying again, and when. Pure: time, chance and history are arguments.
 */

/** How a request went wrong in a way that may pass by itself. */
export type Trouble =
  /** 429, or 503 with a time to wait: no failure, the gate is closed for all. */
  | 'throttled'
  /** The service is there and ails. */
  | 'service-error'
  /** No answer came: it may have been done or not. */
  | 'unreachable'
  /** No answer will come, however often it is tried. */
  | 'hopeless';

export interface RetryLimits {
  /** Tries in all, the first included. Throttled ones do not count. */
  readonly attempts: number;
  /** Milliseconds since the first try after which none is begun. */
  readonly elapsed: number;
}

/** A broken line of some minutes is nothing; what ails longer is for the next pass. */
export const patient: RetryLimits = { attempts: 10, elapsed: 300_000 };
/** For the first steps, where a person waits for the answer. */
export const impatient: RetryLimits = { attempts: 5, elapsed: 30_000 };

/** First pause and longest one, in milliseconds. */
const FIRST = 500;
const LONGEST = 30_000;

const AILING = new Set([408, 500, 502, 503, 504, 509]);

/** What an answer says about trying again; undefined: it is final. `asked` is the time to wait that came with it. */
export function troubleOfStatus(status: number, asked: number | undefined): Trouble | undefined {
  if (status === 429 || (status === 503 && asked !== undefined)) return 'throttled';
  return AILING.has(status) ? 'service-error' : undefined;
}

/**
 * Node's and OpenSSL's codes for a certificate that nobody vouches for (a person has to act), and undici's for a
 * destination that was closed meanwhile.
 */
const HOPELESS = /CERT|SELF_SIGNED|UNABLE_TO_|ERR_TLS|ERR_SSL_WRONG_VERSION|UND_ERR_(?:CLOSED|DESTROYED)/;

/** What a broken request says about trying again. `code` is Node's or undici's. */
export function troubleOfError(code: string): 'hopeless' | 'unreachable' {
  return HOPELESS.test(code) ? 'hopeless' : 'unreachable';
}

/**
 * Milliseconds to wait before the next try, or undefined to give up. Exponential with full jitter (AWS architecture
 * blog, 2015: spreads best of the simple ones).
 * @param tries how many were made so far, at least 1
 */
export function pauseBefore(
  trouble: Exclude<Trouble, 'throttled'>,
  soFar: { readonly tries: number; readonly elapsed: number },
  random: number,
  limits: RetryLimits,
): number | undefined {
  if (trouble === 'hopeless') return undefined;
  if (soFar.tries >= limits.attempts) return undefined;
  const pause = random * Math.min(LONGEST, FIRST * 2 ** (soFar.tries - 1));
  return soFar.elapsed + pause > limits.elapsed ? undefined : pause;
}

/** What headers look like here. */
type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

/**
 * How long a refusal asks to wait, in milliseconds: the larger of Retry-After (seconds or a date) and RateLimit-Reset,
 * as Microsoft's throttling page says. Undefined when it asks for nothing. Names of headers in lower case.
 * At least a second, so that a 0 is no invitation to hammer; at most a day, which is the longest period of Microsoft's limits
 * (and less than what a timer can hold, 2^31 ms).
 */
export function waitAsked(headers: Headers, now: number): number | undefined {
  const times = [secondsOrDate(headers['retry-after'], now), secondsOrDate(headers['ratelimit-reset'], now)];
  const asked = times.filter((time) => time !== undefined);
  return asked.length === 0 ? undefined : Math.min(Math.max(...asked, 1_000), 86_400_000);
}

/**
 * What the service says of the quota of a minute, in the headers that come from 80 % of it on; undefined when it says nothing.
 * Names of headers in lower case.
 */
export function quotaTold(headers: Headers): Quota | undefined {
  const [limit, remaining, reset] = ['limit', 'remaining', 'reset'].map((name) => {
    const value = headers[`ratelimit-${name}`];
    return Number(typeof value === 'string' && value.trim() !== '' ? value : Number.NaN);
  });
  if (limit === undefined || remaining === undefined || reset === undefined) return undefined;
  if (!(limit > 0) || !(remaining >= 0) || !(reset >= 0)) return undefined;
  return { limit, remaining, resetMs: reset * 1_000 };
}

function secondsOrDate(value: string | readonly string[] | undefined, now: number): number | undefined {
  const text = typeof value === 'string' ? value : value?.[0];
  if (text === undefined || text.trim() === '') return undefined;
  const seconds = Number(text);
  const ms = Number.isNaN(seconds) ? Date.parse(text) - now : seconds * 1000;
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}

/** Milliseconds for a 429 that does not say how long. Our figure: no source gives one. */
export const WAIT_UNSAID = 5_000;
