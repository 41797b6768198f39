import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  closeSync,
  constants,
  ftruncateSync,
  futimesSync,
  linkSync,
  lutimesSync,
  mkdirSync,
  openSync,
  symlinkSync,
  utimesSync,
  writevSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { type Contents, createContents } from './content.ts';
import { createOfficeWriter, type OfficeWriter } from './office.ts';
import { nameOf, type PlannedEntry, type PlannedFile, parentOf } from './plan.ts';
import { impossibleOn } from './platform.ts';

/** An entry of the plan that this platform, file system or account does not allow. */
export interface SkippedEntry {
  readonly path: string;
  readonly reason: string;
}

export interface Written {
  /** What was made, with the true size of each file. */
  readonly entries: readonly { readonly entry: PlannedEntry; readonly size: number }[];
  readonly skipped: readonly SkippedEntry[];
}

/** How many pieces one call to the system takes; Linux allows 1,024. */
const PIECES = 512;
/** After so many entries the event loop gets its turn. */
const TURN = 200;
/** Address of a Unix socket: 108 bytes in Linux, 104 elsewhere. */
const MAX_SOCKET_PATH = 100;

/** Exclusive, so that a twin on a file system that tells no case is noticed, and not written over. */
const CREATE = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL;

// Dates, because Node takes a negative number for "now".
const dateOf = (modified: number): Date | number => (modified < 0 ? new Date(modified) : modified / 1000);

const writePieces = (file: number, pieces: readonly Uint8Array[]): number => {
  let written = 0;
  for (let start = 0; start < pieces.length; start += PIECES) {
    const some = pieces.slice(start, start + PIECES);
    const wanted = some.reduce((total, piece) => total + piece.length, 0);
    const done = writevSync(file, some);
    if (done !== wanted) throw new Error(`the disk took ${done} of ${wanted} bytes`);
    written += done;
  }
  return written;
};

const piecesOf = (entry: PlannedFile, contents: Contents, office: OfficeWriter): readonly Uint8Array[] => {
  if (entry.size === 0) return [];
  if (entry.content === 'document') return [office.document(entry.path, entry.size)];
  return contents.pieces(entry.path, entry.content === 'sparse' ? 64 : entry.size);
};

/** The path as the file system takes it: bytes where the name is not valid Unicode. */
export const nativePath = (directory: string, entry: PlannedEntry): string | Buffer => {
  if (entry.type !== 'file' || entry.rawName === undefined) return join(directory, entry.path);
  return Buffer.concat([Buffer.from(`${join(directory, parentOf(entry.path))}/`), entry.rawName]);
};

/** Leaves a socket behind that nobody listens at. Closing removes only the name that was bound to. */
const makeSocket = async (directory: string, path: string): Promise<void> => {
  const bound = `${directory}.s`;
  if (Buffer.byteLength(bound) > MAX_SOCKET_PATH) throw new Error('the path is too long for a socket');
  const server = createServer();
  server.listen(bound);
  await once(server, 'listening');
  try {
    linkSync(bound, path);
  } finally {
    server.close();
    await once(server, 'close');
  }
};

const makeEntry = async (
  directory: string,
  entry: PlannedEntry,
  contents: Contents,
  office: OfficeWriter,
): Promise<number> => {
  const path = nativePath(directory, entry);
  const text = join(directory, entry.path);
  switch (entry.type) {
    case 'folder':
      mkdirSync(path);
      return 0;
    case 'file': {
      const file = openSync(path, CREATE, 0o644);
      try {
        const size = writePieces(file, piecesOf(entry, contents, office));
        if (entry.content === 'sparse') ftruncateSync(file, entry.size);
        futimesSync(file, dateOf(entry.modified), dateOf(entry.modified));
        return entry.content === 'sparse' ? entry.size : size;
      } finally {
        closeSync(file);
      }
    }
    case 'link':
      symlinkSync(entry.target, path);
      lutimesSync(path, dateOf(entry.modified), dateOf(entry.modified));
      return 0;
    case 'hard-link':
      linkSync(join(directory, entry.target), path);
      return 0;
    case 'pipe':
      // Node has no call for it.
      execFileSync('mkfifo', [text]);
      utimesSync(text, dateOf(entry.modified), dateOf(entry.modified));
      return 0;
    case 'socket':
      await makeSocket(directory, text);
      utimesSync(text, dateOf(entry.modified), dateOf(entry.modified));
      return 0;
  }
};

/** Times of folders come last and from the bottom up, because every new entry sets that of its folder. */
const finish = (directory: string, made: readonly PlannedEntry[]): void => {
  for (const entry of made.toReversed()) {
    if (entry.type !== 'folder') continue;
    utimesSync(join(directory, entry.path), dateOf(entry.modified), dateOf(entry.modified));
  }
  for (const entry of made) {
    const isShut = (entry.type === 'folder' || entry.type === 'file') && entry.unreadable === true;
    if (isShut) chmodSync(nativePath(directory, entry), 0o000);
  }
};

/**
 * Writes a plan into an empty folder. What the platform, the file system or the account does not allow is left
 * out and named; an error that concerns no odd entry (a full disk) is thrown.
 */
export const writePlan = async (
  directory: string,
  seed: string | number,
  plan: readonly PlannedEntry[],
): Promise<Written> => {
  const contents = createContents(seed);
  const office = createOfficeWriter(seed, contents);
  const entries: { entry: PlannedEntry; size: number }[] = [];
  const skipped: SkippedEntry[] = [];
  const missing = new Set<string>();
  const skip = (path: string, reason: string): void => {
    missing.add(path);
    skipped.push({ path, reason });
  };
  const made = new Map<string, number>();
  for (const [index, entry] of plan.entries()) {
    if (index % TURN === TURN - 1) await setImmediate();
    const needs = entry.type === 'hard-link' ? entry.target : parentOf(entry.path);
    const impossible = missing.has(needs)
      ? `${nameOf(needs)} is missing`
      : impossibleOn(process.platform, entry);
    if (impossible !== undefined) {
      skip(entry.path, impossible);
      continue;
    }
    try {
      const written = await makeEntry(directory, entry, contents, office);
      const size = entry.type === 'hard-link' ? (made.get(entry.target) ?? 0) : written;
      made.set(entry.path, size);
      entries.push({ entry, size });
    } catch (error) {
      if (entry.odd === undefined || !(error instanceof Error)) throw error;
      skip(entry.path, error.message);
    }
  }
  finish(
    directory,
    entries.map(({ entry }) => entry),
  );
  return { entries, skipped };
};
