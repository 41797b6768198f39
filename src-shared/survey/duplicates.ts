import { Ranking } from './ranking.ts';

/** A name that holds the same bytes as others. */
export interface SameFile {
  /** Below the source. */
  readonly path: string;
  /** The file system's own number for the file, where it has one. */
  readonly fileId: string | undefined;
  /** The file has more names than one (hard links). */
  readonly linked: boolean;
}

/** Names with the same content, and what they come to. */
export interface DuplicateGroup {
  readonly size: number;
  readonly names: number;
  /** Hard links of one file are one. */
  readonly files: number;
  /** Bytes that all but one of the files take. */
  readonly spare: number;
  /** The first of them. */
  readonly paths: readonly string[];
}

export interface DuplicateFigures {
  readonly groups: number;
  /** Files that are in a group, one of each included. */
  readonly files: number;
  /** Bytes that could be saved if each content were kept once. */
  readonly spare: number;
  /** Names that are another name of a file (hard links): they take no room, and are no duplicates. */
  readonly linkedNames: number;
  /** Those that would save most. */
  readonly largest: readonly DuplicateGroup[];
}

const GROUPS = 20;
const PATHS = 5;

/** How many files the names are, hard links of one file being one, and what could be saved. */
export function groupOf(size: number, names: readonly SameFile[]): DuplicateGroup {
  const linked = names.filter((name) => name.linked && name.fileId !== undefined);
  const files = names.length - linked.length + new Set(linked.map(({ fileId }) => fileId)).size;
  return {
    size,
    names: names.length,
    files,
    spare: Math.max(0, files - 1) * size,
    paths: names.slice(0, PATHS).map(({ path }) => path),
  };
}

/** Adds groups up; memory does not grow with them. */
export class DuplicateCounter {
  #groups = 0;
  #files = 0;
  #spare = 0;
  #linkedNames = 0;
  readonly #largest = new Ranking<DuplicateGroup>(GROUPS, ({ spare }) => spare);

  /** @returns the number of the group among duplicates, from 1; undefined where all names are one file */
  add(group: DuplicateGroup): number | undefined {
    this.#linkedNames += group.names - group.files;
    if (group.files < 2) return undefined;
    this.#groups += 1;
    this.#files += group.files;
    this.#spare += group.spare;
    this.#largest.add(group);
    return this.#groups;
  }

  result(): DuplicateFigures {
    return {
      groups: this.#groups,
      files: this.#files,
      spare: this.#spare,
      linkedNames: this.#linkedNames,
      largest: this.#largest.list(),
    };
  }
}
