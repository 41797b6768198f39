import type { Page } from 'playwright-core';
import { about, issuesTask, runningTask } from './fixture.ts';
import { alice, aliceNeeded, attempts, failedWith, nobody } from './fixture-sign-in.ts';
import type { Shot } from './shots.ts';

const quiet = { about: { ...about, practice: false } };
const busy = { ...quiet, rows: [runningTask, issuesTask] };
const hash = '#/sign-in';
const accountMenu = (page: Page) => page.getByRole('button', { name: 'Account: Alice Adams' }).click();

/** An attempt is news only to whoever saw it go on: so it is under way first. */
const after = (problem: Parameters<typeof failedWith>[0]): Pick<Shot, 'world' | 'go'> => ({
  world: { ...busy, signIn: { ...nobody, attempt: attempts.browser } },
  go: async (page, machine) => {
    await page.getByRole('button', { name: 'Cancel the sign-in' }).waitFor();
    machine.world.signIn = { ...nobody, attempt: failedWith(problem) };
    machine.tell();
  },
});

const fresh = { about: { ...quiet.about, welcomed: false }, signIn: nobody };
const next = (page: Page) => page.getByRole('button', { name: 'Next' }).click();

/** Pictures of the first screens and of signing in. */
export const signInShots: readonly Shot[] = [
  { name: 'welcome', hash: '#/overview', world: fresh, sign: 'text=The source is only ever read' },
  {
    name: 'welcome-start',
    hash: '#/overview',
    world: fresh,
    go: async (page) => {
      await next(page);
      await next(page);
    },
    sign: 'text=Copy the command',
  },
  {
    ...{ name: 'welcome-german', hash: '#/overview', world: fresh, locale: 'de-DE' },
    sign: 'text=Die Quelle wird nur gelesen',
  },
  {
    name: 'sign-in',
    hash,
    world: { ...quiet, signIn: nobody },
    height: 1100,
    sign: 'text=Sign in as a person',
  },
  {
    ...{ name: 'sign-in-german', hash, world: { ...quiet, signIn: nobody }, height: 1100, locale: 'de-DE' },
    sign: 'text=Als Person anmelden',
  },
  {
    ...{ name: 'sign-in-phone', hash, world: { ...quiet, signIn: nobody }, width: 400, height: 1100 },
    sign: 'text=Sign in as a person',
  },
  {
    name: 'sign-in-browser',
    hash,
    world: { ...quiet, signIn: { ...nobody, attempt: attempts.browser } },
    sign: 'text=Open the page again',
  },
  {
    name: 'sign-in-code',
    hash,
    world: { ...quiet, signIn: { ...nobody, attempt: attempts.code } },
    sign: 'text=BXTR7KQ4M',
  },
  {
    ...{ name: 'sign-in-code-german', hash, locale: 'de-DE' },
    world: { ...quiet, signIn: { ...nobody, attempt: attempts.code } },
    sign: 'text=BXTR7KQ4M',
  },
  {
    name: 'sign-in-consent-missing',
    hash,
    ...after({
      code: 'sign-in-consent-missing',
      where: 'login.microsoftonline.com',
      detail: 'AADSTS65001: The user or administrator has not consented to use the application.',
    }),
    sign: 'text=Try again with the browser',
  },
  {
    name: 'sign-in-no-role',
    hash,
    world: { ...busy, signIn: alice, standing: 'none' },
    sign: 'text=Neither Global nor SharePoint administrator',
  },
  { name: 'sign-in-account', hash, world: { ...busy, signIn: alice }, sign: 'text=Nothing is missing' },
  {
    name: 'sign-in-menu',
    hash: '#/overview',
    world: { ...busy, signIn: alice },
    go: accountMenu,
    sign: '[role="menu"]',
  },
  {
    name: 'sign-in-banner',
    hash: '#/overview',
    world: { ...busy, signIn: aliceNeeded },
    sign: 'text=Somebody has to sign in again',
  },
];
