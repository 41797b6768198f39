import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium, noChromium } from '../../build/chromium.ts';
import { axeFindings } from '../browser/screen.ts';
import { type OpenMachine, openRealRig, type RealRig } from './screen-rig.ts';

const missing = findChromium(process.env) === undefined;
const LONG = 240_000;

/** A person, a real machine and its screen, and the sign-in page of the practice tenant in another tab. */
describe.skipIf(missing)(`signing in on the screen${missing ? ` (${noChromium})` : ''}`, () => {
  let rig: RealRig;
  beforeAll(async () => {
    rig = await openRealRig('sign-in-screen');
  }, LONG);
  afterAll(() => rig?.close());

  const goTo = (page: Page, hash: string) => page.evaluate(`window.location.hash = ${JSON.stringify(hash)}`);

  /** Presses what begins a sign-in, and hands over the page of Entra that it opens. */
  async function entraOf({ page }: OpenMachine, button: string): Promise<Page> {
    const [entra] = await Promise.all([
      page.waitForEvent('popup'),
      page.getByRole('button', { name: button }).click(),
    ]);
    await entra.getByRole('heading', { name: 'Pick a practice account' }).waitFor();
    return entra;
  }
  const pick = (entra: Page, name: string) => entra.getByRole('button', { name }).click();
  const BROWSER = 'Sign in with the browser';

  it(
    'goes by the browser: picked there, shown here, kept over a start of the page, and out again',
    async () => {
      const opened = await rig.open();
      const { page, complaints } = opened;
      await page.getByRole('banner').getByRole('link', { name: 'Sign in' }).click();
      await page.getByText('Nobody is signed in').waitFor();
      expect(await axeFindings(page)).toEqual([]);
      const entra = await entraOf(opened, BROWSER);
      await page.getByRole('heading', { name: 'Sign in on the page in your browser' }).waitFor();
      await page
        .getByRole('timer')
        .getByText(/^Waits for another 1\d min/)
        .waitFor();
      expect(await axeFindings(page)).toEqual([]);
      await pick(entra, 'Alice');
      await entra.getByRole('heading', { name: 'You can go back to Convoy' }).waitFor();
      await page.getByRole('heading', { name: /^Signed in as Alice/ }).waitFor();
      await page.getByText(/^Alice.* is signed in\.$/).waitFor();
      expect(await axeFindings(page)).toEqual([]);
      await page.reload();
      const account = page.getByRole('button', { name: /^Account: Alice/ });
      await account.click();
      await page.getByRole('menu').getByText('alice@contoso.example').waitFor();
      expect(await axeFindings(page)).toEqual([]);
      await page.getByRole('menuitem', { name: 'Sign out' }).click();
      const sure = page.getByRole('dialog', { name: 'Sign out on this machine?' });
      await sure.waitFor();
      expect(await page.evaluate('document.activeElement?.textContent')).toBe('Cancel');
      await sure.getByRole('button', { name: 'Sign out' }).click();
      await page.getByText('Nobody is signed in').waitFor();
      expect(opened.machine.signIn.view().state).toBe('none');
      expect(complaints).toEqual([]);
    },
    LONG,
  );

  it(
    'begins with three screens for whoever is new, by the keyboard, once',
    async () => {
      const { page, complaints } = await rig.open({ fresh: true });
      const focused = () => page.evaluate('document.activeElement?.textContent');
      for (const title of [
        'Convoy copies file shares into SharePoint',
        'This machine alone, or several',
        'Sign in, or look around first',
      ]) {
        await page.getByRole('dialog', { name: title }).waitFor();
        await expect.poll(focused, { timeout: 120_000 }).toBe(title);
        expect(await axeFindings(page)).toEqual([]);
        await page.getByRole('button', { name: /^(Next|Sign in)$/ }).focus();
        await page.keyboard.press('Enter');
      }
      await page.getByRole('heading', { level: 1, name: 'Sign-in' }).waitFor();
      await page.reload();
      await page.getByText('Nobody is signed in').waitFor();
      await page.getByText('Nothing to do').waitFor();
      expect(await page.getByRole('dialog').count()).toBe(0);
      expect(complaints).toEqual([]);
    },
    LONG,
  );

  it(
    'lets the first screens be skipped, and keeps that',
    async () => {
      const { page } = await rig.open({ fresh: true });
      await page.getByRole('dialog').waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await page.reload();
      await page.getByText('Nothing has been copied yet.').waitFor();
      expect(await page.getByRole('dialog').count()).toBe(0);
    },
    LONG,
  );

  it(
    'goes by a code, with the keyboard alone',
    async () => {
      const opened = await rig.open();
      const { page, context } = opened;
      await goTo(page, '#/sign-in');
      await page.getByRole('button', { name: 'Use a code instead' }).focus();
      await page.keyboard.press('Enter');
      const code = ((await page.getByTestId('device-code').textContent()) ?? '').trim();
      expect(code).toMatch(/^[A-Z0-9-]{6,}$/);
      await expect
        .poll(() => page.evaluate('document.activeElement?.textContent'), { timeout: 120_000 })
        .toBe('Type this code on the page of Microsoft');
      expect(await axeFindings(page)).toEqual([]);
      const address = await page.getByRole('link', { name: /deviceauth$/ }).getAttribute('href');
      const other = await context.newPage();
      await other.goto(address ?? '');
      await other.getByLabel('Code').fill(code);
      await other.getByRole('button', { name: 'Bob' }).click();
      await other.getByRole('heading', { name: 'You are signed in' }).waitFor();
      await page.getByRole('heading', { name: /^Signed in as Bob/ }).waitFor();
    },
    LONG,
  );

  it(
    'says no in plain words: cancelled there, cancelled here, policy, consent, wrong organisation',
    async () => {
      const opened = await rig.open();
      const { page } = opened;
      await goTo(page, '#/sign-in');
      const first = await entraOf(opened, BROWSER);
      await pick(first, 'Cancel: nobody signs in');
      await page.getByRole('alert').getByText('The sign-in was cancelled').waitFor();
      for (const [who, title, said] of [
        ['Paul Policy', 'A policy of the organisation blocks this sign-in', /AADSTS53003/],
        ['Carla Consent', 'The app has not been granted its permissions', /AADSTS65001/],
        ['Gus Guest', 'The account belongs to another organisation', /AADSTS50020/],
      ] as const) {
        const entra = await entraOf(opened, 'Try again with the browser');
        await pick(entra, who);
        const alert = page.getByRole('alert');
        await alert.getByText(title).waitFor();
        await alert.getByText(said).waitFor();
        await alert.getByText(/^What to do: /).waitFor();
        expect(await axeFindings(page)).toEqual([]);
      }
      // Whoever may consent gets a link that names the app and nothing else.
      const link = await page.getByRole('link', { name: /adminconsent/ }).getAttribute('href');
      expect(new URL(link ?? '').searchParams.get('client_id')).toBe(rig.tenant.apps.desktop);
      await entraOf(opened, BROWSER);
      await page.getByRole('button', { name: 'Cancel the sign-in' }).click();
      await page.getByRole('alert').getByText('The sign-in was cancelled').waitFor();
      expect(opened.machine.signIn.view()).toMatchObject({ state: 'none' });
    },
    LONG,
  );

  it(
    'says that an organisation is not known, before any page opens',
    async () => {
      const { page } = await rig.open();
      await goTo(page, '#/sign-in');
      await page.getByLabel('Organisation (optional)').fill('nobody.example');
      await page.getByLabel('Organisation (optional)').press('Enter');
      await page.getByRole('alert').getByText('There is no such organisation in this cloud').waitFor();
    },
    LONG,
  );

  it(
    'asks for an app where a cloud has none, and takes no id that is none',
    async () => {
      const { page } = await rig.open();
      await goTo(page, '#/sign-in');
      const begin = page.getByRole('button', { name: BROWSER });
      expect(await begin.isEnabled()).toBe(true);
      await page.getByRole('combobox', { name: 'Cloud' }).click();
      await page.getByRole('option', { name: 'GCC High' }).click();
      expect(await begin.isEnabled()).toBe(false);
      await page.getByLabel(/^App \(client id\)/).fill('my app');
      await page.getByText('An id looks like', { exact: false }).waitFor();
      expect(await begin.isEnabled()).toBe(false);
      await page.getByLabel(/^App \(client id\)/).fill(rig.tenant.apps.desktop);
      expect(await begin.isEnabled()).toBe(true);
    },
    LONG,
  );

  it(
    'says what role is missing, and sees at once that it was given',
    async () => {
      const opened = await rig.open();
      const { page } = opened;
      await goTo(page, '#/sign-in');
      await pick(await entraOf(opened, BROWSER), 'Rita Reader');
      const role = page.getByRole('group', { name: 'Role' });
      await role.getByText('Neither Global nor SharePoint administrator').waitFor();
      await role.getByText('What is missing for a whole organisation', { exact: false }).waitFor();
      expect(await axeFindings(page)).toEqual([]);
      const rita = rig.tenant.entra.users().find(({ upn }) => upn === 'rita@contoso.example');
      if (rita === undefined) throw new Error('no Rita');
      rig.tenant.entra.registerUser({ ...rita, roles: ['sharepoint-administrator'] });
      await role.getByRole('button', { name: 'Ask again' }).click();
      await role.getByText('SharePoint administrator', { exact: true }).waitFor();
      rig.tenant.entra.registerUser(rita);
    },
    LONG,
  );

  it(
    'gives up when nobody comes, and says so',
    async () => {
      const opened = await rig.open({ signInPatience: 1_500 });
      await goTo(opened.page, '#/sign-in');
      await opened.page.getByRole('button', { name: BROWSER }).click();
      await opened.page.getByRole('alert').getByText('Nobody signed in in time').waitFor();
    },
    LONG,
  );

  it(
    'says on every page that somebody has to sign in again, and one click does it',
    async () => {
      const opened = await rig.open();
      const { page, machine } = opened;
      await goTo(page, '#/sign-in');
      await pick(await entraOf(opened, BROWSER), 'Alice');
      await page.getByRole('heading', { name: /^Signed in as Alice/ }).waitFor();
      rig.tenant.entra.revokeSignIns('alice@contoso.example');
      const tokens = machine.signIn.tokens();
      expect(tokens.ok && (await tokens.value.token({ refresh: true })).ok).toBe(false);
      await goTo(page, '#/activity');
      const banner = page.getByRole('status').filter({ hasText: 'Somebody has to sign in again' });
      await banner.getByText('Nothing is lost', { exact: false }).waitFor();
      expect(await axeFindings(page)).toEqual([]);
      // Whose name is known is not asked for it: the page goes through by itself, as single sign-on does.
      await banner.getByRole('button', { name: 'Sign in again' }).click();
      await page.getByText(/^Alice.* is signed in\.$/).waitFor();
      expect(machine.signIn.view().state).toBe('ready');
      expect(await page.getByText('Somebody has to sign in again').count()).toBe(0);
    },
    LONG,
  );
});
