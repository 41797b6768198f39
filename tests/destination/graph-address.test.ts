import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allChanges, codeOf, must, newFile } from '../conformance/destination-steps.ts';
import { type GraphTest, LIBRARY, startGraphTest } from './graph-fixture.ts';

let test: GraphTest;
beforeAll(async () => {
  test = await startGraphTest({
    sites: [
      { path: '/sites/hr/pay', title: 'Pay', libraries: [{ name: 'Docs' }] },
      { path: '/sites/hr', title: 'HR' },
    ],
  });
});
afterAll(() => test.close());

const oneDrive = (): string => `https://${test.tenant.oneDriveHost}/personal/bob_contoso_example`;

describe('opening a destination by its address', () => {
  it.each([
    ['a library', LIBRARY, 'sites/finance/Shared Documents', true],
    ['a site: its default library', '/sites/finance', 'sites/finance/Shared Documents', true],
    [
      'a library in other letters',
      '/SITES/Finance/shared documents/',
      'sites/finance/Shared Documents',
      true,
    ],
    [
      'a library by the name that people see',
      '/sites/finance/documents',
      'sites/finance/Shared Documents',
      true,
    ],
    [
      'a folder in a library by the name that people see',
      '/sites/finance/Documents/New one',
      'sites/finance/Shared Documents/New one',
      false,
    ],
    ['a library of an odd name', '/sites/finance/Year%20End%20%231', 'sites/finance/Year End #1', true],
    ['the root site', '/Shared Documents', 'Shared Documents', true],
    ['a subsite', '/sites/hr/pay/Docs', 'sites/hr/pay/Docs', true],
    ['a new folder in it', '/sites/hr/pay/Docs/New', 'sites/hr/pay/Docs/New', false],
    ['new folders, deep', `${LIBRARY}/a/b/c's #1`, "sites/finance/Shared Documents/a/b/c's #1", false],
    [
      'a view',
      `${LIBRARY}/Forms/AllItems.aspx?id=%2Fsites%2Ffinance%2FShared%20Documents%2FSeen`,
      'sites/finance/Shared Documents/Seen',
      false,
    ],
  ])('%s', async (_, address, path, isLibraryRoot) => {
    const { root } = must(await test.open(address));
    expect(root).toMatchObject({ path, isLibraryRoot, empty: true });
    expect(root.url).toBe(
      `https://${test.tenant.hostName}/${path.split('/').map(encodeURIComponent).join('/')}`,
    );
    expect(must(await test.open(address)).root.id).toBe(root.id);
  });

  it('a OneDrive', async () => {
    const { root } = must(await test.open(`${oneDrive()}/Documents/Old disk`));
    expect(root.path).toBe('personal/bob_contoso_example/Documents/Old disk');
  });

  it('with a folder of its own', async () => {
    const { root } = must(await test.open(`${LIBRARY}/parent`, { subFolder: 'child' }));
    expect(root.path).toBe('sites/finance/Shared Documents/parent/child');
  });

  it('finds a folder that is not empty, and writes it as it is written', async () => {
    await test.tenant.control.act({ action: 'edit', drive: test.drive, path: 'Full/x', bytes: '' });
    const { root } = must(await test.open(`${LIBRARY}/fULL`));
    expect(root).toMatchObject({ path: 'sites/finance/Shared Documents/Full', empty: false });
  });

  it.each([
    ['no address', 'finance', 'destination-url-invalid'],
    ['another cloud', 'https://contoso.sharepoint.com/sites/finance', 'destination-wrong-cloud'],
    ['no such site', '/sites/nowhere/Shared Documents', 'site-not-found'],
    ['half of a site', '/sites', 'site-not-found'],
    ['no such library', '/sites/finance/Nothing/here', 'library-not-found'],
    ['a beginning that is none', '/sites/finance/Shared', 'library-not-found'],
  ])('%s: %s is %s', async (_, address, code) => {
    expect(codeOf(await test.open(address))).toBe(code);
  });

  it('a OneDrive that is not there yet', async () => {
    const address = `https://${test.tenant.oneDriveHost}/personal/nora_contoso_example/Documents`;
    expect(codeOf(await test.open(address))).toBe('onedrive-not-provisioned');
  });

  it('a file, at the end or on the way', async () => {
    await test.tenant.control.act({ action: 'edit', drive: test.drive, path: 'files/one.txt', bytes: '' });
    expect(codeOf(await test.open(`${LIBRARY}/files/one.txt`))).toBe('destination-is-a-file');
    expect(codeOf(await test.open(`${LIBRARY}/files/one.txt/below`))).toBe('destination-is-a-file');
  });

  it('a name that SharePoint refuses', async () => {
    expect(codeOf(await test.open(`${LIBRARY}/Forms`))).toBe('refused-by-service');
  });

  it('a library that is full, unless only to look at it', async () => {
    const { drive } = test;
    const before = (await test.tenant.control.drives()).find(({ id }) => id === drive)?.quotaTotal ?? 0;
    await test.tenant.control.act({
      action: 'edit',
      drive,
      path: 'big',
      bytes: Buffer.alloc(10).toString('base64'),
    });
    await test.tenant.control.act({ action: 'setQuota', drive, total: 5 });
    expect(codeOf(await test.open(LIBRARY))).toBe('quota-full');
    expect(codeOf(await test.open(LIBRARY, { write: false }))).toBe('ok');
    await test.tenant.control.act({ action: 'setQuota', drive, total: before });
  });

  it('to look only: makes nothing, and takes what is missing for empty', async () => {
    const destination = must(await test.open(`${LIBRARY}/never/made`, { write: false }));
    const { root } = destination;
    expect(root).toMatchObject({ empty: true, path: 'sites/finance/Shared Documents/never/made' });
    expect(must(await destination.find(root.id, 'x'))).toBeUndefined();
    expect(await allChanges(destination, undefined)).toMatchObject({ code: 'ok', items: new Map() });
    expect(() => destination.openUploads([newFile(root.id, 'x', 1)])).toThrow('opened for reading');
    for await (const entry of test.tenant.control.tree(test.drive)) expect(entry.path).not.toContain('never');
  });

  it('a service that is not there', async () => {
    const cloud = { ...test.tenant.cloud, graph: 'http://127.0.0.1:9/v1.0' };
    const sleep = (): Promise<void> => Promise.resolve();
    const result = await test.open(LIBRARY, { cloud, sleep });
    expect(result).toMatchObject({ ok: false, problem: { code: 'service-unreachable' } });
    expect(result.ok ? '' : result.problem.detail).toContain('ECONNREFUSED');
  });

  it('a sign-in that the service no longer accepts', async () => {
    const tokens = { who: test.tokens.who, token: async () => ({ ok: true, value: 'rubbish' }) as const };
    expect(codeOf(await test.open(LIBRARY, { tokens }))).toBe('sign-in-expired');
  });
});
