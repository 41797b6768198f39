import { randomUUID } from 'node:crypto';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { sameFingerprint } from '../../../src-shared/model/item.ts';
import { ok, ProblemError, type Result } from '../../../src-shared/model/problem.ts';
import { badVerdicts, type Comparison, compareCopy } from '../../../src-shared/rules/compare-copy.ts';
import { QuickXorHash } from '../../../src-shared/rules/quick-xor-hash.ts';
import { isRewrittenKind } from '../../../src-shared/rules/rewritten.ts';
import type { RemoteItem } from '../../destination/destination.ts';
import type { SourceFile } from '../../source/source.ts';
import type { TaskCopy } from '../../store/task-copies.ts';
import { gone } from './note.ts';
import { comparePackages } from './package/compare-packages.ts';
import { readerOfHandle, readerOfSource } from './package/random-reader.ts';
import { isPackageKind } from './package/rewritten-parts.ts';
import { openUnchanged } from './unchanged-source.ts';
import type { DeepOrder, Evidence, VerificationWork } from './verification.ts';

/** What the bytes of a copy say. */
export interface SeenCopy {
  /** Undefined: it is gone by now. */
  readonly item: RemoteItem | undefined;
  readonly comparison: Comparison;
  readonly evidence: Evidence;
  readonly detail: string;
}

/** An item that is edited while it is read is read again so often. */
const TRIES = 3;

/** Reads a copy back and compares it with the source, or with what is recorded of it. */
export async function readCopy(
  work: VerificationWork,
  order: DeepOrder,
  copy: TaskCopy,
  came: (bytes: number) => void,
): Promise<Result<SeenCopy>> {
  for (let tries = 1; ; tries += 1) {
    const found = await work.destination.findById(copy.id, { signal: work.signal });
    if (!found.ok) return found;
    const item = found.value;
    if (item === undefined) {
      return ok({ item, comparison: gone, evidence: 'listing', detail: 'gone since it was listed' });
    }
    const seen = await readOnce(work, order, { copy, item, came });
    const passing =
      !seen.ok && (seen.problem.code === 'edited-at-destination' || seen.problem.code === 'copy-missing');
    if (!passing || tries >= TRIES) return seen;
  }
}

interface Reading {
  readonly copy: TaskCopy;
  readonly item: RemoteItem;
  readonly came: (bytes: number) => void;
}

async function readOnce(
  work: VerificationWork,
  order: DeepOrder,
  reading: Reading,
): Promise<Result<SeenCopy>> {
  const source = await openUnchanged(order.source, reading.copy);
  if (!source.ok) return source;
  const { file, why } = source.value;
  // Only a document that comes out otherwise than it went in is looked into, but that is known when its last byte has come.
  const spool = file && isPackageKind(reading.copy.name) ? await openSpool(order.folder) : undefined;
  try {
    const bytes = await takeBytes(work, reading, file, spool?.handle);
    if (!bytes.ok) return bytes;
    if (file === undefined) return ok(withoutSource(reading, bytes.value, why));
    const after = await file.fingerprint();
    const unchanged = after.ok && sameFingerprint(after.value, reading.copy);
    if (!unchanged) return ok(withoutSource(reading, bytes.value, 'the source changed while it was read'));
    return ok(await withSource(reading, bytes.value, file, spool?.handle));
  } finally {
    await file?.close();
    await spool?.remove();
  }
}

interface Bytes {
  /** quickXorHash of what came. */
  readonly hash: string;
  /** What came is what the source has, byte for byte. */
  readonly asSource: boolean;
}

async function takeBytes(
  { destination, signal }: VerificationWork,
  { copy, item, came }: Reading,
  file: SourceFile | undefined,
  spool: FileHandle | undefined,
): Promise<Result<Bytes>> {
  const hash = new QuickXorHash();
  let asSource = file !== undefined && copy.size === item.size;
  let offset = 0;
  for await (const piece of destination.download(item, 0, { signal })) {
    if (!piece.ok) return piece;
    const bytes = piece.value;
    hash.update(bytes);
    if (asSource && file !== undefined) asSource = await hasBytes(file, bytes, offset);
    await spool?.write(bytes, 0, bytes.length, offset);
    offset += bytes.length;
    came(bytes.length);
  }
  return ok({ hash: hash.toBase64(), asSource });
}

async function hasBytes(file: SourceFile, bytes: Uint8Array, offset: number): Promise<boolean> {
  const own = Buffer.alloc(Math.min(bytes.length, 1_048_576));
  for (let at = 0; at < bytes.length; ) {
    const read = await file.read(own.subarray(0, Math.min(own.length, bytes.length - at)), offset + at);
    if (!read.ok) throw new ProblemError(read.problem);
    const length = read.value;
    if (length === 0 || !own.subarray(0, length).equals(bytes.subarray(at, at + length))) return false;
    at += length;
  }
  return true;
}

/** With the hash of the bytes that really came in place of the one that the service tells. */
function byOwnHash({ copy, item }: Reading, { hash }: Bytes): Comparison {
  return compareCopy(copy, { ...item, hash });
}

async function withSource(
  reading: Reading,
  bytes: Bytes,
  file: SourceFile,
  spool: FileHandle | undefined,
): Promise<SeenCopy> {
  const { copy, item } = reading;
  const comparison = byOwnHash(reading, bytes);
  if (bytes.asSource) {
    return seen(item, { ...comparison, verdict: 'identical' }, 'source-bytes', 'equal byte for byte');
  }
  if (spool !== undefined) {
    const inside = await comparePackages(readerOfSource(file, copy.size), readerOfHandle(spool, item.size));
    if (inside.same === true) {
      const detail = `${inside.parts} parts are equal to the source's`;
      return seen(item, { ...comparison, verdict: 'rewritten' }, 'package-parts', detail);
    }
    if (inside.same === false) {
      const detail = `other content than the source: ${inside.parts.join(', ')}`;
      return seen(item, worse(comparison), 'package-parts', detail);
    }
    return seen(item, comparison, 'opaque', `not equal to the source, and ${inside.why}`);
  }
  if (isRewrittenKind(copy.name) && !badVerdicts.has(comparison.verdict)) {
    const detail = 'not equal to the source; files of this kind are rewritten, and cannot be looked into';
    return seen(item, { ...comparison, verdict: 'rewritten' }, 'opaque', detail);
  }
  const detail =
    comparison.verdict === 'identical'
      ? 'the copy is what was sent; the source has other bytes now, with the same size and time'
      : 'other bytes than the source';
  return seen(item, worse(comparison), 'source-bytes', detail);
}

/** The source is not there to compare with: what was recorded when it was sent is. */
function withoutSource(reading: Reading, bytes: Bytes, why: string): SeenCopy {
  const { copy, item } = reading;
  const comparison = byOwnHash(reading, bytes);
  if (copy.sentHash === undefined) {
    return seen(item, compareCopy(copy, item), 'opaque', `nothing to compare with: ${why}`);
  }
  const proves = comparison.verdict === 'identical' || badVerdicts.has(comparison.verdict);
  return seen(item, comparison, proves ? 'recorded-hash' : 'opaque', why);
}

function seen(item: RemoteItem, comparison: Comparison, evidence: Evidence, detail: string): SeenCopy {
  return { item, comparison, evidence, detail };
}

/** The content is another: either somebody edited it, which time and tag tell, or nothing explains it. */
function worse(comparison: Comparison): Comparison {
  return comparison.verdict === 'changed' ? comparison : { ...comparison, verdict: 'differs' };
}

/** A file for one download; nobody else may read it. */
async function openSpool(folder: string): Promise<{ handle: FileHandle; remove: () => Promise<void> }> {
  const path = join(folder, `${randomUUID()}.part`);
  const handle = await open(path, 'wx+', 0o600);
  return {
    handle,
    async remove() {
      await handle.close();
      await rm(path, { force: true });
    },
  };
}
