import { readFileSync } from 'node:fs';
import { type Cloud, cloudSchema, publicClouds } from '../../src-shared/model/cloud.ts';
import { failed, ok, type Result } from '../../src-shared/model/problem.ts';

const byName: ReadonlyMap<string, Cloud> = new Map(Object.entries(publicClouds));

/**
 * The cloud of that name, or the one described by a JSON file ({@link cloudSchema}). A name never means a file:
 * a file called `global` has to be given as `./global`. Code: cloud-unknown.
 */
export function loadCloud(nameOrFile: string): Result<Cloud> {
  const known = byName.get(nameOrFile.toLowerCase());
  if (known !== undefined) return ok(known);
  const text = readText(nameOrFile);
  if (!text.ok) return text;
  const json = parseJson(nameOrFile, text.value);
  if (!json.ok) return json;
  const cloud = cloudSchema.safeParse(json.value);
  if (cloud.success) return ok(cloud.data);
  const [issue] = cloud.error.issues;
  return failed('cloud-unknown', {
    where: nameOrFile,
    detail: `${issue?.path.join('.')}: ${issue?.message}`,
  });
}

function readText(file: string): Result<string> {
  try {
    return ok(readFileSync(file, 'utf8'));
  } catch (error) {
    return failed('cloud-unknown', { where: file, detail: messageOf(error) });
  }
}

function parseJson(file: string, text: string): Result<unknown> {
  try {
    return ok(JSON.parse(text));
  } catch (error) {
    return failed('cloud-unknown', { where: file, detail: messageOf(error) });
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
