import { type Gentle, isGentle } from '../../../src-shared/model/gentle.ts';
import { ok, type Result } from '../../../src-shared/model/problem.ts';
import { localClock } from '../../basics/local-clock.ts';
import { sleep } from '../../basics/sleep.ts';
import type { FullSource } from '../source.ts';
import { GentleGate } from './gentle-gate.ts';
import { gentleFullSource } from './gentle-source.ts';

/**
 * A source that is read beside the runs, for a report or a verification, as gently as its task wishes. Nobody waits for hours there: what is
 * asked while nothing may be read answers waiting-for-hours.
 * @param now milliseconds since 1970
 */
export function sparing(opened: Result<FullSource>, gentle: Gentle, now: () => number): Result<FullSource> {
  if (!opened.ok || !isGentle(gentle)) return opened;
  const gate = new GentleGate({ gentle, now, clock: localClock, sleep, turnsAway: (closed) => closed });
  return ok(gentleFullSource(opened.value, gate));
}
