import {
  ConfidentialClientApplication,
  InteractionRequiredAuthError,
  PublicClientApplication,
} from '@azure/msal-node';
import { request } from 'undici';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createClientCertificate } from '../certificates.ts';
import { ADMIN, DESKTOP, MEMBER, ROBOT, startTestEntra, TENANT, type TestEntra } from './test-support.ts';

const GRAPH = 'https://graph.microsoft.com';
const FILES = [`${GRAPH}/Files.ReadWrite.All`];

let test: TestEntra;
beforeAll(async () => {
  test = await startTestEntra({ deviceCodeInterval: 1 });
});
afterAll(() => test.close());
beforeEach(() => {
  test.clock.ahead = 0;
});

const robot = (certificate = test.certificate): ConfidentialClientApplication => {
  const config = test.msal(ROBOT);
  const { thumbprintSha256, keyPem } = certificate;
  return new ConfidentialClientApplication({
    ...config,
    auth: { ...config.auth, clientCertificate: { thumbprintSha256, privateKey: keyPem } },
  });
};

/** What a person and their browser do: open the page, pick an account, let the page post the code back. */
const browser =
  (user: string) =>
  async (url: string): Promise<void> => {
    const pick = await test.get(url);
    expect(pick.text).toContain('Pick a practice account');
    const answer = await test.get(`${url}&practice_user=${encodeURIComponent(user)}`);
    const action = /action="([^"]+)"/.exec(answer.text)?.[1] ?? '';
    const fields = [...answer.text.matchAll(/type="hidden" name="([^"]+)" value="([^"]*)"/g)];
    const body = new URLSearchParams();
    for (const [, name = '', value = ''] of fields) body.append(name, value.replaceAll('&#39;', "'"));
    await request(action.replace('localhost', '127.0.0.1'), {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: body.toString(),
    });
  };

describe('an application signs in with its certificate', () => {
  it('gets a token that is good for Graph, and takes the next one from its own cache', async () => {
    const app = robot();
    const first = await app.acquireTokenByClientCredential({ scopes: [`${GRAPH}/.default`] });
    const before = test.network.sent;
    const second = await app.acquireTokenByClientCredential({ scopes: [`${GRAPH}/.default`] });
    expect(test.entra.checkToken(`Bearer ${first?.accessToken}`)).toEqual({
      ok: true,
      appId: ROBOT,
      byCertificate: true,
      audience: GRAPH,
      permissions: ['Sites.ReadWrite.All', 'User.Read.All'],
    });
    expect(second?.accessToken).toBe(first?.accessToken);
    expect(test.network.sent).toBe(before);
  });

  it('is refused with 700027 when the certificate is not registered', async () => {
    const stranger = await createClientCertificate('stranger');
    await expect(
      robot(stranger).acquireTokenByClientCredential({ scopes: [`${GRAPH}/.default`] }),
    ).rejects.toMatchObject({
      errorCode: 'invalid_client',
      errorMessage: expect.stringContaining('AADSTS700027'),
    });
  });

  it('is refused with 700027 when the thumbprint is right and the key is not', async () => {
    const { keyPem } = await createClientCertificate('stranger');
    const forged = { ...test.certificate, keyPem };
    await expect(
      robot(forged).acquireTokenByClientCredential({ scopes: [`${GRAPH}/.default`] }),
    ).rejects.toMatchObject({
      errorMessage: expect.stringContaining('the signature is not'),
    });
  });
});

describe('a person signs in', () => {
  const signIn = async (user: string) => {
    const app = new PublicClientApplication(test.msal(DESKTOP));
    const result = await app.acquireTokenInteractive({ scopes: FILES, openBrowser: browser(user) });
    return { app, result };
  };

  it('in a browser, with code and PKCE, and is who was picked', async () => {
    const { result } = await signIn(ADMIN);
    expect(result.account?.username).toBe(ADMIN);
    expect(result.account?.homeAccountId).toBe(`22222222-0000-0000-0000-000000000001.${TENANT}`);
    expect(result.idTokenClaims).toMatchObject({
      oid: '22222222-0000-0000-0000-000000000001',
      tid: TENANT,
      preferred_username: ADMIN,
      wids: ['62e90394-69f5-4237-9190-012177145e10'],
    });
    expect(test.entra.checkToken(`Bearer ${result.accessToken}`)).toEqual({
      ok: true,
      appId: DESKTOP,
      byCertificate: false,
      userId: '22222222-0000-0000-0000-000000000001',
      audience: GRAPH,
      permissions: ['Files.ReadWrite.All'],
    });
  });

  it('and stays signed in silently: from the cache, then by refresh token, also for another API', async () => {
    const { app, result } = await signIn(MEMBER);
    if (result.account === null) throw new Error('no account');
    const account = result.account;
    const cached = await app.acquireTokenSilent({ account, scopes: FILES });
    expect(cached.fromCache).toBe(true);
    const fresh = await app.acquireTokenSilent({ account, scopes: FILES, forceRefresh: true });
    expect(fresh.fromCache).toBe(false);
    expect(fresh.accessToken).not.toBe(result.accessToken);
    const sharePoint = await app.acquireTokenSilent({
      account,
      scopes: ['https://practice.sharepoint.test/.default'],
    });
    expect(test.entra.checkToken(`Bearer ${sharePoint.accessToken}`)).toMatchObject({
      audience: 'https://practice.sharepoint.test',
      permissions: ['Files.ReadWrite.All', 'Sites.ReadWrite.All'],
    });
  });

  it('and must do so again after the password changed', async () => {
    const { app, result } = await signIn(MEMBER);
    if (result.account === null) throw new Error('no account');
    test.entra.revokeSignIns(MEMBER);
    const again = app.acquireTokenSilent({ account: result.account, scopes: FILES, forceRefresh: true });
    await expect(again).rejects.toBeInstanceOf(InteractionRequiredAuthError);
    await expect(again).rejects.toMatchObject({ errorCode: 'invalid_grant', subError: 'bad_token' });
    expect((await signIn(MEMBER)).result.account?.username).toBe(MEMBER);
  });

  it('and meets a claims challenge with a fresh token', async () => {
    const { app, result } = await signIn(ADMIN);
    if (result.account === null) throw new Error('no account');
    test.entra.challengeTokensNow();
    const check = test.entra.checkToken(`Bearer ${result.accessToken}`);
    if (check.ok || check.claims === undefined) throw new Error('no challenge');
    expect(test.entra.challenge(check)).toContain('error="insufficient_claims", claims="');
    const fresh = await app.acquireTokenSilent({
      account: result.account,
      scopes: FILES,
      claims: check.claims,
    });
    expect(test.entra.checkToken(`Bearer ${fresh.accessToken}`)).toMatchObject({ ok: true });
  });

  it.each([
    [50076, 'basic_action'],
    [53003, 'message_only'],
  ] as const)('and is told %i while renewing silently', async (code, subError) => {
    const { app, result } = await signIn(ADMIN);
    if (result.account === null) throw new Error('no account');
    test.entra.failNextSignIn(code);
    const renewal = app.acquireTokenSilent({ account: result.account, scopes: FILES, forceRefresh: true });
    await expect(renewal).rejects.toMatchObject({
      name: 'InteractionRequiredAuthError',
      subError,
      errorNo: code,
    });
    await app.acquireTokenSilent({ account: result.account, scopes: FILES, forceRefresh: true });
  });

  it('and learns in the browser that consent is missing', async () => {
    const app = new PublicClientApplication(test.msal(DESKTOP));
    await expect(
      app.acquireTokenInteractive({
        scopes: [`${GRAPH}/Directory.ReadWrite.All`],
        openBrowser: browser(ADMIN),
      }),
    ).rejects.toMatchObject({ errorMessage: expect.stringContaining('AADSTS65001') });
  });

  it('by device code, approved on another machine', async () => {
    const app = new PublicClientApplication(test.msal(DESKTOP));
    const result = await app.acquireTokenByDeviceCode({
      scopes: FILES,
      deviceCodeCallback: ({ userCode }) => {
        expect(test.entra.approveDevice(userCode.toLowerCase(), ADMIN)).toBe(true);
      },
    });
    expect(result?.account?.username).toBe(ADMIN);
  });
});
