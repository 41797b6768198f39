import type { Coordinator } from '../../../src-main/fleet/coordinator/coordinator.ts';
import {
  type Beat,
  type BeatAnswer,
  FLEET_PROTOCOL,
  type Order,
} from '../../../src-shared/contract/fleet.ts';
import { noLive } from '../../../src-shared/model/live.ts';
import { type Place, PuppetUnit, type Share } from './puppet-unit.ts';

export const fates = ['arrives', 'is lost', 'answer is lost', 'comes twice'] as const;
export type Fate = (typeof fates)[number];

/** An agent stops this long before its lease ends. */
const MARGIN_MS = 5_000;

interface Held {
  readonly epoch: number;
  leaseEnd: number;
  order: Order;
  /** Undefined: it is to go on with a journal that is not here. */
  readonly journal: PuppetUnit | undefined;
}

/** A machine that keeps the contract of the fleet, with journals in memory: several of them work on one share in one process. */
export class Puppet {
  readonly machine: string;
  readonly #share: Share;
  readonly #place: Place;
  /** What is on its disk. */
  readonly #journals = new Map<string, PuppetUnit>();
  readonly #held = new Map<string, Held>();
  #session = 1;
  #number = 0;

  constructor(machine: string, share: Share, place: Place) {
    this.machine = machine;
    this.#share = share;
    this.#place = place;
  }

  /** Its program is gone and started again; with `disk`, so are its journals. */
  kill(disk: boolean): void {
    this.#held.clear();
    if (disk) this.#journals.clear();
    this.#session += 1;
    this.#number = 0;
  }

  /** Pieces that it has taken out of its queues so far. */
  get offered(): number {
    return [...this.#journals.values()].reduce((sum, { offered }) => sum + offered, 0);
  }

  /** Units that it holds. */
  get holds(): number {
    return this.#held.size;
  }

  work(steps: number, now: number): void {
    for (const { journal, leaseEnd, order } of this.#held.values()) {
      if (journal === undefined || order !== 'work') continue;
      for (let left = steps; left > 0 && now < leaseEnd - MARGIN_MS; left -= 1) journal.step();
    }
  }

  /** What it works on breaks. */
  fail(): void {
    for (const { journal } of this.#held.values())
      if (journal !== undefined && journal.end === undefined)
        journal.end = { how: 'failed', problem: { code: 'unexpected' } };
  }

  async beat(coordinator: Coordinator, fate: Fate, now: number): Promise<void> {
    this.#number += 1;
    const beat: Beat = {
      ...{ protocol: FLEET_PROTOCOL, machine: this.machine, name: this.machine, number: this.#number },
      session: `session-${this.#session}`,
      freeSlots: Math.max(0, 1 - this.#held.size),
      units: [...this.#held].map(([unit, held]) => this.#claim(unit, held)),
    };
    if (fate === 'is lost') return;
    if (fate === 'comes twice') await coordinator.fleet.beat(structuredClone(beat));
    const answer = await coordinator.fleet.beat(structuredClone(beat));
    if (!answer.ok) throw new Error(`${answer.problem.code}: ${answer.problem.detail}`);
    if (fate === 'answer is lost') return;
    for (const told of answer.value.units) this.#take(told, now);
    for (const grant of answer.value.granted) {
      const { unit, epoch, takeUp, order } = grant;
      if (takeUp !== 'go-on') this.#journals.set(unit, new PuppetUnit(grant, this.#share, this.#place));
      const journal = this.#journals.get(unit);
      this.#held.set(unit, { epoch, order, journal, leaseEnd: now + grant.leaseMs });
    }
  }

  #claim(unit: string, { epoch, order, journal }: Held): Beat['units'][number] {
    if (journal === undefined)
      return { unit, epoch, state: 'running', live: noLive('starting'), results: [], anew: true };
    if (order === 'stop' || order === 'finish') journal.end ??= { how: 'stopped' };
    return journal.claim(epoch, order === 'pause' ? 'paused' : 'running', 5);
  }

  #take(told: BeatAnswer['units'][number], now: number): void {
    const held = this.#held.get(told.unit);
    if (held === undefined) return;
    held.journal?.acknowledge(told.acknowledged);
    held.journal?.taken(told.offersTaken);
    if (told.ended) this.#journals.delete(told.unit);
    if (!told.held) {
      this.#held.delete(told.unit);
      return;
    }
    held.leaseEnd = now + told.leaseMs;
    held.order = told.order;
    held.journal?.giveBack(told.giveBack);
  }
}
