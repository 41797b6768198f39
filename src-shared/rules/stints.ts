import type { Stint } from './cost-model.ts';

/** What was done between two times, as far as it says something about the pace. */
export interface Step {
  readonly ms: number;
  readonly files: number;
  readonly bytes: number;
  /** Milliseconds of `ms` for which work was held up by orders of others: throttling, budgets. */
  readonly heldUp: number;
}

/** The work of a run cut into at most {@link MOST} stints of about the same length; oldest first. Immutable. */
export interface Stints {
  readonly lengthMs: number;
  readonly closed: readonly Step[];
  /** Not yet as long as a stint, or nothing was done in it yet. */
  readonly open: Step;
}

const MOST = 64;
const FIRST_LENGTH_MS = 1_000;
/** Work that is so old counts half; in a long run, what is a quarter of it old. */
const HALF_MS = 600_000;
const HALF_OF_RUN = 0.25;

const nothing: Step = { ms: 0, files: 0, bytes: 0, heldUp: 0 };

export const noStints: Stints = { lengthMs: FIRST_LENGTH_MS, closed: [], open: nothing };

/** Adds work. A stint ends when it is long enough and something was done; when there are too many, each two become one. */
export function addStep(stints: Stints, step: Step): Stints {
  const open = plus(stints.open, step);
  if (open.ms < stints.lengthMs || (open.files === 0 && open.bytes === 0)) return { ...stints, open };
  const closed = [...stints.closed, open];
  if (closed.length < MOST) return { ...stints, closed, open: nothing };
  const pairs = Array.from({ length: MOST / 2 }, (_, index) =>
    plus(closed[index * 2] ?? nothing, closed[index * 2 + 1] ?? nothing),
  );
  return { lengthMs: stints.lengthMs * 2, closed: pairs, open: nothing };
}

/** For a fit: only the time in which it could be worked. */
export function weighed({ closed }: Stints): Stint[] {
  const halfMs = Math.max(HALF_MS, HALF_OF_RUN * closed.reduce((sum, { ms }) => sum + ms, 0));
  let age = 0;
  return closed
    .toReversed()
    .map(({ ms, files, bytes, heldUp }) => {
      const weight = 0.5 ** (age / halfMs);
      age += ms;
      return { ms: Math.max(ms - heldUp, ms / 100), files, bytes, weight };
    })
    .reverse();
}

/** The share of time for which work was held up, 0..1: lately, and over all, the newer counting more. */
export function heldUpShare(stints: Stints): { readonly least: number; readonly most: number } {
  const steps = [...stints.closed, stints.open];
  const half = 0.5 ** (1 / Math.max(1, steps.length / 4));
  let [all, held, weight] = [0, 0, 1];
  for (const { ms, heldUp } of steps.toReversed()) {
    all += ms * weight;
    held += heldUp * weight;
    weight *= half;
  }
  const recent = steps.slice(-Math.max(2, Math.ceil(steps.length / 8))).reduce(plus, nothing);
  const shares = [held / Math.max(1, all), recent.heldUp / Math.max(1, recent.ms)];
  return { least: Math.min(...shares), most: Math.max(...shares) };
}

function plus(a: Step, b: Step): Step {
  return {
    ms: a.ms + b.ms,
    files: a.files + b.files,
    bytes: a.bytes + b.bytes,
    heldUp: a.heldUp + b.heldUp,
  };
}
