import { bitsOf, draw, PURPOSE } from './draw.ts';
import { fileName, folderName, numberInFileName, numberInFolderName } from './names.ts';
import { noChanges, type SyntheticOptions } from './options.ts';

/** A file of the tree as it is in a generation. */
export interface DerivedFile {
  readonly name: string;
  /** Which of the files of its folder it is. */
  readonly at: number;
  readonly size: number;
  readonly modified: number;
  readonly created: number;
  readonly fileId: string;
  /** What its content is derived from. */
  readonly contentKey: number;
}

const DAY_MS = 86_400_000;
/** The day of the first generation; each further one is a day later. */
const FIRST_DAY = Date.UTC(2026, 0, 1);
const MEAN_AGE_DAYS = 900;
const OLDEST_DAYS = 20 * 365;
const LARGEST_BYTES = 200 * 1024 ** 3;

/**
 * A tree of which nothing is stored: what is in a folder follows from the seed and the folder's number. Folder 0 is the root,
 * and the folders in folder n are n * fanOut + 1 and those that follow. Generation 1 is how it begins.
 */
export class DerivedTree {
  readonly #options: SyntheticOptions;
  readonly #fanOut: number;

  constructor(options: SyntheticOptions) {
    this.#options = options;
    this.#fanOut = Math.max(1, options.fanOut ?? 8);
  }

  /** Numbers of the folders in a folder: from the first up to before the second. */
  foldersIn(folder: number): readonly [number, number] {
    const first = folder * this.#fanOut + 1;
    const end = this.#options.folders + 1;
    return [Math.min(first, end), Math.min(first + this.#fanOut, end)];
  }

  folderName(folder: number): string {
    return folderName(this.#options.seed, folder);
  }

  /** The number of the folder of this name in a folder. */
  folderNamed(parent: number, name: string): number | undefined {
    const folder = numberInFolderName(name);
    if (folder === undefined) return undefined;
    const [from, to] = this.foldersIn(parent);
    return folder >= from && folder < to && this.folderName(folder) === name ? folder : undefined;
  }

  /** A folder's times, for its entry in the folder above. */
  folderTimes(folder: number): { readonly modified: number; readonly created: number } {
    const { modified, created } = this.#times(folder, -1);
    return { modified, created };
  }

  /** The file numbers of a folder are 0 up to before this; some may be deleted. */
  fileNumbers(folder: number, generation: number): number {
    let count = this.#filesAtFirst(folder);
    for (let g = 2; g <= generation; g += 1) count += this.#addedIn(folder, g);
    return count;
  }

  /** @returns undefined for one that is deleted, or was never there */
  file(folder: number, at: number, generation: number): DerivedFile | undefined {
    const born = this.#bornIn(folder, at, generation);
    if (born === undefined) return undefined;
    const { seed, oddNames = 0, changes = noChanges } = this.#options;
    let version = born;
    for (let g = born + 1; g <= generation; g += 1) {
      if (draw(seed + g, PURPOSE.deleted, folder, at) < changes.deleted) return undefined;
      if (draw(seed + g, PURPOSE.changed, folder, at) < changes.changed) version = g;
    }
    const { modified, created } = this.#times(folder, at);
    // What came or changed later is dated to the day of that generation.
    const day = FIRST_DAY + (version - 1) * DAY_MS;
    const changed = version === 1 ? modified : day + Math.floor(draw(seed, PURPOSE.age, folder, at) * DAY_MS);
    return {
      name: fileName(seed, folder, at, oddNames),
      at,
      size: this.#size(folder, at, version),
      modified: changed,
      created: born === 1 ? created : changed,
      fileId: this.#fileId(folder, at, born),
      contentKey: bitsOf(seed + version, PURPOSE.content, folder, at),
    };
  }

  fileNamed(folder: number, name: string, generation: number): DerivedFile | undefined {
    const at = numberInFileName(name);
    const file = at === undefined ? undefined : this.file(folder, at, generation);
    return file?.name === name ? file : undefined;
  }

  /** Where the files of a folder begin in the row of all files: evenly, and a bit off, so that folders differ. */
  #begin(folder: number): number {
    const { seed, files, folders } = this.#options;
    const all = folders + 1;
    if (folder <= 0 || folder >= all) return folder <= 0 ? 0 : files;
    // Less than an even share each, so that no folder ends before it begins.
    const wiggle = Math.floor(draw(seed, PURPOSE.wiggle, folder) * Math.floor(files / all));
    return Math.floor((files * folder) / all) + wiggle;
  }

  #filesAtFirst(folder: number): number {
    return this.#begin(folder + 1) - this.#begin(folder);
  }

  #addedIn(folder: number, generation: number): number {
    const { seed, changes = noChanges } = this.#options;
    if (changes.added === 0) return 0;
    const exact = this.#filesAtFirst(folder) * changes.added;
    return Math.floor(exact + draw(seed + generation, PURPOSE.added, folder));
  }

  #bornIn(folder: number, at: number, generation: number): number | undefined {
    let count = this.#filesAtFirst(folder);
    if (at < count) return 1;
    for (let g = 2; g <= generation; g += 1) {
      count += this.#addedIn(folder, g);
      if (at < count) return g;
    }
    return undefined;
  }

  /** Log-normal: many small ones, a few very large ones. */
  #size(folder: number, at: number, version: number): number {
    const { seed, medianBytes = 40_000, sizeSpread = 2 } = this.#options;
    const u = 1 - draw(seed + version, PURPOSE.size, folder, at);
    const v = draw(seed + version, PURPOSE.sizeToo, folder, at);
    const normal = Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * v);
    return Math.min(LARGEST_BYTES, Math.round(medianBytes * Math.exp(sizeSpread * normal)));
  }

  #times(folder: number, at: number): { modified: number; created: number } {
    const { seed } = this.#options;
    const age = -Math.log(1 - draw(seed, PURPOSE.age, folder, at)) * MEAN_AGE_DAYS;
    const modified = FIRST_DAY - Math.floor(Math.min(age, OLDEST_DAYS) * DAY_MS) - 1;
    return {
      modified,
      created: modified - Math.floor(draw(seed, PURPOSE.created, folder, at) * 90 * DAY_MS),
    };
  }

  /** Stays the same when a file changes. Numbers from 1 on: those of folders, of files, of files that came later. */
  #fileId(folder: number, at: number, born: number): string {
    const { files, folders } = this.#options;
    const first = folders + 2;
    if (born === 1) return String(first + this.#begin(folder) + at);
    return String(first + files + folder * 1_000_000 + at);
  }
}

/** The file system's number of a folder. */
export function folderFileId(folder: number): string {
  return String(folder + 1);
}
