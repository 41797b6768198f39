import type { FleetEvent } from '../../../src-shared/contract/console-types.ts';
import type { EventFacts } from '../../../src-shared/contract/event-facts.ts';
import { type Problem, ProblemError } from '../../../src-shared/model/problem.ts';
import { isEnded, nextRunState, type RunEvent } from '../../../src-shared/model/run.ts';
import type { FleetStore, Unit } from '../../store/fleet-store.ts';
import { parseProblem } from '../parse-problem.ts';
import { factsKey, type RunEntry } from './ledger.ts';
import type { RunFacts } from './usage.ts';

/**
 * Writes what the coordinator decides: first to the store, then to the ledger. There is no transaction over a run and
 * its unit; none is needed, because a run that has ended or is paused decides what its unit means, and the run is written first.
 */
export class Book {
  readonly store: FleetStore;
  readonly #now: () => number;

  constructor(store: FleetStore, now: () => number) {
    this.store = store;
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
    const kept = problem && { code: problem.code, ...pick(problem) };
    entry.run = {
      ...entry.run,
      state,
      endedAt: endedAt ?? entry.run.endedAt,
      problem: kept ?? entry.run.problem,
    };
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

  async saveUnit(entry: RunEntry, unit: Unit): Promise<void> {
    if (unit === entry.unit) return;
    await this.store.saveUnit(unit);
    entry.unit = unit;
  }

  async saveFacts(entry: RunEntry, facts: RunFacts): Promise<void> {
    if (facts === entry.facts) return;
    await this.store.saveSetting(factsKey(entry.run.id), JSON.stringify(facts));
    entry.facts = facts;
  }

  /** Writes down what a run did over time. @param all also what is no full minute yet */
  async savePace(entry: RunEntry, all = false): Promise<void> {
    for (const row of entry.paceLog.take(all)) await this.store.addPace(entry.run.id, row);
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

function pick(problem: Problem): { where?: string; detail?: string } {
  return {
    ...(problem.where === undefined ? {} : { where: problem.where }),
    ...(problem.detail === undefined ? {} : { detail: problem.detail }),
  };
}
