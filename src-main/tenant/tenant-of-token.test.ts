import { expect, it } from 'vitest';
import { tenantOfToken } from './tenant-of-token.ts';

const tokenOf = (claims: string): string => `head.${Buffer.from(claims).toString('base64url')}.signature`;

it.each([
  ['a token of Entra', tokenOf('{"tid":"72f988bf","aud":"https://graph.microsoft.com"}'), '72f988bf'],
  ['one without a tenant', tokenOf('{"aud":"x"}'), undefined],
  ['one with something else in its place', tokenOf('{"tid":7}'), undefined],
  ['claims that are none', tokenOf('tid'), undefined],
  ['an opaque one', 'EwB4A8l6BAAU', undefined],
  ['nothing', '', undefined],
])('%s', (_, token, tenant) => {
  expect(tenantOfToken(token)).toBe(tenant);
});
