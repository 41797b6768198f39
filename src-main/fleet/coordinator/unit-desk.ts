import { lookUp } from '../../../src-shared/catalogue/catalogue.ts';
import type { Beat, BeatAnswer, Order, UnitEnd } from '../../../src-shared/contract/fleet.ts';
import type { Tally } from '../../../src-shared/model/counts.ts';
import type { Live } from '../../../src-shared/model/live.ts';
import { type Problem, ProblemError, withoutTime } from '../../../src-shared/model/problem.ts';
import { isEnded, type RunState } from '../../../src-shared/model/run.ts';
import type { UnitFailure } from '../../store/fleet-store.ts';
import { parseProblem } from '../parse-problem.ts';
import { isOutsideHours, mayWorkOn } from './allowed.ts';
import type { Book } from './book.ts';
import { judge, leaseLeft, released, renewed } from './lease.ts';
import type { Ledger } from './ledger.ts';
import { type Given, OfferDesk } from './offer-desk.ts';
import { machinesHere } from './presence.ts';
import { itemsOf } from './progress.ts';
import { type ResultsShelf, unitResultsOf } from './results-shelf.ts';
import type { RunEnds } from './run-ends.ts';
import { rested, type UnitEntry, workedUnits } from './run-entry.ts';
import { noteTold } from './told.ts';
import type { RunFacts } from './usage.ts';

export type Claim = Beat['units'][number];
export type ClaimAnswer = BeatAnswer['units'][number];

/** A unit that failed on so many machines is set aside. */
const MOST_FAILURES = 3;

export interface UnitDeskParts {
  readonly ledger: Ledger;
  readonly book: Book;
  readonly shelf: ResultsShelf;
  readonly ends: RunEnds;
  readonly now: () => number;
  readonly newId: () => string;
}

/** Judges what an agent says of the units that it holds: takes results, offers and ends, and renews leases. */
export class UnitDesk {
  readonly #ledger: Ledger;
  readonly #book: Book;
  readonly #shelf: ResultsShelf;
  readonly #ends: RunEnds;
  readonly #offers: OfferDesk;
  readonly #now: () => number;

  constructor(parts: UnitDeskParts) {
    this.#ledger = parts.ledger;
    this.#book = parts.book;
    this.#shelf = parts.shelf;
    this.#ends = parts.ends;
    this.#offers = new OfferDesk(parts);
    this.#now = parts.now;
  }

  /** @param giveBack asked when the unit goes on: how many pieces of it are wanted */
  async claim(machine: string, claim: Claim, giveBack: (entry: UnitEntry) => number): Promise<ClaimAnswer> {
    const entry = this.#ledger.units.get(claim.unit);
    if (entry === undefined || isEnded(entry.of.run.state)) return gone(claim, 0, true);
    const standing = judge(entry.unit, { machine, epoch: claim.epoch });
    if (standing === 'lost') return gone(claim, 0);

    if (claim.anew === true) {
      await this.#ends.lose(entry);
      return gone(claim, 0);
    }
    await this.#tellOfSource(entry, claim);
    const given = await this.#offers.take(entry, claim.offers ?? []);
    const acknowledged = await this.#take(entry, claim, given);
    if (acknowledged === 'lost') {
      await this.#ends.fail(entry.of, { code: 'store-corrupt', detail: LOST });
      return gone(claim, 0, true);
    }
    const { offersTaken } = entry.unit;
    // What came after a gap was not taken and is told again, and the end with it.
    if (claim.end !== undefined && acknowledged >= (claim.results.at(-1)?.seq ?? 0)) {
      await this.#end(entry, machine, claim.end);
      return { ...gone(claim, acknowledged, true), offersTaken };
    }
    if (standing === 'released') return { ...gone(claim, acknowledged), offersTaken };
    const { run } = entry.of;
    const rests = isOutsideHours(this.#ledger.rulesOf(machine), this.#now());
    if (claim.state === 'paused' && (run.state === 'pausing' || rests)) await this.#ends.release(entry);
    if (entry.of.run.state === 'paused' && entry.unit.state === 'held') await this.#ends.release(entry);
    if (entry.unit.state !== 'held') return { ...gone(claim, acknowledged), offersTaken };
    // A kill came between writing the unit and writing the run.
    if (run.state === 'waiting') await this.#book.advance(entry.of, 'granted');
    return this.#goOn(entry, claim, { acknowledged, rests, giveBack });
  }

  /** Whether nothing is to be decided about a unit: it goes on, and only tells how far it is. */
  isReport(machine: string, claim: Claim): boolean {
    const entry = this.#ledger.units.get(claim.unit);
    if (entry === undefined || entry.of.run.state !== 'running') return false;
    if (claim.anew === true || claim.end !== undefined || claim.state !== 'running') return false;
    if (claim.offers !== undefined && claim.offers.length > 0) return false;
    if (isSourceAway(claim.live) !== isSourceAway(entry.live)) return false;
    return judge(entry.unit, { machine, epoch: claim.epoch }) === 'held';
  }

  /**
   * Takes what a unit that goes on tells, see {@link isReport}. May go side by side with other reports, since each writes of its own unit, and results
   * have an order of their own. Undefined: something is to be decided after all, and nothing was yet.
   */
  async report(
    machine: string,
    claim: Claim,
    giveBack: (entry: UnitEntry) => number,
  ): Promise<ClaimAnswer | undefined> {
    const entry = this.#ledger.units.get(claim.unit);
    if (entry === undefined) return undefined;
    const given = await this.#offers.take(entry, []);
    const acknowledged = await this.#take(entry, claim, given);
    if (acknowledged === 'lost') return undefined;
    const rests = isOutsideHours(this.#ledger.rulesOf(machine), this.#now());
    return this.#goOn(entry, claim, { acknowledged, rests, giveBack });
  }

  async #goOn(
    entry: UnitEntry,
    claim: Claim,
    told: {
      readonly acknowledged: number;
      readonly rests: boolean;
      readonly giveBack: (entry: UnitEntry) => number;
    },
  ): Promise<ClaimAnswer> {
    const { acknowledged, rests, giveBack } = told;
    this.#book.goOn(entry, renewed(entry.unit, this.#ledger.steady()));
    await this.#keepUploads(entry, claim);
    const { run, facts } = entry.of;
    return {
      unit: claim.unit,
      held: true,
      leaseMs: leaseLeft(entry.unit, this.#ledger.steady()),
      acknowledged,
      order: orderFor(run.state, facts, rests),
      gentle: this.#ledger.taskOf(entry.of).task.settings.gentle,
      giveBack: run.state === 'running' && !rests ? giveBack(entry) : 0,
      offersTaken: entry.unit.offersTaken,
      ended: false,
    };
  }

  /**
   * Takes results and the present of a unit; the highest number that is safe, or `lost` when earlier ones are gone.
   * @param given what is in its offers: it counts with the units that they became
   */
  async #take(entry: UnitEntry, claim: Claim, given: Given): Promise<number | 'lost'> {
    const { of, unit } = entry;
    let acknowledged = 0;
    let { counts } = of.facts;
    if (claim.found !== undefined && claim.results.length === 0 && isKnown(entry, claim.found, given))
      acknowledged = entry.taken?.acknowledged ?? 0;
    else if (claim.found !== undefined) {
      const opened = await this.#shelf.of(of.run.id);
      if (!opened.ok) throw new ProblemError(opened.problem);
      const damaged = opened.value.notices.some(({ code }) => code === 'store-corrupt');
      if (damaged && itemsOf(counts.found) > 0) return 'lost';
      const { results } = opened.value;
      const found = lessGiven(claim.found, given);
      // Asked together, so that both are answered by one commit.
      [acknowledged, counts] = await Promise.all([
        results.take(unitResultsOf(unit), claim.results, found),
        results.counts(),
      ]);
      const first = claim.results[0];
      if (first !== undefined && acknowledged < first.seq) return 'lost';
      entry.taken = { acknowledged, found };
      noteRest(entry, claim, acknowledged);
    }
    noteTold(this.#ledger, entry, claim.live, counts, this.#now());
    await this.#book.savePace(of);
    return acknowledged;
  }

  /** That the source went away and that it came back are events, once each; a run that ends says itself how. */
  async #tellOfSource(entry: UnitEntry, { live, end }: Claim): Promise<void> {
    // Nothing new of this one: what the others said of theirs was told then.
    if (isSourceAway(live) === isSourceAway(entry.live)) return;
    const away = workedUnits(entry.of).flatMap((one) => (isSourceAway(one.live) ? one : []));
    const others = away.some((one) => one !== entry);
    if (end !== undefined || others || isSourceAway(live) === away.length > 0) return;
    const { name, id } = this.#ledger.taskOf(entry.of).task;
    const since = away[0]?.live?.waitsFor?.since;
    const facts =
      since === undefined
        ? ({ kind: 'source-away', name } as const)
        : ({ kind: 'source-back', name, forMs: Math.max(0, this.#now() - since) } as const);
    await this.#book.tell({ actor: 'coordinator', task: id, facts });
  }

  /** Keeps what its holder has under way, for whoever takes the unit over. */
  async #keepUploads(entry: UnitEntry, { uploads }: Claim): Promise<void> {
    if (uploads === undefined) return;
    const text = JSON.stringify(uploads);
    if (text === entry.uploads) return;
    await this.#book.store.saveUploads(entry.unit.id, uploads);
    entry.uploads = text;
  }

  async #end(entry: UnitEntry, machine: string, end: UnitEnd): Promise<void> {
    if (end.how !== 'failed') return this.#ends.end(entry, end.how);
    const problem = parseProblem(end.problem);
    const failures = [...entry.unit.failures, { machine, problem: withoutTime(problem) }];
    const failed = { ...entry.unit, failures };
    if (!this.#isWorthTrying(entry, failures, problem)) {
      await this.#book.saveUnit(entry, failed);
      return this.#ends.end(entry, 'set-aside');
    }
    await this.#book.saveUnit(entry, released(failed));
    rested(entry);
    const { task } = this.#ledger.taskOf(entry.of);
    const facts = {
      kind: 'unit-failed',
      name: task.name,
      path: entry.unit.path,
      machine: this.#ledger.nameOf(machine),
    } as const;
    await this.#book.tell({ actor: 'coordinator', task: task.id, facts, problem });
    await this.#ends.letGo(entry.of);
  }

  /** Another machine may have better luck: unless the reason holds for all, or all have tried. */
  #isWorthTrying(entry: UnitEntry, failures: readonly UnitFailure[], problem: Problem): boolean {
    if (failures.length >= MOST_FAILURES || lookUp(problem.code).scope === 'tenant') return false;
    if (entry.of.run.state === 'stopping') return false;
    const now = this.#now();
    const task = this.#ledger.taskOf(entry.of);
    return machinesHere(this.#ledger).some(
      (machine) =>
        !failures.some((failure) => failure.machine === machine) &&
        mayWorkOn(this.#ledger, machine, task, now),
    );
  }
}

const LOST = 'results that were acknowledged are no longer there; a new run counts everything again';

export function gone(claim: Claim, acknowledged: number, ended = false): ClaimAnswer {
  return {
    unit: claim.unit,
    held: false,
    leaseMs: 0,
    acknowledged,
    order: 'stop',
    giveBack: 0,
    offersTaken: 0,
    ended,
  };
}

/** @param rests its machine is outside of its hours */
export function orderFor(state: RunState, facts: RunFacts, rests: boolean): Order {
  if (state === 'stopping') return facts.stopHow ?? 'stop';
  return state === 'pausing' || rests ? 'pause' : 'work';
}

function isSourceAway(live: Live | undefined): boolean {
  return live?.waitsFor?.code === 'waiting-for-source';
}

/** What a unit has found, without what it gave away. */
function lessGiven(found: Tally, given: Given): Tally {
  return {
    ...found,
    files: Math.max(0, found.files - given.files),
    bytes: Math.max(0, found.bytes - given.bytes),
  };
}

/** Whether a unit found nothing more since this process took what it told. */
function isKnown({ taken }: UnitEntry, found: Tally, given: Given): boolean {
  if (taken === undefined) return false;
  const { files, folders, others, bytes } = lessGiven(found, given);
  const known = taken.found;
  return (
    files === known.files && folders === known.folders && others === known.others && bytes === known.bytes
  );
}

/** What is left in it, as far as this process heard of its results. */
function noteRest(entry: UnitEntry, { results, found }: Claim, acknowledged: number): void {
  const told = results.filter(({ seq, outcome }) => outcome !== undefined && seq <= acknowledged).length;
  entry.outcomes += told;
  entry.rest = Math.max(0, (found === undefined ? 0 : itemsOf(found)) - entry.outcomes);
}
