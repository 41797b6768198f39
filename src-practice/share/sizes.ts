import { logNormal, type Random } from '../random.ts';

/** Half of all files of an office share are smaller than this. */
export const MEDIAN_BYTES = 30_000;
/** Spread of the logarithm: 1 file in 1,000 is larger than some 3 MB before the tail is cut. */
const SIGMA = 1.5;
const SMALLEST = 40;

const sum = (sizes: readonly number[]): number => sizes.reduce((total, size) => total + size, 0);

/**
 * Sizes of `count` files: log-normal with a heavy tail, and never more than `totalBytes` together (unless that
 * would need files of less than 40 bytes). The tail is cut first, so that the ordinary file keeps its size.
 */
export const fileSizes = (random: Random, count: number, totalBytes: number): number[] => {
  const drawn = Array.from({ length: count }, () =>
    Math.max(SMALLEST, Math.round(logNormal(random, MEDIAN_BYTES, SIGMA))),
  );
  let [low, high] = [8 * MEDIAN_BYTES, Math.max(8 * MEDIAN_BYTES, ...chunkMaxima(drawn))];
  const cutAt = (limit: number): number[] => drawn.map((size) => Math.min(size, limit));
  if (sum(drawn) <= totalBytes) return drawn;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (sum(cutAt(middle)) <= totalBytes) low = middle;
    else high = middle;
  }
  const cut = cutAt(low);
  const total = sum(cut);
  if (total <= totalBytes) return cut;
  return cut.map((size) => Math.max(SMALLEST, Math.floor((size * totalBytes) / total)));
};

/** Maxima of slices, because a call takes only so many arguments. */
const chunkMaxima = (sizes: readonly number[]): number[] => {
  const maxima: number[] = [];
  for (let start = 0; start < sizes.length; start += 10_000) {
    maxima.push(Math.max(...sizes.slice(start, start + 10_000)));
  }
  return maxima;
};
