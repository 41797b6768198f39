import { rename, writeFile } from 'node:fs/promises';
import { failed, ProblemError } from '../../src-shared/model/problem.ts';

/** Writes a file that takes its place when it is complete: an older one is never half overwritten. */
export async function writeWhole(file: string, text: string): Promise<void> {
  const part = `${file}.part`;
  await writeFile(part, text, 'utf8');
  await rename(part, file);
}

/** What a file system says about its folder is foreseen; anything else is a mistake of the program and is thrown on. */
export function diskProblem(error: unknown, folder: string): ReturnType<typeof failed> {
  if (error instanceof ProblemError) return { ok: false, problem: error.problem };
  if (!(error instanceof Error) || !('code' in error) || !('syscall' in error)) throw error;
  const full = error.code === 'ENOSPC' || error.code === 'EDQUOT';
  return failed(full ? 'store-disk-full' : 'store-unusable', { where: folder, detail: error.message });
}
