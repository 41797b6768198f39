import type { Dispatcher } from 'undici';
import type { About } from '../../../src-shared/contract/console-types.ts';
import type {
  SignedInAs,
  SignInAttempt,
  SignInView,
  SignInWish,
} from '../../../src-shared/contract/sign-in.ts';
import { type Cloud, publicClouds } from '../../../src-shared/model/cloud.ts';
import { failed, ok, type Problem, type Result } from '../../../src-shared/model/problem.ts';
import type { Standing } from '../../../src-shared/rules/directory-roles.ts';
import { createSerial } from '../../basics/serial.ts';
import { createHttp } from '../http.ts';
import type { TokenSource } from '../token-source.ts';
import { askStanding } from './ask-standing.ts';
import { type Arrived, Attempt } from './attempt.ts';
import { cloudToday, type Keep, type KeptPerson, readKept } from './kept-sign-in.ts';
import { PersonTokens } from './person-tokens.ts';

/** A sign-in that options or variables say: it goes first, and cannot be changed here. */
export interface GivenSignIn {
  readonly cloud: Cloud;
  /** Code: certificate-unreadable and others, of one that cannot be used. */
  readonly tokens: Result<TokenSource>;
}

export interface SignInDeskParts {
  /** The cloud that the machine was started for; the first choice of whoever signs in. */
  readonly cloud: Cloud;
  readonly given: GivenSignIn | undefined;
  readonly keep: Keep;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly onBug: (error: unknown) => void;
  /** How long an attempt waits for its person, in milliseconds. */
  readonly patience?: number | undefined;
}

/** Who is signed in on this machine, how somebody signs in, and the tokens that come of it. */
export class SignInDesk {
  readonly #parts: SignInDeskParts;
  readonly #given: (GivenSignIn & { problem: Problem | undefined }) | undefined;
  readonly #connections = new Map<string, Dispatcher>();
  #person: { readonly cloud: Cloud; readonly tokens: PersonTokens } | undefined;
  /** What is kept and cannot be opened. */
  #unreadable: Problem | undefined;
  #attempt: Attempt | undefined;
  #running: Promise<unknown> = Promise.resolve();
  #closed: Promise<void> | undefined;
  /** Writes of the file, one after the other. */
  readonly #serial = createSerial();

  /** Opens with what is kept; nothing is asked of Entra yet. */
  static async open(parts: SignInDeskParts): Promise<SignInDesk> {
    const desk = new SignInDesk(parts);
    const kept = await readKept(parts.keep);
    if (!kept.ok) desk.#unreadable = kept.problem;
    else if (kept.value !== undefined) desk.#take(kept.value);
    return desk;
  }

  private constructor(parts: SignInDeskParts) {
    this.#parts = parts;
    this.#given = parts.given && { ...parts.given, problem: undefined };
  }

  /** The cloud that destinations are in. */
  get cloud(): Cloud {
    return this.#given?.cloud ?? this.#person?.cloud ?? this.#parts.cloud;
  }

  /** The tokens of whoever is signed in. Codes: sign-in-incomplete (nobody is), store-unusable, and why a given one cannot be used. */
  tokens(): Result<TokenSource> {
    if (this.#given !== undefined) return this.#watched(this.#given);
    const person = this.#person;
    if (person === undefined)
      return this.#unreadable ? { ok: false, problem: this.#unreadable } : failed('sign-in-incomplete');
    const { who, app } = person.tokens;
    const { authority } = person.cloud;
    // Whoever holds this outlives a sign-in: when somebody signs in again, the tokens come from there.
    const handed = (of: (tokens: PersonTokens) => TokenSource): TokenSource => ({
      ...{ who, app, asPerson: true },
      token: async (options) => {
        const now = this.#person;
        const same = now?.cloud.authority === authority && now.tokens.who.tenant === who.tenant;
        if (same && now !== undefined) return of(now.tokens).token(options);
        return failed('sign-in-needed', { where: who.tenant, detail: 'nobody is signed in there any more' });
      },
    });
    return ok({
      ...handed((tokens) => tokens),
      forHost: (origin) => handed((tokens) => tokens.forHost(origin)),
    });
  }

  about(): About['signIn'] {
    const { state, who, problem } = this.view();
    if (state === 'failed') return { state, problem: problem ?? { code: 'sign-in-refused' } };
    if (who === null) return { state: 'none' };
    const { tenant, account } = who;
    if (state === 'needed') return { state, tenant, account, problem: problem ?? { code: 'sign-in-needed' } };
    return { state: 'ready', tenant, account };
  }

  view(): SignInView {
    const problem = this.#problem();
    const who = this.#who();
    const state =
      problem === undefined
        ? who === null
          ? 'none'
          : 'ready'
        : problem.code === 'sign-in-needed'
          ? 'needed'
          : 'failed';
    const { cloud } = this.#parts;
    const clouds = [
      ...new Map([cloud, ...Object.values(publicClouds)].map((one: Cloud) => [one.name, one])).values(),
    ];
    return {
      state,
      origin: this.#given ? 'given' : who === null ? null : 'kept',
      who,
      cloud: { name: this.cloud.name, sharePointHostSuffix: this.cloud.sharePointHostSuffix },
      problem: problem === undefined ? null : { ...problem },
      attempt: this.#attempt?.view ?? null,
      clouds: clouds.map(({ name, authority, desktopApp }) => ({ name, authority, app: desktopApp ?? null })),
    };
  }

  /** Begins to sign a person in; see contract/sign-in.ts. */
  async begin(wish: SignInWish): Promise<Result<SignInAttempt>> {
    if (this.#given !== undefined) return failed('sign-in-given');
    const cloud = this.#cloudOf(wish.cloud);
    if (!cloud.ok) return cloud;
    const before = this.#person;
    // Signing in again says nothing but how; then it is the same organisation, app and person.
    const again =
      before !== undefined &&
      wish.cloud === undefined &&
      wish.tenant === undefined &&
      wish.clientId === undefined;
    const kept = again ? before.tokens.kept : undefined;
    const clientId = wish.clientId ?? kept?.clientId ?? cloud.value.desktopApp;
    if (clientId === undefined) return failed('sign-in-app-missing', { where: cloud.value.name });
    await this.#endAttempt();
    const attempt = new Attempt({
      ...{ how: wish.how, cloud: cloud.value, clientId, http: this.#http(cloud.value) },
      ...{ now: this.#parts.now, patience: this.#parts.patience },
      tenant: wish.tenant ?? kept?.tenant ?? 'organizations',
      loginHint: kept?.account.username,
      claims: kept?.needed?.claims ?? undefined,
    });
    this.#attempt = attempt;
    return new Promise((resolve) => {
      const run = attempt.run(
        () => resolve(ok(attempt.view)),
        (arrived) => this.#settle(cloud.value, clientId, arrived),
      );
      this.#running = run.then((end) => resolve(end.ok ? ok(attempt.view) : end), this.#parts.onBug);
    });
  }

  async cancel(): Promise<SignInView> {
    await this.#endAttempt();
    return this.view();
  }

  /** Whether whoever is signed in is an administrator; see contract/sign-in.ts. */
  async standing(): Promise<Result<Standing>> {
    const tokens = this.tokens();
    if (!tokens.ok) return tokens;
    if (tokens.value.asPerson !== true) return ok('application');
    return askStanding({ cloud: this.cloud, http: this.#http(this.cloud), tokens: tokens.value });
  }

  async signOut(): Promise<Result<SignInView>> {
    if (this.#given !== undefined) return failed('sign-in-given');
    await this.#endAttempt();
    this.#person = undefined;
    this.#unreadable = undefined;
    this.#attempt = undefined;
    await this.#serial.run(() => this.#parts.keep.remove());
    return ok(this.view());
  }

  /** Ends an attempt that is under way, and the connections. May be called twice. */
  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    await this.#endAttempt();
    await this.#serial.run(async () => undefined);
    await Promise.all([...this.#connections.values()].map((http) => http.close()));
  }

  async #endAttempt(): Promise<void> {
    if (this.#attempt?.underWay === true) this.#attempt.cancel();
    await this.#running;
  }

  async #settle(cloud: Cloud, clientId: string, { person, cache }: Arrived): Promise<Result<void>> {
    const { homeAccountId, tenantId, username, name, roles } = person;
    const kept: KeptPerson = {
      ...{ version: 1, kind: 'person', cloud, tenant: tenantId, clientId, cache, needed: null },
      account: { homeAccountId, username, name, roles: [...roles] },
    };
    const written = await this.#write(kept);
    if (!written.ok) return written;
    this.#unreadable = undefined;
    this.#take(kept);
    return ok(undefined);
  }

  #take(kept: KeptPerson): void {
    const cloud = cloudToday(kept.cloud, this.#parts.cloud);
    const tokens: PersonTokens = new PersonTokens(kept, {
      ...{ cloud, http: this.#http(cloud), now: this.#parts.now },
      save: async (changed) => {
        // Somebody else has signed in meanwhile, or nobody is any more.
        if (this.#person?.tokens !== tokens) return;
        const written = await this.#write(changed);
        if (!written.ok) this.#unreadable = written.problem;
      },
    });
    this.#person = { cloud, tokens };
  }

  #write(kept: KeptPerson): Promise<Result<void>> {
    return this.#serial.run(() => this.#parts.keep.write(JSON.stringify(kept)));
  }

  #cloudOf(wish: SignInWish['cloud']): Result<Cloud> {
    if (wish === undefined) return ok(this.cloud);
    if (typeof wish !== 'string') return ok(wish);
    const name = wish.toLowerCase();
    const known = [this.#parts.cloud, this.cloud, ...Object.values(publicClouds)].find(
      (one) => one.name === name,
    );
    return known === undefined ? failed('cloud-unknown', { where: wish }) : ok(known);
  }

  #http(cloud: Cloud): Dispatcher {
    const key = cloud.certificateAuthority ?? '';
    const known = this.#connections.get(key) ?? createHttp(cloud);
    this.#connections.set(key, known);
    return known;
  }

  #who(): SignedInAs | null {
    const given = this.#given;
    if (given !== undefined) {
      if (!given.tokens.ok) return null;
      const { tenant, account } = given.tokens.value.who;
      return { kind: 'app', cloud: given.cloud.name, tenant, account, name: null, app: account };
    }
    if (this.#person === undefined) return null;
    const { cloud, tokens } = this.#person;
    const { tenant, clientId, account } = tokens.kept;
    return {
      ...{ kind: 'person', cloud: cloud.name, tenant, account: account.username, name: account.name },
      app: clientId,
    };
  }

  #problem(): Problem | undefined {
    const given = this.#given;
    if (given !== undefined) return given.tokens.ok ? given.problem : given.tokens.problem;
    return this.#person?.tokens.problem ?? this.#unreadable;
  }

  /** The same tokens; the last refusal is remembered until one is given again. */
  #watched(given: GivenSignIn & { problem: Problem | undefined }): Result<TokenSource> {
    if (!given.tokens.ok) return given.tokens;
    const { value } = given.tokens;
    return ok({
      ...value,
      async token(options) {
        const token = await value.token(options);
        given.problem = token.ok ? undefined : token.problem;
        return token;
      },
    });
  }
}
