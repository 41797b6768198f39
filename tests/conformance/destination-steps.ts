import type {
  ChangePage,
  Destination,
  RemoteItem,
  UploadRequest,
  UploadSession,
} from '../../src-main/destination/destination.ts';
import type { Result } from '../../src-shared/model/problem.ts';
import { QuickXorHash } from '../../src-shared/rules/quick-xor-hash.ts';

/** What is stored at a path, seen from behind the destination's back. Times in milliseconds. */
export interface Stored {
  readonly kind: 'file' | 'folder';
  readonly size: number;
  readonly created: number;
  readonly modified: number;
  readonly versions: number;
  /** quickXorHash of what is stored. */
  readonly hash: string | undefined;
}

/** Whom a file says that it is by: sign-in names, where they are persons. */
export interface MadeBy {
  readonly author: string | undefined;
  readonly editor: string | undefined;
}

/** An opened, empty destination, and somebody else who works there too. Paths below its root, with `/`. */
export interface DestinationFixture {
  readonly destination: Destination;
  look(path: string): Promise<Stored | undefined>;
  /** Writes a file as somebody else: a new one, or a new version. */
  edit(path: string, content: string): Promise<void>;
  remove(path: string): Promise<void>;
  /** Somebody who is known there, by sign-in name; absent where authors cannot be set, or nobody was named. */
  readonly person?: string | undefined;
  madeBy(path: string): Promise<MadeBy | undefined>;
  /** Holds a file open, so that it cannot be changed; absent where nobody can be had who does that. */
  readonly lock?: (path: string) => Promise<void>;
  readonly unlock?: (path: string) => Promise<void>;
  end(): Promise<void>;
}

/** What the tests of a destination work with; there from the first test on. */
export interface DestinationStage {
  readonly fixture: DestinationFixture;
  readonly destination: Destination;
  /** The id of its root. */
  readonly root: string;
}

/** What fragments are multiples of. */
export const FRAGMENT = 327_680;
/** Times that a copy is to carry; the destination keeps {@link seconds} of them. */
export const times = {
  created: Date.UTC(2001, 1, 3, 4, 5, 6, 789),
  modified: Date.UTC(2019, 11, 31, 23, 59, 59, 999),
};
export const seconds = {
  created: Date.UTC(2001, 1, 3, 4, 5, 6),
  modified: Date.UTC(2019, 11, 31, 23, 59, 59),
};

export function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.problem.code}: ${result.problem.detail}`);
  return result.value;
}

export function codeOf<T>(result: Result<T> | undefined): string {
  return result === undefined ? 'nothing' : result.ok ? 'ok' : result.problem.code;
}

export function bytesOf(length: number, seed = 1): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let i = 0; i < length; i++) bytes[i] = (i * 31 + seed * 17 + (i >> 8)) & 0xff;
  return bytes;
}

export function hashOf(bytes: Uint8Array): string {
  return new QuickXorHash().update(bytes).toBase64();
}

export function newFile(parent: string, name: string, size: number): UploadRequest {
  return { parent, name, size, times, replace: 'create' };
}

export async function openOne(destination: Destination, request: UploadRequest): Promise<UploadSession> {
  const [result] = await destination.openUploads([request]);
  if (result === undefined) throw new Error('no result');
  return must(result);
}

/** Sends a whole file, fragment by fragment, from where the session stands. */
export async function sendAll(
  destination: Destination,
  first: UploadSession,
  bytes: Uint8Array,
  from = 0,
): Promise<Result<RemoteItem>> {
  let session = first;
  let offset = from;
  for (;;) {
    const end = Math.min(bytes.length, offset + FRAGMENT);
    const hash = end === bytes.length ? hashOf(bytes) : undefined;
    const sent = await destination.send(session, {
      offset,
      total: bytes.length,
      bytes: bytes.subarray(offset, end),
      hash,
    });
    if (!sent.ok) return sent;
    if (sent.value.done) return { ok: true, value: sent.value.item };
    ({ next: offset, session } = sent.value);
  }
}

export async function upload(
  destination: Destination,
  request: UploadRequest,
  bytes: Uint8Array,
): Promise<RemoteItem> {
  return must(await sendAll(destination, await openOne(destination, request), bytes));
}

/** The bytes of a file, or why they did not come. */
export async function readAll(destination: Destination, file: RemoteItem, from = 0): Promise<Result<Buffer>> {
  const pieces: Uint8Array[] = [];
  for await (const piece of destination.download(file, from)) {
    if (!piece.ok) return piece;
    pieces.push(piece.value);
  }
  return { ok: true, value: Buffer.concat(pieces) };
}

export async function allChanges(
  destination: Destination,
  since: string | 'now' | undefined,
): Promise<{ items: Map<string, RemoteItem>; deleted: string[]; mark: string | undefined; code: string }> {
  const items = new Map<string, RemoteItem>();
  const deleted: string[] = [];
  let last: ChangePage | undefined;
  let code = 'ok';
  for await (const page of destination.changes(since)) {
    code = codeOf(page);
    if (!page.ok) break;
    last = page.value;
    for (const item of last.items) items.set(item.name, item);
    deleted.push(...last.deleted);
  }
  return { items, deleted, mark: last?.mark, code };
}
