import { type Fingerprint, sameFingerprint } from '../../../src-shared/model/item.ts';
import { failed, ok, type Result } from '../../../src-shared/model/problem.ts';
import { QuickXorHash } from '../../../src-shared/rules/quick-xor-hash.ts';
import type { SourceFile } from '../../source/source.ts';
import type { Semaphore } from '../concurrency/semaphore.ts';
import type { Content, Fragment } from './content.ts';
import type { FragmentBuffers } from './fragment-buffers.ts';

/**
 * A file that is read fragment by fragment, one ahead of the one being sent while memory allows. Every byte is hashed
 * once, in order. An upload that goes on from an earlier process has its beginning read again for that: reading a
 * file server costs little beside sending the same bytes over the internet.
 */
export class StreamedFile implements Content {
  readonly fingerprint: Fingerprint;
  readonly #file: SourceFile;
  readonly #path: string;
  readonly #buffers: FragmentBuffers;
  readonly #memory: Semaphore;
  readonly #hash = new QuickXorHash();
  #hashedUpTo = 0;
  #ahead: { readonly offset: number; readonly fragment: Promise<Result<Fragment>> } | undefined;

  constructor(options: {
    readonly file: SourceFile;
    readonly path: string;
    readonly fingerprint: Fingerprint;
    readonly buffers: FragmentBuffers;
    readonly memory: Semaphore;
  }) {
    this.#file = options.file;
    this.#path = options.path;
    this.fingerprint = options.fingerprint;
    this.#buffers = options.buffers;
    this.#memory = options.memory;
  }

  async fragment(offset: number): Promise<Result<Fragment>> {
    const ahead = this.#ahead;
    this.#ahead = undefined;
    if (ahead?.offset === offset) return ahead.fragment;
    if (ahead) await discard(ahead.fragment);
    const prefix = await this.#hashUpTo(offset);
    if (!prefix.ok) return prefix;
    // What was hashed was read before: it is wanted again.
    const again = offset < this.#hashedUpTo;
    return this.#read(offset, await this.#memory.take(this.#lengthAt(offset), again));
  }

  ahead(offset: number): void {
    if (this.#ahead || offset !== this.#hashedUpTo) return;
    const release = this.#memory.tryTake(this.#lengthAt(offset));
    if (!release) return;
    const fragment = this.#read(offset, release);
    // It is awaited when it is wanted, or at the end; until then its failure must not count as one that nobody handles.
    fragment.catch(awaitedLater);
    this.#ahead = { offset, fragment };
  }

  async stillSame(): Promise<Result<boolean>> {
    const now = await this.#file.fingerprint();
    return now.ok ? ok(sameFingerprint(now.value, this.fingerprint)) : now;
  }

  async hash(): Promise<Result<string>> {
    const rest = await this.#hashUpTo(this.fingerprint.size);
    return rest.ok ? ok(this.#hash.toBase64()) : rest;
  }

  /** Gives back what was read ahead and not wanted. Closing the file is the business of whoever opened it. */
  async end(): Promise<void> {
    const ahead = this.#ahead;
    this.#ahead = undefined;
    if (ahead) await discard(ahead.fragment);
  }

  async #read(offset: number, release: () => void): Promise<Result<Fragment>> {
    const bytes = this.#buffers.take(this.#lengthAt(offset));
    const giveBack = (reuse: boolean): void => {
      if (reuse) this.#buffers.give(bytes);
      release();
    };
    try {
      const count = await this.#file.read(bytes, offset);
      if (count.ok && count.value === bytes.length) {
        this.#take(offset, bytes);
        return ok({ bytes, release: giveBack });
      }
      giveBack(true);
      // Shorter than it was: somebody has cut it.
      return count.ok ? failed('file-changed-while-read', { where: this.#path }) : count;
    } catch (error) {
      giveBack(false);
      throw error;
    }
  }

  /** Hashes what was not hashed yet; a fragment that is sent again was. */
  #take(offset: number, bytes: Uint8Array): void {
    if (offset > this.#hashedUpTo) throw new Error('bytes were left out of the hash');
    this.#hash.update(bytes.subarray(this.#hashedUpTo - offset));
    this.#hashedUpTo = Math.max(this.#hashedUpTo, offset + bytes.length);
  }

  async #hashUpTo(end: number): Promise<Result<void>> {
    while (this.#hashedUpTo < end) {
      const offset = this.#hashedUpTo;
      const fragment = await this.#read(offset, await this.#memory.take(this.#lengthAt(offset)));
      if (!fragment.ok) return fragment;
      fragment.value.release(true);
    }
    return ok(undefined);
  }

  #lengthAt(offset: number): number {
    return Math.min(this.#buffers.size, this.fingerprint.size - offset);
  }
}

async function discard(read: Promise<Result<Fragment>>): Promise<void> {
  const fragment = await read;
  if (fragment.ok) fragment.value.release(true);
}

function awaitedLater(): void {
  // See where it is used.
}
