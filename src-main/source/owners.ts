import { ok, type Result } from '../../src-shared/model/problem.ts';
import type { Principal } from '../../src-shared/model/rights.ts';
import { ownerInSddl } from '../../src-shared/rules/access/sddl.ts';
import type { Owner, SourceFacts } from './source.ts';

/**
 * Tells the owner of a file by what its system says of rights: a call or two for each. Who stands behind a SID or a number is asked once.
 * @param accountOf the name of a number, on systems that have numbers
 */
export class Owners {
  readonly #facts: Pick<SourceFacts, 'rights' | 'principal'>;
  readonly #accountOf: (user: number) => string | undefined;
  readonly #principals = new Map<string, Promise<Principal>>();
  readonly #accounts = new Map<number, string | undefined>();

  constructor(
    facts: Pick<SourceFacts, 'rights' | 'principal'>,
    accountOf: (user: number) => string | undefined = nobody,
  ) {
    this.#facts = facts;
    this.#accountOf = accountOf;
  }

  async of(path: string): Promise<Result<Owner>> {
    const rights = await this.#facts.rights(path);
    if (!rights.ok) return rights;
    if (rights.value.system === 'posix') return ok(this.#named(rights.value.user));
    const sid = ownerInSddl(rights.value.sddl);
    if (sid === undefined) return ok([]);
    const asked = this.#principals.get(sid) ?? this.#facts.principal(sid);
    this.#principals.set(sid, asked);
    const principal = await asked;
    return ok(principal.state === 'known' ? [principal.name, sid] : [sid]);
  }

  #named(user: number): Owner {
    if (!this.#accounts.has(user)) this.#accounts.set(user, this.#accountOf(user));
    const account = this.#accounts.get(user);
    return account === undefined ? [String(user)] : [account, String(user)];
  }
}

function nobody(): undefined {
  return undefined;
}
