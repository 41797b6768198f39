import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DESKTOP, MEMBER, ROBOT, startTestEntra, type TestEntra } from './test-support.ts';

let test: TestEntra;
beforeAll(async () => {
  test = await startTestEntra();
});
afterAll(() => test.close());
beforeEach(() => {
  test.clock.ahead = 0;
});

describe('checkToken', () => {
  const token = (): string => `Bearer ${test.entra.mintToken({ clientId: ROBOT })}`;

  it('tells a missing token from an invalid one', () => {
    expect(test.entra.checkToken(undefined)).toEqual({ ok: false, reason: 'missing' });
    expect(test.entra.checkToken('Bearer opaque')).toEqual({ ok: false, reason: 'invalid' });
    expect(test.entra.checkToken(token().replace('Bearer', 'Basic'))).toEqual({
      ok: false,
      reason: 'invalid',
    });
    expect(test.entra.checkToken(`${token().slice(0, -4)}AAAA`)).toEqual({ ok: false, reason: 'invalid' });
  });

  it('lets a token end with its lifetime', () => {
    test.entra.setAccessTokenLifetime(60);
    const short = token();
    test.entra.setAccessTokenLifetime(3599);
    test.clock.ahead = 30_000;
    expect(test.entra.checkToken(short)).toMatchObject({ ok: true, appId: ROBOT });
    test.clock.ahead = 61_000;
    expect(test.entra.checkToken(short)).toEqual({ ok: false, reason: 'expired' });
  });

  it('ends all tokens at a stroke, and takes the next one', () => {
    const before = token();
    test.entra.expireTokensNow();
    expect(test.entra.checkToken(before)).toEqual({ ok: false, reason: 'expired' });
    expect(test.entra.checkToken(token())).toMatchObject({ ok: true });
  });

  it('challenges only clients that said that they understand it', () => {
    const plain = token();
    test.entra.challengeTokensNow();
    expect(test.entra.checkToken(plain)).toMatchObject({ ok: true });
    expect(test.entra.challenge({ ok: false, reason: 'missing' })).toContain(
      `${test.baseUrl}/common/oauth2/authorize`,
    );
  });

  it('knows a person by their token', () => {
    const header = `Bearer ${test.entra.mintToken({ clientId: DESKTOP, user: MEMBER })}`;
    expect(test.entra.checkToken(header)).toMatchObject({ userId: '22222222-0000-0000-0000-000000000002' });
    expect(() => test.entra.mintToken({ clientId: DESKTOP, user: 'nobody' })).toThrow(/no user nobody/);
  });
});
