import { createHash } from 'node:crypto';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { HandedFile } from '../../../../src-shared/contract/hand-over.ts';
import { failed, ok, type Result } from '../../../../src-shared/model/problem.ts';
import { isNoSuchFile } from '../../../basics/read-if-there.ts';
import type { DataFolder } from '../../../store/data-folder.ts';

/** A piece of a file from `offset` on, as the coordinator has it. */
export type AskForPiece = (name: string, offset: number) => Promise<Result<Buffer>>;

/** What a machine fetches of a fleet that it is to be the coordinator of. It lies aside until it is one. */
export class Incoming {
  readonly #folder: Pick<DataFolder, 'path' | 'movingFolder'>;
  readonly #here = new Map<string, HandedFile>();

  constructor(folder: Pick<DataFolder, 'path' | 'movingFolder'>) {
    this.#folder = folder;
  }

  /** The copy of the database. */
  get fleetFile(): string {
    return join(this.#in, 'fleet.db');
  }

  /** Whether this very file is here. */
  has({ name, sha256 }: HandedFile): boolean {
    return this.#here.get(name)?.sha256 === sha256;
  }

  /** Fetches a file piece by piece, onto the disk. Code move-failed: it is not what was named. */
  async fetch(file: HandedFile, ask: AskForPiece): Promise<Result<void>> {
    const path = join(this.#in, file.name);
    this.#here.delete(file.name);
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const handle = await open(path, 'w', 0o600);
    const hash = createHash('sha256');
    try {
      for (let offset = 0; offset < file.bytes; ) {
        const piece = await ask(file.name, offset);
        if (!piece.ok) return piece;
        const { length } = piece.value;
        if (length === 0 || offset + length > file.bytes) return notTheSame(file);
        await handle.write(piece.value);
        hash.update(piece.value);
        offset += length;
      }
      await handle.sync();
    } finally {
      await handle.close();
    }
    if (hash.digest('hex') !== file.sha256) return notTheSame(file);
    this.#here.set(file.name, file);
    return ok(undefined);
  }

  /**
   * Puts everything but the database where a coordinator has it. What was put there by a process that died over it stays. To be called while
   * nothing of it is open.
   */
  async place(): Promise<void> {
    // Results before their log: of older results here neither may be left.
    for (const kind of ['runs', 'work'])
      for (const name of (await namesIn(join(this.#in, kind))).sort()) {
        const to = join(this.#folder.path, kind, name);
        if (name.endsWith('.db')) for (const end of ['-wal', '-shm']) await rm(to + end, { force: true });
        await rename(join(this.#in, kind, name), to);
      }
  }

  async remove(): Promise<void> {
    this.#here.clear();
    await rm(this.#in, { recursive: true, force: true });
  }

  get #in(): string {
    return join(this.#folder.movingFolder, 'in');
  }
}

function notTheSame({ name }: HandedFile): Result<never> {
  return failed('move-failed', { detail: `${name} did not arrive as it was sent` });
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (isNoSuchFile(error)) return [];
    throw error;
  }
}
