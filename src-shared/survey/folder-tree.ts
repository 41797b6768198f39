/** A folder with everything below it, for a picture of where the bytes are. */
export interface FolderNode {
  readonly name: string;
  readonly files: number;
  readonly bytes: number;
  /** Of the files: those that arrive with another name or date, and those that cannot be copied. */
  readonly changes: number;
  readonly blocked: number;
  /** The largest folders in it. What is missing to the sums lies in smaller ones, and in the folder itself. */
  readonly folders: readonly FolderNode[];
}

/** Where an item lies. */
export interface FolderPlace {
  /** Folders between the root and the item. */
  readonly depth: number;
  /** Characters of its path at the destination. */
  readonly pathLength: number;
}

interface Folder {
  readonly name: string;
  readonly parent: Folder | undefined;
  readonly depth: number;
  readonly pathLength: number;
  /** Entries directly in it. */
  entries: number;
  /** Files and bytes in it and below. */
  files: number;
  bytes: number;
  changes: number;
  blocked: number;
}

/** A folder directly in the source, with everything below it. */
export type TopFolder = Pick<FolderNode, 'name' | 'files' | 'bytes' | 'blocked'>;

/** Levels of the picture, and how much of the whole a folder must hold to be in it. */
const LEVELS = 4;
const SHARE = 0.002;
const MOST_CHILDREN = 40;

/** The folders of a run: what lies in each and below. An object a folder; files leave nothing behind. */
export class FolderTree {
  readonly #root: Folder;
  readonly #folders = new Map<number, Folder>();

  /** @param rootPathLength characters of the destination's root */
  constructor(rootPathLength: number) {
    this.#root = newFolder('', undefined, 0, rootPathLength);
  }

  /** Where an entry of a folder lies. A folder that is not known (the root) is the root. */
  place(
    folder: number,
    item: { readonly name: string; readonly destinationName: string | null },
  ): FolderPlace {
    const { depth, pathLength } = this.#folder(folder);
    return { depth, pathLength: pathLength + 1 + (item.destinationName ?? item.name).length };
  }

  addFolder(
    item: { readonly id: number; readonly folder: number; readonly name: string },
    place: FolderPlace,
  ): void {
    const parent = this.#folder(item.folder);
    parent.entries += 1;
    this.#folders.set(item.id, newFolder(item.name, parent, place.depth + 1, place.pathLength));
  }

  addFile(folder: number, bytes: number, files: number, state: 'changes' | 'blocked' | undefined): void {
    let above: Folder | undefined = this.#folder(folder);
    above.entries += 1;
    while (above !== undefined) {
      above.files += files;
      above.bytes += bytes;
      if (state !== undefined) above[state] += files;
      above = above.parent;
    }
  }

  /** The path of an entry below the source. */
  pathOf(folder: number, name: string): string {
    const above = pathTo(this.#folder(folder));
    return above === '' ? name : `${above}/${name}`;
  }

  /** Folders with more entries than this, widest first. */
  wide(entries: number): { readonly path: string; readonly value: number }[] {
    return [this.#root, ...this.#folders.values()]
      .filter((folder) => folder.entries > entries)
      .sort((a, b) => b.entries - a.entries)
      .map((folder) => ({ path: pathTo(folder), value: folder.entries }));
  }

  /** The picture: a few levels, without folders that are too small to be seen. */
  tree(): FolderNode {
    const shown = new Map<Folder, Folder[]>();
    for (const folder of this.#folders.values()) {
      const { parent } = folder;
      if (parent === undefined || folder.depth > LEVELS || folder.bytes < this.#root.bytes * SHARE) continue;
      const siblings = shown.get(parent);
      if (siblings) siblings.push(folder);
      else shown.set(parent, [folder]);
    }
    const node = (folder: Folder): FolderNode => ({
      name: folder.name,
      files: folder.files,
      bytes: folder.bytes,
      changes: folder.changes,
      blocked: folder.blocked,
      folders: (shown.get(folder) ?? [])
        .sort((a, b) => b.bytes - a.bytes)
        .slice(0, MOST_CHILDREN)
        .map(node),
    });
    return node(this.#root);
  }

  /** The folders directly in the source, largest first. @param most how many are told */
  topFolders(most: number): { readonly all: number; readonly rows: readonly TopFolder[] } {
    const top = [...this.#folders.values()].filter(({ parent }) => parent === this.#root);
    const rows = top
      .sort((a, b) => b.bytes - a.bytes || b.files - a.files || (a.name < b.name ? -1 : 1))
      .slice(0, most)
      .map(({ name, files, bytes, blocked }) => ({ name, files, bytes, blocked }));
    return { all: top.length, rows };
  }

  #folder(id: number): Folder {
    return this.#folders.get(id) ?? this.#root;
  }
}

function newFolder(name: string, parent: Folder | undefined, depth: number, pathLength: number): Folder {
  return { name, parent, depth, pathLength, entries: 0, files: 0, bytes: 0, changes: 0, blocked: 0 };
}

function pathTo(folder: Folder): string {
  const names: string[] = [];
  for (let at: Folder | undefined = folder; at?.parent !== undefined; at = at.parent) names.push(at.name);
  return names.reverse().join('/');
}
