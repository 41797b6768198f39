import { joinPaths } from '../../src-shared/model/scope.ts';

/** For tests of the fleet: what is at the source, and what has come to the destination. */
export class StandInShare {
  /** Names of files by folder; '' is the share itself. */
  readonly #files: ReadonlyMap<string, readonly string[]>;
  /** How often each path was copied to the destination. */
  readonly copied = new Map<string, number>();
  /** Folders that were made there. */
  readonly made = new Set<string>();

  private constructor(files: ReadonlyMap<string, readonly string[]>) {
    this.#files = files;
  }

  static flat(files: number): StandInShare {
    return new StandInShare(new Map([['', names(files)]]));
  }

  /** A tree of so many levels, each folder with so many folders and files. */
  static tree(levels: number, folders: number, files: number): StandInShare {
    const all = new Map<string, readonly string[]>();
    const grow = (path: string, left: number): void => {
      all.set(path, names(files));
      if (left === 0) return;
      for (let i = 0; i < folders; i++) grow(joinPaths(path, `folder ${i}`), left - 1);
    };
    grow('', levels);
    return new StandInShare(all);
  }

  get files(): number {
    return [...this.#files.values()].reduce((sum, some) => sum + some.length, 0);
  }

  /** Without the share itself. */
  get folders(): number {
    return this.#files.size - 1;
  }

  filesIn(folder: string): readonly string[] {
    return this.#files.get(folder) ?? [];
  }

  foldersIn(folder: string): readonly string[] {
    const above = folder === '' ? '' : `${folder}/`;
    return [...this.#files.keys()].flatMap((path) => {
      const name = path.slice(above.length);
      return path.startsWith(above) && name !== '' && !name.includes('/') ? name : [];
    });
  }

  copy(path: string): void {
    this.copied.set(path, (this.copied.get(path) ?? 0) + 1);
  }
}

function names(files: number): readonly string[] {
  return Array.from({ length: files }, (_, index) => `file ${index}`);
}
