import { isCode } from '../../src-shared/catalogue/catalogue.ts';
import type { Problem } from '../../src-shared/model/problem.ts';

/** A problem as it comes over a wire or out of a database, where its code is any text. */
export interface LooseProblem {
  readonly code: string;
  readonly where?: string | undefined;
  readonly detail?: string | undefined;
  readonly retryAt?: number | undefined;
}

/** Gives a problem its type back. A code that this version does not know becomes `unexpected`, and is named in the detail. */
export function parseProblem(problem: LooseProblem): Problem {
  const { code } = problem;
  if (isCode(code)) return { ...problem, code };
  return { ...problem, code: 'unexpected', detail: [code, problem.detail].filter(Boolean).join(': ') };
}
