import type { Scope } from '../../../src-shared/contract/fleet.ts';
import type { Problem, Result } from '../../../src-shared/model/problem.ts';
import type { Task } from '../../../src-shared/model/task.ts';
import type { People } from '../../../src-shared/rules/people.ts';
import type { Destination } from '../../destination/destination.ts';
import type { EngineEnvironment, RunningUnit, UnitJob } from '../../engine/unit.ts';
import type { Source } from '../../source/source.ts';
import type { Journal } from '../../store/journal.ts';

/** How an agent comes by what a unit needs. Whoever builds the machine knows the real ones. */
export interface UnitOpeners {
  /**
   * A notice says that the journal was damaged and restored or begun anew.
   * @param unit whose journal; that of the task when it is undefined
   */
  openJournal(
    task: Task,
    unit?: string | undefined,
  ): Promise<Result<{ readonly journal: Journal; readonly notices: readonly Problem[] }>>;
  /** Opens and probes: a source that comes back is there and can be listed. */
  openSource(task: Task): Promise<Result<Source>>;
  /** @param scope the folder of the unit; the task's own when it is undefined */
  openDestination(task: Task, scope?: Scope | undefined): Promise<Result<Destination>>;
  /** Deletes the journal of a unit that is over. It is closed. */
  dropJournal(task: Task, unit: string): Promise<void>;
  /** Names that a person gave for items of the task, by path below the source. */
  openGivenNames(task: Task): Promise<Result<ReadonlyMap<string, string>>>;
  /** Persons at the destination by the owners of files, for a task that wants authors. */
  openPeople(task: Task): Promise<Result<People>>;
  startUnit(job: UnitJob, environment: EngineEnvironment): RunningUnit;
}

/** Time and chance, handed in. */
export interface AgentClock {
  readonly now: () => number;
  readonly random: () => number;
  /** Resolves after `ms`, or as soon as the signal is aborted; never rejects. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
}
