import { integerBetween, mix32, type Random, seededRandom, seedNumber } from '../random.ts';
import { type FaultName, type FaultSettings, faultNames, transientFaults } from './fault-settings.ts';
import { Refusal, refusals, refuse } from './reply.ts';
import { isMutating, type RequestKind } from './request-kind.ts';

const SESSION_KINDS: ReadonlySet<RequestKind> = new Set(['fragment', 'uploadStatus', 'uploadCommit']);
const UPLOAD_URL_KINDS: ReadonlySet<RequestKind> = new Set([...SESSION_KINDS, 'uploadCancel', 'download']);

/** A request as far as faults are concerned. */
export interface FaultTarget {
  readonly kind: RequestKind;
  readonly url: string;
  /** A part of a batch has no connection of its own that could break. */
  readonly part: boolean;
  /** A session is opened by it (or, for a batch, by one of its parts). */
  readonly opensSession: boolean;
}

/** Decides who meets which fault: first by script, then by the seed. */
export class Faults {
  #settings: FaultSettings;
  #random: Random;
  #script: { left: number; skip: number; readonly rule: FaultSettings['script'][number] }[] = [];
  readonly counts = new Map<FaultName, number>();

  constructor(settings: FaultSettings) {
    this.#settings = settings;
    this.#random = seededRandom(settings.seed);
    this.set(settings);
  }

  get settings(): FaultSettings {
    return this.#settings;
  }

  set(settings: FaultSettings): void {
    this.#settings = settings;
    this.#random = seededRandom(settings.seed);
    this.#script = settings.script.map((rule) => ({ left: rule.times, skip: rule.skip, rule }));
  }

  /** The fault that this request meets, if any. */
  draw(target: FaultTarget): FaultName | undefined {
    const found = this.#scripted(target) ?? this.#drawn(target);
    if (found !== undefined) this.counts.set(found, (this.counts.get(found) ?? 0) + 1);
    return found;
  }

  latency(): number {
    const { min, max } = this.#settings.latencyMs;
    return max <= 0 ? 0 : min + this.#random() * Math.max(0, max - min);
  }

  /** True in half of the cases: a gateway gave up, and the work was done behind it. */
  doneAnyway(): boolean {
    return this.#random() < 0.5;
  }

  /** Whether the service keeps the hash of this file to itself; the same answer every time. */
  hidesHash(guid: string): boolean {
    const share = this.#settings.hashAbsent;
    return share > 0 && mix32(seedNumber(guid), seedNumber(this.#settings.seed)) / 0x1_0000_0000 < share;
  }

  /** The answer that a fault gives in place of the real one; nothing for faults that break the connection. */
  refusal(fault: FaultName): Refusal | undefined {
    const retryAfter = { 'Retry-After': String(this.#retryAfter()) };
    switch (fault) {
      case 'throttled':
        return throttledRefusal(retryAfter);
      case 'serverError':
        return refuse(500, 'generalException', 'General exception while processing');
      case 'badGateway':
        return refuse(502, 'badGateway', 'Bad gateway');
      case 'unavailable':
        return new Refusal({
          status: 503,
          code: 'serviceNotAvailable',
          message: 'The service is not available. Try the request again after a delay.',
          headers: retryAfter,
        });
      case 'gatewayTimeout':
        return refuse(504, 'gatewayTimeout', 'The upstream service did not answer in time');
      case 'sessionVanished':
        return refusals.sessionGone();
      case 'sessionExpired':
        return refuse(401, 'unauthenticated', 'The upload URL has expired.', 'expiredToken');
      case 'rangeInvalid':
        return refuse(416, 'invalidRange', 'The range is not the one expected.', 'fragmentOutOfOrder');
      case 'tokenExpired':
        return expiredToken();
      case 'conflict':
        return refuse(409, 'resourceModified', 'The resource has changed since the caller last read it.');
      case 'preconditionFailed':
        return refusals.modified();
      case 'locked':
        return refusals.locked();
      case 'quotaReached':
        return refusals.quotaReached();
      case 'cutBefore':
      case 'cutAfter':
        return undefined;
    }
  }

  #retryAfter(): number {
    const asked = this.#settings.retryAfterSeconds;
    return typeof asked === 'number' ? asked : integerBetween(this.#random, asked.min, asked.max);
  }

  #scripted(target: FaultTarget): FaultName | undefined {
    for (const entry of this.#script) {
      const { fault, kind, urlIncludes } = entry.rule;
      if (entry.left === 0 || (kind !== undefined && kind !== target.kind)) continue;
      if (urlIncludes !== undefined && !readable(target.url).includes(urlIncludes)) continue;
      if (target.part && (fault === 'cutBefore' || fault === 'cutAfter')) continue;
      if (entry.skip > 0) {
        entry.skip -= 1;
        continue;
      }
      entry.left -= 1;
      return fault;
    }
    return undefined;
  }

  #drawn(target: FaultTarget): FaultName | undefined {
    const { rates, mixed, kinds } = this.#settings;
    if (kinds !== undefined && !kinds.includes(target.kind)) return undefined;
    if (mixed === 0 && Object.keys(rates).length === 0) return undefined;
    const possible = faultNames.filter((fault) => this.#canMeet(fault, target));
    const transient = possible.filter((fault) => transientFaults.includes(fault));
    let left = this.#random();
    for (const fault of possible) {
      left -= rates[fault] ?? 0;
      if (left < 0) return fault;
    }
    const place = Math.floor((left / mixed) * transient.length);
    return mixed > 0 ? transient[place] : undefined;
  }

  #canMeet(fault: FaultName, { kind, part, opensSession }: FaultTarget): boolean {
    switch (fault) {
      case 'cutBefore':
        return !part;
      case 'cutAfter':
        return !part && (!opensSession || this.#settings.loseSessionAnswers);
      case 'sessionVanished':
      case 'sessionExpired':
        return SESSION_KINDS.has(kind);
      case 'rangeInvalid':
        return kind === 'fragment';
      case 'tokenExpired':
        return !UPLOAD_URL_KINDS.has(kind) && !part;
      case 'conflict':
      case 'preconditionFailed':
      case 'locked':
      case 'quotaReached':
        return isMutating(kind);
      default:
        return true;
    }
  }
}

export function throttledRefusal(headers: Readonly<Record<string, string>>): Refusal {
  return new Refusal({
    status: 429,
    code: 'activityLimitReached',
    message: 'The app or user has been throttled.',
    headers,
  });
}

export function expiredToken(): Refusal {
  return new Refusal({
    status: 401,
    code: 'InvalidAuthenticationToken',
    message: 'Lifetime validation failed, the token is expired.',
    headers: { 'WWW-Authenticate': 'Bearer realm="", error="invalid_token"' },
  });
}

function readable(url: string): string {
  try {
    return decodeURIComponent(url);
  } catch (error) {
    if (error instanceof URIError) return url;
    throw error;
  }
}
