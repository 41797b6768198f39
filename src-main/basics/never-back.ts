/**
 * A clock that is never set back: when the one below is (by a person, by the network's time, by a virtual machine that
 * is restored), time goes on from where it was. For whoever waits for a moment: an hour set back would be an hour waited.
 * @param now milliseconds since 1970
 */
export function neverBack(now: () => number): () => number {
  let last = Number.NEGATIVE_INFINITY;
  let ahead = 0;
  return () => {
    const said = now();
    if (said + ahead < last) ahead = last - said;
    last = said + ahead;
    return last;
  };
}
