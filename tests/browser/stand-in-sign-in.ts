import { implement } from '@orpc/server';
import { consoleContract } from '../../src-shared/contract/console.ts';
import type { SignInAttempt, SignInView } from '../../src-shared/contract/sign-in.ts';
import { ok, type Problem } from '../../src-shared/model/problem.ts';
import type { Standing } from '../../src-shared/rules/directory-roles.ts';
import { attempts, nobody, signedIn } from './fixture-sign-in.ts';

/** The sign-in of the stand-in machine; tests change it while the page is open. */
export interface SignInWorld {
  signIn: SignInView;
  standing: Standing;
  /** A refusal for the next attempt to sign in. */
  refuseSignIn: Problem | null;
}

export const signInWorld = (): SignInWorld => ({
  signIn: signedIn,
  standing: 'sharepoint-administrator',
  refuseSignIn: null,
});

interface Hands {
  readonly world: SignInWorld;
  readonly note: (what: string, input: unknown) => void;
  readonly each: <T>(make: () => T, signal: AbortSignal | undefined) => AsyncGenerator<T, void>;
}

/** Answers `signIn` of the console contract from a world. */
export function signInAnswers({ world, note, each }: Hands) {
  const os = implement(consoleContract);
  const attempt = (next: SignInAttempt | null): SignInView => {
    world.signIn = { ...world.signIn, attempt: next };
    return world.signIn;
  };
  return {
    state: os.signIn.state.handler(() => world.signIn),
    watch: os.signIn.watch.handler(({ signal }) => each(() => world.signIn, signal)),
    begin: os.signIn.begin.handler(({ input }) => {
      note('signIn.begin', input);
      if (world.refuseSignIn) return { ok: false as const, problem: world.refuseSignIn };
      const begun = input.how === 'browser' ? attempts.browser : attempts.code;
      attempt(begun);
      return ok(begun);
    }),
    cancel: os.signIn.cancel.handler(() => {
      note('signIn.cancel', null);
      return attempt({
        ...attempts.done,
        state: 'failed',
        problem: { code: 'sign-in-cancelled', where: 'login.microsoftonline.com' },
      });
    }),
    standing: os.signIn.standing.handler(() => {
      note('signIn.standing', null);
      return ok(world.standing);
    }),
    signOut: os.signIn.signOut.handler(() => {
      note('signIn.signOut', null);
      world.signIn = nobody;
      return ok(world.signIn);
    }),
  };
}
