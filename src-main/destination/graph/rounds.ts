import { ok, type Problem, type Result } from '../../../src-shared/model/problem.ts';
import type { CallOptions } from '../destination.ts';
import { MOST_PARTS, type PartAnswer } from './batch.ts';
import type { DriveLink } from './drive-link.ts';
import { patient, troubleOfStatus, waitAsked } from './retry-policy.ts';

/** What is to become of one request after a round. */
export type Verdict<T> =
  | { readonly result: Result<T> }
  | { readonly again: 'now' | 'ailing'; readonly problem: Problem };

/**
 * Asks for many things, 20 in a round, each with its own result, in order. What is throttled or fails is asked for again with its like until
 * patience is at its end.
 */
export async function inRounds<Q, T>(
  link: Pick<DriveLink, 'graph'>,
  requests: readonly Q[],
  ask: (some: readonly Q[]) => Promise<readonly Verdict<T>[]>,
  options: CallOptions,
): Promise<readonly Result<T>[]> {
  const results = new Map<number, Result<T>>();
  const patience = link.graph.patience(options);
  let open = requests.map((request, index) => ({ request, index }));
  while (open.length > 0) {
    const some = open.slice(0, MOST_PARTS);
    const verdicts = await ask(some.map(({ request }) => request));
    const again: typeof open = [];
    let pause: Problem | undefined;
    for (const [i, entry] of some.entries()) {
      const verdict = verdicts[i];
      if (verdict === undefined) throw new Error('a round has an answer for each request');
      if ('result' in verdict) results.set(entry.index, verdict.result);
      else {
        again.push(entry);
        results.set(entry.index, { ok: false, problem: verdict.problem });
        if (verdict.again === 'ailing') pause = verdict.problem;
      }
    }
    const problem = pause && (await patience.wait('service-error', pause, patient));
    if (problem?.code === 'stopped-by-you') return requests.map(() => ({ ok: false, problem }));
    // Patience is at its end for these, and each has its problem.
    open = [...(problem ? [] : again), ...open.slice(MOST_PARTS)];
  }
  return requests.map((_, index) => results.get(index) ?? missing());
}

/**
 * Whether a part of a batch is to be asked for again: it was throttled, which closes the gate for all, it failed, the service forgot it, or its token
 * had just ended and the next round brings a fresh one. Undefined: its answer is final.
 */
export function againOf(
  link: Pick<DriveLink, 'graph' | 'time'>,
  part: Pick<PartAnswer, 'status' | 'headers'> | undefined,
): 'now' | 'ailing' | undefined {
  if (part === undefined) return 'ailing';
  const asked = waitAsked(part.headers, link.time.now());
  const trouble = troubleOfStatus(part.status, asked);
  if (trouble === 'throttled') {
    link.graph.throttled(asked);
    return 'now';
  }
  return trouble !== undefined || part.status === 401 ? 'ailing' : undefined;
}

function missing(): never {
  throw new Error('a request was left out of all rounds');
}

/** The result of a call that has none. */
export const done: Result<void> = ok(undefined);
