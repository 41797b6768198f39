import { describe, expect, it } from 'vitest';
import {
  at,
  encodePath,
  list,
  names,
  nextLink,
  patterned,
  refusal,
  startBench,
  text,
  treeOf,
} from './test-support.ts';

const BEHAVIOR = '@microsoft.graph.conflictBehavior';

describe('folders', () => {
  it('are made with their times, and refuse, keep or rename on conflict', async () => {
    const { graph, drive } = await startBench();
    const make = (name: string, extra: Record<string, unknown> = {}) =>
      graph('POST', `/drives/${drive}/root/children`, { name, folder: {}, ...extra });
    const made = await make('Projects & Co', {
      fileSystemInfo: {
        createdDateTime: '2005-05-05T05:05:05Z',
        lastModifiedDateTime: '2006-06-06T06:06:06Z',
      },
    });
    expect(made.status).toBe(201);
    expect(at(made.json, 'fileSystemInfo.lastModifiedDateTime')).toBe('2006-06-06T06:06:06Z');
    expect(at(made.json, 'folder.childCount')).toBe(0);
    expect(text(made.json, 'id')).toMatch(/^01[A-Z2-7]{32}$/);
    expect(refusal(await make('PROJECTS & co'))).toEqual([409, 'nameAlreadyExists', undefined]);
    const kept = await make('projects & CO', { [BEHAVIOR]: 'replace' });
    expect([kept.status, at(kept.json, 'id')]).toEqual([200, at(made.json, 'id')]);
    const renamed = await make('Projects & Co', { [BEHAVIOR]: 'rename' });
    expect([renamed.status, at(renamed.json, 'name')]).toEqual([201, 'Projects & Co 1']);
  });

  it('list their children in pages that lose and repeat nothing while names come and go', async () => {
    const { graph, drive, tenant } = await startBench();
    const all = Array.from({ length: 25 }, (_, i) => `file ${String(i).padStart(2, '0')}.txt`);
    for (const name of all) {
      await tenant.control.act({ action: 'edit', drive, path: `/many/${name}`, bytes: '' });
    }
    const first = await graph('GET', `/drives/${drive}/root:/many:/children?$top=10&$select=name,size`);
    expect(names(first.json)).toEqual(all.slice(0, 10));
    expect(Object.keys(list(first.json)[0] ?? {}).sort()).toEqual(['@odata.etag', 'id', 'name', 'size']);
    await tenant.control.act({ action: 'delete', drive, path: '/many/file 09.txt' });
    await tenant.control.act({ action: 'edit', drive, path: '/many/file 00b.txt', bytes: '' });
    const second = await graph('GET', nextLink(first.json));
    expect(names(second.json)).toEqual(all.slice(10, 20));
  });

  it('carry what Graph shows of an item', async () => {
    const { graph, drive, tenant } = await startBench();
    await tenant.control.act({
      action: 'edit',
      drive,
      path: "/50% off #1/it's ä.txt",
      bytes: patterned(5).toString('base64'),
    });
    const item = await graph('GET', `/drives/${drive}/root:/${encodePath("50% off #1/it's ä.txt")}`);
    expect(item.json).toMatchObject({
      name: "it's ä.txt",
      size: 5,
      webUrl: `https://contoso.sharepoint.practice/sites/finance/Shared%20Documents/${encodePath("50% off #1/it's ä.txt")}`,
      parentReference: {
        driveId: drive,
        driveType: 'documentLibrary',
        name: '50% off #1',
        path: `/drives/${drive}/root:/50%25%20off%20%231`,
      },
      createdBy: { user: { displayName: 'Bob Brown' } },
    });
    const byName = await graph(
      'GET',
      `/drives/${drive}/items/${text(item.json, 'parentReference.id')}:/${encodePath("IT'S Ä.TXT")}:`,
    );
    expect(at(byName.json, 'id')).toBe(at(item.json, 'id'));
    const ids = await graph(
      'GET',
      `/drives/${drive}/items/${text(item.json, 'id')}?$select=id,sharepointIds`,
    );
    expect(at(ids.json, 'sharepointIds')).toMatchObject({
      siteUrl: 'https://contoso.sharepoint.practice/sites/finance',
      tenantId: tenant.tenantId,
    });
    const parent = await graph('GET', `/drives/${drive}/root:/${encodePath('50% off #1')}`);
    expect([at(parent.json, 'size'), at(parent.json, 'folder.childCount')]).toEqual([5, 1]);
  });

  it('move and are renamed with all that is below, but not into themselves', async () => {
    const { graph, drive, upload } = await startBench();
    await upload('a/b/deep.txt', patterned(3));
    const a = text((await graph('GET', `/drives/${drive}/root:/a`)).json, 'id');
    const b = text((await graph('GET', `/drives/${drive}/root:/a/b`)).json, 'id');
    expect((await graph('PATCH', `/drives/${drive}/items/${a}`, { parentReference: { id: b } })).status).toBe(
      400,
    );
    const root = text((await graph('GET', `/drives/${drive}/root`)).json, 'id');
    const moved = await graph('PATCH', `/drives/${drive}/items/${b}`, {
      parentReference: { id: root },
      name: 'B',
    });
    expect([moved.status, at(moved.json, 'name')]).toEqual([200, 'B']);
    expect((await graph('GET', `/drives/${drive}/root:/b/deep.txt`)).status).toBe(200);
    expect(at((await graph('GET', `/drives/${drive}/items/${a}`)).json, 'folder.childCount')).toBe(0);
    expect((await graph('PATCH', `/drives/${drive}/items/${a}`, { name: 'b' })).status).toBe(409);
  });

  it('go to the recycle bin with all that is below', async () => {
    const { graph, drive, upload, tenant } = await startBench();
    await upload('gone/x.txt', patterned(3));
    await upload('gone/y/z.txt', patterned(4));
    const id = text((await graph('GET', `/drives/${drive}/root:/gone`)).json, 'id');
    expect((await graph('DELETE', `/drives/${drive}/items/${id}`)).status).toBe(204);
    expect((await graph('GET', `/drives/${drive}/items/${id}`)).status).toBe(404);
    expect((await graph('GET', `/drives/${drive}/root:/gone/x.txt`)).status).toBe(404);
    expect(await tenant.control.recycleBin(drive)).toMatchObject([{ id, path: '/gone', size: 7 }]);
    expect(await treeOf(tenant, drive)).toEqual([]);
    expect((await graph('DELETE', `/drives/${drive}/root`)).status).toBe(400);
  });
});
