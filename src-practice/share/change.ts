import {
  closeSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  utimesSync,
  writeSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { seededRandom, shuffled } from '../random.ts';
import { createContents } from './content.ts';
import { readMarker, writeMarker } from './marker.ts';
import { ODD_FOLDER } from './oddities.ts';
import { joined, parentOf } from './plan.ts';

/** What `changeShare` did. Paths are relative to the share, `/` between segments. */
export interface ShareChanges {
  /** Files with other content and a later time. The first one kept its size. */
  readonly changed: readonly string[];
  /** Files that were not there; the last one is in a folder that was not there either. */
  readonly added: readonly string[];
  /** Files that have another name in the same folder, with their time; the last one moved to another folder. */
  readonly renamed: readonly { readonly from: string; readonly to: string }[];
  readonly deleted: readonly string[];
}

/** How many of each: enough that every kind of change is there twice, few enough to be read. */
const EACH = 5;
const HOUR = 60 * 60 * 1000;
/** Small enough to be written whole. */
const NEW_BYTES = 12_345;

const filesOf = (directory: string, folder = ''): string[] => {
  const entries = readdirSync(join(directory, folder), { withFileTypes: true });
  // By code units: the order of a folder differs between file systems.
  const sorted = entries.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return sorted.flatMap((entry) => {
    const path = joined(folder, entry.name);
    if (entry.isDirectory()) return path === ODD_FOLDER || path === 'forms' ? [] : filesOf(directory, path);
    return entry.isFile() ? [path] : [];
  });
};

const renamedTo = (path: string): string => {
  const dot = path.lastIndexOf('.');
  return `${path.slice(0, dot)} (renamed)${path.slice(dot)}`;
};

/**
 * Changes a practice share between two runs: 5 files changed, 5 new, 5 renamed, 5 deleted, none of them odd,
 * chosen by the seed. Times come from the files themselves, so that the result does not depend on the clock.
 * Afterwards the share is no longer taken for unchanged, and `generateShare` makes it anew.
 * Throws if the folder is no practice share or has fewer than 20 ordinary files.
 */
export const changeShare = (directory: string, seed: string | number): ShareChanges => {
  const root = resolve(directory);
  const marker = readMarker(root);
  if (marker === undefined) throw new Error(`${root} is not a practice share`);
  const files = shuffled(seededRandom(`${seed}/changes`), filesOf(root));
  if (files.length < 4 * EACH) throw new Error(`${root} has too few ordinary files to change`);
  writeMarker(root, { state: 'changed' });
  const contents = createContents(`${seed}/changes`);
  const newest = Math.max(...files.slice(0, 4 * EACH).map((path) => lstatSync(join(root, path)).mtimeMs));

  const write = (path: string, size: number, modified: number): void => {
    const file = openSync(join(root, path), 'w');
    try {
      for (const piece of contents.pieces(path, size)) writeSync(file, piece);
    } finally {
      closeSync(file);
    }
    utimesSync(join(root, path), modified / 1000, modified / 1000);
  };

  const changed = files.slice(0, EACH);
  for (const [index, path] of changed.entries()) {
    const before = lstatSync(join(root, path));
    write(path, before.size + index * 1000, before.mtimeMs + HOUR);
  }

  const renamed = files.slice(EACH, 2 * EACH).map((from, index) => {
    const elsewhere = parentOf(changed[0] ?? '');
    const moved = joined(elsewhere, `moved here ${index}${from.slice(from.lastIndexOf('.'))}`);
    return { from, to: index === EACH - 1 ? moved : renamedTo(from) };
  });
  for (const { from, to } of renamed) renameSync(join(root, from), join(root, to));

  const deleted = files.slice(2 * EACH, 3 * EACH);
  for (const path of deleted) rmSync(join(root, path));

  const added = files.slice(3 * EACH, 4 * EACH).map((beside, index) => {
    const folder = index === EACH - 1 ? joined(parentOf(beside), 'New folder') : parentOf(beside);
    return joined(folder, `new file ${index + 1}.txt`);
  });
  for (const [index, path] of added.entries()) {
    mkdirSync(join(root, parentOf(path)), { recursive: true });
    write(path, NEW_BYTES + index, newest + index * HOUR);
  }
  return { changed, added, renamed, deleted };
};
