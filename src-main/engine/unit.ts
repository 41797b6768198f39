import type { Order, Scope, UnitEnd } from '../../src-shared/contract/fleet.ts';
import type { Gentle } from '../../src-shared/model/gentle.ts';
import type { Live } from '../../src-shared/model/live.ts';
import type { Task } from '../../src-shared/model/task.ts';
import type { WallClock } from '../../src-shared/rules/gentle.ts';
import type { People } from '../../src-shared/rules/people.ts';
import type { Destination } from '../destination/destination.ts';
import type { Source } from '../source/source.ts';
import type { Journal } from '../store/journal.ts';
import type { MachineLimits } from './concurrency/machine-limits.ts';

/** What the engine needs to work on a unit. It closes none of it. */
export interface UnitJob {
  readonly task: Task;
  readonly run: number;
  /** Results of the run up to this number are with the coordinator. */
  readonly acknowledged: number;
  readonly source: Source;
  readonly destination: Destination;
  readonly journal: Journal;
  /** Which part of the task it is: source and destination are those of its folder. Undefined: all of it. */
  readonly scope?: Scope | undefined;
  /** Names that a person gave, by path below the task's source; they go before those of the rules. */
  readonly givenNames: ReadonlyMap<string, string>;
  /** Persons at the destination by the owners of files, for a task that wants authors. */
  readonly people: People;
}

/** What comes from outside, so that tests can hold it in their hands. */
export interface EngineEnvironment {
  /** Milliseconds since 1970, wall clock: a sleep of the machine shows as a jump. */
  readonly now: () => number;
  /** 0 <= x < 1 */
  readonly random: () => number;
  /** False as soon as the lease may be over: nothing is written to the destination until it is true again. */
  readonly mayWrite: () => boolean;
  /** The clock on the wall, for the hours of gentle mode. That of this machine if not given. */
  readonly wallClock?: WallClock;
  /** Waits, at most until the signal is aborted; never rejects. Real timers if not given. */
  readonly sleep?: (ms: number, signal: AbortSignal) => Promise<void>;
  /**
   * Results that may wait to be told before no further folder is listed: listing is faster than telling, and a unit has ended only
   * when all is told. No limit if not given.
   */
  readonly mostUntold?: number;
  /**
   * Called at what others should hear of at once: the first of the unit is known, so that there is something to give back; {@link RunningUnit.runsLow}
   * has become true, or {@link RunningUnit.runsOut}.
   */
  readonly onTurn?: () => void;
  /** What all units of this machine share; each has its own if not given. */
  readonly limits?: MachineLimits;
}

/** A unit being worked on, from a lease to results. */
export interface RunningUnit {
  /**
   * `pause` keeps the uploads and frees every slot, `work` goes on, `finish` ends with the files in flight,
   * `stop` ends at once. After `stop` nothing more is written.
   */
  order(order: Order): void;
  /** How gently the source is to be read from now on. */
  spare(gentle: Gentle): void;
  readonly state: 'running' | 'pausing' | 'paused' | 'stopping' | 'ended';
  live(): Live;
  /** What is not begun yet is in hand, a batch of it: it is time to look for another unit. */
  readonly runsLow: boolean;
  /** Nothing more is to be begun: what is in flight is finished, and the rest is verifying. Another unit can be taken up. */
  readonly runsOut: boolean;
  /** Settles when the unit has ended in whatever way; never rejects. */
  readonly ended: Promise<UnitEnd>;
}
