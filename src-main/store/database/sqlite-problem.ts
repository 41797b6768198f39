import type { Code } from '../../../src-shared/catalogue/catalogue.ts';
import { ProblemError } from '../../../src-shared/model/problem.ts';
import { codeOf } from '../thread/wire-error.ts';

/**
 * What an error of SQLite or of the file system means in the catalogue; undefined when it is a bug (a wrong statement,
 * a broken constraint). Extended codes begin with their primary code: `SQLITE_IOERR_WRITE`, `SQLITE_CORRUPT_INDEX`.
 */
export function storeCodeOf(error: unknown): Code | undefined {
  const code = codeOf(error) ?? '';
  if (/^(SQLITE_FULL|ENOSPC|EDQUOT)/.test(code)) return 'store-disk-full';
  if (/^SQLITE_(CORRUPT|NOTADB)/.test(code)) return 'store-corrupt';
  if (/^SQLITE_(BUSY|LOCKED)/.test(code)) return 'store-in-use';
  if (
    /^(SQLITE_(IOERR|CANTOPEN|READONLY|PERM|AUTH)|E(ACCES|PERM|ROFS|IO|NOENT|NOTDIR|ISDIR|EXIST))/.test(code)
  ) {
    return 'store-unusable';
  }
  return undefined;
}

/** The error as a {@link ProblemError} about `file` where it is one of those that are foreseen, else as it is. */
export function asStoreError(error: unknown, file: string): unknown {
  if (error instanceof ProblemError) return error;
  const code = storeCodeOf(error);
  if (code === undefined) return error;
  const detail = [codeOf(error), error instanceof Error ? error.message : ''].filter(Boolean).join(': ');
  return new ProblemError({ code, where: file, detail }, { cause: error });
}
