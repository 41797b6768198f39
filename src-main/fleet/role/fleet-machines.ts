import type { FleetMachine } from '../../../src-shared/contract/fleet-admin.ts';
import { ok, type Result } from '../../../src-shared/model/problem.ts';
import type { MemberRecord } from '../../store/fleet-store.ts';
import { type Members, wordsOf } from '../wire/members.ts';
import type { Listening } from './listening.ts';

/** The machines of a coordinator's fleet, as a person sees them and judges them. */
export class FleetMachines {
  readonly #members: Members;
  readonly #listening: Pick<Listening, 'shown' | 'connected' | 'judged'>;
  readonly #lastSeen: (machine: string) => number | null;

  constructor(
    members: Members,
    listening: Pick<Listening, 'shown' | 'connected' | 'judged'>,
    lastSeen: (machine: string) => number | null,
  ) {
    this.#members = members;
    this.#listening = listening;
    this.#lastSeen = lastSeen;
  }

  list(): Promise<FleetMachine[]> {
    return this.#shown(this.#members.list());
  }

  /** Code: machine-unknown. */
  async accept(machine: string): Promise<Result<FleetMachine>> {
    return this.#judge(await this.#members.accept(machine));
  }

  /** Its connection ends at once. Code: machine-unknown. */
  async revoke(machine: string): Promise<Result<FleetMachine>> {
    return this.#judge(await this.#members.revoke(machine));
  }

  async #judge(member: Result<MemberRecord>): Promise<Result<FleetMachine>> {
    if (!member.ok) return member;
    this.#listening.judged(member.value);
    const [shown] = await this.#shown([member.value]);
    if (shown === undefined) throw new Error('one machine was shown');
    return ok(shown);
  }

  async #shown(records: readonly MemberRecord[]): Promise<FleetMachine[]> {
    const { fingerprint, key: own } = await this.#listening.shown();
    const connected = this.#listening.connected();
    return records.map(({ machine, name, state, key, pairedAt }) => ({
      ...{ machine, name, state, pairedAt },
      connected: connected.has(machine),
      words: wordsOf(fingerprint, own, key),
      lastSeen: this.#lastSeen(machine),
    }));
  }
}
