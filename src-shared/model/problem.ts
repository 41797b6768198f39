import type { Code } from '../catalogue/catalogue.ts';

/**
 * Something that went wrong and was foreseen. Bugs are exceptions; this is a value.
 * What to do about it is not said here but in the catalogue, under `code`.
 */
export interface Problem {
  readonly code: Code;
  /** Where: a path, a URL, a file. Shown as it is, so never a secret. */
  readonly where?: string | undefined;
  /** What the other side said: status, error code, request id, errno. For experts, never needed to act. */
  readonly detail?: string | undefined;
  /** Milliseconds since 1970 before which trying again is useless (Retry-After, an end of a lock). */
  readonly retryAt?: number | undefined;
}

/** A problem as it is kept when it is an end: there is no time any more after which it would go on. */
export function withoutTime({ code, where, detail }: Problem): Omit<Problem, 'retryAt'> {
  return { code, ...(where === undefined ? {} : { where }), ...(detail === undefined ? {} : { detail }) };
}

/** The outcome of something that may fail in ways that were foreseen. */
export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: Problem };

export function ok<T>(value: T): Result<T> {
  return { ok: true, value };
}

export function failed(code: Code, facts: Omit<Problem, 'code'> = {}): { ok: false; problem: Problem } {
  return { ok: false, problem: { code, ...facts } };
}

/**
 * A problem in the clothes of an exception, for places whose only way out is to throw
 * (inside a stream, a callback of a library). Whoever catches it turns it back into a value.
 */
export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem, options?: { cause?: unknown }) {
    super([problem.code, problem.where, problem.detail].filter(Boolean).join(': '), options);
    this.name = 'ProblemError';
    this.problem = problem;
  }
}
