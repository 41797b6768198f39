import type { Problem } from '../../../src-shared/model/problem.ts';
import { isEnded } from '../../../src-shared/model/run.ts';
import type { UnitEnding } from '../../store/run-results.ts';
import type { Book } from './book.ts';
import { endedFacts } from './event-facts.ts';
import { released } from './lease.ts';
import type { Ledger } from './ledger.ts';
import { type ResultsShelf, unitResultsOf } from './results-shelf.ts';
import { freshCount, hasNoUnits, heldUnits, type RunEntry, rested, type UnitEntry } from './run-entry.ts';
import { endStride, noteCounts } from './told.ts';
import { type Verdict, verdictOf } from './verdict.ts';

/** Ends units and, with the last of them, their runs; and lets go what is paused. */
export class RunEnds {
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

  /** Ends a unit: first its accounts, then the unit itself, so that a kill between the two only repeats the first. */
  async end(entry: UnitEntry, how: UnitEnding): Promise<void> {
    const { of } = entry;
    const fails = how === 'set-aside' && !this.#isLastHope(entry);
    await this.#account(entry, fails ? 'set-aside' : how === 'done' ? 'done' : 'stopped');
    await this.#book.endUnit(entry, how);
    // Its last beat may have given pieces back, when the run was to be stopped already.
    if (of.run.state === 'stopping') await this.stopFree(of);
    await this.settle(of);
  }

  /** Ends a run when none of its units is left. */
  async settle(of: RunEntry): Promise<void> {
    const { state } = of.run;
    if (isEnded(state) || !hasNoUnits(of)) return this.letGo(of);
    await this.#finish(of, verdictOf(of, of.facts.counts));
  }

  /** The whole run has failed, whatever its units were doing. */
  fail(of: RunEntry, problem: Problem): Promise<void> {
    return this.#finish(of, { event: 'ended-failed', problem });
  }

  /** Frees a unit whose holder has told all: somebody may go on with it when it may go on. */
  async release(entry: UnitEntry): Promise<void> {
    await this.#book.saveUnit(entry, released(entry.unit));
    rested(entry);
    await this.letGo(entry.of);
  }

  /** Its holder has no journal of it any more: whoever is free takes it over, that machine as well. */
  async lose(entry: UnitEntry): Promise<void> {
    await this.#book.saveUnit(entry, { ...released(entry.unit), holder: null });
    rested(entry);
    // Nobody is left who could tell more of it.
    if (entry.of.run.state === 'stopping') await this.end(entry, 'stopped');
    else await this.letGo(entry.of);
  }

  /** A pause has come into force when nobody works on the run any more: every slot is free. */
  async letGo(of: RunEntry): Promise<void> {
    if (of.run.state !== 'pausing' || heldUnits(of).length > 0) return;
    const { task } = this.#ledger.taskOf(of);
    await this.#book.advance(of, 'paused');
    endStride(of, this.#now());
    await this.#book.savePace(of, true);
    await this.#book.tell({
      actor: 'coordinator',
      task: task.id,
      facts: { kind: 'run-paused', name: task.name },
    });
  }

  /** Stops where they are written down the units that nobody holds. */
  async stopFree(of: RunEntry): Promise<void> {
    of.stopped += freshCount(of);
    of.fresh.length = 0;
    of.unloaded = 0;
    for (const entry of [...of.units.values()]) {
      if (entry.unit.state === 'held') continue;
      await this.#account(entry, 'stopped');
      await this.#book.endUnit(entry, 'stopped');
    }
    this.#ledger.placeRun(of);
  }

  /** All else was set aside, and nothing was done: the run has failed, and what is left is still to do. */
  #isLastHope({ of }: UnitEntry): boolean {
    return of.done === 0 && of.stopped === 0 && of.units.size === 1 && freshCount(of) === 0;
  }

  async #account({ of, unit }: UnitEntry, how: UnitEnding): Promise<void> {
    // Of a unit that was never begun anew nothing is set aside, and one that is stopped need not be exact.
    if (how === 'stopped' && unit.generation === 1) return;
    const results = await this.#shelf.lend(of.run.id);
    const [, counts] = await Promise.all([results.end(unitResultsOf(unit), how), results.counts()]);
    noteCounts(this.#ledger, of, counts);
  }

  async #finish(of: RunEntry, { event, problem }: Verdict): Promise<void> {
    const { task } = this.#ledger.taskOf(of);
    await this.#book.flush(of);
    if (!(await this.#book.advance(of, event, problem))) return;
    endStride(of, this.#now());
    await this.#book.savePace(of, true);
    of.work = undefined;
    await this.#book.tell({
      actor: 'coordinator',
      task: task.id,
      facts: endedFacts(task, of),
      problem: problem ?? null,
    });
    this.#ledger.ends.tell(task.id);
    await this.#book.backUp();
  }
}
