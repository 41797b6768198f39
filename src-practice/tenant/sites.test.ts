import { describe, expect, it } from 'vitest';
import { at, list, names, patterned, refusal, startBench, text } from './test-support.ts';

const HOST = 'contoso.sharepoint.practice';

describe('sites, drives and addresses', () => {
  it('finds sites by path, id, host and root, with what follows them', async () => {
    const { graph } = await startBench();
    const finance = await graph('GET', `/sites/${HOST}:/sites/Finance`);
    expect(finance.json).toMatchObject({
      displayName: 'Finance',
      webUrl: `https://${HOST}/sites/finance`,
    });
    const id = text(finance.json, 'id');
    expect(id).toMatch(new RegExp(`^${HOST},[0-9a-f-]{36},[0-9a-f-]{36}$`));
    for (const path of [
      `/sites/${id}`,
      `/sites/${encodeURIComponent(id)}`,
      `/sites/${HOST}:/sites/finance:`,
    ]) {
      expect(at((await graph('GET', path)).json, 'id')).toBe(id);
    }
    expect(at((await graph('GET', '/sites/root')).json, 'webUrl')).toBe(`https://${HOST}`);
    expect(at((await graph('GET', `/sites/${HOST}`)).json, 'webUrl')).toBe(`https://${HOST}`);
    expect(names((await graph('GET', `/sites/${HOST}:/sites/finance:/drives`)).json)).toEqual([
      'Documents',
      'Year End #1',
    ]);
    expect(at((await graph('GET', `/sites/${HOST}:/sites/finance:/drive`)).json, 'name')).toBe('Documents');
    expect((await graph('GET', `/sites/${HOST}:/sites/finance/drives`)).status).toBe(404);
    expect(refusal(await graph('GET', `/sites/${HOST}:/sites/none`))[0]).toBe(404);
    expect(list((await graph('GET', '/sites?search=*')).json)).toHaveLength(3);
  });

  it('shows drives with what they are and hold', async () => {
    const { graph, drive } = await startBench();
    const shown = await graph('GET', `/drives/${drive}`);
    expect(shown.json).toMatchObject({
      driveType: 'documentLibrary',
      webUrl: `https://${HOST}/sites/finance/Shared%20Documents`,
      quota: { state: 'normal', used: 0 },
    });
    expect(text(shown.json, 'id')).toMatch(/^b![A-Za-z0-9_-]{64}$/);
    expect(at((await graph('GET', `/drives/${drive}/list`)).json, 'list.template')).toBe('documentLibrary');
    expect((await graph('GET', '/drives/b!none')).status).toBe(404);
  });

  it('gives people their OneDrive, or 404 when it was never opened', async () => {
    const { graph } = await startBench();
    const alice = await graph('GET', '/users/alice@contoso.example/drive');
    expect(alice.json).toMatchObject({
      driveType: 'business',
      webUrl: 'https://contoso-my.sharepoint.practice/personal/alice_contoso_example/Documents',
    });
    const nora = await graph('GET', '/users/nora@contoso.example/drive');
    expect([nora.status, at(nora.json, 'error.code')]).toEqual([404, 'itemNotFound']);
    expect((await graph('GET', '/users/nobody@contoso.example/drive')).status).toBe(404);
    expect((await graph('GET', '/me/drive')).status).toBe(400);
  });

  it('knows who calls: the app, or a person by a delegated token', async () => {
    const { graph, tenant, upload } = await startBench();
    expect(at((await upload('a.txt', patterned(3))).json, 'createdBy.application.id')).toBe(
      tenant.apps.headless,
    );
    const token = await tenant.control.token({
      clientId: tenant.apps.desktop,
      user: 'alice@contoso.example',
    });
    const headers = { authorization: `Bearer ${token}` };
    const mine = await graph('GET', '/me/drive', undefined, headers);
    expect(at(mine.json, 'owner.user.email')).toBe('alice@contoso.example');
    const put = await graph('PUT', '/me/drive/root:/b.txt:/content', patterned(3), headers);
    expect(at(put.json, 'createdBy.user.displayName')).toBe('Alice Adams');
  });

  it('resolves web addresses of folders and files through shares', async () => {
    const { graph, upload } = await startBench();
    const id = text((await upload('Sub #1/50%.txt', patterned(3))).json, 'id');
    const resolve = (url: string) =>
      graph('GET', `/shares/u!${Buffer.from(url).toString('base64url')}/driveItem`);
    const base = `https://${HOST}/sites/finance/Shared%20Documents`;
    expect(at((await resolve(`${base}/Sub%20%231/50%25.txt`)).json, 'id')).toBe(id);
    expect(
      at((await resolve(`https://${HOST}/:f:/r/sites/finance/Shared%20Documents/Sub%20%231`)).json, 'name'),
    ).toBe('Sub #1');
    expect(at((await resolve(`${base}/`)).json, 'name')).toBe('root');
    expect((await resolve(`${base}/none`)).status).toBe(404);
    expect((await resolve(`https://${HOST}/sites/other/Docs`)).status).toBe(403);
  });

  it('takes more sites, libraries and people', async () => {
    const { graph } = await startBench({
      name: 'fabrikam',
      sites: [{ path: '/teams/hr', title: 'HR', libraries: [{ name: 'Akten', urlName: 'Akten 2' }] }],
      users: [{ userPrincipalName: 'zoe.x@fabrikam.example', displayName: 'Zoe' }],
    });
    const drives = await graph('GET', '/sites/fabrikam.sharepoint.practice:/teams/hr:/drives');
    expect(at(drives.json, 'value.0.webUrl')).toBe('https://fabrikam.sharepoint.practice/teams/hr/Akten%202');
    const zoe = await graph('GET', '/users/zoe.x@fabrikam.example/drive');
    expect(at(zoe.json, 'webUrl')).toBe(
      'https://fabrikam-my.sharepoint.practice/personal/zoe_x_fabrikam_example/Documents',
    );
  });

  it('wants a good token, and says what is wrong with another', async () => {
    const { graph, tenant } = await startBench();
    const without = await graph('GET', '/sites/root', undefined, { authorization: '' });
    expect([without.status, at(without.json, 'error.code')]).toEqual([401, 'InvalidAuthenticationToken']);
    expect(without.headers.get('www-authenticate')).toContain('Bearer');
    expect((await graph('GET', '/sites/root', undefined, { authorization: 'Bearer x.y.z' })).status).toBe(
      401,
    );
    await tenant.control.signIn({ action: 'expireTokens' });
    expect((await graph('GET', '/sites/root')).status).toBe(401);
    expect(await tenant.control.stats()).toMatchObject({ byStatus: { '401': 3 }, resourceUnits: 0 });
  });

  it('echoes request ids, and refuses what it does not offer', async () => {
    const { graph, drive } = await startBench();
    const answer = await graph('POST', `/drives/${drive}/root/invite`, {}, { 'client-request-id': 'abc' });
    expect(refusal(answer).slice(0, 2)).toEqual([501, 'notSupported']);
    expect(answer.headers.get('client-request-id')).toBe('abc');
    expect(at(at(answer.json, 'error.innerError'), 'client-request-id')).toBe('abc');
    expect((await graph('GET', '/nonsense')).status).toBe(400);
  });
});
