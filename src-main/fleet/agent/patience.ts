import { lookUp } from '../../../src-shared/catalogue/catalogue.ts';
import type { Problem, Result } from '../../../src-shared/model/problem.ts';

/** How long a unit waits for a source or a service that cannot be reached, before its run is given up. */
const PATIENCE_MS = 300_000;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;
/** How often it is looked whether somebody has signed in: nobody is asked for that. */
const FOR_A_PERSON_MS = 2_000;

/**
 * Tries again while what went wrong may pass by itself (a machine that started before its network). What will not is told
 * at once. Ends early when nobody wants it any more.
 */
export async function withPatience<T>(
  open: () => Promise<Result<T>>,
  clock: {
    now: () => number;
    sleep: (ms: number, signal: AbortSignal) => Promise<void>;
    signal: AbortSignal;
    /** Waits for as long as it takes. */
    forEver?: boolean;
    /** Called with each refusal that is waited out. */
    onWait?: (problem: Problem) => void;
  },
): Promise<Result<T>> {
  const giveUp = clock.forEver ? Number.POSITIVE_INFINITY : clock.now() + PATIENCE_MS;
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    const result = await open();
    if (result.ok || lookUp(result.problem.code).retry === 'never') return result;
    // Somebody has to sign in again, and may be asleep: nothing is given up for that.
    const person = result.problem.code === 'sign-in-needed';
    if (clock.signal.aborted || (!person && clock.now() + pause > giveUp)) return result;
    clock.onWait?.(result.problem);
    await clock.sleep(person ? FOR_A_PERSON_MS : pause, clock.signal);
  }
}
