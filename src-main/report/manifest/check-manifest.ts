import { verify } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { failed, ok, type Result } from '../../../src-shared/model/problem.ts';
import { isNoSuchFile, readIfThere } from '../../basics/read-if-there.ts';
import { compareLines, type LineChange } from './compare-lines.ts';
import { hashFile, hashLines } from './line-hashes.ts';
import { fingerprintOf, keyOf, MANIFEST, type Manifest, manifestSchema, SIGNATURE } from './manifest.ts';

/** Something that is not as it was signed. */
export type Complaint =
  /** The manifest is not what the signature is over, or the signature is not of the key that the manifest names. */
  | { readonly what: 'signature-wrong'; readonly file: string }
  | { readonly what: 'file-missing'; readonly file: string }
  | { readonly what: 'file-altered'; readonly file: string; readonly detail: string }
  | (Omit<LineChange, 'what'> & {
      readonly what: 'line-altered' | 'line-added' | 'line-removed';
      readonly file: string;
    });

export interface CheckedManifest {
  readonly folder: string;
  readonly manifest: Manifest;
  /** Of the key that the manifest names: whoever checks compares it with what the machine printed. */
  readonly fingerprint: string;
  /** Empty when everything is as it was signed. */
  readonly complaints: readonly Complaint[];
  /** Names in the folder that were not signed; they may have been put there later. */
  readonly unsigned: readonly string[];
}

/** Lines that are named at most, of each file. */
const MOST_LINES = 200;

/**
 * Checks a folder that was handed over, with nothing but what is in it. Code: manifest-unreadable.
 * @param path the folder, or its `manifest.json`
 */
export async function checkManifest(path: string): Promise<Result<CheckedManifest>> {
  let folder: string;
  let text: Buffer;
  let signature: Buffer;
  try {
    folder = (await stat(path)).isDirectory() ? path : dirname(path);
    text = await readFile(join(folder, MANIFEST));
    signature = (await readIfThere(join(folder, SIGNATURE))) ?? Buffer.alloc(0);
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
    return failed('manifest-unreadable', { where: path, detail: error.message });
  }
  const manifest = parse(text);
  if (manifest === undefined) {
    return failed('manifest-unreadable', {
      where: join(folder, MANIFEST),
      detail: 'not a manifest of Convoy',
    });
  }
  const complaints: Complaint[] = [];
  if (!isSigned(text, signature, manifest)) complaints.push({ what: 'signature-wrong', file: SIGNATURE });
  for (const file of manifest.files) complaints.push(...(await complaintsOf(folder, file, manifest)));
  const known = new Set([MANIFEST, SIGNATURE, ...manifest.files.map(({ name }) => name)]);
  return ok({
    folder,
    manifest,
    fingerprint: fingerprintOf(manifest.publicKey),
    complaints,
    unsigned: (await readdir(folder)).filter((name) => !known.has(name)).sort(),
  });
}

function parse(text: Buffer): Manifest | undefined {
  try {
    return manifestSchema.safeParse(JSON.parse(text.toString('utf8'))).data;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** The one line of the signature as it is written, byte by byte: base64 can be spelled in more than one way. */
function isSigned(text: Buffer, signature: Buffer, { publicKey }: Manifest): boolean {
  const key = keyOf(publicKey);
  const bytes = Buffer.from(signature.toString('latin1'), 'base64');
  const asWritten = signature.toString('latin1') === `${bytes.toString('base64')}\n`;
  return key !== undefined && asWritten && verify(null, text, key, bytes);
}

async function complaintsOf(
  folder: string,
  file: Manifest['files'][number],
  manifest: Manifest,
): Promise<readonly Complaint[]> {
  const { name } = file;
  const now = await hashIfThere(join(folder, name));
  if (now === undefined) return [{ what: 'file-missing', file: name }];
  if (now.sha256 === file.sha256) return [];
  const sizes = `${file.bytes} bytes ${file.sha256} were signed, ${now.bytes} bytes ${now.sha256} are there`;
  const altered: Complaint = { what: 'file-altered', file: name, detail: sizes };
  const lines = manifest.files.find((other) => other.name === file.lines);
  if (lines === undefined) return [altered];
  // A list that was altered too names nothing.
  const list = await hashIfThere(join(folder, lines.name));
  if (list?.sha256 !== lines.sha256) return [altered];
  const changes = await compareLines(
    createInterface({
      input: createReadStream(join(folder, lines.name)),
      crlfDelay: Number.POSITIVE_INFINITY,
    }),
    hashLines(join(folder, name)),
    MOST_LINES,
  );
  return [
    altered,
    ...changes.map(({ what, ...change }) => ({ what: `line-${what}` as const, file: name, ...change })),
  ];
}

async function hashIfThere(file: string): Promise<Awaited<ReturnType<typeof hashFile>> | undefined> {
  try {
    return await hashFile(file);
  } catch (error) {
    if (isNoSuchFile(error)) return undefined;
    throw error;
  }
}
