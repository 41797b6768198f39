/** Who waits for the end of a run hears of it at once, and need not look again and again. */
export class EndNews {
  readonly #next = new Map<string, AbortController>();

  /** Aborted when the next run of a task has ended. */
  next(task: string): AbortSignal {
    let next = this.#next.get(task);
    if (next === undefined) {
      next = new AbortController();
      this.#next.set(task, next);
    }
    return next.signal;
  }

  tell(task: string): void {
    this.#next.get(task)?.abort();
    this.#next.delete(task);
  }
}
