import type { Keep } from '../../src-main/tenant/desk/kept-sign-in.ts';
import { SignInDesk, type SignInDeskParts } from '../../src-main/tenant/desk/sign-in-desk.ts';
import type { TokenSource } from '../../src-main/tenant/token-source.ts';
import { type PracticeTenant, startPracticeTenant } from '../../src-practice/tenant/server.ts';
import type { SignInAttempt, SignInWish } from '../../src-shared/contract/sign-in.ts';
import { ok } from '../../src-shared/model/problem.ts';
import { must } from '../conformance/destination-steps.ts';
import { type PersonAtBrowser, personAtBrowser } from './person-at-browser.ts';

export const ALICE = 'alice@contoso.example';
export const BOB = 'bob@contoso.example';

/** A practice tenant, somebody at a browser, and desks that keep what they know in one place. */
export interface DeskRig {
  readonly tenant: PracticeTenant;
  readonly person: PersonAtBrowser;
  /** What is kept, as text: sealing is the store's. */
  readonly kept: { text: string | undefined };
  /** Opens a desk; those before it are closed, as when the machine starts again. */
  open(parts?: Partial<SignInDeskParts>): Promise<SignInDesk>;
  /** Signs a person in as a whole. */
  signIn(desk: SignInDesk, user?: string, wish?: Partial<SignInWish>): Promise<SignInAttempt>;
  close(): Promise<void>;
}

export async function openDeskRig(): Promise<DeskRig> {
  const tenant = await startPracticeTenant({ seed: 'sign-in', deviceCodeSeconds: 1 });
  const person = personAtBrowser(tenant);
  const kept: { text: string | undefined } = { text: undefined };
  const keep: Keep = {
    read: async () => ok(kept.text),
    write: async (text) => {
      kept.text = text;
      return ok(undefined);
    },
    remove: async () => {
      kept.text = undefined;
    },
  };
  let opened: SignInDesk | undefined;
  return {
    tenant,
    person,
    kept,
    async open(parts = {}) {
      await opened?.close();
      opened = await SignInDesk.open({
        ...{ cloud: tenant.cloud, given: undefined, keep, now: Date.now },
        onBug: (error) => {
          throw error;
        },
        ...parts,
      });
      return opened;
    },
    async signIn(desk, user = ALICE, wish = {}) {
      const { address } = must(await desk.begin({ how: 'browser', ...wish }));
      await person.pick(address ?? '', user);
      return ended(desk);
    },
    async close() {
      await opened?.close();
      await person.close();
      await tenant.close();
    },
  };
}

/** Waits until the attempt is over. */
export async function ended(desk: SignInDesk): Promise<SignInAttempt> {
  for (;;) {
    const { attempt } = desk.view();
    if (attempt?.state === 'done' || attempt?.state === 'failed') return attempt;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

export function tokensOf(desk: SignInDesk): TokenSource {
  return must(desk.tokens());
}
