import type { Problem, Result } from '../../src-shared/model/problem.ts';

/** Why something that was asked for is not there: a problem of the catalogue, or no answer at all. */
export type Failure =
  | { readonly kind: 'problem'; readonly problem: Problem }
  | { readonly kind: 'unanswered'; readonly detail: string };

export type Asked<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: Failure };

function unanswered(error: unknown): Asked<never> {
  const detail = error instanceof Error ? error.message : String(error);
  return { ok: false, failure: { kind: 'unanswered', detail } };
}

/** Calls a procedure that answers with a result; a lost connection becomes a value as well. */
export async function ask<T>(call: () => Promise<Result<T>>): Promise<Asked<T>> {
  try {
    const answer = await call();
    return answer.ok ? answer : { ok: false, failure: { kind: 'problem', problem: answer.problem } };
  } catch (error) {
    return unanswered(error);
  }
}

/** The same for a procedure that answers with a plain value. */
export async function askPlain<T>(call: () => Promise<T>): Promise<Asked<T>> {
  try {
    return { ok: true, value: await call() };
  } catch (error) {
    return unanswered(error);
  }
}
