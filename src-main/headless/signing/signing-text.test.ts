import { describe, expect, it } from 'vitest';
import type { SignInAttempt, SignInView } from '../../../src-shared/contract/sign-in.ts';
import { openBrowser } from './open-browser.ts';
import { attemptText, signedInText } from './signing-text.ts';

const nobody: SignInView = {
  ...{ state: 'none', origin: null, who: null, problem: null, attempt: null, clouds: [] },
  cloud: { name: 'global', sharePointHostSuffix: '.sharepoint.com' },
};
const alice: SignInView = {
  ...nobody,
  ...{ state: 'ready', origin: 'kept' },
  who: {
    ...{ kind: 'person', cloud: 'global', tenant: 'contoso', account: 'alice@contoso.com' },
    ...{ name: 'Alice \u202eAdams', app: 'x' },
  },
};

describe('who is signed in', () => {
  it.each([
    [nobody, 'nobody (convoy sign-in)'],
    [alice, 'Alice \\u{202e}Adams (alice@contoso.com), organisation contoso, cloud global'],
    [
      { ...alice, state: 'needed', problem: { code: 'sign-in-needed' } },
      'has to sign in again: convoy sign-in',
    ],
    [
      { ...alice, state: 'failed', problem: { code: 'sign-in-unreachable' } },
      'Microsoft Entra cannot be reached',
    ],
    [
      { ...nobody, state: 'failed', problem: { code: 'certificate-unreadable' } },
      'certificate file cannot be used',
    ],
  ] as const)('is said on one line', (view, text) => {
    expect(signedInText(view)).toContain(text);
    expect(signedInText(view)).not.toContain('\n');
  });
});

describe('what the person is to do', () => {
  const attempt: SignInAttempt = {
    ...{ how: 'browser', cloud: 'global', state: 'waiting', endsAt: 0, problem: null },
    ...{ address: 'https://login.example/device', code: 'ABC-DEF' },
  };
  it('is to type a code on any device, or to sign in in a browser of this one', () => {
    expect(attemptText({ ...attempt, how: 'device-code' }, false)).toContain('ABC-DEF');
    expect(attemptText({ ...attempt, how: 'browser', code: null }, false)).toMatch(
      /browser of this computer.*\n {2}https:\/\/login\.example/,
    );
  });
});

it('no program is started for anything but a page of https', async () => {
  for (const address of ['file:///etc/passwd', 'http://x.example/', 'ms-settings:', 'x'])
    expect(await openBrowser(address, 'linux')).toBe(false);
});
