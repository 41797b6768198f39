import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { signInByCertificate } from '../../src-main/tenant/sign-in.ts';
import { startPracticeTenant } from '../../src-practice/tenant/server.ts';
import { must } from '../conformance/destination-steps.ts';
import { ALICE, BOB, type DeskRig, ended, openDeskRig, tokensOf } from './desk-rig.ts';
import { personAtBrowser } from './person-at-browser.ts';

let rig: DeskRig;
beforeAll(async () => {
  rig = await openDeskRig();
});
afterAll(() => rig.close());
/** How far the clock of the machine is ahead. */
let ahead = 0;
beforeEach(() => {
  rig.kept.text = undefined;
  ahead = 0;
});
const open = () => rig.open({ now: () => Date.now() + ahead });

describe('a sign-in that is kept', () => {
  it('is there after a start, and its token is renewed without anybody', async () => {
    await rig.signIn(await open());
    const desk = await open();
    expect(desk.view()).toMatchObject({ state: 'ready', who: { account: ALICE } });
    const tokens = tokensOf(desk);
    const first = must(await tokens.token());
    expect(must(await tokens.token())).toBe(first);
    ahead = 3_500_000;
    const second = must(await tokens.token());
    expect(second).not.toBe(first);
    expect(rig.tenant.entra.checkToken(`Bearer ${second}`)).toMatchObject({ ok: true });
  });

  it('asks Entra once, however many want a token', async () => {
    const desk = await open();
    await rig.signIn(desk);
    const tokens = tokensOf(desk);
    const got = await Promise.all(Array.from({ length: 20 }, () => tokens.token({ refresh: true })));
    expect(new Set(got.map((one) => must(one))).size).toBe(1);
  });

  it('answers a claims challenge with a token that proves them', async () => {
    const desk = await open();
    await rig.signIn(desk);
    const tokens = tokensOf(desk);
    const token = must(await tokens.token());
    rig.tenant.entra.challengeTokensNow();
    const check = rig.tenant.entra.checkToken(`Bearer ${token}`);
    if (check.ok || check.claims === undefined) throw new Error('no challenge');
    const fresh = must(await tokens.token({ refresh: true, claims: check.claims }));
    expect(rig.tenant.entra.checkToken(`Bearer ${fresh}`)).toMatchObject({ ok: true });
  });

  it.each([
    ['the password was changed', () => rig.tenant.entra.revokeSignIns(ALICE), 'AADSTS50173'],
    ['a policy asks for a second factor', () => rig.tenant.entra.failNextSignIn(50076), 'AADSTS50076'],
    ['consent was withdrawn', () => rig.tenant.entra.failNextSignIn(65001), 'AADSTS65001'],
  ])(
    'needs its person when %s; Entra is asked once, and after signing in again it goes on',
    async (_, befall, number) => {
      const desk = await open();
      await rig.signIn(desk);
      const tokens = tokensOf(desk);
      befall();
      const refused = await tokens.token({ refresh: true });
      expect(refused).toMatchObject({ problem: { code: 'sign-in-needed' } });
      expect(refused.ok ? '' : refused.problem.detail).toContain(number);
      expect(desk.view()).toMatchObject({ state: 'needed', who: { account: ALICE } });
      expect(desk.about()).toMatchObject({ state: 'needed', account: ALICE });
      // It is known now: nobody knocks again and again.
      expect(await tokens.token()).toMatchObject({ problem: { code: 'sign-in-needed' } });
      // Also after a start.
      const later = await open();
      expect(later.view().state).toBe('needed');
      const waiting = tokensOf(later);
      expect(await waiting.token()).toMatchObject({ problem: { code: 'sign-in-needed' } });

      const { address } = must(await later.begin({ how: 'browser' }));
      expect(new URL(address ?? '').searchParams.get('login_hint')).toBe(ALICE);
      await rig.person.pick(address ?? '', ALICE);
      await ended(later);
      // Whoever waited holds the same tokens and goes on.
      expect(rig.tenant.entra.checkToken(`Bearer ${must(await waiting.token())}`)).toMatchObject({
        ok: true,
      });
    },
  );

  it('is not needed just because Entra is away: a token that is still good is used, then it is told where nobody answers', async () => {
    const tenant = await startPracticeTenant({ seed: 'away' });
    const { httpsPort, cloud } = tenant;
    const desk = await rig.open({ cloud, now: () => Date.now() + ahead });
    const person = personAtBrowser(tenant);
    const { address } = must(await desk.begin({ how: 'browser' }));
    await person.pick(address ?? '', ALICE);
    await ended(desk);
    await person.close();
    const tokens = tokensOf(desk);
    const held = must(await tokens.token());
    await tenant.close();
    // A token that is still good is good enough.
    ahead = 3_400_000;
    expect(must(await tokens.token())).toBe(held);
    ahead = 3_700_000;
    expect(await tokens.token()).toMatchObject({
      problem: { code: 'sign-in-unreachable', where: `localhost:${httpsPort}` },
    });
    expect(desk.view().state).toBe('failed');
  });

  it('ends with a sign-out: nothing is kept, whoever waits is told, and the next one begins anew', async () => {
    const desk = await open();
    await rig.signIn(desk);
    const tokens = tokensOf(desk);
    must(await tokens.token());
    expect(must(await desk.signOut())).toMatchObject({ state: 'none', who: null, attempt: null });
    expect(rig.kept.text).toBeUndefined();
    expect(await tokens.token()).toMatchObject({ problem: { code: 'sign-in-needed' } });
    expect(desk.tokens()).toMatchObject({ problem: { code: 'sign-in-incomplete' } });
    // Somebody else of the same organisation: what waits goes on with them.
    await rig.signIn(desk, BOB);
    must(await tokens.token());
  });

  it('that cannot be understood is told, and replaced by the next one', async () => {
    rig.kept.text = '{"version":7}';
    const desk = await open();
    expect(desk.view()).toMatchObject({ state: 'failed', problem: { code: 'store-unusable' } });
    expect(desk.tokens()).toMatchObject({ problem: { code: 'store-unusable' } });
    await rig.signIn(desk);
    expect(desk.view().state).toBe('ready');
  });

  it('one that was given goes first, and cannot be changed', async () => {
    await rig.signIn(await open());
    const { pem } = await rig.tenant.control.certificate();
    const { cloud, tenantId: tenant, apps } = rig.tenant;
    const tokens = signInByCertificate({ cloud, tenant, clientId: apps.headless, certificatePem: pem });
    const desk = await rig.open({ given: { cloud, tokens } });
    expect(desk.view()).toMatchObject({ state: 'ready', origin: 'given', who: { kind: 'app' } });
    expect(await desk.begin({ how: 'browser' })).toMatchObject({ problem: { code: 'sign-in-given' } });
    expect(await desk.signOut()).toMatchObject({ problem: { code: 'sign-in-given' } });
    expect(rig.kept.text).toBeDefined();
    must(await tokensOf(desk).token());
  });

  it('an application answers a claims challenge as well', async () => {
    const { pem } = await rig.tenant.control.certificate();
    const { cloud, tenantId: tenant, apps } = rig.tenant;
    const tokens = must(signInByCertificate({ cloud, tenant, clientId: apps.headless, certificatePem: pem }));
    const token = must(await tokens.token());
    rig.tenant.entra.challengeTokensNow();
    const check = rig.tenant.entra.checkToken(`Bearer ${token}`);
    if (check.ok || check.claims === undefined) throw new Error('no challenge');
    const fresh = must(await tokens.token({ refresh: true, claims: check.claims }));
    expect(rig.tenant.entra.checkToken(`Bearer ${fresh}`)).toMatchObject({ ok: true });
  });
});
