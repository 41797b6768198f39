import { describe, expect, it } from 'vitest';
import { Counters } from './counters.ts';
import { ResourceUnits } from './resource-units.ts';
import { refusal, startBench } from './test-support.ts';

describe('resource units', () => {
  it('fill a bucket evenly, announce the end of it, and count throttled calls too', () => {
    let now = 0;
    const units = new ResourceUnits(
      { perMinute: 600, capacity: 100, announced: true },
      { now: () => now, advance: () => undefined },
    );
    expect(units.charge('app', 79)).toEqual({ granted: true, headers: {} });
    const announced = units.charge('app', 2);
    expect(announced.headers).toMatchObject({ 'RateLimit-Limit': '100', 'RateLimit-Remaining': '19' });
    expect(units.charge('app', 19).granted).toBe(true);
    const refused = units.charge('app', 2);
    expect(refused.granted).toBe(false);
    expect(refused.headers['Retry-After']).toBe('3');
    now += 1000;
    expect(units.charge('app', 9).granted).toBe(false);
    now += 2000;
    expect(units.charge('app', 19).granted).toBe(true);
    expect(units.charge('other', 100).granted).toBe(true);
    now += 60_000;
    expect(units.charge('app', 100).granted).toBe(true);
  });

  it('tell of the limit of a minute from 80 % of it on', async () => {
    const { graph, drive, open } = await startBench({ ruPerMinute: 10 });
    expect((await graph('GET', `/drives/${drive}/root/children`)).headers.get('ratelimit-limit')).toBeNull();
    for (const name of ['a.txt', 'b.txt', 'c.txt']) await open(name);
    const told = await open('d.txt');
    expect(told.headers.get('ratelimit-limit')).toBe('10');
    expect(told.headers.get('ratelimit-remaining')).toBe('0');
  });

  it('answer 429 with Retry-After on Graph and on upload URLs, and let in who waited', async () => {
    const { graph, drive, open, tenant } = await startBench({ ruPerMinute: 60, ruCapacity: 4 });
    expect((await open('a.txt')).status).toBe(200);
    const last = await graph('GET', `/drives/${drive}/root/children`);
    expect([last.status, last.headers.get('ratelimit-limit')]).toEqual([200, null]);
    const refused = await graph('GET', `/drives/${drive}/root/children`);
    expect(refusal(refused)).toEqual([429, 'activityLimitReached', undefined]);
    const seconds = Number(refused.headers.get('retry-after'));
    expect(seconds).toBeGreaterThanOrEqual(1);
    await tenant.control.advanceClock(seconds * 1000 - 300);
    await graph('GET', `/drives/${drive}/root/children`);
    expect((await tenant.control.stats()).retriesTooEarly).toBe(1);
    await tenant.control.advanceClock(60_000);
    expect((await graph('GET', `/drives/${drive}/root/children`)).status).toBe(200);
    expect(await tenant.control.stats()).toMatchObject({ retriesTooEarly: 1, byStatus: { '429': 2 } });
  });
});

describe('counting of impatience', () => {
  it('knows a retry before its time, and any request that comes while all are to be quiet', () => {
    const counters = new Counters();
    counters.arrived('item');
    counters.watchPatience('GET', '/a', 0);
    counters.toldToWait('GET', '/a', 2, { sentAt: 1000, flushedAt: 1000 });
    counters.watchPatience('GET', '/b', 1100);
    expect([counters.retriesTooEarly, counters.requestsDuringFreeze]).toEqual([0, 0]);
    counters.watchPatience('GET', '/b', 1101);
    expect([counters.retriesTooEarly, counters.requestsDuringFreeze]).toEqual([0, 1]);
    counters.watchPatience('PUT', '/a', 1050);
    expect(counters.retriesTooEarly).toBe(0);
    counters.watchPatience('GET', '/a', 1001);
    expect([counters.retriesTooEarly, counters.requestsDuringFreeze]).toEqual([1, 1]);
    counters.watchPatience('GET', '/a', 3000);
    expect([counters.retriesTooEarly, counters.requestsDuringFreeze]).toEqual([1, 1]);
    counters.reset();
    expect(counters.snapshot()).toMatchObject({ retriesTooEarly: 0, byKind: {} });
  });

  it('counts the wait from when the answer was sent, and the grace from when it was known to have gone out', () => {
    const counters = new Counters();
    // The tenant stood still for a quarter of a second in between: its caller has read the answer long since.
    counters.toldToWait('GET', '/a', 1, { sentAt: 1000, flushedAt: 1250 });
    counters.watchPatience('GET', '/b', 1350);
    counters.watchPatience('GET', '/a', 2000);
    expect([counters.retriesTooEarly, counters.requestsDuringFreeze]).toEqual([0, 0]);
  });

  it('does not count as late what may have lain in its own connection since before', async () => {
    const counters = new Counters();
    counters.toldToWait('GET', '/a', 1, { sentAt: 1000, flushedAt: 1000 });
    counters.watchPatience('GET', '/b', 1300, 1090);
    counters.watchPatience('GET', '/b', 1300, 1101);
    expect(counters.requestsDuringFreeze).toBe(1);
  });

  it('tells a caller that goes on all the same from one that waits', async () => {
    const { graph, drive, tenant } = await startBench({ freezeGraceMs: 0 });
    await tenant.control.setFaults({ retryAfterSeconds: 60, script: [{ fault: 'throttled' }] });
    const ask = () => graph('GET', `/drives/${drive}/root/children`);
    expect((await ask()).status).toBe(429);
    const counted = async () => (await tenant.control.stats()).requestsDuringFreeze;
    while ((await counted()) === 0) await ask();
    expect(await counted()).toBe(1);
    await tenant.control.advanceClock(61_000);
    await ask();
    expect(await counted()).toBe(1);
  });

  it('does not take a folder for a retry of its neighbour, alone or in a batch', async () => {
    const { graph, drive, tenant } = await startBench();
    await tenant.control.setFaults({ script: [{ fault: 'throttled', kind: 'createFolder' }] });
    const url = `/drives/${drive}/root/children`;
    const make = (name: string) => graph('POST', url, { name, folder: {} });
    const batch = (...names: readonly string[]) => {
      const headers = { 'Content-Type': 'application/json' };
      const requests = names.map((name, id) => {
        return { id: `${id}`, method: 'POST', url, headers, body: { name, folder: {} } };
      });
      return graph('POST', '/$batch', { requests });
    };
    expect((await make('a')).status).toBe(429);
    expect((await make('b')).status).toBe(201);
    await batch('c', 'd');
    expect((await tenant.control.stats()).retriesTooEarly).toBe(0);
    await batch('e', 'a');
    expect((await tenant.control.stats()).retriesTooEarly).toBe(1);
    await make('a');
    expect((await tenant.control.stats()).retriesTooEarly).toBe(2);
  });
});
