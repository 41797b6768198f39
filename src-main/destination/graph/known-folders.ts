/** What an entry says of its folder. A folder that was said to be elsewhere by now is in doubt. */
const IN_DOUBT = 1;
const OUTSIDE = 2;
const INSIDE = 3;

const FIRST_SLOTS = 1_024;
const FULLEST = 0.7;

/**
 * For each folder of a drive whether it is below the root: 11 to 23 bytes a folder, where a map of ids takes 100. A
 * library can have a million of them.
 *
 * Of an id 62 bits of a hash are kept. That two of a million folders share them has odds of one to ten millions; then what is in the
 * one counts as in the other, and the listing lacks it or has too much of it. Copies that a listing lacks are asked for one by one.
 */
export class KnownFolders {
  /** Two words a slot: 32 bits of the hash, then 30 bits and what is said. 0 in both: free. */
  #words = new Uint32Array(2 * FIRST_SLOTS);
  #count = 0;

  /** Undefined for one that is not known, or in doubt. */
  get(id: string): boolean | undefined {
    const said = (this.#words[this.#slotOf(hashOf(id)) + 1] ?? 0) & 3;
    return said < OUTSIDE ? undefined : said === INSIDE;
  }

  set(id: string, inside: boolean): void {
    this.#put(id, inside ? INSIDE : OUTSIDE);
  }

  /** What was known of it counts no more. */
  doubt(id: string): void {
    if (this.get(id) !== undefined) this.#put(id, IN_DOUBT);
  }

  #put(id: string, said: number): void {
    const hash = hashOf(id);
    const at = this.#slotOf(hash);
    if (this.#words[at + 1] === 0) this.#count += 1;
    this.#words[at] = hash.high;
    this.#words[at + 1] = hash.low | said;
    if (this.#count > (this.#words.length / 2) * FULLEST) this.#grow();
  }

  /** Where the entry is, or would go: the first slot from its own on that has it or is free. */
  #slotOf({ high, low }: Hash): number {
    const words = this.#words;
    const last = words.length - 2;
    let at = (high * 2) & last;
    for (;;) {
      const said = words[at + 1] ?? 0;
      if (said === 0 || (words[at] === high && (said & ~3) >>> 0 === low)) return at;
      at = (at + 2) & last;
    }
  }

  #grow(): void {
    const old = this.#words;
    this.#words = new Uint32Array(old.length * 2);
    for (let from = 0; from < old.length; from += 2) {
      const [high = 0, entry = 0] = [old[from], old[from + 1]];
      if (entry === 0) continue;
      const at = this.#slotOf({ high, low: (entry & ~3) >>> 0 });
      this.#words[at] = high;
      this.#words[at + 1] = entry;
    }
  }
}

interface Hash {
  readonly high: number;
  /** The two lowest bits are 0. */
  readonly low: number;
}

/** Two multiplicative hashes side by side (FNV-1a and its like), each mixed at the end (MurmurHash3's last steps). */
function hashOf(id: string): Hash {
  let a = 0x811c9dc5;
  let b = 0x9e3779b9;
  for (let i = 0; i < id.length; i++) {
    const code = id.charCodeAt(i);
    a = Math.imul(a ^ code, 0x01000193);
    b = Math.imul(b ^ code, 0x85ebca6b) + code;
  }
  return { high: mixed(a ^ (b >>> 15)), low: (mixed(b) & ~3) >>> 0 };
}

function mixed(hash: number): number {
  let mix = hash;
  mix = Math.imul(mix ^ (mix >>> 16), 0x85ebca6b);
  mix = Math.imul(mix ^ (mix >>> 13), 0xc2b2ae35);
  return (mix ^ (mix >>> 16)) >>> 0;
}
