import { describe, expect, it } from 'vitest';
import { at, type Bench, bare, list, patterned, putRange, startBench, text } from './test-support.ts';

const json = { 'Content-Type': 'application/json' };

async function send(bench: Bench, requests: readonly unknown[]) {
  const answer = await bench.graph('POST', '/$batch', { requests });
  const byId = new Map<unknown, unknown>();
  if (answer.status === 200)
    for (const part of list(answer.json, 'responses')) byId.set(at(part, 'id'), part);
  return { answer, part: (id: string) => byId.get(id), size: byId.size };
}

describe('$batch', () => {
  it('opens twenty sessions at once, each good for its file', async () => {
    const bench = await startBench();
    const requests = Array.from({ length: 20 }, (_, i) => ({
      id: `f${i}`,
      method: 'POST',
      url: `/drives/${bench.drive}/root:/batch/${i}.txt:/createUploadSession`,
      headers: json,
      body: { item: { fileSystemInfo: { lastModifiedDateTime: '2020-01-01T00:00:00Z' } } },
    }));
    const { answer, part, size } = await send(bench, requests);
    expect([answer.status, size]).toEqual([200, 20]);
    const order = list(answer.json, 'responses').map((response) => at(response, 'id'));
    expect(order).not.toEqual(requests.map(({ id }) => id));
    for (let i = 0; i < 20; i++) {
      const url = text(part(`f${i}`), 'body.uploadUrl');
      expect((await putRange(url, patterned(10 + i), 0, 10 + i)).status).toBe(201);
    }
    expect(await bench.tenant.control.stats()).toMatchObject({
      httpRequests: 21,
      byKind: { batch: 1, createUploadSession: 20, fragment: 20 },
      resourceUnits: 80,
    });
  });

  it('answers each part on its own: found, missing, forbidden name, binary body, redirect', async () => {
    const bench = await startBench();
    const d = bench.drive;
    const { part } = await send(bench, [
      { id: '1', method: 'GET', url: `drives/${d}/root?$select=id` },
      { id: '2', method: 'GET', url: `/drives/${d}/root:/nothing` },
      {
        id: '3',
        method: 'POST',
        url: `/drives/${d}/root/children`,
        headers: json,
        body: { name: 'a:b', folder: {} },
      },
      { id: '4', method: 'POST', url: `/drives/${d}/root/children`, body: { name: 'c', folder: {} } },
      {
        id: '5',
        method: 'PUT',
        url: `/drives/${d}/root:/bin.dat:/content`,
        headers: { 'Content-Type': 'application/octet-stream' },
        body: patterned(30).toString('base64'),
      },
      { id: '6', method: 'POST', url: '/$batch', headers: json, body: { requests: [] } },
    ]);
    expect(['1', '2', '3', '4', '5', '6'].map((id) => at(part(id), 'status'))).toEqual([
      200, 404, 400, 400, 201, 400,
    ]);
    expect(at(part('3'), 'body.error.innerError.code')).toBe('invalidPath');
    const next = await send(bench, [{ id: '1', method: 'GET', url: `/drives/${d}/root:/bin.dat:/content` }]);
    expect(at(next.part('1'), 'status')).toBe(302);
    const bytes = await bare('GET', text(next.part('1'), 'headers.Location'));
    expect([bytes.status, bytes.headers.get('content-length')]).toEqual([200, '30']);
  });

  it('refuses more than twenty, ids twice, and dependencies that are neither a row nor one for all', async () => {
    const bench = await startBench();
    const get = (id: string, dependsOn?: string[]) => ({
      id,
      method: 'GET',
      url: '/sites/root',
      ...(dependsOn === undefined ? {} : { dependsOn }),
    });
    const status = async (requests: readonly unknown[]) => (await send(bench, requests)).answer.status;
    expect(await status(Array.from({ length: 21 }, (_, i) => get(String(i))))).toBe(400);
    expect(await status([get('1'), get('1')])).toBe(400);
    expect(await status([])).toBe(400);
    expect(await status([get('1'), get('2', ['9'])])).toBe(400);
    expect(await status([get('1'), get('2', ['1']), get('3'), get('4', ['3'])])).toBe(400);
    expect(await status([get('1', ['2']), get('2', ['1'])])).toBe(400);
    expect(await status([get('1'), get('2', ['1']), get('3', ['2'])])).toBe(200);
    expect(await status([get('2', ['1']), get('3', ['1']), get('1')])).toBe(200);
  });

  it('runs a row in its order and gives 424 to what depends on a failure', async () => {
    const bench = await startBench();
    const folder = (id: string, path: string, name: string, dependsOn?: string[]) => ({
      id,
      method: 'POST',
      url: `/drives/${bench.drive}/${path}/children`,
      headers: json,
      body: { name, folder: {} },
      ...(dependsOn === undefined ? {} : { dependsOn }),
    });
    const { part } = await send(bench, [
      folder('1', 'root', 'one'),
      folder('2', 'root:/one:', 'two', ['1']),
      folder('3', 'root:/one/two:', 'bad*name', ['2']),
      folder('4', 'root:/one/two:', 'three', ['3']),
    ]);
    expect(['1', '2', '3', '4'].map((id) => at(part(id), 'status'))).toEqual([201, 201, 400, 424]);
  });

  it('throttles parts one by one, each with its own Retry-After', async () => {
    const bench = await startBench({ ruPerMinute: 6, ruCapacity: 7 });
    const { answer, part } = await send(
      bench,
      Array.from({ length: 5 }, (_, i) => ({
        id: String(i),
        method: 'GET',
        url: `/drives/${bench.drive}/root/children?$top=${i + 1}`,
      })),
    );
    expect(answer.status).toBe(200);
    const states = ['0', '1', '2', '3', '4'].map((id) => at(part(id), 'status'));
    expect(states).toEqual([200, 200, 200, 429, 429]);
    expect(Number(text(part('4'), 'headers.Retry-After'))).toBeGreaterThan(0);
    const again = { id: '4', method: 'GET', url: `/drives/${bench.drive}/root/children?$top=5` };
    await send(bench, [again]);
    expect(await bench.tenant.control.stats()).toMatchObject({ retriesTooEarly: 1, throttledByUnits: 3 });
  });
});
