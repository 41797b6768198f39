/**
 * quickXorHash, the only content hash that SharePoint and OneDrive for Business report
 * (onedrive-api-docs, docs/code-snippets/quickxorhash.md): a register of 160 bits into which byte i
 * is XORed at bit 11*i mod 160, wrapping round; at the end the length goes in as 64 bits, little-endian,
 * over the last 8 bytes.
 *
 * Since 11*160 is a multiple of 160, bytes whose index is equal mod 160 land on the same bits. So the
 * input is first folded into 160 buckets, 32 bits at a time, and the buckets are placed once at the end.
 */

const REGISTER_BITS = 160;
const SHIFT = 11;
/** How many bytes until positions repeat. */
const PERIOD = 160;
const PERIOD_WORDS = PERIOD / 4;
/** Folded a strip at a time so that the five passes over a strip read it from the first-level cache (32 KiB). */
const STRIP_WORDS = PERIOD_WORDS * 100;
/** Below this the set-up for whole words costs more than it saves. */
const SMALL_INPUT = 2 * PERIOD;

/** Words read at whole 32-bit numbers are in the machine's order, and so are they written back: order cancels out. */
export class QuickXorHash {
  readonly #buckets = new Uint8Array(PERIOD);
  readonly #words = new Uint32Array(PERIOD_WORDS);
  readonly #wordBytes = new Uint8Array(this.#words.buffer);
  /** Bytes seen so far. */
  #length = 0;

  /** Takes the next bytes; any split of the input gives the same result. */
  update(bytes: Uint8Array): this {
    const count = bytes.length;
    if (count < SMALL_INPUT) {
      this.#foldBytes(bytes, 0, count);
      return this;
    }
    const head = (4 - (bytes.byteOffset & 3)) & 3;
    const periods = Math.floor((count - head) / PERIOD);
    const middle = periods * PERIOD;
    this.#foldBytes(bytes, 0, head);
    this.#foldWords(new Uint32Array(bytes.buffer, bytes.byteOffset + head, middle / 4));
    this.#foldBytes(bytes, head + middle, count);
    return this;
  }

  /** The 20 bytes for everything seen so far; more may follow. */
  digest(): Uint8Array<ArrayBuffer> {
    const result = new Uint8Array(REGISTER_BITS / 8);
    for (let i = 0; i < PERIOD; i++) {
      const bit = (i * SHIFT) % REGISTER_BITS;
      const placed = (this.#buckets[i] ?? 0) << (bit & 7);
      const first = bit >> 3;
      const second = (first + 1) % result.length;
      result[first] = (result[first] ?? 0) ^ (placed & 0xff);
      result[second] = (result[second] ?? 0) ^ (placed >> 8);
    }
    let rest = this.#length;
    for (let i = 12; i < 20; i++) {
      result[i] = (result[i] ?? 0) ^ (rest % 256);
      rest = Math.floor(rest / 256);
    }
    return result;
  }

  /** The digest as the service writes it: base64 with padding, 28 characters. */
  toBase64(): string {
    return toBase64(this.digest());
  }

  /** An independent hash of the same bytes, for input that may have to be taken back. */
  copy(): QuickXorHash {
    const twin = new QuickXorHash();
    twin.#buckets.set(this.#buckets);
    twin.#length = this.#length;
    return twin;
  }

  #foldBytes(bytes: Uint8Array, from: number, to: number): void {
    const buckets = this.#buckets;
    let at = this.#length % PERIOD;
    for (let i = from; i < to; i++) {
      buckets[at] = (buckets[at] ?? 0) ^ (bytes[i] ?? 0);
      at = at === PERIOD - 1 ? 0 : at + 1;
    }
    this.#length += to - from;
  }

  /** Whole periods: folded on their own first, then turned to where the input stands. */
  #foldWords(input: Uint32Array): void {
    const sums = this.#words.fill(0);
    for (let from = 0; from < input.length; from += STRIP_WORDS) {
      foldStrip(input, from, Math.min(from + STRIP_WORDS, input.length), sums);
    }
    const buckets = this.#buckets;
    let at = this.#length % PERIOD;
    for (let i = 0; i < PERIOD; i++) {
      buckets[at] = (buckets[at] ?? 0) ^ (this.#wordBytes[i] ?? 0);
      at = at === PERIOD - 1 ? 0 : at + 1;
    }
    this.#length += input.length * 4;
  }
}

/**
 * XORs the columns of a strip (rows of 40 words) into `sums`, eight columns in one pass: eight sums
 * fit into registers, forty do not.
 */
function foldStrip(input: Uint32Array, from: number, to: number, sums: Uint32Array): void {
  for (let column = 0; column < PERIOD_WORDS; column += 8) {
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    let e = 0;
    let f = 0;
    let g = 0;
    let h = 0;
    for (let i = from + column; i < to; i += PERIOD_WORDS) {
      a ^= input[i] ?? 0;
      b ^= input[i + 1] ?? 0;
      c ^= input[i + 2] ?? 0;
      d ^= input[i + 3] ?? 0;
      e ^= input[i + 4] ?? 0;
      f ^= input[i + 5] ?? 0;
      g ^= input[i + 6] ?? 0;
      h ^= input[i + 7] ?? 0;
    }
    xorInto(sums, column, a);
    xorInto(sums, column + 1, b);
    xorInto(sums, column + 2, c);
    xorInto(sums, column + 3, d);
    xorInto(sums, column + 4, e);
    xorInto(sums, column + 5, f);
    xorInto(sums, column + 6, g);
    xorInto(sums, column + 7, h);
  }
}

function xorInto(sums: Uint32Array, index: number, value: number): void {
  sums[index] = (sums[index] ?? 0) ^ value;
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Bytes as base64 with padding (RFC 4648, section 4). */
export function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const group = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    text += ALPHABET.charAt(group >> 18) + ALPHABET.charAt((group >> 12) & 63);
    text += i + 1 < bytes.length ? ALPHABET.charAt((group >> 6) & 63) : '=';
    text += i + 2 < bytes.length ? ALPHABET.charAt(group & 63) : '=';
  }
  return text;
}
