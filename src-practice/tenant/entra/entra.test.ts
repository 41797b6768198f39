import { createPrivateKey, randomUUID, sign } from 'node:crypto';
import { request } from 'undici';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createClientCertificate } from '../certificates.ts';
import {
  ROBOT,
  refusalOf,
  startTestEntra,
  TENANT,
  type TestAnswer,
  type TestEntra,
  TOKEN,
  textOf,
} from './test-support.ts';

const GRAPH_DEFAULT = 'https://graph.microsoft.com/.default';
const OTHER_APP = '11111111-aaaa-bbbb-cccc-000000000003';

let test: TestEntra;
beforeAll(async () => {
  test = await startTestEntra();
});
afterAll(() => test.close());
beforeEach(() => {
  test.clock.ahead = 0;
});

const assertion = (
  change: { header?: object; payload?: object } = {},
  certificate = test.certificate,
): string => {
  const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');
  const now = Math.floor(Date.now() / 1000);
  const thumbprint = Buffer.from(certificate.thumbprintSha256, 'hex').toString('base64url');
  const header = { typ: 'JWT', alg: 'RS256', 'x5t#S256': thumbprint, ...change.header };
  const payload = {
    aud: `${test.baseUrl}${TOKEN}`,
    iss: ROBOT,
    sub: ROBOT,
    jti: randomUUID(),
    nbf: now,
    exp: now + 600,
    ...change.payload,
  };
  const signed = `${encode(header)}.${encode(payload)}`;
  return `${signed}.${sign('sha256', Buffer.from(signed), createPrivateKey(certificate.keyPem)).toString('base64url')}`;
};

const asRobot = (clientAssertion: string, clientId = ROBOT): Record<string, string> => ({
  client_id: clientId,
  grant_type: 'client_credentials',
  scope: GRAPH_DEFAULT,
  client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
  client_assertion: clientAssertion,
});

const withSecret = (secret: string): Record<string, string> => ({
  client_id: ROBOT,
  client_secret: secret,
  grant_type: 'client_credentials',
  scope: GRAPH_DEFAULT,
});

describe('what the tenant says about itself', () => {
  it.each([`/${TENANT}/v2.0`, `/${TENANT}`, '/practice.test/v2.0'])('at %s', async (prefix) => {
    const { issuer, jwks_uri: keys } = (await test.get(`${prefix}/.well-known/openid-configuration`)).json();
    expect(issuer).toBe(`${test.baseUrl}/${TENANT}/v2.0`);
    expect((await test.get(textOf(keys))).json()).toMatchObject({ keys: [{ kty: 'RSA', use: 'sig' }] });
  });

  it('answers for every tenant with a template, and refuses tenants that it is not', async () => {
    const shared = (await test.get('/organizations/v2.0/.well-known/openid-configuration')).json();
    expect(shared['issuer']).toBe(`${test.baseUrl}/{tenantid}/v2.0`);
    const stranger = await test.get('/contoso.com/v2.0/.well-known/openid-configuration');
    expect(refusalOf(stranger)).toMatchObject({ status: 400, code: 90002 });
  });

  it('answers instance discovery with itself', async () => {
    const answer = await test.get('/common/discovery/instance?api-version=1.1');
    expect(answer.json()).toMatchObject({
      tenant_discovery_endpoint: `${test.baseUrl}/${TENANT}/v2.0/.well-known/openid-configuration`,
    });
  });

  it('leaves every other path to Graph, and says 404 or 405 below its own', async () => {
    expect((await test.get('/v1.0/me')).status).toBe(418);
    expect((await test.get(`/${TENANT}/somewhere`)).status).toBe(404);
    expect((await test.get(TOKEN)).status).toBe(405);
  });
});

describe('an application proves who it is', () => {
  it('by assertion or by secret', async () => {
    expect((await test.post(TOKEN, asRobot(assertion()))).status).toBe(200);
    expect((await test.post(TOKEN, withSecret('open sesame'))).status).toBe(200);
  });

  it('or by secret in a Basic header, as clients written in Go do', async () => {
    const answer = await request(`${test.baseUrl}${TOKEN}`, {
      dispatcher: test.agent,
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(`${ROBOT}:open%20sesame`).toString('base64')}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: new URLSearchParams({ grant_type: 'client_credentials', scope: GRAPH_DEFAULT }).toString(),
    });
    expect(answer.statusCode).toBe(200);
    await answer.body.dump();
  });

  it('or is told what is wrong with the proof', async () => {
    const past = Math.floor(Date.now() / 1000) - 3600;
    const cases: readonly [Record<string, string>, number, string][] = [
      [asRobot(assertion(), OTHER_APP), 700016, 'unauthorized_client'],
      [asRobot('not.a.token'), 50027, 'invalid_request'],
      [asRobot(assertion({ header: { alg: 'HS256' } })), 50027, 'invalid_request'],
      [asRobot(assertion({ payload: { sub: OTHER_APP } })), 700021, 'invalid_client'],
      [asRobot(assertion({ payload: { aud: 'https://elsewhere.test/token' } })), 700023, 'invalid_client'],
      [asRobot(assertion({ payload: { nbf: past - 600, exp: past } })), 700024, 'invalid_client'],
      [asRobot(assertion({ header: { 'x5t#S256': 'AAAA' } })), 700027, 'invalid_client'],
      [asRobot(`${assertion().slice(0, -4)}AAAA`), 700027, 'invalid_client'],
      [withSecret('guess'), 7000215, 'invalid_client'],
      [
        { client_id: ROBOT, grant_type: 'client_credentials', scope: GRAPH_DEFAULT },
        7000218,
        'invalid_client',
      ],
      [{ ...withSecret('open sesame'), scope: 'Files.ReadWrite.All' }, 1002012, 'invalid_scope'],
      [{ ...withSecret('open sesame'), grant_type: 'password' }, 70003, 'unsupported_grant_type'],
      [{ grant_type: 'client_credentials' }, 900144, 'invalid_request'],
    ];
    for (const [form, code, error] of cases) {
      expect(refusalOf(await test.post(TOKEN, form))).toMatchObject({ code, error });
    }
  });

  it('with any certificate where the registration says so, but the signature must fit the one that it sends', async () => {
    const stranger = await createClientCertificate('stranger');
    const other = await createClientCertificate('other');
    const der = (pem: string): string => pem.replaceAll(/-----[^-]+-----|\s/g, '');
    test.entra.registerApp({
      clientId: OTHER_APP,
      displayName: 'Any',
      certificates: 'any',
      applicationPermissions: [],
      delegatedPermissions: [],
    });
    const payload = { iss: OTHER_APP, sub: OTHER_APP };
    const send = (header: object, certificate = stranger): Promise<TestAnswer> =>
      test.post(TOKEN, asRobot(assertion({ payload, header }, certificate), OTHER_APP));
    expect((await send({})).status).toBe(200);
    expect((await send({ x5c: [der(stranger.certPem)] })).status).toBe(200);
    expect(refusalOf(await send({ x5c: [der(other.certPem)] }))).toMatchObject({ code: 700027 });
    expect(refusalOf(await send({ x5c: ['AAAA'] }))).toMatchObject({ code: 700027 });
  });
});
