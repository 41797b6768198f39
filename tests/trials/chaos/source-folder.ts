import { createHash } from 'node:crypto';
import {
  appendFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { Moment } from './plan.ts';

type SourceEvent = Extract<Moment['event'], { readonly who: 'source' }>;

/** The source of a run, and everything that each of its files ever was. */
export class SourceFolder {
  readonly root: string;
  /** By path: every state (hash and time) that the file had whenever nobody was writing. */
  readonly states = new Map<string, Set<string>>();
  readonly #hashes = new Map<string, Set<string>>();
  /** Paths that were a file and then a folder. */
  readonly turned = new Set<string>();
  #deeds = 0;

  constructor(root: string) {
    this.root = root;
    for (const path of this.files()) this.#note(path);
  }

  /** Paths of all regular files, in an order that every machine has. */
  files(): string[] {
    return readdirSync(this.root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(this.root.length + 1))
      .sort();
  }

  hash(path: string): string {
    return createHash('sha256')
      .update(readFileSync(join(this.root, path)))
      .digest('hex');
  }

  /** Whether the file was ever like this. */
  wasEver(path: string, sha256: string): boolean {
    return this.#hashes.get(path)?.has(sha256) === true;
  }

  act({ deed, chance }: SourceEvent): void {
    const files = this.files();
    const path = files[Math.floor(chance * files.length)];
    if (path === undefined) return;
    this.#deeds += 1;
    const full = join(this.root, path);
    const after = this.#do(deed, path, full);
    if (after !== undefined) this.#note(after);
  }

  /** @returns the path of the file that is another one now */
  #do(deed: SourceEvent['deed'], path: string, full: string): string | undefined {
    const text = `deed ${this.#deeds}`;
    switch (deed) {
      case 'write':
        writeFileSync(full, text.repeat(5_000 * (1 + (this.#deeds % 3))));
        return path;
      case 'append':
        appendFileSync(full, text);
        return path;
      case 'truncate':
        truncateSync(full, Math.floor(statSync(full).size / 2));
        return path;
      case 'delete':
        rmSync(full);
        return undefined;
      case 'rename':
        renameSync(full, `${full} ${text}`);
        // Its copy may go with it, and brings its versions along.
        this.states.set(`${path} ${text}`, new Set(this.states.get(path)));
        return `${path} ${text}`;
      case 'to-folder':
        rmSync(full);
        mkdirSync(full);
        this.turned.add(path);
        writeFileSync(join(full, 'inside.txt'), text);
        return `${path}/inside.txt`;
      case 'touch':
        utimesSync(full, 1_600_000_000 + this.#deeds, 1_600_000_000 + this.#deeds);
        return path;
      case 'add': {
        const added = join(dirname(path), `${text}.txt`);
        writeFileSync(join(this.root, added), text);
        return added;
      }
    }
  }

  #note(path: string): void {
    const sha256 = this.hash(path);
    const states = this.states.get(path) ?? new Set();
    this.states.set(path, states.add(`${sha256} ${statSync(join(this.root, path)).mtimeMs}`));
    this.#hashes.set(path, (this.#hashes.get(path) ?? new Set()).add(sha256));
  }
}
