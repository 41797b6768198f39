/** Twenty files of 2 kB are 40 kB, and of 34 kB 680 kB; what does not fit gets memory of its own. */
const SIZES = [131_072, 1_048_576] as const;
const MOST_FREE = 16;

/**
 * Memory for groups of small files, used again. What V8 is left to collect it collects late: with 16 groups in flight there were 30 MB
 * more of it than in use. In two sizes, since new memory is written full of zeros and so is there in full: 16 MB for groups of 40 kB.
 */
export class GroupBuffers {
  readonly #free = new Map<number, ArrayBuffer[]>(SIZES.map((size) => [size, []]));

  /** @param bytes that the group has, as far as is known */
  take(bytes: number): ArrayBuffer {
    const size = SIZES.find((each) => bytes <= each) ?? SIZES[1];
    return this.#free.get(size)?.pop() ?? new ArrayBuffer(size);
  }

  /** Nobody sends from it any more. Other memory than was taken here, or what changed hands since, is left to be collected. */
  give(memory: ArrayBufferLike): void {
    const free = this.#free.get(memory.byteLength);
    if (free && memory instanceof ArrayBuffer && free.length < MOST_FREE) free.push(memory);
  }
}
