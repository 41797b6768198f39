import { ProblemError, type Result } from '../../../../src-shared/model/problem.ts';
import { folderProblem } from '../../../store/make-folder.ts';
import { codeOf } from '../../../store/thread/wire-error.ts';

/** What databases and the file system refuse on the way is a value. Codes: those of the stores. @param folder what is on its way */
export async function foreseen<T>(folder: string, work: () => Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ProblemError) return { ok: false, problem: error.problem };
    if (codeOf(error) === undefined) throw error;
    return { ok: false, problem: folderProblem(error, folder) };
  }
}
