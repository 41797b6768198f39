import type { Journal } from '../store/journal.ts';
import type { Control } from './control.ts';
import type { Slot } from './waits.ts';

/** The coordinator takes an offer within a second or two. */
const LOOK_AGAIN_MS = 250;

/** Waits while pieces of the unit are offered and nobody has taken them: until then they are part of it, and it has not ended. */
export async function untilTaken(
  journal: Pick<Journal, 'offers'>,
  control: Pick<Control, 'ending' | 'sleepBefore' | 'mayStart'>,
  slot: Slot,
): Promise<void> {
  while ((await control.mayStart(slot)) && (await journal.offers()).length > 0)
    await control.sleepBefore(LOOK_AGAIN_MS);
}
