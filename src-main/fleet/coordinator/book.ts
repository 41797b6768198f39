import type { FleetEvent } from '../../../src-shared/contract/console-types.ts';
import type { EventFacts } from '../../../src-shared/contract/event-facts.ts';
import { type Problem, ProblemError, withoutTime } from '../../../src-shared/model/problem.ts';
import { isEnded, nextRunState, type RunEvent } from '../../../src-shared/model/run.ts';
import type { FleetStore, MachineRecord, Unit } from '../../store/fleet-store.ts';
import { parseProblem } from '../parse-problem.ts';
import { released } from './lease.ts';
import type { Ledger } from './ledger.ts';
import type { RunEntry, UnitEntry } from './run-entry.ts';
import type { RunFacts } from './usage.ts';

/** Units of a run, what they have cost and how far it is are written this often while they go on. */
const FLUSH_EVERY_MS = 5_000;

/**
 * Writes what the coordinator decides: first to the store, then to the ledger. There is no transaction over a run and
 * its units; none is needed: a run that has ended or is paused decides what its units mean, and one whose units have all ended is
 * ended by whoever reads it next.
 */
export class Book {
  readonly store: FleetStore;
  readonly #ledger: Ledger;
  readonly #now: () => number;
  /** Why something that nobody waited for could not be written. */
  #failure: { readonly error: unknown } | undefined;

  constructor(store: FleetStore, ledger: Ledger, now: () => number) {
    this.store = store;
    this.#ledger = ledger;
    this.#now = now;
  }

  /** Takes the run a step further. False when its state does not know the event. */
  async advance(entry: RunEntry, event: RunEvent, problem?: Problem): Promise<boolean> {
    const state = nextRunState(entry.run.state, event);
    if (state === undefined) return false;
    const endedAt = isEnded(state) ? this.#now() : undefined;
    await this.store.setRunState(entry.run.id, state, {
      ...(endedAt === undefined ? {} : { endedAt }),
      ...(problem === undefined ? {} : { problem }),
    });
    const kept = problem && withoutTime(problem);
    entry.run = {
      ...entry.run,
      state,
      endedAt: endedAt ?? entry.run.endedAt,
      problem: kept ?? entry.run.problem,
    };
    this.#ledger.placeRun(entry);
    return true;
  }

  /** Writes down the end of a run that came while nothing could be written, see `failRuns`: else it goes on for ever on disk. */
  async catchUp(entry: RunEntry): Promise<void> {
    const { run } = entry;
    if (!isEnded(run.state) || run.endedAt !== null) return;
    const endedAt = this.#now();
    const problem = run.problem === null ? {} : { problem: parseProblem(run.problem) };
    await this.store.setRunState(run.id, run.state, { endedAt, ...problem });
    entry.run = { ...run, endedAt };
  }

  /** Writes a unit with what it has cost, and what is kept of its run. */
  async saveUnit(entry: UnitEntry, unit: Unit): Promise<void> {
    if (unit === entry.unit) return;
    const spent = { ...unit, usage: entry.usage };
    await this.store.saveUnits({ units: [spent], facts: factsOf(entry.of) });
    this.#ledger.setUnit(entry, spent);
  }

  /**
   * A unit whose holder goes on: its lease is lengthened, and what the run has cost and how far it is gets written, both now and then. Nobody waits for
   * it: a process that begins gives every holder its full time again, and figures that are some seconds old are made up for by the next beat. That it could
   * not be written is thrown by {@link mustBeWritable}.
   */
  goOn(entry: UnitEntry, unit: Unit): void {
    if (unit === entry.unit) return;
    this.#ledger.setUnit(entry, unit);
    const { of } = entry;
    const at = this.#ledger.steady();
    if (at - of.flushedAt < FLUSH_EVERY_MS) return;
    of.flushedAt = at;
    this.#behind(this.flush(of));
  }

  /** A machine that is known was seen again. Nobody waits for it, as with {@link goOn}. */
  seen(machine: MachineRecord): void {
    this.#behind(this.store.saveMachine(machine));
  }

  /** @throws what went wrong when something was written that nobody waited for; once */
  mustBeWritable(): void {
    const failure = this.#failure;
    this.#failure = undefined;
    if (failure !== undefined) throw failure.error;
  }

  #behind(writing: Promise<void>): void {
    writing.catch((error: unknown) => {
      this.#failure ??= { error };
    });
  }

  /** Gives a unit away for the first time. */
  async begin(of: RunEntry, unit: Unit): Promise<UnitEntry> {
    await this.store.saveUnits({ units: [unit], facts: factsOf(of) });
    const at = of.fresh.findIndex(({ id }) => id === unit.id);
    if (at >= 0) of.fresh.splice(at, 1);
    return this.#ledger.addUnit(of, unit, this.#now());
  }

  /** A unit that will tell nothing more. */
  async endUnit(entry: UnitEntry, state: 'done' | 'stopped' | 'set-aside'): Promise<void> {
    const { of, unit } = entry;
    await this.saveUnit(entry, { ...released(unit), state });
    this.#ledger.removeUnit(entry);
    if (state === 'done') of.done += 1;
    else if (state === 'stopped') of.stopped += 1;
    else of.setAside = [...of.setAside, { path: unit.path, failures: unit.failures }];
  }

  async saveFacts(entry: RunEntry, facts: RunFacts): Promise<void> {
    if (facts === entry.facts) return;
    await this.store.saveUnits({ facts: { run: entry.run.id, text: JSON.stringify(facts) } });
    this.#ledger.setFacts(entry, facts);
  }

  /** Writes what changes with every beat and is written only now and then: what a run has cost and how far it is. */
  async flush(entry: RunEntry): Promise<void> {
    const units = [...entry.units.values()].map(({ unit, usage }) => ({ ...unit, usage }));
    await this.store.saveUnits({ units, facts: factsOf(entry) });
  }

  /** Writes down what a run did over time. @param all also what is no full minute yet */
  async savePace(entry: RunEntry, all = false): Promise<void> {
    for (const row of entry.work?.paceLog.take(all) ?? []) await this.store.addPace(entry.run.id, row);
  }

  /** Copies the database aside while it is in use. That it cannot be done is told, and stops nothing. */
  async backUp(): Promise<void> {
    try {
      await this.store.backUp();
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      const facts = { kind: 'backup-failed' } as const;
      await this.tell({ facts, actor: 'coordinator', problem: error.problem });
    }
  }

  /** Writes down what happened, for people. */
  async tell(event: {
    facts: EventFacts;
    actor: string;
    task?: string | undefined;
    problem?: FleetEvent['problem'] | undefined;
  }): Promise<void> {
    await this.store.addEvent({
      at: this.#now(),
      task: event.task ?? null,
      actor: event.actor,
      facts: event.facts,
      problem: event.problem ?? null,
    });
  }
}

function factsOf({ run, facts }: RunEntry): { run: string; text: string } {
  return { run: run.id, text: JSON.stringify(facts) };
}
