import type { Nuisance } from './listener.ts';

/** A row in the log for one address and reason this often at most, however many tries there are. */
const EVERY_MS = 60_000;
const MOST_KEPT = 1_000;

/**
 * Writes down who was sent away, without letting anybody fill the log: the first try at once, those of the next minute as one row
 * with their number. Addresses beyond the first thousand of a minute are counted together.
 */
export class NuisanceLog {
  readonly #now: () => number;
  readonly #write: (told: { address: string; why: Nuisance; times: number }) => void;
  readonly #kept = new Map<string, { address: string; why: Nuisance; since: number; times: number }>();

  constructor(now: () => number, write: (told: { address: string; why: Nuisance; times: number }) => void) {
    this.#now = now;
    this.#write = write;
  }

  note(address: string, why: Nuisance): void {
    this.tick();
    const told = this.#kept.size >= MOST_KEPT ? 'others' : address;
    const known = this.#kept.get(`${why} ${told}`);
    if (known !== undefined) {
      known.times += 1;
      return;
    }
    this.#kept.set(`${why} ${told}`, { address: told, why, since: this.#now(), times: 0 });
    this.#write({ address: told, why, times: 1 });
  }

  /** Writes what is due. To be called now and then. @param all also what is not: at the end */
  tick(all = false): void {
    const now = this.#now();
    for (const [key, { address, why, since, times }] of this.#kept) {
      if (!all && Math.abs(now - since) < EVERY_MS) continue;
      this.#kept.delete(key);
      if (times > 0) this.#write({ address, why, times });
    }
  }
}
