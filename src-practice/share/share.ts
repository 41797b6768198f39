import { chmodSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { seededRandom } from '../random.ts';
import {
  type CompleteOptions,
  type KeptSummary,
  markerPath,
  readMarker,
  removeMarker,
  writeMarker,
} from './marker.ts';
import { planOddities } from './oddities.ts';
import { planOrdinary } from './ordinary.ts';
import type { OddityKind, PlannedEntry } from './plan.ts';
import { nativePath, type Written, writePlan } from './write.ts';

export interface ShareOptions {
  readonly directory: string;
  /** The same seed, counts and `now` give the same share on every machine. */
  readonly seed: string | number;
  /** Regular files in all, without the large ones. The odd ones (89 on Linux) are made in any case. */
  readonly files: number;
  /** What the ordinary files may weigh together; 80 KB for each when absent. */
  readonly totalBytes?: number;
  /** One of everything that is hard to copy; true when absent. */
  readonly oddities?: boolean;
  /** Large files besides the others, each of so many bytes. */
  readonly largeFiles?: { readonly count: number; readonly bytes: number };
  /** Times of files are counted back from here, ms since 1970. */
  readonly now: number;
}

/** What a share holds. `files` and `bytes` count hard links once for each name. */
export interface ShareSummary extends KeptSummary {
  readonly directory: string;
  /** True when the share was there already and was left as it was. */
  readonly reused: boolean;
}

const BYTES_A_FILE = 80_000;
const DAY = 24 * 60 * 60 * 1000;
const LARGE_FOLDER = 'Large files';

const withDefaults = (options: ShareOptions): CompleteOptions => ({
  seed: options.seed,
  files: options.files,
  totalBytes: options.totalBytes ?? options.files * BYTES_A_FILE,
  oddities: options.oddities ?? true,
  largeFiles: { ...(options.largeFiles ?? { count: 0, bytes: 0 }) },
  now: options.now,
});

const isFile = (entry: PlannedEntry): boolean => entry.type === 'file' || entry.type === 'hard-link';

const planLarge = ({ largeFiles, now }: CompleteOptions): PlannedEntry[] => {
  if (largeFiles.count === 0) return [];
  const files = Array.from({ length: largeFiles.count }, (_, index): PlannedEntry => {
    const path = `${LARGE_FOLDER}/recording ${index + 1}.mp4`;
    return {
      type: 'file',
      path,
      modified: Math.floor(now) - (index + 1) * DAY,
      size: largeFiles.bytes,
      content: 'bytes',
    };
  });
  return [{ type: 'folder', path: LARGE_FOLDER, modified: Math.floor(now) - DAY }, ...files];
};

/** Plans a share without touching a disk. Parents come before their children. */
export const planShare = (options: CompleteOptions): PlannedEntry[] => {
  const odd = options.oddities ? planOddities(options.now) : [];
  const count = Math.max(0, options.files - odd.filter(isFile).length);
  const ordinary = planOrdinary(seededRandom(`${options.seed}/ordinary`), { ...options, count });
  return [...ordinary, ...odd, ...planLarge(options)];
};

/** Whether every planned entry is there with its size and time. Contents are not read. */
const standsAsPlanned = (directory: string, plan: readonly PlannedEntry[], summary: KeptSummary): boolean => {
  const skipped = new Set(summary.skipped.map((entry) => entry.path));
  const isAsPlanned = (entry: PlannedEntry): boolean => {
    if (skipped.has(entry.path)) return true;
    // Behind a folder that may not be read nothing can be checked, and nothing can have been changed.
    if (entry.odd?.kind === 'inside-unreadable-folder') return true;
    const found = lstatSync(nativePath(directory, entry), { throwIfNoEntry: false });
    if (found === undefined || found.isDirectory() !== (entry.type === 'folder')) return false;
    if (Math.abs(found.mtimeMs - entry.modified) >= 1) return false;
    return entry.type !== 'file' || found.size === entry.size;
  };
  return plan.every(isAsPlanned);
};

const tally = (entries: Written['entries']): Partial<Record<OddityKind, number>> => {
  const counts: Partial<Record<OddityKind, number>> = {};
  for (const { entry } of entries) {
    if (entry.odd !== undefined) counts[entry.odd.kind] = (counts[entry.odd.kind] ?? 0) + 1;
  }
  return counts;
};

/** Root reads what nobody may read; whether this account does is tried, because a container's root may not. */
const readsShutFiles = (directory: string, entries: Written['entries']): boolean => {
  const shut = entries.find(({ entry }) => entry.type === 'file' && entry.unreadable === true);
  if (shut === undefined) return true;
  try {
    readFileSync(join(directory, shut.entry.path));
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EACCES') return false;
    throw error;
  }
};

const summarise = (directory: string, written: Written): KeptSummary => {
  const readsEverything = readsShutFiles(directory, written.entries);
  const ofType = (...types: PlannedEntry['type'][]): number =>
    written.entries.filter(({ entry }) => types.includes(entry.type)).length;
  const shut: ReadonlySet<OddityKind> = new Set([
    'unreadable-file',
    'unreadable-folder',
    'inside-unreadable-folder',
  ]);
  return {
    files: ofType('file', 'hard-link'),
    folders: ofType('folder'),
    links: ofType('link'),
    specials: ofType('pipe', 'socket'),
    bytes: written.entries.reduce((total, { size }) => total + size, 0),
    byKind: tally(written.entries),
    odd: written.entries.flatMap(({ entry }) => {
      if (entry.odd === undefined) return [];
      const { code, ...odd } = entry.odd;
      if (readsEverything && shut.has(odd.kind))
        return [{ path: entry.path, ...odd, treatment: 'as-is' as const }];
      return [{ path: entry.path, ...odd, ...(code === undefined ? {} : { code }) }];
    }),
    skipped: [...written.skipped],
    readsEverything,
  };
};

const openUp = (directory: string): void => {
  chmodSync(directory, 0o755);
  for (const entry of readdirSync(directory, { withFileTypes: true, encoding: 'buffer' })) {
    // Only folders of this kind were ever shut whose names are plain text.
    if (entry.isDirectory()) openUp(join(directory, entry.name.toString('utf8')));
  }
};

/** Removes a practice share and its marker, also the folders in it that nobody may read. Refuses any other folder. */
export const removeShare = (directory: string): void => {
  const root = resolve(directory);
  if (readMarker(root) === undefined)
    throw new Error(`${root} is not a practice share: ${markerPath(root)} is missing`);
  if (lstatSync(root, { throwIfNoEntry: false }) !== undefined) openUp(root);
  rmSync(root, { recursive: true, force: true });
  removeMarker(root);
};

/** The folder holds something and is not marked as ours. */
export class ForeignFolderError extends Error {}

const prepare = (directory: string): void => {
  if (readMarker(directory) !== undefined) removeShare(directory);
  mkdirSync(dirname(directory), { recursive: true });
  mkdirSync(directory, { recursive: true });
  if (readdirSync(directory).length > 0) {
    throw new ForeignFolderError(
      `${directory} is not empty and is not a practice share: choose another folder`,
    );
  }
};

/**
 * Makes a practice share: a file tree as offices have them, and one of everything that is hard to copy. The same
 * options give the same tree; if it is there already it is left alone. A marker file beside the folder says what
 * it is; a folder that holds anything else is refused (an exception), and never emptied.
 */
export const generateShare = async (options: ShareOptions): Promise<ShareSummary> => {
  const directory = resolve(options.directory);
  const complete = withDefaults(options);
  const plan = planShare(complete);
  const marker = readMarker(directory);
  if (marker?.state === 'complete' && JSON.stringify(marker.options) === JSON.stringify(complete)) {
    if (standsAsPlanned(directory, plan, marker.summary))
      return { ...marker.summary, directory, reused: true };
  }
  prepare(directory);
  writeMarker(directory, { state: 'making' });
  const summary = summarise(directory, await writePlan(directory, complete.seed, plan));
  writeMarker(directory, { state: 'complete', options: complete, summary });
  return { ...summary, directory, reused: false };
};
