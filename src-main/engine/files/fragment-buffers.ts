/** Buffers of one fragment each, used again: allocating 10 MiB means 2,560 new pages for the system to hand out. */
export class FragmentBuffers {
  /** Bytes of a full fragment. */
  readonly size: number;
  readonly #free: Uint8Array[] = [];

  constructor(size: number) {
    this.size = size;
  }

  take(length: number): Uint8Array {
    if (length < this.size) return Buffer.allocUnsafeSlow(length);
    return this.#free.pop() ?? Buffer.allocUnsafeSlow(length);
  }

  give(buffer: Uint8Array): void {
    if (buffer.length === this.size && this.#free.length < MOST_FREE) this.#free.push(buffer);
  }
}

const MOST_FREE = 4;
