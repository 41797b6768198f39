import type { Database, Statement } from 'better-sqlite3';
import { type ItemId, ROOT_ITEM } from '../../../src-shared/model/item.ts';

export interface FolderPath {
  readonly path: string;
  readonly destinationPath: string;
  readonly depth: number;
}

/** Folders that are in work together are near each other; paths of this many characters together are kept. */
const KEPT_CHARACTERS = 1_000_000;

const ROOT: FolderPath = { path: '', destinationPath: '', depth: 0 };

/** Paths of folders, put together from their parents. */
export class Paths {
  readonly #kept = new Map<ItemId, FolderPath>();
  #characters = 0;
  readonly #row: Statement<[number], { parent: number; name: string; destination_name: string | null }>;

  constructor(database: Database) {
    this.#row = database.prepare('SELECT parent, name, destination_name FROM item WHERE id = ?');
  }

  of(folder: ItemId): FolderPath {
    if (folder === ROOT_ITEM) return ROOT;
    const kept = this.#kept.get(folder);
    if (kept) return kept;
    const row = this.#row.get(folder);
    if (!row) throw new Error(`there is no item ${folder}`);
    const parent = this.of(row.parent);
    const path = {
      path: join(parent.path, row.name),
      destinationPath: join(parent.destinationPath, row.destination_name ?? row.name),
      depth: parent.depth + 1,
    };
    this.#characters += path.path.length + path.destinationPath.length;
    if (this.#characters > KEPT_CHARACTERS) this.forget();
    this.#kept.set(folder, path);
    return path;
  }

  /** After names have changed or were never written. */
  forget(): void {
    this.#kept.clear();
    this.#characters = 0;
  }
}

export function join(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}
