import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readCertificate } from '../../src-main/tenant/certificate.ts';
import { createHttp } from '../../src-main/tenant/http.ts';
import { type CertificateSignIn, signInByCertificate } from '../../src-main/tenant/sign-in.ts';
import type { TokenSource } from '../../src-main/tenant/token-source.ts';
import { createClientCertificate } from '../../src-practice/tenant/certificates.ts';
import {
  ROBOT,
  startTestEntra,
  TENANT,
  type TestEntra,
} from '../../src-practice/tenant/entra/test-support.ts';
import { publicClouds } from '../../src-shared/model/cloud.ts';

const GRAPH = 'https://graph.microsoft.com';

let test: TestEntra;
beforeAll(async () => {
  test = await startTestEntra();
});
afterAll(() => test.close());
/** How far the clock of the one who signs in is ahead; msal itself goes by the real one. */
let ahead = 0;
beforeEach(() => {
  ahead = 0;
});

function signIn(changes: Partial<CertificateSignIn> = {}): TokenSource {
  const result = signInByCertificate({
    cloud: { ...publicClouds.global, authority: test.baseUrl },
    tenant: TENANT,
    clientId: ROBOT,
    certificatePem: test.certificate.pem,
    now: () => Date.now() + ahead,
    http: test.agent,
    ...changes,
  });
  if (!result.ok) throw new Error(result.problem.code);
  return result.value;
}

async function tokenOf(source: TokenSource, refresh = false): Promise<string> {
  const result = await source.token({ refresh });
  if (!result.ok) throw new Error(`${result.problem.code}: ${result.problem.detail}`);
  return result.value;
}

describe('readCertificate', () => {
  it('takes key and certificate in any order, with other text between', () => {
    const { certPem, keyPem, thumbprintSha256 } = test.certificate;
    for (const pem of [keyPem + certPem, `Bag Attributes\n${certPem}\nsubject=CN\n${keyPem}\n`]) {
      const result = readCertificate(pem);
      expect(result).toMatchObject({ ok: true, value: { thumbprintSha256, subject: 'CN=robot' } });
    }
  });

  it('finds the certificate of the key among several', async () => {
    const other = await createClientCertificate('other');
    const result = readCertificate(other.certPem + test.certificate.pem);
    expect(result).toMatchObject({ value: { thumbprintSha256: test.certificate.thumbprintSha256 } });
  });

  it('says what is wrong, and nothing of what was in it', async () => {
    const other = await createClientCertificate('other');
    const encrypted = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({
      type: 'pkcs8',
      format: 'pem',
      cipher: 'aes-256-cbc',
      passphrase: 'x',
    });
    const curve = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({
      type: 'pkcs8',
      format: 'pem',
    });
    const cases: readonly (readonly [pem: string, reason: string])[] = [
      ['', 'no private key'],
      [test.certificate.certPem, 'no private key'],
      [test.certificate.keyPem, 'no certificate'],
      [other.keyPem + test.certificate.certPem, 'do not belong together'],
      [encrypted + test.certificate.certPem, 'is encrypted'],
      [curve + test.certificate.certPem, 'not RSA'],
    ];
    for (const [pem, reason] of cases) {
      const result = readCertificate(pem);
      expect(result).toMatchObject({ ok: false, problem: { code: 'certificate-unreadable' } });
      expect(result.ok ? '' : result.problem.detail).toContain(reason);
    }
  });
});

describe('signInByCertificate', () => {
  it('gets a token for Graph, once for all who ask at the same time', async () => {
    const source = signIn();
    const tokens = await Promise.all(Array.from({ length: 20 }, () => tokenOf(source)));
    expect(new Set(tokens).size).toBe(1);
    expect(test.entra.checkToken(`Bearer ${tokens[0]}`)).toMatchObject({ ok: true, audience: GRAPH });
    expect(await tokenOf(source)).toBe(tokens[0]);
  });

  it('renews it when told to, and before it ends', async () => {
    const source = signIn();
    const first = await tokenOf(source);
    const second = await tokenOf(source, true);
    expect(second).not.toBe(first);
    expect(await tokenOf(source)).toBe(second);
    ahead = 3_500_000;
    const third = await tokenOf(source);
    expect(third).not.toBe(second);
    expect(test.entra.checkToken(`Bearer ${third}`)).toMatchObject({ ok: true });
  });

  it('goes on with a token that is still good while Entra is away', async () => {
    let away = false;
    const http = test.agent.compose((dispatch) => (options, handler) => {
      if (away) throw new Error('no route to host');
      return dispatch(options, handler);
    });
    const source = signIn({ http });
    const first = await tokenOf(source);
    away = true;
    ahead = 3_500_000;
    expect(await tokenOf(source)).toBe(first);
    ahead = 3_700_000;
    expect(await source.token()).toMatchObject({ problem: { code: 'sign-in-unreachable' } });
    away = false;
    expect(await tokenOf(source)).not.toBe(first);
  });

  it.each([
    ['an unknown app', { clientId: '99999999-aaaa-bbbb-cccc-000000000009' }, 'app-unknown', 'AADSTS700016'],
    ['an unknown tenant', { tenant: 'nobody.example' }, 'tenant-unknown', 'AADSTS90002'],
  ])('%s is refused, with the code', async (_, changes, code, number) => {
    const result = await signIn(changes).token();
    expect(result).toMatchObject({ ok: false, problem: { code: `sign-in-${code}` } });
    expect(result.ok ? '' : result.problem.detail).toMatch(new RegExp(`^${number}: `));
  });

  it('the clock of this machine is an hour late: said as that', async () => {
    test.clock.ahead = 3_600_000;
    try {
      expect(await signIn().token()).toMatchObject({ problem: { code: 'sign-in-clock-wrong' } });
    } finally {
      test.clock.ahead = 0;
    }
  });

  it('a certificate that is not registered is refused, and the next try is a real one', async () => {
    const stranger = await createClientCertificate('stranger');
    const source = signIn({ certificatePem: stranger.pem });
    const result = await source.token();
    expect(result).toMatchObject({ ok: false, problem: { code: 'certificate-not-registered' } });
    expect(result.ok ? '' : result.problem.detail).toMatch(/^AADSTS700027: /);
    test.entra.failNextSignIn(53003);
    const blocked = signIn();
    expect(await blocked.token()).toMatchObject({ ok: false, problem: { code: 'sign-in-blocked' } });
    expect(await blocked.token()).toMatchObject({ ok: true });
  });

  it('nobody there: sign-in-unreachable with the host', async () => {
    const cloud = { ...publicClouds.global, authority: 'https://127.0.0.1:9' };
    const result = await signIn({ cloud }).token();
    expect(result).toMatchObject({
      ok: false,
      problem: { code: 'sign-in-unreachable', where: '127.0.0.1:9' },
    });
    expect(result.ok ? '' : result.problem.detail).toContain('ECONNREFUSED');
  });

  it('a certificate of TLS that nobody vouches for: sign-in-unreachable, and why', async () => {
    const http = createHttp({});
    const result = await signIn({ http }).token();
    await http.close();
    expect(result).toMatchObject({ ok: false, problem: { code: 'sign-in-unreachable' } });
  });

  it('says at once when something is missing', async () => {
    const cloud = publicClouds.global;
    const options = { cloud, tenant: TENANT, clientId: ROBOT, certificatePem: test.certificate.pem };
    expect(signInByCertificate({ ...options, tenant: '' })).toMatchObject({
      problem: { code: 'sign-in-incomplete' },
    });
    expect(signInByCertificate({ ...options, certificatePem: 'x' })).toMatchObject({
      problem: { code: 'certificate-unreadable' },
    });
  });
});
