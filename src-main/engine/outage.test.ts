import { describe, expect, it } from 'vitest';
import { Outage } from './outage.ts';

const unreachable = { code: 'service-unreachable' } as const;
const MINUTE = 60_000;

describe('how long to wait for a service that cannot be reached', () => {
  it('waits longer each time, up to a minute, and a quarter of an hour in all', () => {
    const outage = new Outage();
    const pauses: number[] = [];
    let now = 1_000_000;
    for (;;) {
      const pause = outage.pause(unreachable, now, 1);
      if (pause === undefined) break;
      pauses.push(pause);
      now += pause;
    }
    expect(pauses.slice(0, 7)).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, MINUTE]);
    expect(Math.max(...pauses)).toBe(MINUTE);
    expect(now - 1_000_000).toBeGreaterThan(15 * MINUTE);
    expect(now - 1_000_000).toBeLessThan(17 * MINUTE);
  });

  it('lets all slots wait for the same moment', () => {
    const outage = new Outage();
    expect(outage.pause(unreachable, 0, 1)).toBe(1_000);
    expect(outage.pause(unreachable, 400, 0)).toBe(600);
    expect(outage.pause(unreachable, 999, 0)).toBe(1);
  });

  it('begins anew after a success', () => {
    const outage = new Outage();
    for (let now = 0; now < 10 * MINUTE; now += outage.pause(unreachable, now, 1) ?? 1);
    outage.over();
    expect(outage.pause(unreachable, 20 * MINUTE, 1)).toBe(1_000);
  });

  it.each(['quota-full', 'sign-in-expired', 'destination-access-denied', 'store-disk-full'] as const)(
    'does not wait for what does not pass: %s',
    (code) => {
      expect(new Outage().pause({ code }, 0, 0)).toBeUndefined();
    },
  );

  it('waits out throttling as long as the service says, however often', () => {
    const outage = new Outage();
    expect(outage.pause({ code: 'throttled', retryAt: 90_000 }, 30_000, 0)).toBe(60_000);
    expect(outage.pause({ code: 'throttled' }, 99 * MINUTE, 0)).toBe(1_000);
  });
});
