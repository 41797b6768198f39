import type { SignInAttempt, SignInView } from '../../src-shared/contract/sign-in.ts';
import { NOW } from './fixture.ts';

/** Sign-ins in all their states. */

const DESKTOP_APP = '6e1b2f0a-5c1d-4a59-9d3e-0f6c0b7a1d22';
const OWN_APP = '0d4f7c36-92b1-4d6e-8a75-3b1f5f0e9c44';

const clouds: SignInView['clouds'] = [
  { name: 'practice', authority: 'https://localhost:8443', app: DESKTOP_APP },
  { name: 'global', authority: 'https://login.microsoftonline.com', app: null },
  { name: 'gcc-high', authority: 'https://login.microsoftonline.us', app: null },
  { name: 'dod', authority: 'https://login.microsoftonline.us', app: null },
  { name: 'china', authority: 'https://login.partner.microsoftonline.cn', app: null },
];

/** As `about` of the fixture says it. */
export const signedIn: SignInView = {
  state: 'ready',
  origin: 'given',
  who: {
    ...{ kind: 'app', cloud: 'practice', tenant: 'contoso.practice', account: 'Convoy practice app' },
    ...{ name: null, app: 'Convoy practice app' },
  },
  cloud: { name: 'practice', sharePointHostSuffix: '.sharepoint.practice' },
  problem: null,
  attempt: null,
  clouds,
};

export const nobody: SignInView = {
  ...signedIn,
  ...{ state: 'none', origin: null, who: null },
  cloud: { name: 'global', sharePointHostSuffix: '.sharepoint.com' },
};

export const alice: SignInView = {
  ...signedIn,
  ...{ origin: 'kept', cloud: nobody.cloud },
  who: {
    ...{ kind: 'person', cloud: 'global', tenant: 'contoso.com', account: 'alice@contoso.com' },
    ...{ name: 'Alice Adams', app: OWN_APP },
  },
};

export const aliceNeeded: SignInView = {
  ...alice,
  state: 'needed',
  problem: {
    code: 'sign-in-needed',
    where: 'login.microsoftonline.com',
    detail: 'AADSTS50173: The provided grant has expired due to it being revoked.',
  },
};

const waiting: SignInAttempt = {
  ...{ how: 'browser', cloud: 'global', state: 'waiting', code: null, problem: null },
  address: 'https://login.microsoftonline.com/contoso.com/oauth2/v2.0/authorize?client_id=0d4f7c36',
  endsAt: NOW + 15 * 60_000,
};

export const attempts = {
  browser: waiting,
  code: {
    ...waiting,
    ...{ how: 'device-code', address: 'https://microsoft.com/devicelogin', code: 'BXTR7KQ4M' },
  },
  finishing: { ...waiting, state: 'finishing', address: null, endsAt: null },
  done: { ...waiting, state: 'done', address: null, endsAt: null },
} as const satisfies Record<string, SignInAttempt>;

/** An attempt that ended with a problem. */
export function failedWith(problem: NonNullable<SignInAttempt['problem']>): SignInAttempt {
  return { ...attempts.done, state: 'failed', problem };
}
