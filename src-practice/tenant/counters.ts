import { z } from 'zod';
import type { RequestKind } from './request-kind.ts';

const count = z.number().int().min(0);

/** What the tenant saw, as `GET /practice/stats` gives it. */
export const practiceStatsSchema = z.object({
  /** HTTP requests to Graph, upload and download URLs; a batch is one. Sign-in and control are not counted. */
  httpRequests: count,
  /** Operations by kind: requests and the parts of batches. */
  byKind: z.record(z.string(), count),
  /** Answers by status, parts of batches included. */
  byStatus: z.record(z.string(), count),
  /** Requests to the sign-in endpoints. */
  signInRequests: count,
  /** Resource units charged, throttled calls included. */
  resourceUnits: z.number(),
  /** Operations answered with 429 because the bucket of units was empty. */
  throttledByUnits: count,
  /** Faults met, by name. */
  faults: z.record(z.string(), count),
  bytesIn: count,
  bytesOut: count,
  /** The same method and URL (and name, for what is made in a folder) again before its own Retry-After was over. No grace. */
  retriesTooEarly: count,
  /**
   * Operations that certainly came more than the grace (100 ms) after a 429 or 503 had gone out, and before its
   * Retry-After was over.
   */
  requestsDuringFreeze: count,
  /** Fragments that brought bytes which the tenant had acknowledged or stored before. */
  fragmentsSentTwice: count,
  /** How many bytes these were. */
  bytesSentTwice: count,
  sessionsOpened: count,
  sessionsCompleted: count,
  sessionsCancelled: count,
  /** Ended by time, or by a fault. */
  sessionsExpired: count,
  sessionsOpen: count,
  /** Contents stored and times set on files. */
  versionsMade: count,
  /** Files (not deleted) that have more than one version. */
  filesWithMoreThanOneVersion: count,
  /** Requests to upload URLs that carried an Authorization header: allowed, unwise. */
  authorizationOnUploadUrl: count,
});

export type PracticeStats = z.infer<typeof practiceStatsSchema>;

/** A client may have sent a request before the 429 reached it: this long after the answer went out, in ms. */
export const FREEZE_GRACE = 100;
/** Over this many remembered waits, those that are over are dropped. */
const MANY_WAITS = 5_000;

/** Counts of one life of the tenant; `reset` begins anew. */
export class Counters {
  httpRequests = 0;
  signInRequests = 0;
  resourceUnits = 0;
  throttledByUnits = 0;
  bytesIn = 0;
  bytesOut = 0;
  retriesTooEarly = 0;
  requestsDuringFreeze = 0;
  fragmentsSentTwice = 0;
  bytesSentTwice = 0;
  sessionsOpened = 0;
  sessionsCompleted = 0;
  sessionsCancelled = 0;
  sessionsExpired = 0;
  versionsMade = 0;
  authorizationOnUploadUrl = 0;
  readonly byKind: Partial<Record<RequestKind, number>> = {};
  readonly byStatus: Record<string, number> = {};
  readonly #waits = new Map<string, number>();
  readonly #grace: number;
  #freezes: { readonly from: number; readonly until: number }[] = [];

  constructor(freezeGrace: number = FREEZE_GRACE) {
    this.#grace = freezeGrace;
  }

  /** An operation came in. */
  arrived(kind: RequestKind): void {
    this.byKind[kind] = (this.byKind[kind] ?? 0) + 1;
  }

  /**
   * Looks whether an operation came before it should have. For a batch it is asked about each part, when the batch
   * arrives: the batch itself has no identity that could be retried.
   * @param notBefore when it arrived at the earliest: what may have come in time is not counted as coming in a freeze
   */
  watchPatience(method: string, identity: string, now: number, notBefore: number = now): void {
    const key = `${method} ${identity}`;
    const until = this.#waits.get(key);
    if (until !== undefined) {
      if (now < until) this.retriesTooEarly += 1;
      else this.#waits.delete(key);
    }
    if (this.#freezes.length > 0) {
      this.#freezes = this.#freezes.filter((freeze) => now < freeze.until);
      if (this.#freezes.some((freeze) => notBefore > freeze.from)) this.requestsDuringFreeze += 1;
    }
  }

  /** An answer to an operation was decided. */
  answered(status: number): void {
    this.byStatus[status] = (this.byStatus[status] ?? 0) + 1;
  }

  /**
   * An answer that tells the caller to wait has gone out to the network. The wait counts from the moment it was sent: on a
   * busy computer a caller may have read it long before the sender hears that it went out.
   */
  toldToWait(
    method: string,
    identity: string,
    retryAfterSeconds: number,
    { sentAt, flushedAt }: { readonly sentAt: number; readonly flushedAt: number },
  ): void {
    const until = sentAt + retryAfterSeconds * 1000;
    this.#waits.set(`${method} ${identity}`, until);
    this.#freezes.push({ from: flushedAt + this.#grace, until });
    if (this.#waits.size > MANY_WAITS) {
      for (const [key, end] of this.#waits) if (end <= flushedAt) this.#waits.delete(key);
    }
  }

  /** What is counted here; the tenant adds what it can see. */
  snapshot(): Omit<PracticeStats, 'faults' | 'sessionsOpen' | 'filesWithMoreThanOneVersion'> {
    const { byKind, byStatus, ...numbers } = this;
    return { ...numbers, byKind: { ...byKind }, byStatus: { ...byStatus } };
  }

  reset(): void {
    Object.assign(this, new Counters());
    this.#waits.clear();
    this.#freezes = [];
  }
}
