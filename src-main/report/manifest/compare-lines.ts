import type { HashedLine } from './line-hashes.ts';

/** One line that is not as it was signed. */
export interface LineChange {
  readonly what: 'altered' | 'added' | 'removed';
  /** From 1: of the file as it is, or of the file as it was signed where the line was removed. */
  readonly line: number;
  /** How the line begins now; undefined for one that was removed: only its hash was signed. */
  readonly begins: string | undefined;
}

/** How many lines ahead the two are looked through for where they meet again. */
const WINDOW = 2_000;

/**
 * Which lines of a file are not those that were signed, in order. Where the two part, the nearest place is looked for at which they meet again.
 * @param signed the hashes as they were signed
 * @param found the lines as they are
 * @param most as many changes are told, and then no more is looked at
 */
export async function compareLines(
  signed: AsyncIterable<string>,
  found: AsyncIterable<HashedLine>,
  most: number,
): Promise<readonly LineChange[]> {
  const before = new Ahead(signed);
  const now = new Ahead(found);
  const changes: LineChange[] = [];
  while (changes.length < most) {
    const [hash, line] = [await before.first(), await now.first()];
    if (hash === undefined && line === undefined) return changes;
    if (hash !== undefined && hash === line?.hash) {
      before.drop(1);
      now.drop(1);
      continue;
    }
    const { gone, come } = meeting(await before.some(WINDOW), await now.some(WINDOW));
    const altered = Math.min(gone, come);
    const lines = await now.some(WINDOW);
    for (let i = 0; i < Math.max(gone, come); i += 1) {
      const isThere = i < come;
      const what = i < altered ? 'altered' : isThere ? 'added' : 'removed';
      changes.push({
        what,
        line: (isThere ? now.taken : before.taken) + i + 1,
        begins: isThere ? lines[i]?.begins : undefined,
      });
    }
    before.drop(gone);
    now.drop(come);
  }
  return changes.slice(0, most);
}

/** How many lines to pass over on both sides until they meet; all of them where they do not. */
function meeting(
  before: readonly string[],
  now: readonly HashedLine[],
): { readonly gone: number; readonly come: number } {
  const places = new Map<string, number>();
  before.forEach((hash, place) => {
    if (!places.has(hash)) places.set(hash, place);
  });
  let best = { gone: before.length, come: now.length };
  for (const [come, { hash }] of now.entries()) {
    if (come >= best.gone + best.come) break;
    const gone = places.get(hash);
    if (gone !== undefined && gone + come < best.gone + best.come) best = { gone, come };
  }
  return best;
}

/** A sequence of which some is read ahead. */
class Ahead<T> {
  /** How many were dropped so far. */
  taken = 0;
  readonly #rest: AsyncIterator<T>;
  #ahead: T[] = [];
  #at = 0;
  #ended = false;

  constructor(all: AsyncIterable<T>) {
    this.#rest = all[Symbol.asyncIterator]();
  }

  async first(): Promise<T | undefined> {
    await this.#read(1);
    return this.#ahead[this.#at];
  }

  async some(count: number): Promise<readonly T[]> {
    await this.#read(count);
    return this.#ahead.slice(this.#at, this.#at + count);
  }

  drop(count: number): void {
    this.#at += count;
    this.taken += count;
    if (this.#at < WINDOW) return;
    this.#ahead = this.#ahead.slice(this.#at);
    this.#at = 0;
  }

  async #read(count: number): Promise<void> {
    while (!this.#ended && this.#ahead.length - this.#at < count) {
      const next = await this.#rest.next();
      if (next.done === true) this.#ended = true;
      else this.#ahead.push(next.value);
    }
  }
}
