import type { Dispatcher } from 'undici';
import {
  MOST_ATTEMPT_MS,
  type SignInAttempt,
  type SignInWish,
} from '../../../src-shared/contract/sign-in.ts';
import type { Cloud } from '../../../src-shared/model/cloud.ts';
import { ok, type Problem, type Result } from '../../../src-shared/model/problem.ts';
import { type Person, PersonClient } from '../person/person-client.ts';

export interface AttemptParts {
  readonly how: SignInWish['how'];
  readonly cloud: Cloud;
  /** Id, domain, or `organizations`. */
  readonly tenant: string;
  readonly clientId: string;
  readonly http: Dispatcher;
  readonly loginHint?: string | undefined;
  readonly claims?: string | undefined;
  readonly now: () => number;
  /** In milliseconds; {@link MOST_ATTEMPT_MS} when absent. */
  readonly patience?: number | undefined;
}

/** Who signed in, and what msal keeps of it. */
export interface Arrived {
  readonly person: Person;
  readonly cache: string;
}

/** One try to sign a person in, from the page that they open to who they are. */
export class Attempt {
  readonly #parts: AttemptParts;
  readonly #stop = new AbortController();
  #view: SignInAttempt;
  #cache = '';

  constructor(parts: AttemptParts) {
    this.#parts = parts;
    this.#view = {
      ...{ how: parts.how, cloud: parts.cloud.name, state: 'starting' },
      ...{ address: null, code: null, endsAt: null, problem: null },
    };
  }

  get view(): SignInAttempt {
    return this.#view;
  }

  get underWay(): boolean {
    return this.#view.state !== 'done' && this.#view.state !== 'failed';
  }

  cancel(): void {
    this.#stop.abort();
  }

  /**
   * Runs it to its end; never called twice.
   * @param opened is called once there is a page to open
   * @param settle takes whoever has signed in; what it refuses is how the attempt ends
   */
  async run(opened: () => void, settle: (arrived: Arrived) => Promise<Result<void>>): Promise<Result<void>> {
    const arrived = await this.#signIn(opened);
    const end = arrived.ok ? await settle(arrived.value) : arrived;
    // Neither page nor code are good for anything any more.
    const over = { address: null, code: null, endsAt: null };
    if (end.ok) this.#change({ ...over, state: 'done' });
    else this.#change({ ...over, state: 'failed', problem: plain(end.problem) });
    return end;
  }

  async #signIn(opened: () => void): Promise<Result<Arrived>> {
    const { how, cloud, tenant, clientId, http, loginHint, claims, now } = this.#parts;
    const patience = this.#parts.patience ?? MOST_ATTEMPT_MS;
    // The person's time begins when there is a page to open: before that it is the network's.
    const late = new AbortController();
    const signal = AbortSignal.any([this.#stop.signal, late.signal]);
    let timer: NodeJS.Timeout | undefined;
    const client = new PersonClient({
      ...{ cloud, tenant, clientId, http, cache: '' },
      onCache: async (cache) => {
        this.#cache = cache;
      },
    });
    const options = { signal, loginHint, claims };
    const wait = (changes: Partial<SignInAttempt>): void => {
      timer = setTimeout(() => late.abort(new DOMException('', 'TimeoutError')), patience).unref();
      this.#change({ ...changes, state: 'waiting' });
      opened();
    };
    const signing =
      how === 'browser'
        ? client.byBrowser(options, {
            open: (address) => wait({ address, endsAt: now() + patience }),
            finishing: () => this.#change({ state: 'finishing' }),
          })
        : client.byDeviceCode(options, ({ code, address, seconds }) =>
            wait({ code, address, endsAt: now() + Math.min(patience, seconds * 1_000) }),
          );
    const person = await signing.finally(() => clearTimeout(timer));
    return person.ok ? ok({ person: person.value, cache: this.#cache }) : person;
  }

  #change(changes: Partial<SignInAttempt>): void {
    this.#view = { ...this.#view, ...changes };
  }
}

function plain({ code, where, detail, retryAt }: Problem): NonNullable<SignInAttempt['problem']> {
  return { code, where, detail, retryAt };
}
