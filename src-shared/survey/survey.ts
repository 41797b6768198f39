import type { Code } from '../catalogue/catalogue.ts';
import { addTally, noTally, type Tally } from '../model/counts.ts';
import type { ItemKind, Outcome } from '../model/item.ts';
import { extensionOf, WIDE } from '../rules/notable.ts';
import { AGE_BOUNDS, type Bin, Bins, COST_BOUNDS, DEPTH_BOUNDS, PATH_BOUNDS, SIZE_BOUNDS } from './bins.ts';
import { type FolderNode, FolderTree, type TopFolder } from './folder-tree.ts';
import { type Load, unitsOfFile } from './load.ts';
import { type Notes, notesOf } from './notes.ts';
import { Ranking } from './ranking.ts';

/** An item of a run, as its results tell it. Folders come before what is in them. */
export interface SurveyItem {
  readonly id: number;
  /** Id of its folder. */
  readonly folder: number;
  readonly name: string;
  readonly kind: ItemKind;
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly modified: number;
  readonly outcome: Outcome | null;
  readonly destinationName: string | null;
  readonly codes: readonly string[];
}

/**
 * What stands between an item and the destination. `changes`: it arrives with another name or date. `blocked`: something has
 * to be done at the source first. `left-out`: by a rule, or by its nature.
 */
export const readinessStates = ['ready', 'changes', 'blocked', 'left-out'] as const;
export type Readiness = (typeof readinessStates)[number];

export interface TypeRow {
  /** Extension in lower case; '' for files without one. */
  readonly extension: string;
  readonly files: number;
  readonly bytes: number;
}

/** An item that gets another name. */
export interface RenameRow {
  /** Below the source, '/' between segments. */
  readonly path: string;
  /** Its name at the destination. */
  readonly name: string;
}

export interface PathRow {
  /** Below the source, '/' between segments. */
  readonly path: string;
  readonly value: number;
}

/** Everything that an assessment says in figures. Files only, where nothing else is said. */
export interface Survey {
  readonly readiness: Readonly<Record<Readiness, Tally>>;
  readonly toCopy: Load;
  readonly sizes: readonly Bin[];
  /** Milliseconds between the last change and the assessment. */
  readonly ages: readonly Bin[];
  readonly depths: readonly Bin[];
  /** Characters at the destination. */
  readonly pathLengths: readonly Bin[];
  /** By the resource units that a file costs when it is copied; of those that are to be copied. */
  readonly costs: readonly Bin[];
  /** By bytes; at most {@link TYPES}, the rest in `otherTypes`. */
  readonly types: readonly TypeRow[];
  readonly otherTypes: { readonly types: number; readonly files: number; readonly bytes: number };
  readonly largest: readonly PathRow[];
  readonly longestPaths: readonly PathRow[];
  /** Folders with more than 5,000 items, widest first. */
  readonly wide: readonly PathRow[];
  readonly wideFolders: number;
  /** What is said of the whole, by code. */
  readonly notes: Notes;
  readonly tree: FolderNode;
  /** The folders directly in the source, largest first: at most {@link TOP_FOLDERS} of `all`. */
  readonly topFolders: { readonly all: number; readonly rows: readonly TopFolder[] };
  /** The first of them; `renames.csv` has all. */
  readonly renames: readonly RenameRow[];
}

const TYPES = 40;
const ROWS = 20;
const TOP_FOLDERS = 1_000;
/** Kinds of files that are counted apart: beyond this many, new ones go together. */
const MOST_TYPES = 20_000;
/** Longer endings are no kinds of files but names with dots in them. */
const LONGEST_TYPE = 16;

/** Codes of items that arrive otherwise than they are. */
export const CHANGES: ReadonlySet<string> = new Set<Code>(['name-changed', 'odd-time']);

/** Adds up the items of a run, one by one; memory grows with the folders and not with the files. */
export class Surveyor {
  readonly #now: number;
  readonly #fragmentBytes: number;
  readonly #toCopy = { files: 0, folders: 0, bytes: 0, emptyFiles: 0, fragments: 0 };
  readonly #tree: FolderTree;
  readonly #readiness: Record<Readiness, Tally> = {
    ready: noTally,
    changes: noTally,
    blocked: noTally,
    'left-out': noTally,
  };
  readonly #sizes = new Bins(SIZE_BOUNDS);
  readonly #ages = new Bins(AGE_BOUNDS);
  readonly #depths = new Bins(DEPTH_BOUNDS);
  readonly #pathLengths = new Bins(PATH_BOUNDS);
  readonly #costs = new Bins(COST_BOUNDS);
  readonly #types = new Map<string, { files: number; bytes: number }>();
  readonly #rest = { files: 0, bytes: 0 };
  readonly #largest = new Ranking<PathRow>(ROWS, ({ value }) => value);
  readonly #renames: RenameRow[] = [];
  readonly #longest = new Ranking<PathRow>(ROWS, ({ value }) => value);

  /**
   * @param parts.now milliseconds since 1970: ages are counted from here
   * @param parts.rootPathLength characters of the destination's root (decoded, server-relative)
   * @param parts.fragmentBytes bytes of one fragment of an upload
   */
  constructor(parts: {
    readonly now: number;
    readonly rootPathLength: number;
    readonly fragmentBytes: number;
  }) {
    this.#now = parts.now;
    this.#fragmentBytes = parts.fragmentBytes;
    this.#tree = new FolderTree(parts.rootPathLength);
  }

  add(item: SurveyItem): void {
    const { folder, kind, size, name } = item;
    const place = this.#tree.place(folder, item);
    const state = this.#count(item);
    if (item.destinationName !== null && item.outcome !== 'failed' && this.#renames.length < ROWS) {
      this.#renames.push({ path: this.#tree.pathOf(folder, name), name: item.destinationName });
    }
    if (kind === 'folder') {
      this.#tree.addFolder(item, place);
      return;
    }
    this.#tree.addFile(folder, kind === 'file' ? size : 0, kind === 'file' ? 1 : 0, state);
    if (kind !== 'file') return;
    this.#sizes.add(size, size);
    this.#ages.add(this.#now - item.modified, size);
    this.#depths.add(place.depth, size);
    this.#pathLengths.add(place.pathLength, size);
    this.#addType(name, size);
    if (this.#largest.takes(size)) this.#largest.add({ path: this.#tree.pathOf(folder, name), value: size });
    if (this.#longest.takes(place.pathLength)) {
      this.#longest.add({ path: this.#tree.pathOf(folder, name), value: place.pathLength });
    }
  }

  result(): Survey {
    const types = [...this.#types]
      .map(([extension, sums]) => ({ extension, ...sums }))
      .sort((a, b) => b.bytes - a.bytes || b.files - a.files || (a.extension < b.extension ? -1 : 1));
    const others = types.slice(TYPES);
    const wide = this.#tree.wide(WIDE);
    return {
      readiness: this.#readiness,
      toCopy: this.#toCopy,
      sizes: this.#sizes.list(),
      ages: this.#ages.list(),
      depths: this.#depths.list(),
      pathLengths: this.#pathLengths.list(),
      costs: this.#costs.list(),
      types: types.slice(0, TYPES),
      otherTypes: {
        types: others.length,
        files: this.#rest.files + others.reduce((sum, { files }) => sum + files, 0),
        bytes: this.#rest.bytes + others.reduce((sum, { bytes }) => sum + bytes, 0),
      },
      largest: this.#largest.list(),
      longestPaths: this.#longest.list(),
      wide: wide.slice(0, ROWS),
      wideFolders: wide.length,
      notes: notesOf({
        items: [this.#readiness.ready, this.#readiness.changes].reduce(
          (sum, { files, folders }) => sum + files + folders,
          0,
        ),
        emptyFiles: this.#toCopy.emptyFiles,
        wideFolders: wide.length,
      }),
      tree: this.#tree.tree(),
      topFolders: this.#tree.topFolders(TOP_FOLDERS),
      renames: this.#renames,
    };
  }

  /** @returns what is to be said of it in its folders */
  #count({ kind, size, outcome, codes }: SurveyItem): 'changes' | 'blocked' | undefined {
    const state = readinessOf(outcome, codes);
    const one: Tally = {
      files: kind === 'file' ? 1 : 0,
      folders: kind === 'folder' ? 1 : 0,
      others: kind === 'link' || kind === 'special' ? 1 : 0,
      bytes: kind === 'file' ? size : 0,
    };
    this.#readiness[state] = addTally(this.#readiness[state], one);
    if (outcome === 'planned') this.#addToCopy(one);
    return state === 'changes' || state === 'blocked' ? state : undefined;
  }

  #addToCopy({ files, folders, bytes }: Tally): void {
    const sums = this.#toCopy;
    sums.files += files;
    sums.folders += folders;
    sums.bytes += bytes;
    if (files > 0) this.#costs.add(unitsOfFile(bytes, this.#fragmentBytes), bytes);
    if (files > 0 && bytes === 0) sums.emptyFiles += files;
    else sums.fragments += Math.ceil(bytes / this.#fragmentBytes);
  }

  #addType(name: string, bytes: number): void {
    const extension = extensionOf(name);
    const known = this.#types.get(extension);
    if (known !== undefined) {
      known.files += 1;
      known.bytes += bytes;
    } else if (extension.length <= LONGEST_TYPE && this.#types.size < MOST_TYPES) {
      this.#types.set(extension, { files: 1, bytes });
    } else {
      this.#rest.files += 1;
      this.#rest.bytes += bytes;
    }
  }
}

/** What stands between an item and the destination, from how the run settled it. */
export function readinessOf(outcome: Outcome | null, codes: readonly string[]): Readiness {
  if (outcome === 'failed') return 'blocked';
  if (outcome === 'left-out') return 'left-out';
  return codes.some((code) => CHANGES.has(code)) ? 'changes' : 'ready';
}
