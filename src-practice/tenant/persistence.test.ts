import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { PracticeOptions } from './options.ts';
import { startPracticeTenant } from './server.ts';
import { at, bare, benchOf, deltaLink, names, patterned, putRange, text, treeOf } from './test-support.ts';

const UNIT = 320 * 1024;

function dataDir(): string {
  const dir = mkdtempSync(join(tmpdir(), 'practice-data-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

async function life<T>(
  options: PracticeOptions,
  live: (bench: Awaited<ReturnType<typeof benchOf>>) => Promise<T>,
): Promise<T> {
  const tenant = await startPracticeTenant(options);
  try {
    return await live(await benchOf(tenant));
  } finally {
    await tenant.close();
  }
}

describe('a tenant with a data folder', () => {
  it('comes back with its tree, versions, quota, recycle bin bytes, bodies and changes', async () => {
    const options: PracticeOptions = { dataDir: dataDir() };
    const before = await life(options, async ({ upload, graph, drive, tenant }) => {
      await upload('a/small.txt', patterned(100));
      await upload('a/large.bin', patterned(UNIT + 5));
      const link = deltaLink((await graph('GET', `/drives/${drive}/root/delta`)).json);
      await upload('a/small.txt', patterned(200));
      await upload('b/doc.docx', patterned(50));
      await tenant.control.act({ action: 'delete', drive, path: '/b' });
      await tenant.control.act({ action: 'lock', drive, path: '/a/large.bin' });
      await tenant.control.act({ action: 'setQuota', drive, total: 10_000_000 });
      const quota = at((await graph('GET', `/drives/${drive}`)).json, 'quota');
      const bin = await tenant.control.recycleBin(drive);
      return { tree: await treeOf(tenant, drive), link: new URL(link), quota, bin };
    });
    await life(options, async ({ graph, upload, drive, tenant }) => {
      expect(await treeOf(tenant, drive)).toEqual(before.tree);
      expect(at((await graph('GET', `/drives/${drive}`)).json, 'quota')).toEqual(before.quota);
      expect(before.bin).toHaveLength(1);
      expect(await tenant.control.recycleBin(drive)).toEqual(before.bin);
      const url =
        (await graph('GET', `/drives/${drive}/root:/a/large.bin:/content`)).headers.get('location') ?? '';
      expect(Buffer.from(await (await fetch(url)).arrayBuffer()).equals(patterned(UNIT + 5))).toBe(true);
      expect((await graph('PUT', `/drives/${drive}/root:/a/large.bin:/content`, patterned(1))).status).toBe(
        423,
      );
      const changed = await graph('GET', before.link.pathname.slice('/v1.0'.length) + before.link.search);
      expect(names(changed.json)).toEqual(['small.txt', undefined, undefined]);
      const ids = new Set((await treeOf(tenant, drive)).map(({ id }) => id));
      expect(ids.has(text((await upload('a/new.txt', patterned(5))).json, 'id'))).toBe(false);
    });
    await life(options, ({ tenant, drive }) => tenant.control.act({ action: 'forgetChanges', drive }));
    await life(options, async ({ graph, tenant, drive }) => {
      const old = before.link.pathname.slice('/v1.0'.length) + before.link.search;
      expect((await graph('GET', old)).status).toBe(410);
      expect((await treeOf(tenant, drive)).map(({ path }) => path)).toEqual([
        '/a',
        '/a/large.bin',
        '/a/new.txt',
        '/a/small.txt',
      ]);
    });
  });

  it('goes on with upload sessions where they stood', async () => {
    const options: PracticeOptions = { dataDir: dataDir() };
    const bytes = patterned(UNIT * 3 + 10);
    const { big, small } = await life(options, async ({ open }) => {
      const bigUrl = text((await open('big.bin')).json, 'uploadUrl');
      await putRange(bigUrl, bytes.subarray(0, UNIT * 2), 0, bytes.length);
      return { big: new URL(bigUrl), small: new URL(text((await open('small.bin')).json, 'uploadUrl')) };
    });
    await life(options, async ({ tenant, open, drive }) => {
      const here = (url: URL) => `http://127.0.0.1:${tenant.httpPort}${url.pathname}${url.search}`;
      expect(at((await bare('GET', here(big))).json, 'nextExpectedRanges')).toEqual([`${UNIT * 2}-`]);
      expect((await open('big.bin')).status).toBe(409);
      const last = await putRange(here(big), bytes.subarray(UNIT * 2), UNIT * 2, bytes.length);
      expect(last.status).toBe(201);
      expect((await putRange(here(small), bytes.subarray(0, 77), 0, 77)).status).toBe(201);
      const tree = await treeOf(tenant, drive);
      expect(tree.map(({ path, quickXor, original }) => [path, quickXor === original?.quickXor])).toEqual([
        ['/big.bin', true],
        ['/small.bin', true],
      ]);
      const answer = await fetch(
        `http://127.0.0.1:${tenant.httpPort}/v1.0/drives/${drive}/root:/big.bin:/content`,
        { headers: { authorization: `Bearer ${await tenant.control.token()}` } },
      );
      expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true);
    });
  });

  it('does not stumble over the half line of a process that was killed', async () => {
    const dir = dataDir();
    const options: PracticeOptions = { dataDir: dir, bodies: 'discard' };
    await life(options, async ({ upload }) => upload('a.txt', patterned(10)));
    appendFileSync(join(dir, 'journal.ndjson'), '{"t":"item","dri');
    await life(options, async ({ tenant, drive }) => {
      expect((await treeOf(tenant, drive)).map(({ path }) => path)).toEqual(['/a.txt']);
    });
  });
});
