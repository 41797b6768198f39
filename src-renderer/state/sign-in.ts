import { create } from 'zustand';
import type { SignInAttempt, SignInView, SignInWish } from '../../src-shared/contract/sign-in.ts';
import type { Result } from '../../src-shared/model/problem.ts';
import type { ConsoleClient } from './door.ts';
import { useFleet } from './fleet.ts';

interface SignInState {
  /** Null until the first answer; kept when the connection is lost. */
  readonly view: SignInView | null;
}

/** How this machine is signed in. Written here alone. */
export const useSignIn = create<SignInState>(() => ({ view: null }));

/** Whether somebody is asked for at the moment. */
export function isUnderWay(attempt: SignInAttempt | null | undefined): boolean {
  return attempt != null && attempt.state !== 'done' && attempt.state !== 'failed';
}

/** What a change of {@link About} comes with. */
function sameWho(a: SignInView | null, b: SignInView): boolean {
  return a?.state === b.state && JSON.stringify([a.who, a.cloud]) === JSON.stringify([b.who, b.cloud]);
}

/** Takes what the machine says about its sign-in; what else depends on it is asked for again. */
export async function acceptSignIn(client: ConsoleClient, view: SignInView): Promise<void> {
  const { view: before } = useSignIn.getState();
  useSignIn.setState({ view });
  if (before !== null && !sameWho(before, view)) useFleet.setState({ about: await client.machine.about() });
}

/** Follows the sign-in until the connection is lost or the machine closes. */
export async function followSignIn(client: ConsoleClient, signal: AbortSignal): Promise<void> {
  for await (const view of await client.signIn.watch(undefined, { signal })) await acceptSignIn(client, view);
}

/**
 * Begins to sign a person in and opens the page of Microsoft beside this one. It has to be called from a click: browsers open no pages
 * by themselves. Codes: those of `signIn.begin`.
 */
export async function beginSignIn(client: ConsoleClient, wish: SignInWish): Promise<Result<SignInAttempt>> {
  const begun = await client.signIn.begin(wish);
  const { view } = useSignIn.getState();
  if (begun.ok && view !== null) useSignIn.setState({ view: { ...view, attempt: begun.value } });
  if (begun.ok && wish.how === 'browser' && begun.value.address !== null)
    window.open(begun.value.address, '_blank', 'noopener');
  return begun;
}
