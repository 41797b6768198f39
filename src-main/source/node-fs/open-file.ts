/// <reference path="./graceful-fs.d.ts" />
import { type BigIntStats, fstat, read, type Stats } from 'node:fs';
import { promisify } from 'node:util';
import gracefulFs from 'graceful-fs';
import type { Fingerprint } from '../../../src-shared/model/item.ts';
import { failed, ok, type Result } from '../../../src-shared/model/problem.ts';
import type { SourceFile } from '../source.ts';
import { problemOf } from './errors.ts';
import { READ_ONLY } from './read-whole.ts';
import { fileIdOf, isExact, timesOf } from './stat.ts';

/** Where the system has no handle left (EMFILE) these wait for one to be closed; everything else is Node's own. */
const openFd = promisify(gracefulFs.open);
const closeFd = promisify(gracefulFs.close);
const statFd: (fd: number) => Promise<Stats> = promisify(fstat);
const statFdExactly = promisify(
  (fd: number, done: (error: NodeJS.ErrnoException | null, stat: BigIntStats) => void): void => {
    fstat(fd, { bigint: true }, done);
  },
);
/** Not promisify: fs.read has a form of its own there that allocates an object for each call. */
function readFd(fd: number, into: Uint8Array, from: number, offset: number): Promise<number> {
  return new Promise((resolve, reject) => {
    read(fd, into, from, into.byteLength - from, offset, (error, count) => {
      if (error) reject(error);
      else resolve(count);
    });
  });
}

/** Opens a file for reading. `where` is how it is called in problems. */
export async function openFile(path: string, where: string, rootDevice: number): Promise<Result<SourceFile>> {
  const fd = await guard(where, () => openFd(path, READ_ONLY));
  if (!fd.ok) return fd;
  const file = new OpenFile(fd.value, where, rootDevice);
  const isFile = await file.isFile();
  if (isFile.ok && isFile.value) return ok(file);
  await file.close();
  return isFile.ok ? failed('file-vanished', { where, detail: 'no longer a file' }) : isFile;
}

class OpenFile implements SourceFile {
  readonly #fd: number;
  readonly #where: string;
  readonly #rootDevice: number;
  /** From opening: the first fingerprint needs no further call, as nothing was read in between. */
  #opened: Stats | undefined;

  constructor(fd: number, where: string, rootDevice: number) {
    this.#fd = fd;
    this.#where = where;
    this.#rootDevice = rootDevice;
  }

  async isFile(): Promise<Result<boolean>> {
    const stat = await guard(this.#where, () => statFd(this.#fd));
    if (!stat.ok) return stat;
    this.#opened = stat.value;
    return ok(stat.value.isFile());
  }

  async fingerprint(): Promise<Result<Fingerprint>> {
    const stat = this.#opened ? ok(this.#opened) : await guard(this.#where, () => statFd(this.#fd));
    this.#opened = undefined;
    if (!stat.ok) return stat;
    const { size } = stat.value;
    const { modified } = timesOf(stat.value);
    const exact = isExact(stat.value) ? stat : await guard(this.#where, () => statFdExactly(this.#fd));
    return exact.ok ? ok({ size, modified, fileId: fileIdOf(exact.value, this.#rootDevice) }) : exact;
  }

  read(into: Uint8Array, offset: number): Promise<Result<number>> {
    this.#opened = undefined;
    return guard(this.#where, async () => {
      // A network drive may give less than was asked for in the middle of a file.
      let filled = 0;
      while (filled < into.byteLength) {
        const count = await readFd(this.#fd, into, filled, offset + filled);
        if (count === 0) break;
        filled += count;
      }
      return filled;
    });
  }

  async close(): Promise<void> {
    await closeFd(this.#fd);
  }
}

async function guard<T>(where: string, call: () => Promise<T>): Promise<Result<T>> {
  try {
    return ok(await call());
  } catch (error) {
    const problem = problemOf(error, 'file', where);
    return failed(problem.code, problem);
  }
}
