import { readFile } from 'node:fs/promises';
import { failed, ok, type Result } from '../../src-shared/model/problem.ts';
import { readRenames } from '../report/renames/read-renames.ts';

/** The text of a repair plan, looked at before anything is done. Code: renames-invalid. */
export async function saidRenames(file: string | undefined): Promise<Result<string | undefined>> {
  if (file === undefined) return ok(undefined);
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
    return failed('renames-invalid', { where: file, detail: error.message });
  }
  const names = readRenames(text);
  return names.ok ? ok(text) : failed(names.problem.code, { ...names.problem, where: file });
}
