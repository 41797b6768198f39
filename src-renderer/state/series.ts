import type { Sample } from '../../src-shared/contract/console-types.ts';
import type { LimitingFactor } from '../../src-shared/model/wait.ts';

/** One a second for 15 minutes: what the machine keeps as well. */
export const SERIES_MAX = 900;
/** More points than this are slow to draw and no wider than a hair. */
export const POINTS_MAX = 600;
/** A longer silence between two samples is a gap, drawn as one. */
const GAP_MS = 5_000;

export interface Point {
  readonly at: number;
  /** Null in a gap. */
  readonly value: number | null;
}

export interface Band {
  readonly from: number;
  readonly to: number;
  readonly factor: LimitingFactor;
}

/** Adds a sample at the end; a repeated or older one is ignored, the oldest beyond `max` go. */
export function addSample(samples: readonly Sample[], sample: Sample, max = SERIES_MAX): readonly Sample[] {
  const last = samples.at(-1);
  if (last && sample.at <= last.at) return samples;
  return samples.length < max ? [...samples, sample] : [...samples.slice(samples.length - max + 1), sample];
}

/**
 * At most `max` points: of each stretch of time the smallest and the largest stay, in their order, so that no peak
 * and no standstill is lost, as it would be by taking every n-th.
 */
export function downsample(points: readonly Point[], max = POINTS_MAX): readonly Point[] {
  if (points.length <= max) return points;
  const buckets = Math.floor(max / 2);
  const kept: Point[] = [];
  for (let bucket = 0; bucket < buckets; bucket += 1) {
    const from = Math.floor((bucket * points.length) / buckets);
    const to = Math.floor(((bucket + 1) * points.length) / buckets);
    const slice = points.slice(from, to);
    const gap = slice.find((point) => point.value === null);
    const sorted = slice.filter((point) => point.value !== null);
    sorted.sort((a, b) => (a.value ?? 0) - (b.value ?? 0));
    const low = sorted[0];
    const high = sorted.at(-1);
    const chosen = gap ? [gap, high] : [low, high];
    const unique = [...new Set(chosen)].filter((point) => point !== undefined);
    kept.push(...unique.sort((a, b) => a.at - b.at));
  }
  return kept;
}

/** One figure of the samples as points, with a gap wherever the machine was silent. */
export function pointsOf(samples: readonly Sample[], figure: (sample: Sample) => number): readonly Point[] {
  const points: Point[] = [];
  let before: Sample | undefined;
  for (const sample of samples) {
    if (before && sample.at - before.at > GAP_MS) points.push({ at: before.at + 1, value: null });
    points.push({ at: sample.at, value: figure(sample) });
    before = sample;
  }
  return downsample(points);
}

/**
 * What limited, as bands: of each stretch of `bucketMs` the factor seen most often, equal neighbours merged.
 * Single seconds would flicker and say nothing.
 */
export function bandsOf(samples: readonly Sample[], bucketMs = 10_000): readonly Band[] {
  const bands: Band[] = [];
  const buckets = Map.groupBy(samples, (sample) => Math.floor(sample.at / bucketMs));
  for (const [, group] of buckets) {
    const factors = Map.groupBy(group, (sample) => sample.limitedBy);
    const [winner] = [...factors].sort((a, b) => b[1].length - a[1].length);
    const first = group[0];
    const last = group.at(-1);
    if (!winner || !first || !last) continue;
    const band = { from: first.at, to: last.at, factor: winner[0] };
    const before = bands.at(-1);
    const touches = before && band.from - before.to <= GAP_MS;
    if (touches && before.factor === band.factor) {
      bands[bands.length - 1] = { ...before, to: band.to };
    } else {
      if (touches) bands[bands.length - 1] = { ...before, to: band.from };
      bands.push(band);
    }
  }
  return bands;
}

/** The share of time (0..1) of each factor that was seen, the largest first. */
export function factorShares(
  samples: readonly Sample[],
): readonly { readonly factor: LimitingFactor; readonly share: number }[] {
  return [...Map.groupBy(samples, (sample) => sample.limitedBy)]
    .map(([factor, group]) => ({ factor, share: group.length / samples.length }))
    .sort((a, b) => b.share - a.share);
}

/** Means over `stepMs`, newest first: the chart's twin for people who read tables. */
export function tableOf(samples: readonly Sample[], stepMs = 30_000): readonly Sample[] {
  return [...Map.groupBy(samples, (sample) => Math.floor(sample.at / stepMs))]
    .map(([, group]) => {
      const mean = (figure: (sample: Sample) => number) =>
        group.reduce((sum, sample) => sum + figure(sample), 0) / group.length;
      return {
        at: group[0]?.at ?? 0,
        filesPerSecond: mean((sample) => sample.filesPerSecond),
        bytesPerSecond: mean((sample) => sample.bytesPerSecond),
        limitedBy: factorShares(group)[0]?.factor ?? ('nothing' as const),
      };
    })
    .reverse();
}
