import { createHash, type Hash } from 'node:crypto';
import { QuickXorHash, toBase64 } from '../../src-shared/rules/quick-xor-hash.ts';

/** As many of the last bytes as the end record of a zip without a comment has. */
const TAIL = 22;

/** What the tenant wants to know of bytes that pass by: the hashes, the length, the end. */
export class ContentHasher {
  #quickXor = new QuickXorHash();
  #sha256: Hash | undefined;
  #length = 0;
  #tail = Buffer.alloc(0);

  /** @param sha256 whether there is to be a hash besides the service's own */
  constructor(sha256: boolean) {
    this.#sha256 = sha256 ? createHash('sha256') : undefined;
  }

  get length(): number {
    return this.#length;
  }

  /** The last bytes, at most 22. */
  get tail(): Buffer {
    return this.#tail;
  }

  update(chunk: Uint8Array): void {
    this.#quickXor.update(chunk);
    this.#sha256?.update(chunk);
    this.#length += chunk.length;
    const end = chunk.subarray(Math.max(0, chunk.length - TAIL));
    this.#tail = Buffer.concat([this.#tail, end]).subarray(-TAIL);
  }

  quickXor(): string {
    // Not by the hash's own way, whose text V8 would keep in 28 pieces.
    return Buffer.from(this.#quickXor.digest()).toString('base64');
  }

  sha256(): string | undefined {
    return this.#sha256?.copy().digest('hex');
  }

  /** The quickXorHash after bytes are added, and after others were XORed into the place where they stand. */
  quickXorAfter(change: {
    readonly xorAt: number;
    readonly xor: Uint8Array;
    readonly added: Uint8Array;
  }): string {
    const whole = this.#quickXor.copy().update(change.added).digest();
    // The hash is linear and its positions repeat after 160 bytes: the difference is the hash of the changed bits
    // alone, less that of as many zeros (which takes the length out).
    const lead = change.xorAt % 160;
    const changed = new QuickXorHash().update(new Uint8Array(lead)).update(change.xor).digest();
    const zeros = new QuickXorHash().update(new Uint8Array(lead + change.xor.length)).digest();
    return toBase64(whole.map((byte, i) => byte ^ (changed[i] ?? 0) ^ (zeros[i] ?? 0)));
  }

  /** An independent hasher of the same bytes: a fragment that breaks off is taken back by it. */
  copy(): ContentHasher {
    const twin = new ContentHasher(false);
    twin.#quickXor = this.#quickXor.copy();
    twin.#sha256 = this.#sha256?.copy();
    twin.#length = this.#length;
    twin.#tail = this.#tail;
    return twin;
  }
}
