import { lookUp } from '../../src-shared/catalogue/catalogue.ts';
import type { Problem, Result } from '../../src-shared/model/problem.ts';
import type { WaitState } from '../../src-shared/model/wait.ts';
import type { CallOptions } from '../destination/destination.ts';
import type { Slot } from './waits.ts';
import type { Work } from './work.ts';

/**
 * Asks the destination for something. Problems of one item come back; those of the whole unit do not: what passes is waited
 * for, anything else fails the unit. Undefined: the unit ends, do nothing more.
 */
export async function ask<T>(
  work: Work,
  slot: Slot,
  state: WaitState,
  call: (options: CallOptions) => Promise<Result<T>>,
): Promise<Result<T> | undefined> {
  for (;;) {
    if (!(await work.control.mayWrite(slot))) return undefined;
    const result = await slot.during(state, () => call(callOptions(work, slot)));
    if (result.ok) work.outage.over();
    if (result.ok || isOfItem(result.problem)) return result;
    if (!(await waitOut(work, slot, result.problem))) return undefined;
  }
}

/** The same for calls that answer for many items at once: those that met an outage are asked for again. */
export async function askEach<Q, T>(
  work: Work,
  slot: Slot,
  state: WaitState,
  requests: readonly Q[],
  call: (requests: readonly Q[], options: CallOptions) => Promise<readonly Result<T>[]>,
): Promise<readonly Result<T>[] | undefined> {
  const results: (Result<T> | undefined)[] = requests.map(() => undefined);
  for (;;) {
    const open = results.flatMap((result, i) => (result === undefined ? [i] : []));
    if (open.length === 0) return results.filter((result) => result !== undefined);
    if (!(await work.control.mayWrite(slot))) return undefined;
    const wanted = requests.filter((_, i) => results[i] === undefined);
    const answers = await slot.during(state, () => call(wanted, callOptions(work, slot)));
    let ofUnit: Problem | undefined;
    for (const [n, index] of open.entries()) {
      const answer = answers[n];
      if (!answer) throw new Error('the destination answered fewer requests than it was asked');
      if (answer.ok) work.outage.over();
      if (answer.ok || isOfItem(answer.problem)) results[index] = answer;
      else ofUnit ??= answer.problem;
    }
    if (ofUnit && !(await waitOut(work, slot, ofUnit))) return undefined;
  }
}

export function callOptions(work: Work, slot: Slot): CallOptions {
  return { signal: work.control.signal, onWait: slot.onWait, admit: () => work.env.mayWrite() };
}

function isOfItem(problem: Problem): boolean {
  return lookUp(problem.code).scope === 'item';
}

/** What a slot waits for meanwhile: until somebody signs in, it is as if somebody had ordered a pause. */
function waitStateOf({ code }: Problem): WaitState {
  if (code === 'throttled') return 'throttled';
  return code === 'sign-in-needed' ? 'paused' : 'backing-off';
}

/** True when it is worth asking again. */
export async function waitOut(work: Work, slot: Slot, problem: Problem): Promise<boolean> {
  // An aborted call ends with a problem of its own; the reason is known already.
  if (work.control.signal.aborted) return false;
  // Not admitted: the lease came into doubt while the call waited. It is asked again once the lease is certain.
  if (problem.code === 'stopped-by-you') return work.control.mayWrite(slot);
  const pause = work.outage.pause(problem, work.env.now(), work.env.random());
  if (pause === undefined) {
    work.control.fail(problem);
    return false;
  }
  const state = waitStateOf(problem);
  await slot.during(state, () => work.control.aside(() => work.control.sleep(pause)));
  return !work.control.signal.aborted;
}
