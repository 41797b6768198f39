/** Together those who need nothing get this part, so that whoever begins is not at a stand until the next beat. */
const FOR_IDLE = 0.02;

/**
 * Divides a whole fairly: nobody gets more than it needs as long as others lack something, and those who lack get the same. What is
 * left when all have enough goes to all by their need, for it may grow. Pure.
 * @param needs parts of the whole that each could use; infinite: more than it gets
 * @returns parts that together are 1, in the same order; none for nobody
 */
export function fairShares(needs: readonly number[]): number[] {
  const least = FOR_IDLE / needs.length;
  const wanted = needs.map((need) => Math.max(need, least));
  const order = wanted.map((_, index) => index).sort((a, b) => at(wanted, a) - at(wanted, b));
  const shares = wanted.map(() => 0);
  let left = 1;
  let open = order.length;
  for (const index of order) {
    const share = Math.min(at(wanted, index), left / open);
    shares[index] = share;
    left -= share;
    open -= 1;
  }
  const given = shares.reduce((sum, share) => sum + share, 0);
  return given > 0 ? shares.map((share) => share / given) : shares;
}

function at(values: readonly number[], index: number): number {
  return values[index] ?? 0;
}
