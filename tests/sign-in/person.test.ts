import { once } from 'node:events';
import { createServer } from 'node:net';
import { request } from 'undici';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { publicClouds } from '../../src-shared/model/cloud.ts';
import { must } from '../conformance/destination-steps.ts';
import { ALICE, BOB, type DeskRig, ended, openDeskRig, tokensOf } from './desk-rig.ts';

/** Real here: msal-node, the loopback port, the practice tenant's Entra over TLS. Only the browser is not drawn. */

let rig: DeskRig;
beforeAll(async () => {
  rig = await openDeskRig();
});
afterAll(() => rig.close());
beforeEach(() => {
  rig.kept.text = undefined;
});

describe('a person signs in by the browser', () => {
  it('and is who was picked, with tokens that are good for Graph', async () => {
    const desk = await rig.open();
    expect(desk.view()).toMatchObject({ state: 'none', who: null });
    expect(desk.tokens()).toMatchObject({ problem: { code: 'sign-in-incomplete' } });
    expect(await rig.signIn(desk)).toMatchObject({ state: 'done', address: null, code: null });
    expect(desk.view()).toMatchObject({
      state: 'ready',
      origin: 'kept',
      who: {
        kind: 'person',
        cloud: 'practice',
        account: ALICE,
        name: 'Alice Adams',
        tenant: rig.tenant.tenantId,
      },
    });
    const tokens = tokensOf(desk);
    expect(tokens).toMatchObject({ asPerson: true, app: rig.tenant.apps.desktop });
    const token = must(await tokens.token());
    expect(rig.tenant.entra.checkToken(`Bearer ${token}`)).toMatchObject({
      ok: true,
      userId: expect.any(String),
    });
  });

  it('the browser says that one can go back, and its address holds no code', async () => {
    const desk = await rig.open();
    const { address } = must(await desk.begin({ how: 'browser' }));
    const url = new URL(address ?? '');
    expect(url.searchParams.get('response_mode')).toBe('form_post');
    expect(url.searchParams.get('code_challenge_method')).toBe('S256');
    expect(await rig.person.pick(url.href, ALICE)).toContain('You can go back to Convoy');
    expect(await ended(desk)).toMatchObject({ state: 'done' });
  });

  it.each([
    ['paul@contoso.example', 'sign-in-blocked', 'AADSTS53003'],
    ['carla@contoso.example', 'sign-in-consent-missing', 'AADSTS65001'],
    ['gus@contoso.example', 'sign-in-wrong-tenant', 'AADSTS50020'],
  ])('%s: %s, with the number, and nobody is signed in', async (user, code, number) => {
    const desk = await rig.open();
    const attempt = await rig.signIn(desk, user);
    expect(attempt).toMatchObject({ state: 'failed', problem: { code } });
    expect(attempt.problem?.detail).toMatch(new RegExp(`^${number}: `));
    expect(desk.view()).toMatchObject({ state: 'none', who: null });
    expect(rig.kept.text).toBeUndefined();
  });

  it('says no on the page: cancelled', async () => {
    const desk = await rig.open();
    const { address } = must(await desk.begin({ how: 'browser' }));
    expect(await rig.person.cancel(address ?? '')).toContain('Nobody was signed in');
    expect(await ended(desk)).toMatchObject({ problem: { code: 'sign-in-cancelled' } });
  });

  it('cancels here: the port is closed, and the page comes too late', async () => {
    const desk = await rig.open();
    const { address } = must(await desk.begin({ how: 'browser' }));
    expect((await desk.cancel()).attempt).toMatchObject({
      state: 'failed',
      problem: { code: 'sign-in-cancelled' },
    });
    const port = Number(new URL(new URL(address ?? '').searchParams.get('redirect_uri') ?? '').port);
    await expect(request(`http://127.0.0.1:${port}/`)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('closes the browser and never comes back: timed out, and a new try works', async () => {
    const desk = await rig.open({ patience: 50 });
    must(await desk.begin({ how: 'browser' }));
    expect(await ended(desk)).toMatchObject({ problem: { code: 'sign-in-timed-out' } });
    expect(await rig.signIn(await rig.open())).toMatchObject({ state: 'done' });
  });

  it('begins again: the page before is worth nothing any more', async () => {
    const desk = await rig.open();
    const first = must(await desk.begin({ how: 'browser' }));
    const second = must(await desk.begin({ how: 'browser' }));
    await expect(rig.person.pick(first.address ?? '', BOB)).rejects.toThrow();
    await rig.person.pick(second.address ?? '', ALICE);
    await ended(desk);
    expect(desk.view().who?.account).toBe(ALICE);
  });

  it('what has not our state is no answer, and neither is one that is too long', async () => {
    const desk = await rig.open();
    const { address } = must(await desk.begin({ how: 'browser' }));
    const back = new URL(address ?? '').searchParams.get('redirect_uri') ?? '';
    const post = async (body: string) =>
      (
        await request(back, {
          method: 'POST',
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
          body,
        })
      ).statusCode;
    expect(await post('code=stolen&state=guessed')).toBe(400);
    expect(await post('code=stolen')).toBe(400);
    expect(await post(`error=access_denied&state=x&state=y`)).toBe(400);
    expect(await post(`code=${'x'.repeat(100_000)}`)).toBe(400);
    expect((await request(`${back}/favicon.ico`)).statusCode).toBe(404);
    expect((await request(`${back}/`)).statusCode).toBe(200);
    expect(desk.view().attempt?.state).toBe('waiting');
    await rig.person.pick(address ?? '', ALICE);
    expect(await ended(desk)).toMatchObject({ state: 'done' });
  });

  it.each([
    ['a tenant that is not there', { tenant: 'nobody.example' }, 'sign-in-tenant-unknown'],
    ['a cloud that nobody knows', { cloud: 'mars' }, 'cloud-unknown'],
    ['an app that is named nowhere', { cloud: 'global' }, 'sign-in-app-missing'],
  ])('%s: %s', async (_, wish, code) => {
    const desk = await rig.open();
    expect(await desk.begin({ how: 'device-code', ...wish })).toMatchObject({ ok: false, problem: { code } });
  });

  it('offline: told at once, with the host', async () => {
    const desk = await rig.open({
      cloud: { ...publicClouds.global, name: 'practice', authority: 'https://127.0.0.1:9', desktopApp: 'x' },
    });
    expect(await desk.begin({ how: 'browser' })).toMatchObject({
      problem: { code: 'sign-in-unreachable', where: '127.0.0.1:9' },
    });
  });
});

describe('a person signs in by a code', () => {
  const begin = async (desk: Awaited<ReturnType<DeskRig['open']>>) => {
    const { address, code, endsAt } = must(await desk.begin({ how: 'device-code' }));
    expect(endsAt).toBeGreaterThan(Date.now());
    return { address: address ?? '', code: code ?? '' };
  };

  it('that is typed elsewhere', async () => {
    const desk = await rig.open();
    const { address, code } = await begin(desk);
    expect(await rig.person.typeCode(address, code, BOB)).toContain('You are signed in');
    expect(await ended(desk)).toMatchObject({ state: 'done', code: null });
    expect(desk.view().who?.account).toBe(BOB);
  });

  it('and no is said there: cancelled', async () => {
    const desk = await rig.open();
    const { address, code } = await begin(desk);
    await rig.person.typeCode(address, code, undefined);
    expect(await ended(desk)).toMatchObject({ problem: { code: 'sign-in-cancelled' } });
  });

  it('and a policy says no: blocked', async () => {
    const desk = await rig.open();
    const { address, code } = await begin(desk);
    await rig.person.typeCode(address, code, 'paul@contoso.example');
    expect(await ended(desk)).toMatchObject({ problem: { code: 'sign-in-blocked' } });
  });

  it('and is cancelled here at once, without waiting for the next poll', async () => {
    const desk = await rig.open();
    await begin(desk);
    expect((await desk.cancel()).attempt).toMatchObject({ problem: { code: 'sign-in-cancelled' } });
  });

  it('and nobody types it: timed out', async () => {
    const desk = await rig.open({ patience: 300 });
    await begin(desk);
    expect(await ended(desk)).toMatchObject({ problem: { code: 'sign-in-timed-out' } });
  });
});

describe('the port of the answer', () => {
  it('is held on both loopback addresses: nobody can stand beside it and catch the answer', async () => {
    const desk = await rig.open();
    const { address } = must(await desk.begin({ how: 'browser' }));
    const port = Number(new URL(new URL(address ?? '').searchParams.get('redirect_uri') ?? '').port);
    const other = createServer();
    other.listen({ host: '::1', port });
    const [error] = await Promise.race([
      once(other, 'error'),
      once(other, 'listening').then(() => [undefined]),
    ]);
    expect(error === undefined ? 'free' : 'taken').toBe('taken');
    other.close();
  });
});
