import { type Gentle, shareIn } from '../model/gentle.ts';

/** What a clock on the wall shows. */
export interface WallTime {
  /** 0 is Sunday. */
  readonly weekday: number;
  /** Minute of the day, 0 to 1,439. */
  readonly minute: number;
}

/** What the clock on the wall shows at a moment, in milliseconds since 1970. It alone knows of time zones and summer time. */
export type WallClock = (at: number) => WallTime;

const MINUTE_MS = 60_000;
/** A week holds every hour there is, and a day more those that the change to summer time leaves out. */
const LOOK_AHEAD_MS = 8 * 24 * 60 * MINUTE_MS;

/** Per cent of the time in which a place may ask the source at a moment; 0: it may not. */
export function shareAt(gentle: Gentle, at: number, clock: WallClock): number {
  const { weekday, minute } = clock(at);
  return shareIn(gentle, weekday, minute);
}

/**
 * From when on the source may be asked again: the moment itself when it may be. The wall clock is asked minute by minute, so an hour that
 * comes twice or never in a night needs no rule. Undefined: not within eight days.
 */
export function readAgainAt(gentle: Gentle, at: number, clock: WallClock): number | undefined {
  if (shareAt(gentle, at, clock) > 0) return at;
  const end = at + LOOK_AHEAD_MS;
  for (let next = (Math.floor(at / MINUTE_MS) + 1) * MINUTE_MS; next <= end; next += MINUTE_MS)
    if (shareAt(gentle, next, clock) > 0) return next;
  return undefined;
}

/** How long a place rests after a call, in milliseconds: at 25 % three times as long as the call took. */
export function restAfter(took: number, share: number): number {
  return share >= 100 ? 0 : took * (100 / share - 1);
}
