import { createHash } from 'node:crypto';
import { type Fingerprint, sameFingerprint } from '../../../src-shared/model/item.ts';
import { failed, ok, type Result } from '../../../src-shared/model/problem.ts';
import type { Source, SourceFile } from '../../source/source.ts';
import type { FileHashes } from '../../store/hashes/hash-store.ts';

/** Bytes at the beginning of a file that are compared first: most files of one size differ there. */
export const HEAD_BYTES = 65_536;

/** Times that a listing and an open file tell may be rounded in two ways. */
const TOLERANCE_MS = 1;

export interface HashOrder {
  readonly path: string;
  /** What it was when it was listed. */
  readonly listed: Fingerprint;
  readonly what: 'head' | 'whole';
  /** At least {@link HEAD_BYTES} of memory for what is read. */
  readonly buffer: Uint8Array;
  readonly signal: AbortSignal;
}

/**
 * Reads a file, or its beginning, and hashes it. A file that is no larger than its beginning is read in full. Codes: those of opening and
 * reading, file-changed-while-read (it is not what was listed, or became something else meanwhile), stopped-by-you.
 */
export async function hashFile(source: Pick<Source, 'open'>, order: HashOrder): Promise<Result<FileHashes>> {
  const opened = await source.open(order.path);
  if (!opened.ok) return opened;
  try {
    return await hashOpen(opened.value, order);
  } finally {
    await opened.value.close();
  }
}

async function hashOpen(
  file: SourceFile,
  { listed, what, buffer, signal }: HashOrder,
): Promise<Result<FileHashes>> {
  const before = await file.fingerprint();
  if (!before.ok) return before;
  if (!isSame(before.value, listed)) return failed('file-changed-while-read');
  const end = what === 'head' ? Math.min(HEAD_BYTES, listed.size) : listed.size;
  const hash = createHash('sha256');
  let head: Uint8Array | undefined;
  for (let at = 0; at < end; ) {
    if (signal.aborted) return failed('stopped-by-you');
    // The beginning is a piece of its own: it has a hash of its own.
    const most = at < HEAD_BYTES ? HEAD_BYTES - at : buffer.length;
    const read = await file.read(buffer.subarray(0, Math.min(most, end - at)), at);
    if (!read.ok) return read;
    if (read.value === 0) return failed('file-changed-while-read');
    hash.update(buffer.subarray(0, read.value));
    at += read.value;
    if (at === Math.min(HEAD_BYTES, end)) head = hash.copy().digest();
  }
  const after = await file.fingerprint();
  if (!after.ok) return after;
  if (!isSame(after.value, listed)) return failed('file-changed-while-read');
  const whole = end === listed.size ? hash.digest() : undefined;
  return ok({ head: head ?? hash.copy().digest(), whole });
}

function isSame(now: Fingerprint, listed: Fingerprint): boolean {
  const other = now.fileId !== undefined && listed.fileId !== undefined && now.fileId !== listed.fileId;
  return !other && sameFingerprint(now, listed, TOLERANCE_MS);
}
