import { readFile } from 'node:fs/promises';
import { decodeText } from '../../src-shared/imports/decode-text.ts';
import { failed, ok, type Result } from '../../src-shared/model/problem.ts';
import { readPeople } from '../imports/read-people.ts';

/** The text of a list of people, looked at before anything is done. Code: people-invalid. */
export async function saidPeople(file: string | undefined): Promise<Result<string | undefined>> {
  if (file === undefined) return ok(undefined);
  let bytes: Buffer;
  try {
    bytes = await readFile(file);
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
    return failed('people-invalid', { where: file, detail: error.message });
  }
  const { text } = decodeText(bytes);
  const people = readPeople(text);
  return people.ok ? ok(text) : failed(people.problem.code, { ...people.problem, where: file });
}
