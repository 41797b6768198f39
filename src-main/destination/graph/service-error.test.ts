import { describe, expect, it } from 'vitest';
import { codeOf, describeError, problemOfFile, readServiceError } from './service-error.ts';

function graphError(code: string, ...inner: readonly string[]): unknown {
  const nested = inner.reduceRight<object>((below, one) => ({ code: one, innererror: below }), {});
  return { error: { code, message: 'What  is\nwrong', innerError: { date: '2026-11-22', ...nested } } };
}

describe('readServiceError', () => {
  it('collects the codes from the top to the deepest, in either spelling', () => {
    const error = readServiceError(400, graphError('invalidRequest', 'invalidPath', 'pathIsTooLong'), 'id-1');
    expect(error.codes).toEqual(['invalidRequest', 'invalidPath', 'pathIsTooLong']);
    expect(describeError(error)).toBe(
      '400 invalidRequest/invalidPath/pathIsTooLong: What is wrong (request id-1)',
    );
  });

  it("understands SharePoint's own shape", () => {
    const body = {
      error: { code: '-2130575338, Microsoft.SharePoint.SPException', message: { lang: 'en', value: 'No' } },
    };
    expect(describeError(readServiceError(500, body, ''))).toBe(
      '500 -2130575338, Microsoft.SharePoint.SPException: No',
    );
  });

  it.each([[undefined], [null], ['<html>'], [{}], [{ error: 'x' }], [[]]])('makes do with %j', (body) => {
    expect(describeError(readServiceError(502, body, ''))).toBe('502 HTTP 502');
  });

  it('does not read forever', () => {
    const deep = graphError('a', ...Array.from({ length: 100 }, () => 'b'));
    expect(readServiceError(400, deep, '').codes).toHaveLength(8);
  });
});

describe('codeOf', () => {
  it.each([
    [400, ['invalidRequest'], 'refused-by-service'],
    [400, ['invalidRequest', 'invalidPath'], 'refused-by-service'],
    [400, ['invalidRequest', 'pathIsTooLong'], 'path-too-long'],
    [400, ['invalidRequest', 'maxFileSizeExceeded'], 'too-large'],
    [401, ['InvalidAuthenticationToken'], 'sign-in-expired'],
    [403, ['accessDenied'], 'destination-access-denied'],
    [403, ['accessDenied', 'somethingNew'], 'destination-access-denied'],
    [404, ['itemNotFound'], 'refused-by-service'],
    [404, ['itemNotFound', 'uploadSessionNotFound'], 'session-lost'],
    [409, ['nameAlreadyExists'], 'occupied-at-destination'],
    [409, ['resourceModified'], 'edited-at-destination'],
    [410, ['resyncRequired', 'resyncChangesApplyDifferences'], 'session-lost'],
    [412, [], 'edited-at-destination'],
    [413, [], 'too-large'],
    [423, ['resourceLocked', 'lockMismatch'], 'destination-locked'],
    [429, ['activityLimitReached'], 'throttled'],
    [500, ['generalException'], 'service-error'],
    [507, ['quotaLimitReached'], 'quota-full'],
    [507, [], 'quota-full'],
  ] as const)('%i %j: %s', (status, [first, ...inner], expected) => {
    const body = first === undefined ? undefined : graphError(first, ...inner);
    expect(codeOf(readServiceError(status, body, ''))).toBe(expected);
  });
});

describe('problemOfFile', () => {
  const denied = readServiceError(403, graphError('accessDenied'), '');

  it('takes a refused kind for what it is', () => {
    expect(problemOfFile(denied, 'page.ASPX').code).toBe('refused-by-service');
    expect(problemOfFile(denied, 'page.docx').code).toBe('destination-access-denied');
  });
});
