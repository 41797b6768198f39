import { expect, it } from 'vitest';
import { packHash, unpackHash } from './hashes.ts';

it.each([
  'rDEEwAAAAAAAAAAAwAAAAAAAAA==',
  'AAAAAAAAAAAAAAAAAAAAAAAAAAA=',
  'zBTHrspn3mEcohlJdIUAbjGNaNg=',
  'sent',
  '',
])('a hash comes back as it was kept: %j', (hash) => expect(unpackHash(packHash(hash))).toBe(hash));

it('takes 20 bytes', () => {
  expect(packHash('zBTHrspn3mEcohlJdIUAbjGNaNg=')).toHaveLength(20);
  expect(unpackHash(null)).toBeUndefined();
});
