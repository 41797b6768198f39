import { describe, expect, it } from 'vitest';
import { Admission } from './admission.ts';
import { Ledger } from './ledger.ts';
import type { Slice } from './slice.ts';

const request = { units: 2, bytes: 0 };
const NOTHING = { units: 0, bytes: 0, requests: 0 };

function stage() {
  let now = 0;
  const sleepers: { readonly until: number; readonly wake: () => void }[] = [];
  const ledger = new Ledger({ quotaWindowMs: 60_000 });
  const admission = new Admission(ledger, {
    now: () => now,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        sleepers.push({ until: now + ms, wake: resolve });
        signal?.addEventListener('abort', () => resolve());
      }),
  });
  return {
    ledger,
    admission,
    /** Lets all that happens until then happen. */
    async goTo(time: number): Promise<void> {
      for (;;) {
        await new Promise(setImmediate);
        const next = sleepers.filter(({ until }) => until <= time).sort((a, b) => a.until - b.until)[0];
        if (next === undefined) break;
        sleepers.splice(sleepers.indexOf(next), 1);
        now = Math.max(now, next.until);
        next.wake();
      }
      now = time;
    },
    slice(number: number, units: Slice['lots']['units']): void {
      const whole = { share: 1 };
      const lots = { units, bytes: whole, requests: whole };
      ledger.take({ number, lots }, now, ledger.state(now).used);
      admission.changed();
    },
  };
}

describe('Admission', () => {
  it('is no wait where there is none, and says what it waits for where there is', async () => {
    const { ledger, admission, goTo } = stage();
    const said: (string | undefined)[] = [];
    expect(admission.pass(request, {})).toBeUndefined();
    ledger.told({ limit: 1_200, remaining: 200, resetMs: 1_000 }, 0);
    expect(admission.pass({ units: 20, bytes: 0 }, {})).toBeUndefined();
    void admission.pass(request, { onWait: (wait) => said.push(wait) });
    await goTo(999);
    expect(said).toEqual(['budget']);
    await goTo(1_001);
    expect(said).toEqual(['budget', undefined]);
  });

  it('lets nobody overtake those who wait', async () => {
    const { ledger, admission, goTo } = stage();
    const gone: number[] = [];
    ledger.told({ limit: 1_200, remaining: 200, resetMs: 1_000 }, 0);
    for (let i = 0; i < 20; i++) void admission.pass(request, {})?.then(() => gone.push(i));
    await goTo(500);
    void admission.pass(request, {})?.then(() => gone.push(20));
    await goTo(5_000);
    expect(gone).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
  });

  it('lets those who wait go as soon as there is another slice', async () => {
    const { admission, goTo, slice } = stage();
    slice(1, { share: 1, upTo: 2 });
    let gone = 0;
    for (let i = 0; i < 5; i++) void admission.pass(request, {})?.then(() => (gone += 1));
    await goTo(500);
    expect([gone, admission.wanted]).toEqual([0, { units: 8, bytes: 0, requests: 4 }]);
    slice(2, { share: 1, upTo: 6 });
    await goTo(501);
    expect(gone).toBe(2);
    admission.forget();
    expect(admission.wanted.requests).toBe(2);
    slice(3, { share: 1 });
    await goTo(502);
    expect([gone, admission.wanted.requests]).toEqual([4, 2]);
    admission.forget();
    expect(admission.wanted).toEqual(NOTHING);
  });

  it('lets go of who was told to stop, and the others keep their places', async () => {
    const { admission, goTo, slice, ledger } = stage();
    slice(1, { share: 1, perSecond: 2 });
    const stop = new AbortController();
    const gone: string[] = [];
    expect(admission.pass(request, {})).toBeUndefined();
    void admission.pass(request, { signal: stop.signal })?.then(() => gone.push('stopped'));
    void admission.pass(request, {})?.then(() => gone.push('other'));
    await goTo(100);
    stop.abort();
    await goTo(200);
    expect(gone).toEqual(['stopped']);
    ledger.refund(request);
    await goTo(2_100);
    expect(gone).toEqual(['stopped', 'other']);
    expect(ledger.state(0).used).toEqual({ units: 4, bytes: 0, requests: 2 });
  });
});
