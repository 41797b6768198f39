import type { Journal, Settlement } from '../store/journal.ts';

/**
 * How long a group gathers before it is written. Without a pause every group was what one commit took, seven files on a
 * local network, and the journal spent a fifth more processor time. After a kill it is this much more that has to be
 * found out again; nothing is lost by it, since uploads are in the journal before their first byte.
 */
const GATHER_MS = 50;

/** What is in memory only is lost by a kill, so there should not be more of it than this. */
const MOST_WAITING = 500;

/**
 * Settles items in groups: while one group is being committed the next one gathers. So a file never waits for the
 * journal, and a hundred of them cost one commit.
 */
export class Settler {
  readonly #journal: Pick<Journal, 'settle'>;
  readonly #failed: (error: unknown) => void;
  readonly #sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  #gathering: Settlement[] = [];
  #writing: Promise<void> | undefined;
  #hurry = new AbortController();

  /**
   * @param failed told once about a journal that does not take any more
   * @param sleep waits, at most until the signal is aborted; never rejects
   */
  constructor(
    journal: Pick<Journal, 'settle'>,
    failed: (error: unknown) => void,
    sleep: (ms: number, signal: AbortSignal) => Promise<void>,
  ) {
    this.#journal = journal;
    this.#failed = failed;
    this.#sleep = sleep;
  }

  settle(settlement: Settlement): void {
    this.#gathering.push(settlement);
    this.#writing ??= this.#write();
  }

  /** Everything settled so far is committed, or the journal failed. */
  async drained(): Promise<void> {
    while (this.#writing) {
      this.#hurry.abort();
      await this.#writing;
    }
  }

  /** Resolves once there are not too many waiting. */
  async room(): Promise<void> {
    if (this.#gathering.length >= MOST_WAITING) await this.drained();
  }

  async #write(): Promise<void> {
    this.#hurry = new AbortController();
    try {
      while (this.#gathering.length > 0) {
        await this.#sleep(GATHER_MS, this.#hurry.signal);
        const group = this.#gathering;
        this.#gathering = [];
        await this.#journal.settle(group);
      }
    } catch (error) {
      this.#failed(error);
    }
    this.#writing = undefined;
  }
}
