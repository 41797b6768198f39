import type { Clocks } from '../../basics/clocks.ts';

/**
 * Milliseconds that have passed since this was made: at least as many as truly have, whatever is done to the clock on the wall. Whichever
 * clock went further since the last look is believed: a sleep shows on the wall, a clock that was set back does not hide what passed.
 */
export function createPassed({ now, steady }: Clocks): () => number {
  let passed = 0;
  let last = { wall: now(), steady: steady() };
  return () => {
    const here = { wall: now(), steady: steady() };
    passed += Math.max(0, here.wall - last.wall, here.steady - last.steady);
    last = here;
    return passed;
  };
}
