import { describe, expect, it } from 'vitest';
import {
  impatient,
  patient,
  pauseBefore,
  troubleOfError,
  troubleOfStatus,
  waitAsked,
} from './retry-policy.ts';

describe('troubleOfStatus', () => {
  it.each([
    [200, undefined, undefined],
    [202, undefined, undefined],
    [301, undefined, undefined],
    [400, undefined, undefined],
    [401, undefined, undefined],
    [404, undefined, undefined],
    [408, undefined, 'service-error'],
    [409, undefined, undefined],
    [412, undefined, undefined],
    [416, undefined, undefined],
    [423, undefined, undefined],
    [429, 1_000, 'throttled'],
    [429, undefined, 'throttled'],
    [500, undefined, 'service-error'],
    [501, undefined, undefined],
    [502, undefined, 'service-error'],
    [503, undefined, 'service-error'],
    [503, 1_000, 'throttled'],
    [504, undefined, 'service-error'],
    [507, undefined, undefined],
    [509, undefined, 'service-error'],
  ])('%i asking for %s: %s', (status, asked, expected) => {
    expect(troubleOfStatus(status, asked)).toBe(expected);
  });
});

describe('troubleOfError', () => {
  it.each([
    ['ECONNREFUSED', 'unreachable'],
    ['ECONNRESET', 'unreachable'],
    ['ENOTFOUND', 'unreachable'],
    ['EAI_AGAIN', 'unreachable'],
    ['UND_ERR_SOCKET', 'unreachable'],
    ['UND_ERR_HEADERS_TIMEOUT', 'unreachable'],
    ['', 'unreachable'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'hopeless'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'hopeless'],
    ['CERT_HAS_EXPIRED', 'hopeless'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'hopeless'],
    ['UND_ERR_CLOSED', 'hopeless'],
  ])('%s: %s', (code, expected) => {
    expect(troubleOfError(code)).toBe(expected);
  });
});

describe('pauseBefore', () => {
  it.each([
    ['service-error', 1, 0, 1, 500],
    ['service-error', 1, 0, 0.5, 250],
    ['unreachable', 2, 1_000, 1, 1_000],
    ['unreachable', 4, 1_000, 1, 4_000],
    ['service-error', 9, 60_000, 1, 30_000],
    ['service-error', 10, 60_000, 1, undefined],
    ['service-error', 9, 280_000, 1, undefined],
    ['service-error', 9, 280_000, 0.1, 3_000],
    ['hopeless', 1, 0, 0, undefined],
  ] as const)('%s after %i tries and %i ms, chance %f: %s', (trouble, tries, elapsed, random, expected) => {
    expect(pauseBefore(trouble, { tries, elapsed }, random, patient)).toBe(expected);
  });

  it('gives up early where a person waits', () => {
    expect(pauseBefore('unreachable', { tries: 5, elapsed: 5_000 }, 0, impatient)).toBeUndefined();
  });
});

describe('waitAsked', () => {
  const now = Date.UTC(2026, 10, 22, 12);
  it.each([
    [{}, undefined],
    [{ 'retry-after': '7' }, 7_000],
    [{ 'retry-after': ['7', '9'] }, 7_000],
    [{ 'retry-after': '0' }, 1_000],
    [{ 'retry-after': '9999999' }, 86_400_000],
    [{ 'retry-after': 'Sun, 22 Nov 2026 12:01:00 GMT' }, 60_000],
    [{ 'retry-after': 'Sun, 22 Nov 2026 11:00:00 GMT' }, 1_000],
    [{ 'retry-after': 'soon' }, undefined],
    [{ 'retry-after': '' }, undefined],
    [{ 'ratelimit-reset': '30' }, 30_000],
    [{ 'retry-after': '7', 'ratelimit-reset': '30' }, 30_000],
    [{ 'retry-after': '40', 'ratelimit-reset': '30' }, 40_000],
  ])('%j asks for %s ms', (headers, expected) => {
    expect(waitAsked(headers, now)).toBe(expected);
  });
});
