/** Memory for files that are read one after the other: a piece that was lent, as long as they fit into it, and memory of their own then. */
export class GroupMemory {
  readonly #lent: ArrayBuffer | undefined;
  #used = 0;

  constructor(lent: ArrayBuffer | undefined) {
    this.#lent = lent;
  }

  take(size: number): Uint8Array {
    const at = this.#used;
    // Not from Node's pool of small buffers: what is taken changes hands as a whole.
    if (this.#lent === undefined || at + size > this.#lent.byteLength) return Buffer.allocUnsafeSlow(size);
    this.#used += size;
    return new Uint8Array(this.#lent, at, size);
  }
}
