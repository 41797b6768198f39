import type { Beat, BeatAnswer } from '../../../src-shared/contract/fleet.ts';
import { mayWorkOn } from './allowed.ts';
import { Bells } from './bells.ts';
import type { Book } from './book.ts';
import { GiveBackPlan } from './give-back-plan.ts';
import { GrantDesk } from './grant-desk.ts';
import { LEASE_MS } from './lease.ts';
import type { Ledger } from './ledger.ts';
import { isAdrift, machinesHere } from './presence.ts';
import type { ResultsShelf } from './results-shelf.ts';
import type { RunEnds } from './run-ends.ts';
import { freshCount, type RunEntry, rested, type UnitEntry } from './run-entry.ts';
import { Sessions } from './sessions.ts';
import { type ClaimAnswer, gone, UnitDesk } from './unit-desk.ts';

/** A machine is written down again when its last sighting is this old. */
const SEEN_EVERY_MS = 10_000;

/** Leases that are over are looked for this often. */
const SWEEP_EVERY_MS = 500;

/**
 * Answers beats: those by which something is decided one at a time, those that only report side by side (decision 31). What is decided is decided by pure functions (lease, grant, give-back, verdict, run transitions);
 * here it is only read and written down.
 */
export class BeatDesk {
  readonly #ledger: Ledger;
  readonly #book: Book;
  readonly #ends: RunEnds;
  readonly #units: UnitDesk;
  readonly #grants: GrantDesk;
  readonly #plan: GiveBackPlan;
  readonly #bells: Bells;
  readonly #now: () => number;
  readonly #sessions = new Sessions();
  /** Machines whose report is being taken. */
  readonly #reporting = new Set<string>();
  #sweptAt = Number.NEGATIVE_INFINITY;

  constructor(parts: {
    ledger: Ledger;
    book: Book;
    shelf: ResultsShelf;
    ends: RunEnds;
    now: () => number;
    newId: () => string;
    /** Lets a machine beat at once. */
    ring: (machine: string) => void;
  }) {
    this.#ledger = parts.ledger;
    this.#book = parts.book;
    this.#ends = parts.ends;
    this.#now = parts.now;
    this.#units = new UnitDesk(parts);
    this.#grants = new GrantDesk(parts);
    this.#plan = new GiveBackPlan(parts.ledger);
    this.#bells = new Bells(parts.ledger, this.#plan, parts.ring);
  }

  /**
   * Answers a beat that only reports: nothing is granted, taken back, ended or begun by it. To be called side by side with others of its kind, and never
   * while {@link answer} is under way. Undefined: it is another beat than that.
   */
  async report(beat: Beat): Promise<BeatAnswer | undefined> {
    if (!this.#isReport(beat)) return undefined;
    const { machine, freeSlots } = beat;
    this.#reporting.add(machine);
    try {
      this.#book.mustBeWritable();
      this.#sessions.note(beat);
      await this.#greet(beat, false);
      this.#bells.heard(machine);
      const giveBack = (entry: UnitEntry): number => this.#plan.ask(entry, this.#now());
      const told = await Promise.all(beat.units.map((claim) => this.#units.report(machine, claim, giveBack)));
      const units = told.flatMap((one) => one ?? []);
      if (units.length < told.length) return undefined;
      if (freeSlots > 0) this.#bells.idle(machine, this.#now());
      return { granted: [], units };
    } finally {
      this.#reporting.delete(machine);
    }
  }

  #isReport(beat: Beat): boolean {
    const { machine, name, freeSlots } = beat;
    if (!this.#sessions.isNext(beat) || this.#reporting.has(machine)) return false;
    if (this.#ledger.machines.get(machine)?.name !== name) return false;
    if (freeSlots > 0 && this.#isAnythingFree()) return false;
    if (!beat.units.every((claim) => this.#units.isReport(machine, claim))) return false;
    if (this.#unclaimed(beat).length > 0) return false;
    if (!this.#isSweepDue()) return true;
    if (this.#isAnythingToSweep()) return false;
    this.#sweptAt = this.#ledger.steady();
    return true;
  }

  /** Whether anybody could be given anything: never wrong when it says no. */
  #isAnythingFree(): boolean {
    if (this.#ledger.queue.size > 0) return true;
    for (const { units } of this.#ledger.atWork.values())
      for (const entry of units.values())
        if (entry.unit.state === 'free' || isAdrift(this.#ledger, entry)) return true;
    return false;
  }

  async answer(beat: Beat): Promise<BeatAnswer> {
    const order = this.#sessions.note(beat);
    if (order === 'overtaken') return { granted: [], units: [] };
    if (order === 'replaced') return { granted: [], units: beat.units.map((claim) => gone(claim, 0)) };
    this.#book.mustBeWritable();
    await this.#greet(beat, order === 'restarted');
    this.#bells.heard(beat.machine);
    const units: ClaimAnswer[] = [];
    const before = this.#freshOf(beat);
    for (const claim of beat.units)
      units.push(await this.#units.claim(beat.machine, claim, (entry) => this.#plan.ask(entry, this.#now())));
    await this.#letGoUnclaimed(beat);
    await this.#sweep();
    for (const [run, count] of before)
      if (freshCount(run) > count) this.#bells.pieces(run, beat.machine, this.#now());
    const granted = await this.#grants.grant(beat);
    const freeSlots = Math.max(0, beat.freeSlots - granted.length);
    this.#see(beat, freeSlots);
    if (granted.length > 0) this.#plan.given(beat.machine);
    if (freeSlots > 0) this.#bells.idle(beat.machine, this.#now());
    return { granted, units };
  }

  /** The runs that a machine works on, with their units that can be had. */
  #freshOf({ units }: Beat): Map<RunEntry, number> {
    const entries = units.flatMap(({ unit }) => this.#ledger.units.get(unit) ?? []);
    return new Map(entries.map(({ of }) => [of, freshCount(of)]));
  }

  async #greet(beat: Beat, restarted: boolean): Promise<void> {
    const now = this.#now();
    const known = this.#ledger.machines.get(beat.machine);
    const machine = { id: beat.machine, name: beat.name, firstSeen: known?.firstSeen ?? now, lastSeen: now };
    const save =
      known === undefined ||
      known.name !== beat.name ||
      Math.abs(now - known.lastSeen) >= SEEN_EVERY_MS ||
      restarted;
    if (save && (known === undefined || restarted)) await this.#book.store.saveMachine(machine);
    else if (save) this.#book.seen(machine);
    // The ledger says when it was written; the sighting itself is shown from there as well.
    this.#ledger.machines.set(beat.machine, save ? machine : { ...machine, lastSeen: known.lastSeen });
    this.#ledger.gone.delete(beat.machine);
    this.#see(beat, beat.freeSlots);
    if (restarted) this.#forget(beat);
    if (known === undefined)
      await this.#book.tell({ actor: beat.name, facts: { kind: 'machine-joined', machine: beat.name } });
    if (restarted)
      await this.#book.tell({ actor: beat.name, facts: { kind: 'agent-restarted', machine: beat.name } });
  }

  #see({ machine, sourcesAway = [] }: Beat, freeSlots: number): void {
    const cannotRead = new Map<string, { readonly code: string; readonly since: number }>();
    for (const { task, code, since } of sourcesAway) {
      const source = this.#ledger.tasks.get(task)?.task.source;
      if (source !== undefined) cannotRead.set(source, { code, since });
    }
    const [at, shownAt] = [this.#ledger.steady(), this.#now()];
    this.#ledger.seen.set(machine, { at, shownAt, freeSlots, cannotRead });
  }

  /** What another session of this machine was doing, this one does not do until it is granted again. */
  #forget(beat: Beat): void {
    for (const entry of this.#unclaimed(beat)) {
      rested(entry);
      entry.lastGrant = undefined;
    }
  }

  /** A pause is in force where the machine that was to obey it started anew without the unit. */
  async #letGoUnclaimed(beat: Beat): Promise<void> {
    for (const entry of this.#unclaimed(beat)) {
      if (entry.of.run.state !== 'pausing') continue;
      if (entry.unit.state === 'held') await this.#ends.release(entry);
    }
  }

  #unclaimed(beat: Beat): UnitEntry[] {
    const claimed = new Set(beat.units.map((claim) => claim.unit));
    return this.#ledger.unitsOf(beat.machine).filter(({ unit }) => !claimed.has(unit.id));
  }

  /** Orders that nobody is left to carry out, for their holder was not heard of for a lease; and units that nobody is left to try. */
  async #sweep(): Promise<void> {
    if (!this.#isSweepDue()) return;
    this.#sweptAt = this.#ledger.steady();
    for (const run of [...this.#ledger.atWork.values()]) {
      const { state } = run.run;
      for (const entry of [...run.units.values()]) {
        const adrift = isAdrift(this.#ledger, entry);
        if (adrift) rested(entry);
        if (state === 'pausing' && adrift) await this.#ends.release(entry);
        if (state === 'stopping' && adrift) await this.#ends.end(entry, 'stopped');
        if (state === 'running' && this.#isHopeless(entry)) await this.#ends.end(entry, 'set-aside');
      }
    }
  }

  #isSweepDue(): boolean {
    return this.#ledger.steady() - this.#sweptAt >= SWEEP_EVERY_MS;
  }

  #isAnythingToSweep(): boolean {
    for (const { run, units } of this.#ledger.atWork.values()) {
      const ends = run.state === 'pausing' || run.state === 'stopping';
      for (const entry of units.values()) {
        if (isAdrift(this.#ledger, entry) && (ends || entry.live !== undefined)) return true;
        if (run.state === 'running' && this.#isHopeless(entry)) return true;
      }
    }
    return false;
  }

  /** It failed on every machine that is here and may have it, and no other came for a while. */
  #isHopeless({ unit, of, freeSince }: UnitEntry): boolean {
    const freeFor = this.#ledger.steady() - freeSince;
    if (unit.failures.length === 0 || unit.state !== 'free' || freeFor < LEASE_MS) return false;
    const here = machinesHere(this.#ledger);
    const now = this.#now();
    const task = this.#ledger.taskOf(of);
    const tried = (machine: string): boolean => unit.failures.some((failure) => failure.machine === machine);
    return (
      here.some(tried) &&
      !here.some((machine) => !tried(machine) && mayWorkOn(this.#ledger, machine, task, now))
    );
  }
}
