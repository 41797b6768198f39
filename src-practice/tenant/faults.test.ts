import { describe, expect, it } from 'vitest';
import { freeAgain } from './connection.ts';
import type { FaultName } from './fault-settings.ts';
import { faultSettingsSchema } from './fault-settings.ts';
import { Faults, type FaultTarget } from './faults.ts';
import { at, bare, patterned, putRange, refusal, startBench, text } from './test-support.ts';

describe('faults', () => {
  it('come again in the same order with the same seed, as often as asked, and only where they can', () => {
    const draws = (seed: string) => {
      const faults = new Faults(
        faultSettingsSchema.parse({ seed, mixed: 0.3, rates: { quotaReached: 0.1 } }),
      );
      const target: FaultTarget = { kind: 'fragment', url: '/x', part: false, opensSession: false };
      return Array.from({ length: 2000 }, () => faults.draw(target));
    };
    expect(draws('a')).toEqual(draws('a'));
    expect(draws('a')).not.toEqual(draws('b'));
    const count = (wanted: (fault: FaultName) => boolean) =>
      draws('a').filter((fault) => fault !== undefined && wanted(fault)).length / 2000;
    expect(count((fault) => fault === 'quotaReached')).toBeCloseTo(0.1, 1);
    expect(count((fault) => fault !== 'quotaReached')).toBeCloseTo(0.3, 1);
    const listing: FaultTarget = { kind: 'children', url: '/x', part: false, opensSession: false };
    const faults = new Faults(
      faultSettingsSchema.parse({ rates: { sessionVanished: 1, locked: 1, rangeInvalid: 1 } }),
    );
    expect(faults.draw(listing)).toBeUndefined();
  });

  it('answer as the service does', async () => {
    const { graph, drive, tenant } = await startBench();
    const get = () => graph('GET', `/drives/${drive}/root`);
    const expected: readonly (readonly [FaultName, number, string])[] = [
      ['throttled', 429, 'activityLimitReached'],
      ['serverError', 500, 'generalException'],
      ['badGateway', 502, 'badGateway'],
      ['unavailable', 503, 'serviceNotAvailable'],
      ['gatewayTimeout', 504, 'gatewayTimeout'],
      ['tokenExpired', 401, 'InvalidAuthenticationToken'],
    ];
    for (const [fault, status, code] of expected) {
      await tenant.control.setFaults({ script: [{ fault }], retryAfterSeconds: 3 });
      const answer = await get();
      expect(refusal(answer).slice(0, 2)).toEqual([status, code]);
      expect(answer.headers.get('retry-after')).toBe(status === 429 || status === 503 ? '3' : null);
      expect((await get()).status).toBe(200);
    }
    expect((await tenant.control.stats()).faults).toEqual({
      tokenExpired: 1,
      ...Object.fromEntries(expected.map(([f]) => [f, 1])),
    });
  });

  it('cut the connection with nothing stored, or with everything stored and the answer lost', async () => {
    const { graph, drive, upload, tenant } = await startBench();
    const path = `/drives/${drive}/root:/cut.bin`;
    const put = () => graph('PUT', `${path}:/content`, patterned(300_000));
    await tenant.control.setFaults({ script: [{ fault: 'cutBefore', kind: 'putContent' }] });
    await expect(put()).rejects.toThrow();
    expect((await graph('GET', path)).status).toBe(404);
    await tenant.control.setFaults({ script: [{ fault: 'cutAfter', kind: 'putContent' }] });
    await expect(put()).rejects.toThrow();
    expect((await graph('GET', path)).status).toBe(200);

    await tenant.control.setFaults({ script: [{ fault: 'cutAfter', kind: 'fragment' }] });
    await expect(upload('lost.bin', patterned(99))).rejects.toThrow();
    expect((await graph('GET', `/drives/${drive}/root:/lost.bin`)).status).toBe(200);
  });

  it('take sessions away, or only say that they did not understand', async () => {
    const { open, tenant } = await startBench();
    const session = async (name: string) => text((await open(name)).json, 'uploadUrl');
    const put = (url: string) => putRange(url, patterned(50), 0, 50);
    const one = await session('1.txt');
    await tenant.control.setFaults({ script: [{ fault: 'sessionVanished' }] });
    expect(refusal(await put(one))).toEqual([404, 'itemNotFound', 'uploadSessionNotFound']);
    expect((await bare('GET', one)).status).toBe(404);
    const two = await session('1.txt');
    await tenant.control.setFaults({ script: [{ fault: 'sessionExpired' }] });
    expect(refusal(await put(two))).toEqual([401, 'unauthenticated', 'expiredToken']);
    const three = await session('1.txt');
    await tenant.control.setFaults({
      script: [{ fault: 'rangeInvalid' }, { fault: 'locked' }, { fault: 'quotaReached' }],
    });
    expect((await put(three)).status).toBe(416);
    expect((await put(three)).status).toBe(423);
    expect((await put(three)).status).toBe(507);
    expect(at((await bare('GET', three)).json, 'nextExpectedRanges')).toEqual(['0-']);
    expect((await put(three)).status).toBe(201);
    const four = await session('1.txt');
    await tenant.control.setFaults({ script: [{ fault: 'conflict' }] });
    expect(refusal(await put(four))).toEqual([409, 'resourceModified', undefined]);
    expect((await bare('GET', four)).status).toBe(404);
    expect(await tenant.control.stats()).toMatchObject({ sessionsExpired: 3, fragmentsSentTwice: 0 });
  });

  it('never lose the answer that opens a session, unless told to', async () => {
    const { open, tenant } = await startBench();
    await tenant.control.setFaults({ rates: { cutAfter: 1 } });
    expect((await open('a.txt')).status).toBe(200);
    await tenant.control.setFaults({ rates: { cutAfter: 1 }, loseSessionAnswers: true });
    await expect(open('b.txt')).rejects.toThrow();
    await tenant.control.setFaults({});
    expect((await open('b.txt')).status).toBe(409);
  });

  it('can be told by script whom to meet, when and how often', async () => {
    const { graph, drive, tenant } = await startBench();
    await tenant.control.setFaults({
      script: [{ fault: 'serverError', kind: 'children', urlIncludes: 'root:/a b', skip: 1, times: 2 }],
    });
    const get = async (name: string) =>
      (await graph('GET', `/drives/${drive}/root:/${name}:/children`)).status;
    expect([
      await get('a%20b'),
      await get('other'),
      await get('a%20b'),
      await get('a%20b'),
      await get('a%20b'),
    ]).toEqual([404, 404, 500, 500, 404]);
  });

  it('hold back bytes to the bandwidth of a connection', async () => {
    expect(freeAgain(0, 1000, 400_000, 4_000_000)).toBe(1100);
    expect(freeAgain(1100, 1000, 400_000, 4_000_000)).toBe(1200);
    const { graph, drive, tenant } = await startBench();
    await tenant.control.setFaults({ bandwidth: 10_000_000, latencyMs: { min: 1, max: 3 } });
    const path = `/drives/${drive}/root:/paced.bin:/content`;
    expect((await graph('PUT', path, patterned(400_000))).status).toBe(201);
    const redirect = await graph('GET', path);
    expect((await bare('GET', redirect.headers.get('location') ?? '')).status).toBe(200);
  });

  it('can keep the hash of a share of files away', async () => {
    const { graph, drive, upload, tenant } = await startBench();
    for (let i = 0; i < 30; i++) await upload(`h${i}`, patterned(10));
    await tenant.control.setFaults({ hashAbsent: 0.5 });
    const listing = async () =>
      JSON.stringify((await graph('GET', `/drives/${drive}/root/children`)).json).split('quickXorHash')
        .length - 1;
    const shown = await listing();
    expect(shown).toBeGreaterThan(3);
    expect(shown).toBeLessThan(27);
    expect(await listing()).toBe(shown);
  });
});
