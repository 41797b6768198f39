import { useState } from 'react';
import type { SignInView, SignInWish } from '../../src-shared/contract/sign-in.ts';

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What is typed into the form of signing in, and what comes of it. */
export interface WishedSignIn {
  readonly cloud: string;
  readonly tenant: string;
  /** As typed; empty for the one that Convoy knows in that cloud. */
  readonly typedApp: string;
  /** The app that it comes to; empty while there is none. */
  readonly app: string;
  /** Whether Convoy knows an app in that cloud. */
  readonly appKnown: boolean;
  readonly appWrong: boolean;
  readonly authority: string | undefined;
  change(part: Partial<Pick<WishedSignIn, 'cloud' | 'tenant' | 'typedApp'>>): void;
  of(how: SignInWish['how']): SignInWish;
}

/** The wish of whoever signs in, beginning with the cloud that the machine was started for, or that it was signed in to. */
export function useSignInWish(view: SignInView): WishedSignIn {
  const { who, clouds } = view;
  const [typed, setTyped] = useState({
    cloud: clouds.some(({ name }) => name === view.cloud.name) ? view.cloud.name : (clouds[0]?.name ?? ''),
    tenant: '',
    typedApp: '',
  });
  const chosen = clouds.find(({ name }) => name === typed.cloud);
  // An app of the organisation's own was named the last time: nobody should have to look its id up again.
  const last = who?.kind === 'person' && who.cloud === typed.cloud ? who.app : null;
  const known = chosen?.app ?? last;
  const typedApp = typed.typedApp.trim();
  const tenant = typed.tenant.trim();
  const app = typedApp === '' ? (known ?? '') : typedApp;
  return {
    ...typed,
    ...{ app, appKnown: known !== null, appWrong: typedApp !== '' && !GUID.test(typedApp) },
    authority: chosen?.authority,
    change: (part) => setTyped((before) => ({ ...before, ...part })),
    of: (how) => ({
      ...{ how, cloud: typed.cloud },
      ...(tenant === '' ? {} : { tenant }),
      ...(app === '' ? {} : { clientId: app }),
    }),
  };
}
