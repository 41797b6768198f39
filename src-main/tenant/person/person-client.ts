import type { AccountInfo, AuthenticationResult, PublicClientApplication } from '@azure/msal-node';
import type { Dispatcher } from 'undici';
import type { Cloud } from '../../../src-shared/model/cloud.ts';
import { failed, ok, type Result } from '../../../src-shared/model/problem.ts';
import type { FreshToken } from '../held-token.ts';
import { allScopes, graphOrigin, loadMsal, type Msal, msalConfiguration } from '../msal-configuration.ts';
import { explainRefusal, refusalDetail, refusalOf } from '../refusal.ts';
import { SignInNetwork } from '../sign-in-network.ts';
import { openLoopback } from './loopback.ts';

/** A person, as Entra names them. */
export interface Person {
  readonly homeAccountId: string;
  readonly tenantId: string;
  readonly username: string;
  readonly name: string | null;
  /** Template ids of directory roles that the id token tells; it need not tell any. */
  readonly roles: readonly string[];
}

export interface PersonClientOptions {
  readonly cloud: Cloud;
  /** Id or domain of an organisation, or `organizations` for any. */
  readonly tenant: string;
  readonly clientId: string;
  readonly http: Dispatcher;
  /** msal's cache as it was kept; empty at first. Secret: it holds refresh tokens. */
  readonly cache: string;
  /** Called with the cache whenever it has changed. */
  readonly onCache: (cache: string) => Promise<void>;
}

/** What an attempt to sign in needs of whoever makes it. */
export interface AttemptOptions {
  /** Aborted when it is cancelled or its time is over. */
  readonly signal: AbortSignal;
  /** A name that the page fills in. */
  readonly loginHint?: string | undefined;
  /** What a service wants to see proved (JSON). */
  readonly claims?: string | undefined;
}

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Signs one person in, and gets tokens for as long as that lasts; by Microsoft's own library, over our connections. */
export class PersonClient {
  readonly #options: PersonClientOptions;
  readonly #network: SignInNetwork;
  readonly #host: string;
  #app: PublicClientApplication | undefined;
  #cache: string;

  constructor(options: PersonClientOptions) {
    this.#options = options;
    this.#network = new SignInNetwork(options.http);
    this.#host = new URL(options.cloud.authority).host;
    this.#cache = options.cache;
  }

  /**
   * By the browser of the system: code and PKCE over a loopback port.
   * @param tell is called with the address to open, and once the answer is there
   */
  async byBrowser(
    { signal, loginHint, claims }: AttemptOptions,
    tell: { open(address: string): void; finishing(): void },
  ): Promise<Result<Person>> {
    const crypto = new (await loadMsal()).CryptoProvider();
    const state = crypto.createNewGuid();
    const loopback = await openLoopback(state);
    if (!loopback.ok) return loopback;
    const { redirectUri, answer, close } = loopback.value;
    try {
      const { verifier, challenge } = await crypto.generatePkceCodes();
      const request = {
        scopes: allScopes(graphOrigin(this.#options.cloud)),
        redirectUri,
        ...(claims ? { claims } : {}),
      };
      const address = await this.#ask((app) =>
        app.getAuthCodeUrl({
          ...request,
          // Never in the address: a code there would stay in the history of the browser.
          responseMode: 'form_post',
          codeChallenge: challenge,
          codeChallengeMethod: 'S256',
          state,
          ...(loginHint === undefined ? { prompt: 'select_account' } : { loginHint }),
        }),
      );
      if (!address.ok) return address;
      tell.open(address.value);
      const answered = await untilAborted(answer, signal);
      if (answered === undefined) return ended(signal);
      tell.finishing();
      if ('error' in answered) return this.#noCode(answered);
      const { code, clientInfo } = answered;
      const done = await this.#ask((app) =>
        app.acquireTokenByCode({ ...request, code, clientInfo, codeVerifier: verifier }),
      );
      return done.ok ? this.#person(done.value) : done;
    } finally {
      close();
    }
  }

  /** By a code that is typed on a page of Microsoft, on whichever device. */
  async byDeviceCode(
    { signal, claims }: AttemptOptions,
    tell: (code: { readonly code: string; readonly address: string; readonly seconds: number }) => void,
  ): Promise<Result<Person>> {
    const request = {
      scopes: allScopes(graphOrigin(this.#options.cloud)),
      cancel: false,
      ...(claims ? { claims } : {}),
      deviceCodeCallback: ({
        userCode,
        verificationUri,
        expiresIn,
      }: {
        userCode: string;
        verificationUri: string;
        expiresIn: number;
      }) => tell({ code: userCode, address: verificationUri, seconds: expiresIn }),
    };
    const asked = this.#ask((app) => app.acquireTokenByDeviceCode(request));
    const done = await untilAborted(asked, signal);
    if (done === undefined) {
      // msal looks at this before it asks the next time; what it says then nobody waits for.
      request.cancel = true;
      return ended(signal);
    }
    if (done.ok) return done.value === null ? this.#refused('no token came') : this.#person(done.value);
    const said = done.problem.detail ?? '';
    if (said.includes('authorization_declined')) return failed('sign-in-cancelled', { where: this.#host });
    if (said.includes('expired_token') || said.includes('device_code_expired'))
      return failed('sign-in-timed-out', { where: this.#host });
    return done;
  }

  /** A new token for a service, without a person. Codes: sign-in-needed, sign-in-unreachable, and those of a refusal. */
  async silently(
    homeAccountId: string,
    origin: string,
    claims: string | undefined,
  ): Promise<Result<FreshToken & { readonly person: Person }>> {
    const done = await this.#ask(async (app, { InteractionRequiredAuthError }) => {
      const account = await this.#account(app, homeAccountId);
      if (account === undefined) throw new InteractionRequiredAuthError('no_tokens_found', '');
      const scopes = allScopes(origin);
      return app.acquireTokenSilent({ account, scopes, ...(claims ? { claims } : { forceRefresh: true }) });
    }, 'silently');
    if (!done.ok) return done;
    const person = this.#person(done.value);
    if (!person.ok) return person;
    const { accessToken, expiresOn } = done.value;
    return ok({ token: accessToken, expires: expiresOn?.getTime() ?? 0, person: person.value });
  }

  async #account(app: PublicClientApplication, homeAccountId: string): Promise<AccountInfo | undefined> {
    const accounts = await app.getTokenCache().getAllAccounts();
    return accounts.find((account) => account.homeAccountId === homeAccountId);
  }

  /** Lets msal do something; what it throws becomes a value. `silently`: nobody is there, and that somebody has to be is the answer. */
  async #ask<T>(
    call: (app: PublicClientApplication, msal: Msal) => Promise<T>,
    how?: 'silently',
  ): Promise<Result<T>> {
    const msal = await loadMsal();
    this.#network.forget();
    try {
      this.#app ??= this.#make(msal);
      return ok(await call(this.#app, msal));
    } catch (error) {
      if (!(error instanceof msal.AuthError) && this.#network.trouble === undefined) throw error;
      // msal keeps what it learnt about an authority, also the failure to learn it.
      this.#app = undefined;
      if (how === 'silently' && needsPerson(error, msal)) {
        const said = this.#network.trouble?.detail ?? (error instanceof Error ? error.message : '');
        return failed('sign-in-needed', { where: this.#host, detail: refusalDetail(said) });
      }
      return explainRefusal(error, this.#network, this.#host);
    }
  }

  #make(msal: Msal): PublicClientApplication {
    const { cloud, tenant, clientId, onCache } = this.#options;
    return new msal.PublicClientApplication({
      ...msalConfiguration(msal, cloud, { tenant, clientId }, this.#network),
      cache: {
        cachePlugin: {
          beforeCacheAccess: async ({ tokenCache }) => {
            if (this.#cache !== '') tokenCache.deserialize(this.#cache);
          },
          afterCacheAccess: async ({ cacheHasChanged, tokenCache }) => {
            if (!cacheHasChanged) return;
            this.#cache = tokenCache.serialize();
            await onCache(this.#cache);
          },
        },
      },
    });
  }

  #person({ account, idTokenClaims }: AuthenticationResult): Result<Person> {
    if (account === null) return this.#refused('no account came with the token');
    const { homeAccountId, tenantId, username, name } = account;
    const { tenant } = this.#options;
    if (GUID.test(tenant) && tenant.toLowerCase() !== tenantId.toLowerCase())
      return failed('sign-in-wrong-tenant', { where: username, detail: `tenant ${tenantId}` });
    const wids: unknown = Reflect.get(idTokenClaims, 'wids');
    const roles = Array.isArray(wids) ? wids.filter((id) => typeof id === 'string') : [];
    return ok({ homeAccountId, tenantId, username, name: name ?? null, roles });
  }

  #noCode({ error, description }: { readonly error: string; readonly description: string }): Result<never> {
    // `access_denied` without a number is what other identity providers say when the person goes back.
    if (error === 'access_denied' && !/AADSTS\d/.test(description))
      return failed('sign-in-cancelled', { where: this.#host });
    return description === '' ? this.#refused(error) : refusalOf(description, this.#host);
  }

  #refused(detail: string): Result<never> {
    return failed('sign-in-refused', { where: this.#host, detail });
  }
}

/**
 * Whether only a person can go on. Besides what msal says so of: a grant that is worth nothing any more, whatever the reason
 * (expired, revoked, from before a change of the registration).
 */
function needsPerson(error: unknown, { InteractionRequiredAuthError, ServerError }: Msal): boolean {
  if (error instanceof InteractionRequiredAuthError) return true;
  return error instanceof ServerError && error.errorCode === 'invalid_grant';
}

/** Undefined when the signal was first. */
async function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  if (signal.aborted) return undefined;
  return new Promise((resolve, reject) => {
    const stop = (): void => resolve(undefined);
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

/** Why a signal was aborted: by its time, or by somebody. */
function ended(signal: AbortSignal): Result<never> {
  const late = signal.reason instanceof DOMException && signal.reason.name === 'TimeoutError';
  return failed(late ? 'sign-in-timed-out' : 'sign-in-cancelled');
}
