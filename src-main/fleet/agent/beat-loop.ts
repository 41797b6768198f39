import type { Agent } from './agent.ts';
import type { Alarm } from './alarm.ts';

/** Between two beats when nothing is waiting to be told and nobody rings. */
export const BEAT_MS = 1_000;

/**
 * Beats until it is stopped; the promise settles when the last beat was answered. A beat that breaks is a mistake of the program:
 * it is told to `onBug`, and the next beat is made all the same, for without beats the leases end.
 */
export async function runBeats(
  agent: Agent,
  parts: {
    readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
    readonly alarm: Alarm;
    readonly signal: AbortSignal;
    readonly onBug: (error: unknown) => void;
  },
): Promise<void> {
  const ticks = keepTicking(agent, parts);
  while (!parts.signal.aborted) {
    let more = false;
    try {
      more = await agent.beat();
    } catch (error) {
      parts.onBug(error);
    }
    if (!more) await parts.alarm.wait(BEAT_MS, parts.signal);
  }
  await ticks;
}

/** A clock of its own: a beat that waits long for its answer must not look like a machine that slept. */
async function keepTicking(
  agent: Agent,
  parts: { sleep: (ms: number, signal: AbortSignal) => Promise<void>; signal: AbortSignal },
): Promise<void> {
  while (!parts.signal.aborted) {
    agent.tick();
    await parts.sleep(BEAT_MS, parts.signal);
  }
}
