/** What was put into a synthetic tree by hand, over what is derived. */
export type WrittenNode =
  | {
      readonly kind: 'file';
      readonly content: Uint8Array;
      readonly modified: number;
      readonly created: number;
      readonly fileId: string;
    }
  | { readonly kind: 'folder'; readonly made: number; readonly fileId: string }
  | { readonly kind: 'link'; readonly made: number; readonly fileId: string };

/** Everything by hand is of this time unless another is said. */
const MADE = Date.UTC(2026, 0, 1);
/** Above all numbers of derived files. */
const FIRST_ID = 2 ** 52;

/**
 * Entries that were written into a synthetic tree, removed from it, or may not be read. Paths as in `Source`. Held in
 * memory: it is meant for tests and the odd case, not for trees.
 */
export class Written {
  readonly #folders = new Map<string, Map<string, WrittenNode>>();
  readonly #removed = new Set<string>();
  readonly #forbidden = new Set<string>();
  #lastId = FIRST_ID;

  /** Writes a file, with the folders above it. */
  file(path: string, content: string | Uint8Array, modified: number = MADE): void {
    const before = this.node(path);
    const [parent, name] = split(path);
    this.folder(parent);
    this.#childrenOf(parent).set(name, {
      kind: 'file',
      content: typeof content === 'string' ? new TextEncoder().encode(content) : content,
      modified,
      created: MADE,
      fileId: before?.fileId ?? this.#nextId(),
    });
    this.#removed.delete(path);
  }

  /** Makes a folder, with those above it; one that is there stays as it is. */
  folder(path: string): void {
    if (path === '') return;
    const [parent, name] = split(path);
    this.folder(parent);
    const children = this.#childrenOf(parent);
    if (!children.has(name)) children.set(name, { kind: 'folder', made: MADE, fileId: this.#nextId() });
    this.#removed.delete(path);
  }

  link(path: string): void {
    const [parent, name] = split(path);
    this.folder(parent);
    this.#childrenOf(parent).set(name, { kind: 'link', made: MADE, fileId: this.#nextId() });
  }

  /** Takes away what was written, and what is derived. */
  remove(path: string): void {
    const [parent, name] = split(path);
    this.#folders.get(parent)?.delete(name);
    for (const folder of [...this.#folders.keys()]) {
      if (folder === path || folder.startsWith(`${path}/`)) this.#folders.delete(folder);
    }
    this.#removed.add(path);
  }

  forbid(path: string): void {
    this.#forbidden.add(path);
  }

  allow(path: string): void {
    this.#forbidden.delete(path);
  }

  isRemoved(path: string): boolean {
    return this.#removed.size > 0 && this.#removed.has(path);
  }

  isForbidden(path: string): boolean {
    return this.#forbidden.has(path);
  }

  node(path: string): WrittenNode | undefined {
    const [parent, name] = split(path);
    return this.#folders.get(parent)?.get(name);
  }

  /** What was written into a folder, by name. */
  in(path: string): ReadonlyMap<string, WrittenNode> | undefined {
    return this.#folders.get(path);
  }

  #childrenOf(path: string): Map<string, WrittenNode> {
    const children = this.#folders.get(path) ?? new Map<string, WrittenNode>();
    this.#folders.set(path, children);
    return children;
  }

  #nextId(): string {
    this.#lastId += 1;
    return String(this.#lastId);
  }
}

/** The folder and the name of a path. */
export function split(path: string): readonly [string, string] {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? ['', path] : [path.slice(0, slash), path.slice(slash + 1)];
}
