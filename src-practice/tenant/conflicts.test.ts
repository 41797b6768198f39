import { describe, expect, it } from 'vitest';
import { at, bare, patterned, putRange, refusal, startBench, text } from './test-support.ts';

const BEHAVIOR = '@microsoft.graph.conflictBehavior';

describe('conflicts', () => {
  it('answers fail, replace and rename for an existing file, names being the same without case', async () => {
    const { upload, graph, drive } = await startBench();
    expect((await upload('Plan.txt', patterned(10))).status).toBe(201);
    expect(refusal(await upload('PLAN.TXT', patterned(11), { [BEHAVIOR]: 'fail' }))[1]).toBe(
      'nameAlreadyExists',
    );
    const replaced = await upload('plan.txt', patterned(12), { [BEHAVIOR]: 'replace' });
    expect([replaced.status, at(replaced.json, 'name'), at(replaced.json, 'size')]).toEqual([
      200,
      'Plan.txt',
      12,
    ]);
    const renamed = await upload('Plan.txt', patterned(13), { [BEHAVIOR]: 'rename' });
    expect([renamed.status, at(renamed.json, 'name')]).toEqual([201, 'Plan 1.txt']);
    const put = (query: string) =>
      graph('PUT', `/drives/${drive}/root:/plan.TXT:/content${query}`, patterned(14));
    expect((await put(`?${BEHAVIOR}=fail`)).status).toBe(409);
    expect((await put('')).status).toBe(200);
    expect(at((await put(`?${BEHAVIOR}=rename`)).json, 'name')).toBe('plan 2.TXT');
    expect((await put(`?${BEHAVIOR}=maybe`)).status).toBe(400);
  });

  it('keeps the session when the name is taken at the last fragment, and commits it from its URL', async () => {
    const { open, graph, drive, tenant } = await startBench();
    const url = text((await open('dir/race.txt', { [BEHAVIOR]: 'fail' })).json, 'uploadUrl');
    await tenant.control.act({
      action: 'edit',
      drive,
      path: '/dir/race.txt',
      bytes: Buffer.from('me').toString('base64'),
    });
    expect(refusal(await putRange(url, patterned(50), 0, 50))[1]).toBe('nameAlreadyExists');
    expect(at((await bare('GET', url)).json, 'nextExpectedRanges')).toEqual([]);
    const commit = await graph('PUT', `/drives/${drive}/root:/dir`, {
      name: 'race.txt',
      [BEHAVIOR]: 'rename',
      '@microsoft.graph.sourceUrl': url,
    });
    expect([commit.status, at(commit.json, 'name'), at(commit.json, 'size')]).toEqual([
      201,
      'race 1.txt',
      50,
    ]);
    expect((await bare('GET', url)).status).toBe(404);
  });

  it('holds if-match against eTag and cTag, at the start and at the end of a session', async () => {
    const { upload, open, graph, drive, tenant } = await startBench();
    const file = await upload('m.txt', patterned(10));
    const eTag = text(file.json, 'eTag');
    const cTag = text(file.json, 'cTag');
    expect(eTag).toMatch(/^"\{[0-9A-F-]{36}\},1"$/);
    expect(cTag).toMatch(/^"c:\{[0-9A-F-]{36}\},1"$/);
    expect((await open('m.txt', {}, { 'if-match': '"other"' })).status).toBe(412);
    const opened = await open('m.txt', {}, { 'if-match': eTag });
    await graph('PATCH', `/drives/${drive}/items/${text(file.json, 'id')}`, { name: 'M.txt' });
    const late = await putRange(text(opened.json, 'uploadUrl'), patterned(20), 0, 20);
    expect(refusal(late)).toEqual([412, 'resourceModified', 'resourceModified']);
    await bare('DELETE', text(opened.json, 'uploadUrl'));
    expect((await open('m.txt', {}, { 'if-match': cTag })).status).toBe(200);
    expect((await open('new.txt', {}, { 'if-none-match': '*' })).status).toBe(200);
    expect((await tenant.control.stats()).byStatus['412']).toBe(2);
  });

  it('answers 423 while a colleague holds the file open', async () => {
    const { upload, open, graph, drive, tenant } = await startBench();
    const id = text((await upload('open.txt', patterned(10))).json, 'id');
    const before = text((await open('other.txt')).json, 'uploadUrl');
    await tenant.control.act({ action: 'lock', drive, path: '/open.txt' });
    expect(refusal(await open('open.txt'))).toEqual([423, 'resourceLocked', 'lockMismatch']);
    expect((await graph('PUT', `/drives/${drive}/items/${id}/content`, patterned(5))).status).toBe(423);
    expect((await graph('PATCH', `/drives/${drive}/items/${id}`, { name: 'b.txt' })).status).toBe(423);
    expect((await graph('DELETE', `/drives/${drive}/items/${id}`)).status).toBe(423);
    await tenant.control.act({ action: 'edit', drive, path: '/other.txt', bytes: '' });
    await tenant.control.act({ action: 'lock', drive, path: '/other.txt' });
    expect((await putRange(before, patterned(30), 0, 30)).status).toBe(423);
    await tenant.control.act({ action: 'unlock', drive, path: '/other.txt' });
    expect((await putRange(before, patterned(30), 0, 30)).status).toBe(200);
  });

  it('answers 507 when the drive is full, and says so in its quota', async () => {
    const { upload, graph, drive, tenant } = await startBench();
    await tenant.control.act({ action: 'setQuota', drive, total: 1000 });
    expect((await upload('a.bin', patterned(950))).status).toBe(201);
    expect(refusal(await upload('b.bin', patterned(51)))).toEqual([
      507,
      'quotaLimitReached',
      'quotaLimitReached',
    ]);
    expect((await graph('PUT', `/drives/${drive}/root:/c.bin:/content`, patterned(51))).status).toBe(507);
    const quota = at((await graph('GET', `/drives/${drive}?$select=quota`)).json, 'quota');
    expect(quota).toEqual({ deleted: 0, remaining: 50, state: 'nearing', total: 1000, used: 950 });
    const id = text((await graph('GET', `/drives/${drive}/root:/a.bin`)).json, 'id');
    expect((await graph('DELETE', `/drives/${drive}/items/${id}`)).status).toBe(204);
    expect(at((await graph('GET', `/drives/${drive}`)).json, 'quota')).toMatchObject({
      used: 0,
      deleted: 950,
    });
  });

  it('makes a second version of a file when its times are patched, and none of a folder', async () => {
    const { upload, graph, drive, tenant } = await startBench();
    const id = text((await upload('dir/v.txt', patterned(10))).json, 'id');
    const times = { fileSystemInfo: { lastModifiedDateTime: '1999-01-01T00:00:00Z' } };
    const patched = await graph('PATCH', `/drives/${drive}/items/${id}`, times);
    expect(at(patched.json, 'fileSystemInfo.lastModifiedDateTime')).toBe('1999-01-01T00:00:00Z');
    expect((await graph('PATCH', `/drives/${drive}/root:/dir`, times)).status).toBe(200);
    const versions = await graph('GET', `/drives/${drive}/items/${id}/versions`);
    expect(at(versions.json, 'value.0.id')).toBe('2.0');
    expect(at(versions.json, 'value.1')).toMatchObject({ id: '1.0', size: 10 });
    expect(await tenant.control.stats()).toMatchObject({ versionsMade: 2, filesWithMoreThanOneVersion: 1 });
    expect(at((await graph('GET', `/drives/${drive}`)).json, 'quota.used')).toBe(20);
  });
});
