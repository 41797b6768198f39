import { describe, expect, it } from 'vitest';
import { claimsAsked } from './claims-challenge.ts';

const encoded = Buffer.from('{"access_token":{"nbf":{"essential":true}}}').toString('base64');
const challenge = (rest: string): { 'www-authenticate': string } => ({
  'www-authenticate': `Bearer realm="", client_id="x", ${rest}`,
});

describe('a claims challenge', () => {
  it('says what has to be proved', () => {
    const claims = claimsAsked(challenge(`error="insufficient_claims", claims="${encoded}"`));
    expect(JSON.parse(claims ?? '')).toEqual({ access_token: { nbf: { essential: true } } });
  });

  it.each([
    ['no header', {}],
    ['a token that is over', challenge('error="invalid_token"')],
    ['claims without the error', challenge(`claims="${encoded}"`)],
    ['no claims', challenge('error="insufficient_claims"')],
    ['what is no JSON', challenge('error="insufficient_claims", claims="bm90IGpzb24="')],
  ])('%s is none', (_, headers) => expect(claimsAsked(headers)).toBeUndefined());
});
