import { readFile, rename, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { failed, ok, type Result } from '../../src-shared/model/problem.ts';
import { folderProblem } from './make-folder.ts';
import { codeOf } from './thread/wire-error.ts';

const fileSchema = z.array(z.tuple([z.string(), z.string()]));

/** Keeps what a person gave for a task in two columns (names by path, persons by owner), in place of what was kept before. Codes: store-unusable, store-disk-full. */
export async function savePairs(file: string, pairs: ReadonlyMap<string, string>): Promise<Result<void>> {
  const part = `${file}.part`;
  try {
    await writeFile(part, JSON.stringify([...pairs]), { mode: 0o600, flush: true });
    await rename(part, file);
    return ok(undefined);
  } catch (error) {
    return { ok: false, problem: folderProblem(error, file) };
  }
}

/** None where none were given. Codes: store-corrupt: without them, things would be copied otherwise than was wanted; store-unusable. */
export async function readPairs(file: string): Promise<Result<ReadonlyMap<string, string>>> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return ok(new Map());
    return { ok: false, problem: folderProblem(error, file) };
  }
  const parsed = fileSchema.safeParse(parseJson(text));
  if (!parsed.success) return failed('store-corrupt', { where: file, detail: 'it is not a list of pairs' });
  return ok(new Map(parsed.data));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
