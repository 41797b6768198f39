import type { Offer } from '../../../src-shared/contract/fleet.ts';
import { ProblemError } from '../../../src-shared/model/problem.ts';
import { noUsage } from '../../../src-shared/model/usage.ts';
import type { OfferedUnit, Unit } from '../../store/fleet-store.ts';
import type { Book } from './book.ts';
import type { Ledger } from './ledger.ts';
import { type ResultsShelf, unitResultsOf } from './results-shelf.ts';
import { FRESH_AT_HAND, type UnitEntry } from './run-entry.ts';

export interface Given {
  readonly files: number;
  readonly bytes: number;
}

/** Takes what units give back, and makes units of it. */
export class OfferDesk {
  readonly #ledger: Ledger;
  readonly #book: Book;
  readonly #shelf: ResultsShelf;
  readonly #newId: () => string;

  constructor(parts: {
    ledger: Ledger;
    book: Book;
    shelf: ResultsShelf;
    newId: () => string;
  }) {
    this.#ledger = parts.ledger;
    this.#book = parts.book;
    this.#shelf = parts.shelf;
    this.#newId = parts.newId;
  }

  /**
   * Makes units of the offers that are new. Returns what is known to be in all that are told: their giver still counts it,
   * and from now on the units do.
   */
  async take(entry: UnitEntry, offers: readonly Offer[]): Promise<Given> {
    const asked = entry.asked > 0;
    entry.asked = 0;
    const fresh = offers.filter(({ no }) => no > entry.unit.offersTaken);
    if (asked) entry.barren = fresh.length === 0 ? entry.barren + 1 : 0;
    if (fresh.length > 0) await this.#make(entry, fresh);
    return offers.reduce<Given>(
      (sum, { files, bytes }) => ({ files: sum.files + files, bytes: sum.bytes + bytes }),
      { files: 0, bytes: 0 },
    );
  }

  async #make(entry: UnitEntry, offers: readonly Offer[]): Promise<void> {
    const { of, unit } = entry;
    const refused = whyNot(unit, offers);
    if (refused !== undefined) throw new ProblemError({ code: 'bad-request', detail: refused });
    const made = offers.map((offer): OfferedUnit & { readonly known: Given } => ({
      unit: freshUnit(this.#newId(), of.run.id, offer.scope.path),
      offer: offer.no,
      scope: offer.scope,
      known: offer,
    }));
    const giver: Unit = { ...unit, offersTaken: offers.at(-1)?.no ?? unit.offersTaken };
    await this.#book.store.takeOffers(
      { ...giver, usage: entry.usage },
      made.map(({ unit: one, offer, scope }) => ({ unit: one, offer, scope })),
    );
    this.#ledger.setUnit(entry, giver);
    // Those at hand are the oldest: behind some that are only in the store they would not be.
    const room = of.unloaded > 0 ? 0 : Math.max(0, FRESH_AT_HAND - of.fresh.length);
    of.fresh.push(...made.slice(0, room).map((one) => one.unit));
    of.unloaded += made.length - Math.min(room, made.length);
    this.#ledger.placeRun(of);
    await this.#expect(entry, made);
  }

  /** What is known to be in them is found from now on, so that nothing is missing while nobody has begun them. */
  async #expect(
    { of }: UnitEntry,
    made: readonly { readonly unit: Unit; readonly known: Given }[],
  ): Promise<void> {
    const known = made.filter((one) => one.known.files > 0);
    if (known.length === 0) return;
    const results = await this.#shelf.lend(of.run.id);
    await results.expect(
      known.map(({ unit, known: { files, bytes } }) => ({ of: unitResultsOf(unit), files, bytes })),
    );
  }
}

/** A unit that nobody was given yet. */
export function freshUnit(id: string, run: string, path: string): Unit {
  return {
    id,
    run,
    path,
    epoch: 0,
    generation: 1,
    offersTaken: 0,
    holder: null,
    leaseUntil: null,
    state: 'free',
    failures: [],
    usage: noUsage,
  };
}

/** Why offers cannot be taken: they are not in order, or not of what the unit is. */
function whyNot({ path, offersTaken }: Unit, offers: readonly Offer[]): string | undefined {
  for (const [index, { no, scope }] of offers.entries()) {
    if (no !== offersTaken + index + 1) return `offer ${no} after ${offersTaken + index}`;
    const own = scope.path === path;
    const below = path === '' ? scope.path !== '' : scope.path.startsWith(`${path}/`);
    if (below || (own && scope.part !== undefined)) continue;
    return `offer ${no} is not of the unit: ${scope.path}`;
  }
  return undefined;
}
