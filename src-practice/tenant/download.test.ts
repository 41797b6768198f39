import { describe, expect, it } from 'vitest';
import { at, bare, patterned, refusal, startBench, text } from './test-support.ts';

describe('download', () => {
  it('sends the caller to an address that needs no token, whole or in ranges', async () => {
    const { graph, drive, upload } = await startBench();
    for (const size of [1000, 700_000]) {
      const bytes = patterned(size);
      await upload(`d-${size}.bin`, bytes);
      const redirect = await graph('GET', `/drives/${drive}/root:/d-${size}.bin:/content`);
      expect(redirect.status).toBe(302);
      const url = redirect.headers.get('location') ?? '';
      const get = async (range?: string) => {
        const response = await fetch(url, { headers: range === undefined ? {} : { range } });
        const body = Buffer.from(await response.arrayBuffer());
        return { status: response.status, range: response.headers.get('content-range'), body };
      };
      const whole = await get();
      expect([whole.status, whole.range, whole.body.equals(bytes)]).toEqual([200, null, true]);
      const five = await get('bytes=5-9');
      expect([five.status, five.range]).toEqual([206, `bytes 5-9/${size}`]);
      expect(five.body.equals(bytes.subarray(5, 10))).toBe(true);
      expect((await get('bytes=990-')).body.equals(bytes.subarray(990))).toBe(true);
      expect((await get('bytes=-10')).body.equals(bytes.subarray(-10))).toBe(true);
      expect((await get(`bytes=${size}-`)).status).toBe(416);
    }
  });

  it('gives the address with the item, for about an hour', async () => {
    const { graph, drive, upload, tenant } = await startBench();
    const item = await upload('a.txt', patterned(10));
    const url = new URL(text(at(item.json, '@microsoft.graph.downloadUrl') ?? (await shown()), '0'));
    async function shown(): Promise<unknown> {
      const json = (await graph('GET', `/drives/${drive}/root:/a.txt`)).json;
      return Object.entries(json ?? {})
        .filter(([name]) => name === '@microsoft.graph.downloadUrl')
        .map(([, value]) => value);
    }
    expect((await bare('GET', url.href)).status).toBe(200);
    await tenant.control.advanceClock(2 * 3_600_000);
    expect(refusal(await bare('GET', url.href))).toEqual([401, 'unauthenticated', 'expiredToken']);
    url.searchParams.set('tempauth', 'v1.9999999999.abc');
    expect((await bare('GET', url.href)).status).toBe(401);
  });

  it('says plainly that bytes were discarded, and that a folder has none', async () => {
    const { graph, drive, upload } = await startBench({ bodies: 'discard' });
    await upload('dir/a.txt', patterned(10));
    const redirect = await graph('GET', `/drives/${drive}/root:/dir/a.txt:/content`);
    const answer = await bare('GET', redirect.headers.get('location') ?? '');
    expect([answer.status, at(answer.json, 'error.message')]).toEqual([
      404,
      'This practice tenant discards the bytes of files after hashing them.',
    ]);
    expect((await graph('GET', `/drives/${drive}/root:/dir:/content`)).status).toBe(400);
  });
});
