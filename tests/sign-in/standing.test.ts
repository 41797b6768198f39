import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { signInByCertificate } from '../../src-main/tenant/sign-in.ts';
import type { PracticeApp, PracticeUser } from '../../src-practice/tenant/entra/directory.ts';
import { must } from '../conformance/destination-steps.ts';
import { BOB, type DeskRig, openDeskRig } from './desk-rig.ts';

let rig: DeskRig;
let bob: PracticeUser;
let app: PracticeApp;
beforeAll(async () => {
  rig = await openDeskRig();
  const user = rig.tenant.entra.users().find(({ upn }) => upn === BOB);
  const desktop = rig.tenant.entra.apps().find(({ clientId }) => clientId === rig.tenant.apps.desktop);
  if (user === undefined || desktop === undefined) throw new Error('no Bob, or no app');
  bob = user;
  app = desktop;
});
afterAll(() => rig.close());
beforeEach(() => {
  rig.kept.text = undefined;
});
afterEach(() => {
  rig.tenant.entra.tellRolesInTokens(true);
  rig.tenant.entra.registerUser(bob);
  rig.tenant.entra.registerApp(app);
});

async function standingOf(user: string) {
  const desk = await rig.open();
  await rig.signIn(desk, user);
  return must(await desk.standing());
}

describe('what somebody is in the directory', () => {
  it.each([
    ['alice@contoso.example', 'global-administrator'],
    ['sam@contoso.example', 'sharepoint-administrator'],
    ['rita@contoso.example', 'none'],
    [BOB, 'none'],
  ])('%s: %s, as the token says', async (user, standing) => {
    expect(await standingOf(user)).toBe(standing);
  });

  it.each([
    ['sam@contoso.example', 'sharepoint-administrator'],
    ['rita@contoso.example', 'none'],
    [BOB, 'none'],
  ])('%s: %s, as Graph says where tokens say nothing and the app may read roles', async (user, standing) => {
    rig.tenant.entra.tellRolesInTokens(false);
    const delegatedPermissions = [...app.delegatedPermissions, 'RoleManagement.Read.Directory'];
    rig.tenant.entra.registerApp({ ...app, delegatedPermissions });
    expect(await standingOf(user)).toBe(standing);
  });

  it.each([
    ['there is a role, and the app may not read which', 'sam@contoso.example', 'unknown'],
    ['there is no role', BOB, 'none'],
  ])('where tokens say nothing and %s: %s is %s', async (_, user, standing) => {
    rig.tenant.entra.tellRolesInTokens(false);
    expect(await standingOf(user)).toBe(standing);
  });

  it('is unknown where the app may not even ask', async () => {
    rig.tenant.entra.tellRolesInTokens(false);
    rig.tenant.entra.registerApp({ ...app, delegatedPermissions: ['Sites.ReadWrite.All'] });
    expect(await standingOf(BOB)).toBe('unknown');
  });

  it('is asked anew: a role that was just given is seen without signing in again', async () => {
    const desk = await rig.open();
    await rig.signIn(desk, BOB);
    expect(must(await desk.standing())).toBe('none');
    rig.tenant.entra.registerUser({ ...bob, roles: ['sharepoint-administrator'] });
    expect(must(await desk.standing())).toBe('sharepoint-administrator');
  });

  it('does not concern an app, and nobody has none', async () => {
    const { pem } = await rig.tenant.control.certificate();
    const { cloud, tenantId: tenant, apps } = rig.tenant;
    const tokens = signInByCertificate({ cloud, tenant, clientId: apps.headless, certificatePem: pem });
    const desk = await rig.open({ given: { cloud, tokens } });
    expect(must(await desk.standing())).toBe('application');
    expect(await (await rig.open()).standing()).toMatchObject({ problem: { code: 'sign-in-incomplete' } });
  });
});
