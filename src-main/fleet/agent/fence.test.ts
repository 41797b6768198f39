import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFence } from './fence.ts';
import { createPassed } from './passed.ts';

const LEASE = 30_000;

function fenceAt(start: number) {
  const clock = { now: start };
  return { clock, fence: createFence(() => clock.now) };
}

describe('the fence of an agent', () => {
  it('is closed before the first answer', () => {
    expect(fenceAt(0).fence.mayWrite()).toBe(false);
  });

  it('is open until shortly before the lease ends, counted from when the beat was sent', () => {
    const { clock, fence } = fenceAt(0);
    clock.now = 2_000;
    fence.confirm(0, LEASE);
    for (; clock.now < 25_000; clock.now += 1_000) expect(fence.mayWrite()).toBe(true);
    expect(fence.mayWrite()).toBe(false);
    fence.confirm(24_000, LEASE);
    expect(fence.mayWrite()).toBe(true);
  });

  it('closes after a gap, although the lease is good, until a beat that was sent after it is answered', () => {
    const { clock, fence } = fenceAt(0);
    fence.confirm(0, LEASE);
    clock.now = 12_000;
    expect(fence.mayWrite()).toBe(false);
    // This answer belongs to a beat of before the gap: it proves nothing.
    fence.confirm(0, LEASE);
    expect(fence.mayWrite()).toBe(false);
    fence.confirm(12_000, LEASE);
    expect(fence.mayWrite()).toBe(true);
  });

  it('stays open through quiet seconds that were ticked through', () => {
    const { clock, fence } = fenceAt(0);
    fence.confirm(0, LEASE);
    for (clock.now = 1_000; clock.now < 24_000; clock.now += 1_000) fence.tick();
    expect(fence.mayWrite()).toBe(true);
  });

  it('counts a lease by the time that passed, however far the clock on the wall is set back', () => {
    const at = { wall: 1_000_000, steady: 0 };
    const passed = createPassed({ now: () => at.wall, steady: () => at.steady });
    const fence = createFence(passed);
    const sentAt = passed();
    at.wall -= 3_600_000;
    fence.confirm(sentAt, LEASE);
    for (; at.steady < 25_000; at.steady += 1_000, at.wall += 1_000) expect(fence.mayWrite()).toBe(true);
    expect(fence.mayWrite()).toBe(false);
  });

  it('is closed for good once the lease is lost', () => {
    const { fence } = fenceAt(0);
    fence.confirm(0, LEASE);
    fence.lose();
    fence.confirm(0, LEASE);
    expect(fence.mayWrite()).toBe(false);
  });

  it('never lets write at or after the end of any lease that was confirmed', () => {
    const step = fc.record({ ms: fc.nat(40_000), confirm: fc.boolean(), lease: fc.nat(LEASE) });
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const { clock, fence } = fenceAt(0);
        let end = 0;
        for (const { ms, confirm, lease } of steps) {
          clock.now += ms;
          if (confirm) {
            fence.confirm(clock.now, lease);
            end = clock.now + lease;
          }
          if (fence.mayWrite()) expect(clock.now).toBeLessThan(end);
        }
      }),
    );
  });
});
