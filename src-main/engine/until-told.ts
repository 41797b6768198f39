import type { Work } from './work.ts';

/** Telling 2,000 results takes about this long. */
const LOOK_AGAIN_MS = 50;

/**
 * Waits while more results are left to be told than may be. A share is listed faster than results are told, and a stop has to tell what was
 * found before it: without this a scan that is stopped after some minutes would go on for as long again.
 */
export async function untilTold({ env, control, job }: Pick<Work, 'env' | 'control' | 'job'>): Promise<void> {
  const { mostUntold } = env;
  if (mostUntold === undefined) return;
  while (!control.ending && (await job.journal.progress()).untold > mostUntold)
    await control.sleepBefore(LOOK_AGAIN_MS);
}
