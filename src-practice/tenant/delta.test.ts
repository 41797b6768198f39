import { describe, expect, it } from 'vitest';
import {
  at,
  deltaLink,
  list,
  names,
  nextLink,
  patterned,
  refusal,
  startBench,
  text,
} from './test-support.ts';

describe('delta', () => {
  it('gives everything in pages, then only what changed, the last state of each', async () => {
    const { graph, upload, drive } = await startBench();
    for (let i = 0; i < 7; i++) await upload(`d/f${i}.txt`, patterned(i + 1));
    let answer = await graph('GET', `/drives/${drive}/root/delta?$top=4`);
    const seen = [...names(answer.json)];
    await upload('d/f0.txt', patterned(100));
    await upload('d/late.txt', patterned(5));
    while (at(answer.json, 'value') !== undefined && JSON.stringify(answer.json).includes('nextLink')) {
      answer = await graph('GET', nextLink(answer.json));
      seen.push(...names(answer.json));
    }
    expect(new Set(seen)).toEqual(
      new Set(['root', 'd', 'late.txt', ...Array.from({ length: 7 }, (_, i) => `f${i}.txt`)]),
    );
    const link = deltaLink(answer.json);
    const quiet = await graph('GET', link);
    expect(list(quiet.json)).toEqual([]);
    await upload('d/f3.txt', patterned(33));
    await upload('d/f3.txt', patterned(44));
    const changed = await graph('GET', link);
    expect(list(changed.json).map((item) => [at(item, 'name'), at(item, 'size')])).toEqual([['f3.txt', 44]]);
  });

  it('leaves out what the service leaves out, and says deleted', async () => {
    const { graph, upload, drive, tenant } = await startBench();
    await upload('a/b.txt', patterned(3));
    const start = await graph('GET', `/drives/${drive}/root/delta?token=latest`);
    expect(list(start.json)).toEqual([]);
    await upload('a/c.txt', patterned(4));
    await tenant.control.act({ action: 'delete', drive, path: '/a/b.txt' });
    const answer = await graph('GET', deltaLink(start.json));
    const [c, b] = list(answer.json);
    expect(c).toMatchObject({ name: 'c.txt', file: { hashes: { quickXorHash: expect.any(String) } } });
    expect(at(c, 'cTag')).toBeUndefined();
    expect(at(c, 'parentReference.path')).toBeUndefined();
    expect(at(c, 'parentReference.id')).toEqual(expect.any(String));
    expect(b).toMatchObject({ deleted: { state: 'deleted' }, file: {} });
    expect(at(b, 'name')).toBeUndefined();
    const whole = await graph('GET', `/drives/${drive}/root/delta`);
    expect(names(whole.json).sort()).toEqual(['a', 'c.txt', 'root']);
  });

  it('tells children of a deleted folder, and items whose parents changed after them', async () => {
    const { graph, upload, drive, tenant } = await startBench();
    await upload('old/x/y.txt', patterned(3));
    await tenant.control.act({ action: 'rename', drive, path: '/old', to: 'new' });
    const whole = await graph('GET', `/drives/${drive}/root/delta`);
    expect(names(whole.json)).toEqual(['root', 'x', 'y.txt', 'new']);
    await tenant.control.act({ action: 'delete', drive, path: '/new' });
    const gone = await graph('GET', deltaLink(whole.json));
    expect(list(gone.json).map((item) => at(item, 'deleted.state'))).toEqual([
      'deleted',
      'deleted',
      'deleted',
    ]);
  });

  it('sends back to the start with 410 and where that is', async () => {
    const { graph, drive, tenant } = await startBench();
    const link = deltaLink((await graph('GET', `/drives/${drive}/root/delta`)).json);
    await tenant.control.act({ action: 'forgetChanges', drive });
    const answer = await graph('GET', link);
    expect(refusal(answer)).toEqual([410, 'resyncRequired', 'resyncChangesApplyDifferences']);
    const again = await graph('GET', answer.headers.get('location') ?? '');
    expect(names(again.json)).toEqual(['root']);
    expect((await graph('GET', `/drives/${drive}/root/delta?token=nonsense`)).status).toBe(410);
    expect((await graph('GET', `/drives/${drive}/root/delta(token='latest')`)).status).toBe(200);
  });

  it('is offered for the root only, and costs 1 with a token, 2 without', async () => {
    const { graph, upload, drive, tenant } = await startBench();
    await upload('a/b.txt', patterned(3));
    const a = text((await graph('GET', `/drives/${drive}/root:/a`)).json, 'id');
    expect((await graph('GET', `/drives/${drive}/items/${a}/delta`)).status).toBe(400);
    await tenant.control.resetStats();
    const first = await graph('GET', `/drives/${drive}/root/delta`);
    expect((await tenant.control.stats()).resourceUnits).toBe(2);
    await graph('GET', deltaLink(first.json));
    expect(await tenant.control.stats()).toMatchObject({
      resourceUnits: 3,
      byKind: { deltaStart: 1, delta: 1 },
    });
  });
});
