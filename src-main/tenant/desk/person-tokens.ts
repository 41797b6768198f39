import type { Dispatcher } from 'undici';
import type { Cloud } from '../../../src-shared/model/cloud.ts';
import { ok, type Problem, type Result } from '../../../src-shared/model/problem.ts';
import { heldToken } from '../held-token.ts';
import { graphOrigin } from '../msal-configuration.ts';
import { PersonClient } from '../person/person-client.ts';
import type { TokenSource } from '../token-source.ts';
import type { KeptPerson } from './kept-sign-in.ts';

export interface PersonTokensParts {
  readonly cloud: Cloud;
  readonly http: Dispatcher;
  readonly now: () => number;
  /** Keeps what has changed: the cache, or that somebody has to act. */
  readonly save: (kept: KeptPerson) => Promise<void>;
}

/** The tokens of a person who signed in, for as long as Entra gives them; after that, what has to be done. */
export class PersonTokens implements TokenSource {
  readonly asPerson = true;
  readonly #parts: PersonTokensParts;
  readonly #client: PersonClient;
  readonly #token: TokenSource['token'];
  readonly #others = new Map<string, TokenSource>();
  #kept: KeptPerson;
  #problem: Problem | undefined;

  constructor(kept: KeptPerson, parts: PersonTokensParts) {
    this.#parts = parts;
    this.#kept = kept;
    const { tenant, clientId, cache } = kept;
    this.#client = new PersonClient({
      ...{ cloud: parts.cloud, http: parts.http, tenant, clientId, cache },
      onCache: (changed) => this.#change({ cache: changed }),
    });
    this.#token = this.#tokenOf(graphOrigin(parts.cloud), true);
  }

  get who(): TokenSource['who'] {
    return { tenant: this.#kept.tenant, account: this.#kept.account.username };
  }

  get app(): string {
    return this.#kept.clientId;
  }

  get kept(): KeptPerson {
    return this.#kept;
  }

  /** Why the last token could not be had; undefined when it could. */
  get problem(): Problem | undefined {
    return this.#kept.needed?.problem ?? this.#problem;
  }

  async token(options: Parameters<TokenSource['token']>[0] = {}): Promise<Result<string>> {
    // Entra is not asked again and again what it has answered: that would look like an attack, and lock the account.
    const { needed } = this.#kept;
    if (needed !== null) return { ok: false, problem: needed.problem };
    const token = await this.#token(options);
    this.#problem = token.ok ? undefined : token.problem;
    return token;
  }

  /** Tokens for another service. That there are none is no reason to sign in again: consent for it may never have been given. */
  forHost(origin: string): TokenSource {
    const { who, app, asPerson } = this;
    const known = this.#others.get(origin) ?? { who, app, asPerson, token: this.#tokenOf(origin, false) };
    this.#others.set(origin, known);
    return known;
  }

  #tokenOf(origin: string, own: boolean): TokenSource['token'] {
    return heldToken(async (claims) => {
      const fresh = await this.#client.silently(this.#kept.account.homeAccountId, origin, claims);
      if (fresh.ok) return ok({ token: fresh.value.token, expires: fresh.value.expires });
      if (own && fresh.problem.code === 'sign-in-needed')
        await this.#change({ needed: { problem: fresh.problem, claims: claims ?? null } });
      return fresh;
    }, this.#parts.now);
  }

  async #change(changes: Partial<Pick<KeptPerson, 'cache' | 'needed'>>): Promise<void> {
    this.#kept = { ...this.#kept, ...changes };
    await this.#parts.save(this.#kept);
  }
}
