import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type HandedFile, PIECE_BYTES } from '../../../../src-shared/contract/hand-over.ts';
import { isEnded } from '../../../../src-shared/model/run.ts';
import { isNoSuchFile } from '../../../basics/read-if-there.ts';
import type { DataFolder } from '../../../store/data-folder.ts';
import type { FleetStore } from '../../../store/fleet-store.ts';

/** Tasks to a page of the list. */
const PAGE = 500;
const FLEET = 'fleet.db';

/** What a coordinator hands over: a copy of its database, the results of its runs, and what it was given for its tasks. */
export class Outgoing {
  readonly #store: FleetStore;
  readonly #folder: Pick<DataFolder, 'path' | 'movingFolder'>;
  /** What was named, by its name: nothing else is read. */
  readonly #named = new Map<string, HandedFile>();
  /** Hashes are not made again of what has not changed since. */
  readonly #hashes = new Map<string, { readonly changed: number; readonly file: HandedFile }>();

  constructor(store: FleetStore, folder: Pick<DataFolder, 'path' | 'movingFolder'>) {
    this.#store = store;
    this.#folder = folder;
  }

  /** Results of runs that have ended. They may be fetched while the fleet is at work; one that changes meanwhile is fetched again. */
  async early(): Promise<HandedFile[]> {
    const runs: string[] = [];
    for await (const task of this.#tasks())
      for (const { id, state } of await this.#store.runs(task)) if (isEnded(state)) runs.push(id);
    return this.#name(runs.map((run) => `runs/${run}.db`));
  }

  /** Everything. To be called while nobody writes. */
  async all(): Promise<HandedFile[]> {
    await mkdir(this.#out, { recursive: true, mode: 0o700 });
    await this.#store.copyTo(this.#pathOf(FLEET));
    const names = [FLEET];
    for await (const task of this.#tasks()) {
      names.push(`work/${task}.names.json`, `work/${task}.people.json`);
      // A process that was killed leaves a log beside the results.
      for (const { id } of await this.#store.runs(task)) names.push(`runs/${id}.db`, `runs/${id}.db-wal`);
    }
    return this.#name(names);
  }

  /** A piece of a file that was named; undefined for any other. */
  async piece(name: string, offset: number): Promise<Buffer | undefined> {
    if (!this.#named.has(name)) return undefined;
    const handle = await open(this.#pathOf(name), 'r');
    try {
      const buffer = Buffer.alloc(PIECE_BYTES);
      const { bytesRead } = await handle.read(buffer, 0, PIECE_BYTES, offset);
      return buffer.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  }

  /** Keeps the copy of the database, now that the one it was made of holds the fleet no more. */
  async keep(): Promise<void> {
    await rename(this.#pathOf(FLEET), join(this.#folder.movingFolder, 'handed-over.db'));
    await this.remove();
  }

  async remove(): Promise<void> {
    await rm(this.#out, { recursive: true, force: true });
  }

  async *#tasks(): AsyncGenerator<string> {
    let before: string | undefined;
    do {
      const tasks = await this.#store.tasks({ before, limit: PAGE, shelf: 'all' });
      for (const { id } of tasks) yield id;
      before = tasks.length === PAGE ? tasks.at(-1)?.id : undefined;
    } while (before !== undefined);
  }

  /** Those of the names that there are. */
  async #name(names: readonly string[]): Promise<HandedFile[]> {
    const files: HandedFile[] = [];
    for (const name of names) {
      const file = await this.#look(name);
      if (file === undefined) continue;
      this.#named.set(name, file);
      files.push(file);
    }
    return files;
  }

  async #look(name: string): Promise<HandedFile | undefined> {
    const path = this.#pathOf(name);
    try {
      const { size: bytes, mtimeMs: changed } = await stat(path);
      const known = this.#hashes.get(name);
      if (known?.changed === changed && known.file.bytes === bytes) return known.file;
      const file = { name, bytes, sha256: await sha256Of(path) };
      this.#hashes.set(name, { changed, file });
      return file;
    } catch (error) {
      if (isNoSuchFile(error)) return undefined;
      throw error;
    }
  }

  get #out(): string {
    return join(this.#folder.movingFolder, 'out');
  }

  #pathOf(name: string): string {
    return name === FLEET ? join(this.#out, FLEET) : join(this.#folder.path, name);
  }
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return hash.digest('hex');
}
