import {
  type Beat,
  type BeatAnswer,
  FLEET_PROTOCOL,
  type FleetContract,
  type Grant,
} from '../../../src-shared/contract/fleet.ts';
import type { Problem } from '../../../src-shared/model/problem.ts';
import { isWhole } from '../../../src-shared/model/scope.ts';
import type { Clocks } from '../../basics/clocks.ts';
import { HeldUnit } from './held-unit.ts';
import type { LeasedBudget } from './leased-budget.ts';
import type { AgentClock, UnitOpeners } from './openers.ts';
import { createPassed } from './passed.ts';
import { SourcesAway } from './sources-away.ts';

export interface AgentParts extends AgentClock, Clocks {
  readonly machine: string;
  readonly name: string;
  /** Unguessable, new with each start. */
  readonly session: string;
  readonly fleet: FleetContract;
  readonly openers: UnitOpeners;
  /** What it may spend at the destinations; absent where they have no budget to share. */
  readonly budget?: LeasedBudget | undefined;
  /** Units that are worked on at the same time. */
  readonly slots: number;
  /** Called when there is something to tell that should not wait for the next beat: a unit has ended. */
  readonly onNews: () => void;
  /** Told what went wrong where nobody waits for an answer. */
  readonly onBug: (error: unknown) => void;
}

/** How long a shutdown waits for the engine to come to a safe point; the journal is safe without it as well. */
const PAUSE_PATIENCE_MS = 10_000;
const POLL_MS = 50;
/** Beats at a shutdown that carry what is left to tell; 2,000 results each. The next start tells the rest. */
const LAST_BEATS = 50;

/** The part of a machine that works: holds units under leases, and beats. */
export class Agent {
  readonly #parts: AgentParts;
  /** What leases are counted by. */
  readonly #passed: () => number;
  readonly #units = new Map<string, HeldUnit>();
  /** Units that were let go and are closing: a new grant of the same unit waits for them. */
  readonly #leaving = new Map<string, Promise<void>>();
  readonly #sources: SourcesAway;
  /** Whose journals are open: one that a unit leaves is not opened for another before it is closed. */
  readonly #journals = new Map<string, string>();
  #number = 0;
  /** The process of the coordinator that answered last. */
  #coordinator: string | null = null;
  #closing = false;
  /** Why the last beat was not answered; undefined when it was. */
  trouble: Problem | undefined;

  constructor(parts: AgentParts) {
    this.#parts = parts;
    this.#passed = createPassed(parts);
    this.#sources = new SourcesAway({ clock: parts, openers: parts.openers, onBug: parts.onBug });
  }

  /** One beat. True: results are left, the next one should follow at once. */
  async beat(): Promise<boolean> {
    const said = await this.#say();
    // Another process of the coordinator is there than it knew of: that one has taken nothing yet.
    return said === 'to another' ? (await this.#say()) !== false : said;
  }

  async #say(): Promise<boolean | 'to another'> {
    this.tick();
    this.#sources.look(new Set([...this.#units.values()].map(({ grant }) => grant.task.id)));
    const told = await Promise.all([...this.#units.values()].map((unit) => unit.claim()));
    const sentAt = this.#passed();
    this.#number += 1;
    const beat: Beat = {
      protocol: FLEET_PROTOCOL,
      machine: this.#parts.machine,
      name: this.#parts.name,
      session: this.#parts.session,
      number: this.#number,
      coordinator: this.#coordinator,
      freeSlots: this.#closing ? 0 : this.#freeSlots(),
      units: told.map(({ claim }) => claim),
      sourcesAway: this.#sources.told(),
      ...(this.#parts.budget && { budget: this.#parts.budget.claims() }),
    };
    const answer = await this.#parts.fleet.beat(beat);
    this.trouble = answer.ok ? undefined : answer.problem;
    if (!answer.ok) return false;
    const { coordinator = this.#coordinator } = answer.value;
    if (coordinator !== this.#coordinator) {
      this.#coordinator = coordinator;
      return 'to another';
    }
    this.#parts.budget?.take(answer.value.budget);
    await this.#take(answer.value, sentAt);
    return told.some(({ more }) => more);
  }

  /**
   * Places for further units. One is asked for before the last has run out, since it takes a second to open what it needs; but of units that are
   * running low no more than one for each place, or many small ones would be taken at once that others could have.
   */
  #freeSlots(): number {
    const units = [...this.#units.values()];
    const { slots } = this.#parts;
    const full = units.filter((unit) => !unit.runsLow).length;
    const begun = units.filter((unit) => !unit.runsOut).length;
    return Math.max(0, Math.min(slots - full, 2 * slots - begun) - this.#leaving.size);
  }

  /** To be called about once a second, also while a beat is under way: notices gaps in this machine's clock. */
  tick(): void {
    for (const unit of this.#units.values()) unit.fence.tick();
  }

  /** Comes to a safe point, tells what is left to tell, and lets everything go. Held units go on at the next start. */
  async close(): Promise<void> {
    this.#closing = true;
    const units = [...this.#units.values()];
    for (const unit of units) unit.order('pause');
    const giveUp = this.#parts.now() + PAUSE_PATIENCE_MS;
    const never = new AbortController().signal;
    while (units.some((unit) => unit.busy) && this.#parts.now() < giveUp)
      await this.#parts.sleep(POLL_MS, never);
    for (let left = LAST_BEATS; left > 0 && (await this.beat()); left -= 1);
    for (const id of [...this.#units.keys()]) this.#drop(id);
    await Promise.all(this.#leaving.values());
  }

  async #take(answer: BeatAnswer, sentAt: number): Promise<void> {
    for (const judged of answer.units) {
      const unit = this.#units.get(judged.unit);
      if (unit === undefined) continue;
      const order = this.#closing && judged.order === 'work' ? 'pause' : judged.order;
      if (await unit.take({ ...judged, order }, sentAt)) this.#drop(judged.unit);
    }
    for (const grant of answer.granted) {
      if (this.#closing || this.#leaving.has(grant.unit)) continue;
      const held = this.#units.get(grant.unit);
      if (held?.grant.epoch === grant.epoch) continue;
      // Another epoch of a unit that is held is an answer to a beat of long ago, or the coordinator forgot: let go first.
      if (held !== undefined) this.#drop(grant.unit);
      else if (!this.#isInUse(journalOf(grant))) {
        const parts = { ...this.#parts, passed: this.#passed, sources: this.#sources };
        this.#journals.set(grant.unit, journalOf(grant));
        this.#units.set(grant.unit, new HeldUnit(grant, sentAt, parts));
      }
    }
  }

  #drop(id: string): void {
    const unit = this.#units.get(id);
    if (unit === undefined) return;
    this.#units.delete(id);
    const left = unit
      .drop()
      .catch(this.#parts.onBug)
      .finally(() => {
        this.#leaving.delete(id);
        this.#journals.delete(id);
        this.#parts.onNews();
      });
    this.#leaving.set(id, left);
  }

  /** The whole of a task has the same journal in each of its runs, and a run can end here while another is granted. */
  #isInUse(journal: string): boolean {
    return [...this.#journals.values()].includes(journal);
  }
}

function journalOf({ task, unit, scope }: Grant): string {
  return isWhole(scope) ? task.id : unit;
}
