import { lookUp } from '../../../src-shared/catalogue/catalogue.ts';
import { sameFingerprint } from '../../../src-shared/model/item.ts';
import { ok, type Result } from '../../../src-shared/model/problem.ts';
import type { Source, SourceFile } from '../../source/source.ts';
import type { TaskCopy } from '../../store/task-copies.ts';

/** A source file, or why it is not what was copied. */
export type UnchangedSource =
  | { readonly file: SourceFile; readonly why: undefined }
  | { readonly file: undefined; readonly why: string };

/**
 * Opens a file of the source if it is still the one that was copied, by size and time. A file that is gone, changed or cannot be read is no
 * problem here; a source that is away as a whole is.
 */
export async function openUnchanged(
  source: Result<Source>,
  copy: TaskCopy,
): Promise<Result<UnchangedSource>> {
  if (!source.ok) return ok({ file: undefined, why: `there is no source: ${source.problem.code}` });
  const opened = await source.value.open(copy.path);
  if (!opened.ok) return unusable(opened);
  const file = opened.value;
  const fingerprint = await file.fingerprint();
  const same = fingerprint.ok && sameFingerprint(fingerprint.value, copy);
  if (same) return ok({ file, why: undefined });
  await file.close();
  return fingerprint.ok ? ok({ file: undefined, why: 'the source changed since' }) : unusable(fingerprint);
}

function unusable(result: Extract<Result<unknown>, { ok: false }>): Result<UnchangedSource> {
  const { code } = result.problem;
  return lookUp(code).scope === 'item' ? ok({ file: undefined, why: `the source: ${code}` }) : result;
}
