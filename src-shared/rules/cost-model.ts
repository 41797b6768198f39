/**
 * What a file and a byte cost in time, learned from the work that was done: time = a * files + b * bytes. From it the time for
 * the rest, as a spread: how sure it is depends on how different the rest is from what was done. Pure.
 *
 * All pairs (a, b) on a grid are weighed by how well they explain what was seen, and by how plausible they are at all. The grid is
 * over (how long all took, which share of it was for bytes): the first is soon known well, the second only once files of
 * different sizes were copied. Until then small files say nothing about what a huge one will take, and the spread says so.
 */

/** Work that was done in some time. */
export interface Stint {
  /** Milliseconds in which it could be worked: without waits that others ordered. */
  readonly ms: number;
  readonly files: number;
  readonly bytes: number;
  /** How much it counts, 0 < x <= 1: older work says less. */
  readonly weight: number;
}

/** What is still to be done. */
export interface Rest {
  readonly files: number;
  readonly bytes: number;
}

/** One explanation of what was seen: seconds a file and a byte, the noise it leaves, and how likely it is. */
interface Explanation {
  readonly perFile: number;
  readonly perByte: number;
  readonly noise: number;
  readonly weight: number;
}

export type CostModel = readonly Explanation[];

/** Milliseconds; the truth lies between the outer two in most cases. */
export interface Spread {
  readonly least: number;
  readonly middle: number;
  readonly most: number;
}

/** What is assumed before anything was seen: those of the forecast of an assessment. As natural logarithms. */
const USUAL = { perFile: Math.log(1 / 30), perByte: Math.log(1 / 12.5e6) };
/** Machines and lines differ by such factors (as a logarithm), and one that is fast at files is often fast at bytes. */
const DIFFERS = 1.8;
const TOGETHER = 0.5;
/** Relative noise of a stint that is tried, as a logarithm. */
const NOISES = [0.05, 0.15, 0.4, 1];
/** Tails as those of Student's t with four degrees of freedom: a burst or a standstill is forgiven. */
const FREEDOM = 4;
/** Stints next to each other resemble each other: many are no more evidence than so many. */
const MOST_EVIDENCE = 12;
const SCALES = grid(-1.2, 1.2, 29);
const SHARES = grid(-9, 9, 31);

/** Weighs all explanations; undefined where nothing was done yet. */
export function fitCosts(stints: readonly Stint[]): CostModel | undefined {
  const seen = stints.filter(({ ms, files, bytes }) => ms > 0 && (files > 0 || bytes > 0));
  const evidence = seen.reduce((sum, { weight }) => sum + weight, 0);
  if (evidence === 0) return undefined;
  const sum = (of: (stint: Stint) => number): number =>
    seen.reduce((all, stint) => all + of(stint) * stint.weight, 0);
  const seconds = sum((stint) => stint.ms) / 1_000;
  // Where next to none was seen of one kind, the grid is laid around what is usual.
  const files = Math.max(
    sum((stint) => stint.files),
    seconds / Math.exp(USUAL.perFile) / 50,
  );
  const bytes = Math.max(
    sum((stint) => stint.bytes),
    seconds / Math.exp(USUAL.perByte) / 50,
  );
  const tempered = Math.min(1, MOST_EVIDENCE / evidence);
  const weighed = SHARES.flatMap((logit) => {
    const forBytes = 1 / (1 + Math.exp(-logit));
    const perFile = (seconds * (1 - forBytes)) / files;
    const perByte = (seconds * forBytes) / bytes;
    const residuals = seen.map((stint) =>
      Math.log(stint.ms / 1_000 / (perFile * stint.files + perByte * stint.bytes)),
    );
    return SCALES.flatMap((scale) => {
      const factor = Math.exp(scale);
      const plausible = plausibility(perFile * factor, perByte * factor);
      return NOISES.map((noise) => {
        let fits = 0;
        for (const [index, stint] of seen.entries())
          fits += stint.weight * likelihood(((residuals[index] ?? 0) - scale) / noise, noise);
        return {
          perFile: perFile * factor,
          perByte: perByte * factor,
          noise,
          log: plausible + fits * tempered,
        };
      });
    });
  });
  return normalised(weighed);
}

/** How long the rest takes. */
export function timeFor(model: CostModel, rest: Rest): Spread {
  const cases = model.flatMap(({ perFile, perByte, noise, weight }) => {
    const ms = (perFile * rest.files + perByte * rest.bytes) * 1_000;
    // What comes is not quite like what was, and the less so the more that varied (three points of Gauss and Hermite).
    const sway = Math.sqrt(3) * Math.hypot(CHANGES, noise / 2);
    return [
      { ms: ms * Math.exp(-sway), weight: weight / 6 },
      { ms, weight: (weight * 2) / 3 },
      { ms: ms * Math.exp(sway), weight: weight / 6 },
    ];
  });
  cases.sort((a, b) => a.ms - b.ms);
  const [least, middle, most] = quantiles(cases, [0.05, 0.5, 0.95]);
  return { least: least ?? 0, middle: middle ?? 0, most: most ?? 0 };
}

/** Even a steady line is not the same for the rest of the day, as a logarithm. */
const CHANGES = 0.1;

function quantiles(
  sorted: readonly { readonly ms: number; readonly weight: number }[],
  at: readonly number[],
): number[] {
  let sum = 0;
  const found: number[] = [];
  for (const { ms, weight } of sorted) {
    sum += weight;
    for (let next = at[found.length]; next !== undefined && sum >= next - 1e-9; next = at[found.length])
      found.push(ms);
  }
  return found;
}

function likelihood(standard: number, noise: number): number {
  return -((FREEDOM + 1) / 2) * Math.log1p(standard ** 2 / FREEDOM) - Math.log(noise);
}

function plausibility(perFile: number, perByte: number): number {
  const file = (Math.log(perFile) - USUAL.perFile) / DIFFERS;
  const byte = (Math.log(perByte) - USUAL.perByte) / DIFFERS;
  return -(file ** 2 - 2 * TOGETHER * file * byte + byte ** 2) / (2 * (1 - TOGETHER ** 2));
}

/** Explanations that do not matter are left out: most of them. */
function normalised(weighed: readonly (Omit<Explanation, 'weight'> & { readonly log: number })[]): CostModel {
  const best = weighed.reduce((most, { log }) => Math.max(most, log), Number.NEGATIVE_INFINITY);
  const likely = weighed
    .map(({ log, ...rest }) => ({ ...rest, weight: Math.exp(log - best) }))
    .filter(({ weight }) => weight > 1e-4);
  const sum = likely.reduce((all, { weight }) => all + weight, 0);
  return likely.map((one) => ({ ...one, weight: one.weight / sum }));
}

function grid(from: number, to: number, points: number): readonly number[] {
  return Array.from({ length: points }, (_, index) => from + ((to - from) * index) / (points - 1));
}
