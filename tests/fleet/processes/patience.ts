import { setTimeout as sleep } from 'node:timers/promises';

const LOOK_EVERY_MS = 100;

/** Looks until there is something. @param ms after so long it rejects, with what was waited for */
export async function patience<T>(
  what: string,
  look: () => Promise<T | undefined>,
  ms = 120_000,
): Promise<T> {
  const giveUp = performance.now() + ms;
  let last: unknown;
  while (performance.now() < giveUp) {
    try {
      const found = await look();
      if (found !== undefined) return found;
    } catch (error) {
      // A process that is killed while it is asked; it is asked again.
      last = error;
    }
    await sleep(LOOK_EVERY_MS);
  }
  throw new Error(`waited in vain until ${what}`, { cause: last });
}
