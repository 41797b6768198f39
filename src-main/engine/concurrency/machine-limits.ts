import { Semaphore } from './semaphore.ts';

/** Bytes of files in memory at the same time, at most. Ten million files or one of 250 GB: it stays this much. */
const MEMORY_BYTES = 96 * 1_048_576;
/** The part of it that new work leaves to what is sent again (AzCopy's figure): nothing waits for itself. */
const FOR_SECOND_TRIES = 0.25;

/**
 * What the units of one machine share: memory, and for each task as many files in flight as it says. A task says what its destination
 * and this machine's line bear, however many units it comes in.
 */
export class MachineLimits {
  /** Bytes of files. */
  readonly memory = new Semaphore(MEMORY_BYTES, FOR_SECOND_TRIES);
  readonly #places = new Map<string, { readonly files: number; readonly semaphore: Semaphore }>();

  /** @param files that the task may have in flight; where that was changed, the units from now on have the new number among them */
  places(task: string, files: number): Semaphore {
    const known = this.#places.get(task);
    if (known?.files === files) return known.semaphore;
    const semaphore = new Semaphore(files);
    this.#places.set(task, { files, semaphore });
    return semaphore;
  }
}
