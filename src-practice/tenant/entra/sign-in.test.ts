import { createHash, createPublicKey } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { decodeJwt, verifyJwt } from './jwt.ts';
import {
  ADMIN,
  DESKTOP,
  MEMBER,
  ROBOT,
  refusalOf,
  startTestEntra,
  TENANT,
  type TestAnswer,
  type TestEntra,
  TOKEN,
  textOf,
} from './test-support.ts';

const AUTHORIZE = `/${TENANT}/oauth2/v2.0/authorize`;
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

let test: TestEntra;
beforeAll(async () => {
  test = await startTestEntra();
});
afterAll(() => test.close());
beforeEach(() => {
  test.clock.ahead = 0;
});

const VERIFIER = 'a-verifier-of-at-least-forty-three-characters-0123456789';
const authorizeUrl = (change: Record<string, string> = {}): string =>
  `${AUTHORIZE}?${new URLSearchParams({
    client_id: DESKTOP,
    response_type: 'code',
    redirect_uri: 'http://localhost:4711',
    scope: 'openid profile offline_access Files.ReadWrite.All',
    state: 'my state',
    code_challenge: createHash('sha256').update(VERIFIER).digest('base64url'),
    code_challenge_method: 'S256',
    practice_user: ADMIN,
    ...change,
  }).toString()}`;

const getCode = async (change: Record<string, string> = {}): Promise<string> => {
  const answer = await test.get(authorizeUrl(change));
  return new URL(textOf(answer.headers['location'])).searchParams.get('code') ?? '';
};

const redeem = (code: string, change: Record<string, string> = {}): Promise<TestAnswer> =>
  test.post(TOKEN, {
    client_id: DESKTOP,
    grant_type: 'authorization_code',
    code,
    redirect_uri: 'http://localhost:4711',
    code_verifier: VERIFIER,
    ...change,
  });

const refresh = (token: string): Promise<TestAnswer> =>
  test.post(TOKEN, { client_id: DESKTOP, grant_type: 'refresh_token', refresh_token: token });

describe('a code', () => {
  it('goes back in the query, in the fragment, or by a form that posts itself', async () => {
    const query = new URL(textOf((await test.get(authorizeUrl())).headers['location']));
    expect(query.searchParams.get('state')).toBe('my state');
    const fragment = new URL(
      textOf((await test.get(authorizeUrl({ response_mode: 'fragment' }))).headers['location']),
    );
    expect(new URLSearchParams(fragment.hash.slice(1)).get('code')).toBeTruthy();
    expect(fragment.search).toBe('');
    const form = await test.get(authorizeUrl({ response_mode: 'form_post', state: '"><script>' }));
    expect(form.text).toContain('action="http://localhost:4711"');
    expect(form.text).toContain('value="&quot;&gt;&lt;script&gt;"');
  });

  it('comes at once for a known login hint, and after picking an account otherwise', async () => {
    const url = new URL(authorizeUrl({ login_hint: MEMBER }), test.baseUrl);
    url.searchParams.delete('practice_user');
    expect((await test.get(url.href)).status).toBe(302);
    url.searchParams.set('prompt', 'select_account');
    const page = await test.get(url.href);
    expect(page.text).toContain('Desk &amp; &lt;top&gt; wants you to sign in');
    expect(page.text).toContain('Alex O&#39;Neill');
    url.searchParams.delete('login_hint');
    url.searchParams.set('prompt', 'none');
    const silent = new URL(textOf((await test.get(url.href)).headers['location']));
    expect(silent.searchParams.get('error')).toBe('login_required');
  });

  it('is never sent to an address that is not registered', async () => {
    const answer = await test.get(authorizeUrl({ redirect_uri: 'https://evil.test/' }));
    expect(answer.status).toBe(400);
    expect(answer.text).toContain('AADSTS50011');
    expect(answer.headers['location']).toBeUndefined();
    expect(
      (await test.get(authorizeUrl({ client_id: '11111111-aaaa-bbbb-cccc-000000000009' }))).text,
    ).toContain('AADSTS700016');
  });

  it('is good once, for ten minutes, for its client, its address and its verifier', async () => {
    const code = await getCode();
    expect(refusalOf(await redeem(code, { code_verifier: 'wrong' }))).toMatchObject({ code: 501481 });
    expect(refusalOf(await redeem(code, { redirect_uri: 'http://localhost:1' }))).toMatchObject({
      code: 50011,
    });
    expect(refusalOf(await redeem(code, { client_id: ROBOT }))).toMatchObject({ code: 70000 });
    expect((await redeem(code)).status).toBe(200);
    expect(refusalOf(await redeem(code))).toMatchObject({ code: 54005, error: 'invalid_grant' });
    const late = await getCode();
    test.clock.ahead = 10 * MINUTE + 1;
    expect(refusalOf(await redeem(late))).toMatchObject({ code: 70008 });
  });

  it('is refused with the ordered failure, once', async () => {
    test.entra.failNextSignIn(50076);
    const back = new URL(textOf((await test.get(authorizeUrl())).headers['location']));
    expect(back.searchParams.get('error')).toBe('interaction_required');
    expect(back.searchParams.get('error_description')).toMatch(/^AADSTS50076: .*multi-factor/);
    expect(await getCode()).not.toBe('');
  });
});

describe('a refresh token', () => {
  const signIn = async (user = ADMIN): Promise<string> =>
    textOf((await redeem(await getCode({ practice_user: user }))).json()['refresh_token']);

  it('gives a new one at each use, and stays good itself', async () => {
    const first = await signIn();
    const second = textOf((await refresh(first)).json()['refresh_token']);
    expect(second).not.toBe(first);
    expect((await refresh(first)).status).toBe(200);
    expect((await refresh(second)).status).toBe(200);
  });

  it('ends when it is not used for ninety days, and not when it is', async () => {
    const idle = await signIn();
    const used = await signIn();
    test.clock.ahead = 60 * DAY;
    expect((await refresh(used)).status).toBe(200);
    test.clock.ahead = 91 * DAY;
    expect(refusalOf(await refresh(idle))).toMatchObject({ code: 700082, suberror: 'bad_token' });
    expect((await refresh(used)).status).toBe(200);
  });

  it('ends with a revocation, of that person alone', async () => {
    const admin = await signIn();
    const member = await signIn(MEMBER);
    test.entra.revokeSignIns(MEMBER);
    expect(refusalOf(await refresh(member))).toMatchObject({ code: 50173, error: 'invalid_grant' });
    expect((await refresh(admin)).status).toBe(200);
    expect((await refresh(await signIn(MEMBER))).status).toBe(200);
  });
});

describe('a device code', () => {
  const start = async (): Promise<{ user: string; device: string }> => {
    const answer = await test.post(`/${TENANT}/oauth2/v2.0/devicecode`, {
      client_id: DESKTOP,
      scope: 'openid offline_access Files.ReadWrite.All',
    });
    const { user_code: user, device_code: device, interval } = answer.json();
    expect(interval).toBe(5);
    return { user: textOf(user), device: textOf(device) };
  };
  const poll = (device: string): Promise<TestAnswer> =>
    test.post(TOKEN, {
      client_id: DESKTOP,
      grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
      device_code: device,
    });

  it('is pending until somebody approves on the page, and good once', async () => {
    const { user, device } = await start();
    expect(refusalOf(await poll(device))).toMatchObject({ code: 70016, error: 'authorization_pending' });
    expect(refusalOf(await poll(device))).toMatchObject({ error: 'slow_down' });
    test.clock.ahead = 5_000;
    expect(refusalOf(await poll(device))).toMatchObject({ error: 'authorization_pending' });
    expect(test.entra.waitingDevices().map((one) => one.userCode)).toContain(user);
    const page = '/common/oauth2/deviceauth';
    expect((await test.get(`${page}?user_code=${user}`)).text).toContain(`value="${user}"`);
    expect((await test.post(page, { user_code: 'WRONG', practice_user: ADMIN })).status).toBe(400);
    expect((await test.post(page, { user_code: user, practice_user: ADMIN })).text).toContain(
      'You are signed in',
    );
    const answer = (await poll(device)).json();
    expect(test.entra.checkToken(`Bearer ${textOf(answer['access_token'])}`)).toMatchObject({
      ok: true,
      appId: DESKTOP,
    });
    expect(refusalOf(await poll(device))).toMatchObject({ error: 'bad_verification_code' });
  });

  it('can be declined, and expires after fifteen minutes', async () => {
    const no = await start();
    expect(test.entra.declineDevice(no.user)).toBe(true);
    expect(test.entra.approveDevice(no.user, ADMIN)).toBe(false);
    expect(refusalOf(await poll(no.device))).toMatchObject({ error: 'authorization_declined' });
    const late = await start();
    test.clock.ahead = 15 * MINUTE;
    expect(refusalOf(await poll(late.device))).toMatchObject({ code: 70020, error: 'expired_token' });
    expect(test.entra.approveDevice(late.user, ADMIN)).toBe(false);
  });
});

describe('an id token', () => {
  it('is signed with the key that the tenant publishes', async () => {
    const answer = (await redeem(await getCode({ nonce: 'n-1' }))).json();
    const jwt = decodeJwt(textOf(answer['id_token']));
    const { keys } = (await test.get(`/${TENANT}/discovery/v2.0/keys`)).json();
    if (jwt === undefined || !Array.isArray(keys)) throw new Error('no token or no keys');
    expect(verifyJwt(jwt, createPublicKey({ key: keys[0], format: 'jwk' }))).toBe(true);
    expect(jwt.payload).toMatchObject({
      aud: DESKTOP,
      iss: `${test.baseUrl}/${TENANT}/v2.0`,
      nonce: 'n-1',
      ver: '2.0',
    });
  });
});
