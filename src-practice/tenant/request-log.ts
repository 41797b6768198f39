/** One operation as the log shows it. */
export interface LogEntry {
  readonly at: string;
  readonly method: string;
  readonly url: string;
  readonly kind: string;
  readonly status: number;
  /** From arrival to the answer. */
  readonly ms: number;
  /** Fault that was met. */
  readonly fault?: string;
}

/** The last operations, in a ring. */
export class RequestLog {
  readonly #size: number;
  readonly #ring: LogEntry[] = [];
  #next = 0;

  constructor(size: number) {
    this.#size = size;
  }

  get wanted(): boolean {
    return this.#size > 0;
  }

  add(entry: LogEntry): void {
    if (this.#size === 0) return;
    this.#ring[this.#next] = entry;
    this.#next = (this.#next + 1) % this.#size;
  }

  /** Oldest first. */
  entries(): readonly LogEntry[] {
    return [...this.#ring.slice(this.#next), ...this.#ring.slice(0, this.#next)];
  }
}
