import type { FileToCopy } from '../../store/journal.ts';
import type { Feed } from '../feed.ts';
import type { Slot } from '../waits.ts';
import { guarded, type Work } from '../work.ts';

/**
 * Where files wait for their names to be free. They take no lane from others, which may be copied meanwhile; and while
 * one waits here, the feed knows that there is more to come.
 */
export class WaitingRoom {
  readonly #work: Work;
  readonly #feed: Pick<Feed<FileToCopy>, 'keep' | 'done'>;
  readonly #slot: Slot;
  #waiting = 0;
  #emptied: PromiseWithResolvers<void> | undefined;

  constructor(work: Work, feed: Pick<Feed<FileToCopy>, 'keep' | 'done'>) {
    this.#work = work;
    this.#feed = feed;
    this.#slot = work.waits.slot();
  }

  /** Puts the file back after a time, unless the unit ends before. It counts as no try. */
  wait(file: FileToCopy, ms: number): void {
    const { control, job } = this.#work;
    this.#feed.keep();
    this.#enter();
    void guarded(control, async () => {
      await control.sleepBefore(ms);
      if (!control.ending) await job.journal.putBack(file.item, 0);
    }).then(() => {
      this.#leave();
      this.#feed.done();
    });
  }

  /** Resolves when nobody waits. */
  async empty(): Promise<void> {
    await this.#emptied?.promise;
  }

  #enter(): void {
    this.#waiting += 1;
    if (this.#emptied) return;
    const emptied = Promise.withResolvers<void>();
    this.#emptied = emptied;
    void this.#slot.during('name-blocked', () => emptied.promise);
  }

  #leave(): void {
    this.#waiting -= 1;
    if (this.#waiting > 0) return;
    this.#emptied?.resolve();
    this.#emptied = undefined;
  }
}
