import { createHash } from 'node:crypto';
import type { PracticeControl, TreeEntry } from '../../../src-practice/tenant/control-contract.ts';
import type { Moment } from './plan.ts';
import type { SourceFolder } from './source-folder.ts';

type ColleagueEvent = Extract<Moment['event'], { readonly who: 'colleague' }>;

/** Somebody who works at the destination meanwhile, and remembers what was done. */
export class Colleague {
  readonly #control: PracticeControl;
  readonly #drive: string;
  /** SHA-256 of what the colleague stored last, by id: it must still be there in the end. */
  readonly theirs = new Map<string, string>();
  /** How often the colleague stored something, by id. */
  readonly edits = new Map<string, number>();
  /** Where a file was before the colleague gave it another name, by id. */
  readonly renamedFrom = new Map<string, string>();
  /** Everywhere the colleague did something. */
  readonly places = new Set<string>();
  #deeds = 0;

  constructor(control: PracticeControl, drive: string) {
    this.#control = control;
    this.#drive = drive;
  }

  /** All files at the destination; paths below its root. */
  async files(): Promise<TreeEntry[]> {
    const found: TreeEntry[] = [];
    for await (const entry of this.#control.tree(this.#drive)) {
      if (entry.kind === 'file') found.push({ ...entry, path: entry.path.slice(1) });
    }
    return found.sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  async act({ deed, chance }: ColleagueEvent, source: SourceFolder): Promise<void> {
    this.#deeds += 1;
    const files = await this.files();
    const at = <T>(list: readonly T[]): T | undefined => list[Math.floor(chance * list.length)];
    if (deed === 'upload') return this.#store(`colleague ${this.#deeds}.txt`);
    if (deed === 'take-name') {
      const there = new Set(files.map(({ path }) => path));
      const free = at(source.files().filter((path) => !there.has(path)));
      return free === undefined ? undefined : this.#store(free);
    }
    const entry = at(files);
    if (entry === undefined) return;
    const { id, path } = entry;
    if (deed === 'edit') return this.#store(path);
    this.places.add(path);
    if (deed === 'delete') {
      await this.#control.act({ action: 'delete', drive: this.#drive, path });
      this.theirs.delete(id);
      return;
    }
    const name = `theirs ${this.#deeds} ${path.slice(path.lastIndexOf('/') + 1)}`;
    await this.#control.act({ action: 'rename', drive: this.#drive, path, to: name });
    if (!this.renamedFrom.has(id)) this.renamedFrom.set(id, path);
  }

  async #store(path: string): Promise<void> {
    const bytes = Buffer.from(`a colleague wrote this, deed ${this.#deeds}`);
    this.places.add(path);
    const id = await this.#control.act({
      ...{ action: 'edit', drive: this.#drive, path, bytes: bytes.toString('base64') },
    });
    this.theirs.set(id, createHash('sha256').update(bytes).digest('hex'));
    this.edits.set(id, (this.edits.get(id) ?? 0) + 1);
  }
}
