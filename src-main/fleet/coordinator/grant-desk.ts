import type { Beat, BeatAnswer } from '../../../src-shared/contract/fleet.ts';
import { givenAway } from '../../../src-shared/model/given-away.ts';
import { isOutsideHours } from './allowed.ts';
import type { Book } from './book.ts';
import { candidatesFor, type Found } from './candidates.ts';
import { decideGrants, type Grant } from './grant.ts';
import { leaseLeft } from './lease.ts';
import type { Ledger } from './ledger.ts';
import { type ResultsShelf, unitResultsOf } from './results-shelf.ts';
import { FRESH_AT_HAND, type RunEntry, type UnitEntry } from './run-entry.ts';
import { beginTold, noteBegunAnew } from './told.ts';
import { orderFor } from './unit-desk.ts';

type GrantAnswer = BeatAnswer['granted'][number];

/** Gives units to whoever asks. */
export class GrantDesk {
  readonly #ledger: Ledger;
  readonly #book: Book;
  readonly #shelf: ResultsShelf;
  readonly #now: () => number;

  constructor(parts: { ledger: Ledger; book: Book; shelf: ResultsShelf; now: () => number }) {
    this.#ledger = parts.ledger;
    this.#book = parts.book;
    this.#shelf = parts.shelf;
    this.#now = parts.now;
  }

  async grant(beat: Beat): Promise<BeatAnswer['granted']> {
    const now = this.#now();
    const { machine, session } = beat;
    const claims = new Set(beat.units.map(({ unit }) => unit));
    const freeSlots = this.#freeSlots(beat, now);
    const asker = { machine, session, freeSlots, claims };
    const found = await candidatesFor(this.#ledger, asker, now, (run, count) => this.#loadFresh(run, count));
    const byUnit = new Map(found.map((one) => [one.unit.id, one]));
    const answers: BeatAnswer['granted'] = [];
    for (const grant of decideGrants(found, asker, this.#ledger.steady())) {
      const one = byUnit.get(grant.unit.id);
      if (one === undefined) throw new Error(`unit ${grant.unit.id} was granted and is not known`);
      const entry = await this.#give(one, grant, session);
      answers.push(await this.#answer(entry, grant));
    }
    return answers;
  }

  /** Places that may be filled: no more than the machine has, and than it is allowed. */
  #freeSlots({ machine, freeSlots, units }: Beat, now: number): number {
    const rules = this.#ledger.rulesOf(machine);
    if (isOutsideHours(rules, now)) return 0;
    return rules.slots === null ? freeSlots : Math.max(0, Math.min(freeSlots, rules.slots - units.length));
  }

  async #loadFresh(run: RunEntry, count: number): Promise<void> {
    if (run.fresh.length >= count || run.unloaded === 0) return;
    const known = run.fresh.map(({ id }) => id);
    const more = await this.#book.store.freshUnits(
      run.run.id,
      Math.max(count, FRESH_AT_HAND) - known.length,
      known,
    );
    run.fresh.push(...more);
    run.unloaded -= more.length;
  }

  /** Writes the grant down: first the unit, then the run, so that a kill between the two only makes the holder's beat begin the run. */
  async #give(
    { of, entry: known }: Found,
    { unit, takeUp, again }: Grant,
    session: string,
  ): Promise<UnitEntry> {
    if (again && known !== undefined) return known;
    const now = this.#now();
    const former = known?.unit.holder;
    let entry = known;
    if (entry === undefined) entry = await this.#book.begin(of, unit);
    else await this.#book.saveUnit(entry, unit);
    await this.#book.advance(of, 'granted');
    // Its holder tells of it within a second, and to open them takes a fifth of one.
    this.#shelf.prepare(of.run.id);
    if (takeUp === 'take-over') await this.#beginAnew(entry, former ?? '');
    beginTold(this.#ledger, entry, { session, takeUp }, now);
    return entry;
  }

  /** What the former holder told counts no more, until it is told again: progress goes back, and the story of the run says why. */
  async #beginAnew(entry: UnitEntry, former: string): Promise<void> {
    const { of, unit } = entry;
    entry.outcomes = 0;
    const results = await this.#shelf.lend(of.run.id);
    const [, counts] = await Promise.all([results.beginAnew(unitResultsOf(unit)), results.counts()]);
    noteBegunAnew(this.#ledger, of, counts);
    const { task } = this.#ledger.taskOf(of);
    const [from, to] = [this.#ledger.nameOf(former), this.#ledger.nameOf(unit.holder ?? '')];
    const facts = { kind: 'unit-taken-over', name: task.name, path: unit.path, from, to } as const;
    await this.#book.tell({ actor: 'coordinator', task: task.id, facts });
  }

  async #answer(entry: UnitEntry, { takeUp }: Grant): Promise<GrantAnswer> {
    const { of, unit } = entry;
    const { store } = this.#book;
    const scope = await store.scopeOf(unit.id);
    const given = takeUp === 'take-over' ? await store.givenAway(unit.id) : [];
    const told = takeUp === 'go-on' ? (await this.#shelf.lend(of.run.id)).taken(unitResultsOf(unit)) : 0;
    return {
      unit: unit.id,
      epoch: unit.epoch,
      leaseMs: Math.max(1, leaseLeft(unit, this.#ledger.steady())),
      acknowledged: await told,
      order: orderFor(of.run.state, of.facts, false),
      run: { id: of.run.id, number: of.run.number },
      task: this.#ledger.taskOf(of).task,
      ...(scope === null ? {} : { scope }),
      takeUp,
      offersTaken: unit.offersTaken,
      except: given.flatMap((piece) => givenAway(scope ?? undefined, piece)),
      uploads: takeUp === 'take-over' ? [...(await store.uploads(unit.id))] : [],
    };
  }
}
