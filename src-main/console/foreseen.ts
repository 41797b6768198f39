import { ProblemError, type Result } from '../../src-shared/model/problem.ts';

/** What was foreseen crosses the door as a value, also when it came as an exception (from a database). Mistakes of the program stay exceptions. */
export async function foreseen<T>(call: () => Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof ProblemError) return { ok: false, problem: error.problem };
    throw error;
  }
}
