import type { Database, Statement } from 'better-sqlite3';
import { isRoot, parentOf } from './result-row.ts';

/** Folders whose lengths are kept: eight bytes each, and what a map needs. */
const MOST_KEPT = 200_000;

/** How many characters the paths of folders take at the destination, each name with the `/` before it. */
export class FolderLengths {
  readonly #folder: Statement<[number], { id: number; parent: number; length: number }>;
  readonly #pathOfUnit: (root: number) => string;
  readonly #kept = new Map<number, number>();

  /** @param pathOfUnit by the id of its root; a name above a unit counts as it is at the source */
  constructor(database: Database, pathOfUnit: (root: number) => string) {
    this.#pathOfUnit = pathOfUnit;
    database.function('utf16_length', { deterministic: true }, (name: unknown) => String(name).length);
    this.#folder = database.prepare(
      'SELECT id, parent, utf16_length(coalesce(destination_name, name)) AS length FROM item WHERE id = ?',
    );
  }

  of(folder: number): number {
    const kept = this.#kept.get(folder);
    if (kept !== undefined) return kept;
    const length = this.#read(folder);
    if (this.#kept.size >= MOST_KEPT) this.#kept.clear();
    this.#kept.set(folder, length);
    return length;
  }

  #read(folder: number): number {
    if (isRoot(folder)) {
      const path = this.#pathOfUnit(folder);
      return path === '' ? 0 : path.length + 1;
    }
    const row = this.#folder.get(folder);
    return row === undefined ? 0 : this.of(parentOf(row)) + 1 + row.length;
  }
}
