/**
 * Seed and size of the long trials. `npm test` runs a small share of each with a new seed every day; `npm run soak`
 * runs them in full. A failure is replayed with CONVOY_SEED=<what was printed>.
 */
export const soak = process.env['CONVOY_SOAK'] === '1';

export const seed = process.env['CONVOY_SEED'] ?? new Date().toISOString().slice(0, 10);

/** The full figure in a soak, the small one otherwise. */
export function full(inFull: number, inShort: number): number {
  return soak ? inFull : inShort;
}
