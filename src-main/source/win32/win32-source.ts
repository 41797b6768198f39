import { win32 } from 'node:path';
import { failed, ok, type Result } from '../../../src-shared/model/problem.ts';
import type { Principal, Rights, Space } from '../../../src-shared/model/rights.ts';
import { Owners } from '../owners.ts';
import { serverOf } from '../server-calls.ts';
import type { FullSource, Owner, ReadFile, SourceEntry, SourceFile } from '../source.ts';
import { SourceThreads } from '../threads/source-threads.ts';
import { readAccessList } from './access-list.ts';
import { callLater } from './call-later.ts';
import { forFolder } from './create-file.ts';
import { entryOf } from './entry.ts';
import { problemOf } from './errors.ts';
import { fileInfo } from './file-info.ts';
import { createFile, isInvalid } from './kernel32.ts';
import { lookUpSid } from './look-up-sid.ts';
import { close, openFile } from './open-file.ts';
import { absoluteRoot, below, namespaced } from './paths.ts';
import { readSpace } from './space.ts';
import type { WindowsThreadSettings } from './windows-worker.ts';

export interface Win32SourceOptions {
  /** Threads that list and read small files; 2 to 4 by the number of processors if not given. */
  readonly threads?: number;
}

/** A source read with the functions of Windows: no call for each entry, attributes, access lists, long paths. */
export function openWin32Source(root: string, options: Win32SourceOptions = {}): FullSource {
  return new Win32Source(absoluteRoot(root), options.threads);
}

class Win32Source implements FullSource {
  readonly root: string;
  readonly #native: string;
  readonly #threads: SourceThreads;
  readonly #owners = new Owners(this);

  constructor(root: string, threads: number | undefined) {
    this.root = root;
    this.#native = namespaced(root);
    const settings: WindowsThreadSettings = { root: this.#native };
    this.#threads = new SourceThreads({
      script: new URL('./windows-worker.ts', import.meta.url),
      settings: async () => settings,
      threads,
    });
  }

  async probe(): Promise<Result<SourceEntry>> {
    // Opened for listing: who may not list it may not open it so.
    const { result: handle, error } = await callLater(createFile, this.#native, ...forFolder);
    if (isInvalid(handle)) return problemOf(error, 'root', this.root);
    const info = await fileInfo(handle, 'root', this.root);
    await close(handle);
    if (!info.ok) return info;
    if (!info.value.isFolder) return failed('source-not-a-folder', { where: this.root });
    // A link is followed here: it is what the user named.
    const name = win32.basename(this.root);
    // Not the file id: behind a DFS path the next server answers with another, and has the same files.
    return ok({ ...entryOf({ ...info.value, name, tag: 0 }), kind: 'folder', fileId: undefined });
  }

  list(path: string): AsyncIterable<Result<readonly SourceEntry[]>> {
    return this.#threads.list(path);
  }

  open(path: string): Promise<Result<SourceFile>> {
    return openFile(below(this.#native, path), path);
  }

  readFiles(
    paths: readonly string[],
    limit: number,
    lent?: ArrayBuffer,
  ): Promise<readonly Result<ReadFile | undefined>[]> {
    return this.#threads.read(this, paths, limit, lent);
  }

  async rights(path: string): Promise<Result<Rights>> {
    const sddl = await readAccessList(below(this.#native, path), path);
    return sddl.ok ? ok({ system: 'windows', sddl: sddl.value }) : sddl;
  }

  owner(path: string): Promise<Result<Owner>> {
    return this.#owners.of(path);
  }

  principal(sid: string): Promise<Principal> {
    return lookUpSid(sid, serverOf(this.root));
  }

  space(): Promise<Result<Space>> {
    return readSpace(this.#native, this.root);
  }

  close(): Promise<void> {
    return this.#threads.close();
  }
}
