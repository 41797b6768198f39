import { constants, existsSync } from 'node:fs';
import { access, stat, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { failed, ok, type Result } from '../../src-shared/model/problem.ts';
import type { Assessment } from '../report/assessment/assessment.ts';
import { assessmentHtml } from '../report/assessment/assessment-html.ts';

/**
 * Where the page is wanted, looked at before hours are spent on what is to be in it; nothing is made there yet.
 * Code: page-not-written.
 */
export async function saidPage(file: string | undefined): Promise<Result<string | undefined>> {
  if (file === undefined) return ok(undefined);
  const page = resolve(file);
  const there = existsSync(page);
  const touched = there ? page : dirname(page);
  try {
    const found = await stat(touched);
    if (found.isDirectory() === there) {
      return failed('page-not-written', {
        where: page,
        detail: there ? 'a folder has this name' : `${touched} is no folder`,
      });
    }
    await access(touched, constants.W_OK);
    return ok(page);
  } catch (error) {
    return notWritten(error, page);
  }
}

/** Writes the page where it is wanted, besides the one in the data folder. Code: page-not-written. */
export async function writePage(page: string, assessment: Assessment, now: number): Promise<Result<string>> {
  try {
    await writeFile(page, assessmentHtml(assessment, now), 'utf8');
    return ok(page);
  } catch (error) {
    return notWritten(error, page);
  }
}

/** What the file system says is foreseen; anything else is a mistake of the program and is thrown on. */
function notWritten(error: unknown, page: string): ReturnType<typeof failed> {
  if (!(error instanceof Error) || !('code' in error) || !('syscall' in error)) throw error;
  return failed('page-not-written', { where: page, detail: error.message });
}
