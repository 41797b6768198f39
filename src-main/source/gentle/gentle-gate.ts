import { type Gentle, isGentle } from '../../../src-shared/model/gentle.ts';
import { failed, type Result } from '../../../src-shared/model/problem.ts';
import { readAgainAt, restAfter, shareAt, type WallClock } from '../../../src-shared/rules/gentle.ts';

/** Calls at once while the source is spared: see docs/decisions/0012. */
export const GENTLE_PLACES = 2;
/** Shorter rests are saved up: timers are no finer than a millisecond, and calls that a cache answers are shorter than that. */
const SHORTEST_REST_MS = 5;
/** So often the hours are looked at while somebody waits. */
const LOOK_EVERY_MS = 1_000;

export interface GentleGateParts {
  readonly gentle: Gentle;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly clock: WallClock;
  /** Resolves after `ms`, or as soon as the signal is aborted; never rejects. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Whether those who wait are to be turned away instead; asked again by {@link GentleGate.look}. */
  readonly turnsAway?: (closed: boolean) => boolean;
}

/** Told around a wait, by whoever wants to know that there is one. */
export type WatchRest = (wait: () => Promise<boolean>) => Promise<boolean>;

interface Waiting {
  readonly admit: (admitted: boolean) => void;
}

/**
 * Lets few calls through at once, and after each of them its place rests in proportion, so that the source is asked for a share of the time
 * whatever it is asked for: a source that grows slower is asked less often. While the hours say 0 nothing goes through. With a share of
 * 100 % everything does, at once.
 */
export class GentleGate {
  readonly #parts: GentleGateParts;
  #gentle: Gentle;
  #inFlight = 0;
  readonly #resting: { readonly since: number; readonly took: number }[] = [];
  /** Call time after which nobody has rested yet. */
  #savedUp = 0;
  /** Files that are open go first, or one that was opened would wait for all that are to be. */
  readonly #waiting: { readonly first: Waiting[]; readonly others: Waiting[] } = { first: [], others: [] };
  #closedSince: number | undefined;
  #again: { readonly gentle: Gentle; readonly minute: number; readonly at: number | undefined } | undefined;
  #alarm: AbortController | undefined;

  constructor(parts: GentleGateParts) {
    this.#parts = parts;
    this.#gentle = parts.gentle;
  }

  /** Whether the source is ever spared. */
  get isGentle(): boolean {
    return isGentle(this.#gentle);
  }

  /** While the hours say that nothing is read and somebody wants to: since when, and until when (milliseconds since 1970). */
  get closed(): { readonly since: number; readonly until: number | null } | null {
    if (this.#closedSince === undefined || !this.#anyWaits) return null;
    const now = this.#parts.now();
    const minute = Math.floor(now / 60_000);
    if (this.#again?.minute !== minute || this.#again.gentle !== this.#gentle) {
      this.#again = { gentle: this.#gentle, minute, at: readAgainAt(this.#gentle, now, this.#parts.clock) };
    }
    return { since: this.#closedSince, until: this.#again.at ?? null };
  }

  /** Other wishes, from now on. */
  change(gentle: Gentle): void {
    this.#gentle = gentle;
    this.look();
  }

  /** Looks again who may go through and who is turned away. */
  look(): void {
    this.#serve();
  }

  /**
   * Makes a call when it may be made.
   * @param of `open-file` goes before all others
   * @returns what the call does; code waiting-for-hours when it was turned away and not made
   */
  async during<T>(
    of: 'open-file' | 'new',
    call: () => Promise<Result<T>>,
    watch: WatchRest = (wait) => wait(),
  ): Promise<Result<T>> {
    if (!this.#admitsNow() && !(await watch(() => this.#admitted(of)))) return failed('waiting-for-hours');
    const since = this.#parts.now();
    try {
      return await call();
    } finally {
      this.#inFlight -= 1;
      this.#rest(since);
      this.#serve();
    }
  }

  get #anyWaits(): boolean {
    return this.#waiting.first.length + this.#waiting.others.length > 0;
  }

  #share(): number {
    return this.isGentle ? shareAt(this.#gentle, this.#parts.now(), this.#parts.clock) : 100;
  }

  #admitsNow(): boolean {
    const share = this.#share();
    if (this.#anyWaits || !this.#hasRoom(share)) return false;
    this.#inFlight += 1;
    return true;
  }

  #admitted(of: 'open-file' | 'new'): Promise<boolean> {
    return new Promise((admit) => {
      (of === 'open-file' ? this.#waiting.first : this.#waiting.others).push({ admit });
      this.#serve();
    });
  }

  #hasRoom(share: number): boolean {
    if (share >= 100) return true;
    return share > 0 && this.#inFlight + this.#stillResting(share).length < GENTLE_PLACES;
  }

  /** By the share of now: other hours shorten and lengthen a rest that has begun. A clock that was set back ends it. */
  #stillResting(share: number): readonly number[] {
    const now = this.#parts.now();
    const left = this.#resting.map(({ since, took }) =>
      now < since ? 0 : since + restAfter(took, share) - now,
    );
    for (let i = left.length - 1; i >= 0; i--) if ((left[i] ?? 0) <= 0) this.#resting.splice(i, 1);
    return left.filter((ms) => ms > 0);
  }

  #rest(since: number): void {
    const share = this.#share();
    if (share >= 100) return;
    const now = this.#parts.now();
    this.#savedUp += Math.max(0, now - since);
    if (share > 0 && restAfter(this.#savedUp, share) < SHORTEST_REST_MS) return;
    this.#resting.push({ since: now, took: this.#savedUp });
    this.#savedUp = 0;
  }

  #serve(): void {
    const share = this.#share();
    if (share > 0) this.#closedSince = undefined;
    else if (this.#anyWaits) this.#closedSince ??= this.#parts.now();
    const turnsAway = this.#parts.turnsAway?.(share === 0) ?? false;
    while (this.#anyWaits && (turnsAway || this.#hasRoom(share))) {
      const next = this.#waiting.first.shift() ?? this.#waiting.others.shift();
      if (!turnsAway) this.#inFlight += 1;
      next?.admit(!turnsAway);
    }
    this.#setAlarm(share);
  }

  #setAlarm(share: number): void {
    // Only where there is one: an abort makes an error with its stack, and this is asked after every call to the source.
    this.#alarm?.abort();
    this.#alarm = undefined;
    if (!this.#anyWaits) return;
    const rests = share > 0 ? this.#stillResting(share) : [];
    this.#alarm = new AbortController();
    const { signal } = this.#alarm;
    const ms = Math.min(LOOK_EVERY_MS, ...rests);
    void this.#parts.sleep(ms, signal).then(() => {
      if (!signal.aborted) this.#serve();
    });
  }
}
