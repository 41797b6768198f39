import { expect, test } from 'vitest';
import { signInOf } from './app-sign-in.ts';

test('what is missing from the sign-in is named', () => {
  const result = signInOf({ tenant: 'contoso', cloud: 'global' }, {});
  expect(result).toEqual({
    ok: false,
    problem: { code: 'sign-in-incomplete', detail: 'missing: --client-id, --certificate' },
  });
});

test('options go before the environment', () => {
  const env = { CONVOY_TENANT: 'env', CONVOY_CLIENT_ID: 'env', CONVOY_CERTIFICATE: '/no/such/env.pem' };
  const result = signInOf({ certificate: '/no/such/option.pem', cloud: 'global' }, env);
  expect(!result.ok && result.problem).toMatchObject({
    code: 'certificate-unreadable',
    where: '/no/such/option.pem',
  });
});

test('an unknown cloud is told before anything is read', () => {
  const result = signInOf({ cloud: 'mars' }, {});
  expect(!result.ok && result.problem.code).toBe('cloud-unknown');
});
