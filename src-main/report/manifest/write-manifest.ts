import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Counts } from '../../../src-shared/model/counts.ts';
import type { Run, Task } from '../../../src-shared/model/task.ts';
import type { SigningKey } from '../../store/signing-key.ts';
import { utc } from '../format.ts';
import { writeWhole } from '../write-whole.ts';
import { hashFile, hashPieces } from './line-hashes.ts';
import { linesOf, MANIFEST, type Manifest, SIGNATURE } from './manifest.ts';

/** Who hands over, and with what key. */
export interface Signer {
  readonly key: SigningKey;
  /** The machine's name, for people. */
  readonly machine: string;
  readonly version: string;
}

export interface ManifestOrder {
  readonly about: Manifest['about'];
  readonly folder: string;
  /** Names in the folder. */
  readonly files: readonly string[];
  /** Those of them whose lines are signed one by one. */
  readonly byLine: readonly string[];
  readonly task: Task;
  readonly run: Run;
  readonly counts: Counts;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Takes the signature off a folder whose files are going to be written anew: half old and half new, it would look like a forgery. */
export async function removeManifest(folder: string): Promise<void> {
  for (const name of [SIGNATURE, MANIFEST]) await rm(join(folder, name), { force: true });
}

/**
 * Writes what the machine vouches for: the size and hash of each file, of some also those of each line, the totals of the run, and
 * the signature over all of it. The signature is over the bytes of `manifest.json`, so that any tool can check it:
 * Ed25519, base64.
 * @returns names of the files that were added
 */
export async function writeManifest(order: ManifestOrder, signer: Signer): Promise<readonly string[]> {
  const { folder, task, run, counts } = order;
  const added: string[] = [];
  for (const name of order.byLine) {
    await writeLines(join(folder, name), join(folder, linesOf(name)));
    added.push(linesOf(name));
  }
  const files: Manifest['files'] = [];
  for (const name of [...order.files, ...added]) {
    const lines = order.byLine.includes(name) ? linesOf(name) : null;
    files.push({ name, ...(await hashFile(join(folder, name))), lines });
  }
  const manifest: Manifest = {
    format: 'convoy-manifest/1',
    about: order.about,
    writtenAt: utc(order.now),
    version: signer.version,
    machine: signer.machine,
    task: { id: task.id, name: task.name, source: task.source, destination: task.destination },
    run: {
      id: run.id,
      number: run.number,
      state: run.state,
      startedAt: utc(run.startedAt),
      endedAt: run.endedAt === null ? null : utc(run.endedAt),
    },
    totals: { found: counts.found, byOutcome: counts.byOutcome, byGrade: counts.byGrade },
    files,
    publicKey: signer.key.publicKey,
  };
  const text = `${JSON.stringify(manifest, undefined, 2)}\n`;
  await writeWhole(join(folder, MANIFEST), text);
  const signature = Buffer.from(signer.key.sign(Buffer.from(text, 'utf8'))).toString('base64');
  await writeWhole(join(folder, SIGNATURE), `${signature}\n`);
  return [...added, MANIFEST, SIGNATURE];
}

async function writeLines(file: string, into: string): Promise<void> {
  const part = `${into}.part`;
  await pipeline(Readable.from(hashesOf(file), { objectMode: false }), createWriteStream(part));
  await rename(part, into);
}

async function* hashesOf(file: string): AsyncGenerator<string> {
  for await (const lines of hashPieces(file)) yield lines.map(({ hash }) => `${hash}\n`).join('');
}
