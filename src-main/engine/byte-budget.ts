/** Bounds the memory of what is being read: who wants bytes waits until others gave theirs back. First come, first served. */
export class ByteBudget {
  readonly #capacity: number;
  #free: number;
  readonly #queue: { readonly bytes: number; readonly go: () => void }[] = [];

  /** @param capacity bytes */
  constructor(capacity: number) {
    this.#capacity = capacity;
    this.#free = capacity;
  }

  get inUse(): number {
    return this.#capacity - this.#free;
  }

  /** Takes bytes, once they are there. More than there can ever be counts as all of them. Resolves to what gives them back. */
  async take(bytes: number): Promise<() => void> {
    const wanted = Math.min(bytes, this.#capacity);
    if (this.#queue.length > 0 || wanted > this.#free) {
      await new Promise<void>((go) => {
        this.#queue.push({ bytes: wanted, go });
      });
    } else this.#free -= wanted;
    return this.#giveBackOnce(wanted);
  }

  /** Takes bytes if they are there at once and nobody waits for any. */
  tryTake(bytes: number): (() => void) | undefined {
    if (this.#queue.length > 0 || bytes > this.#free) return undefined;
    this.#free -= bytes;
    return this.#giveBackOnce(bytes);
  }

  #giveBackOnce(bytes: number): () => void {
    let given = false;
    return () => {
      if (given) return;
      given = true;
      this.#free += bytes;
      for (let next = this.#queue[0]; next && next.bytes <= this.#free; next = this.#queue[0]) {
        this.#queue.shift();
        this.#free -= next.bytes;
        next.go();
      }
    };
  }
}
