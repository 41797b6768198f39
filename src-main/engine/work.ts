import { type Problem, ProblemError } from '../../src-shared/model/problem.ts';
import type { Filter } from '../../src-shared/rules/filters.ts';
import type { Source } from '../source/source.ts';
import type { MachineLimits } from './concurrency/machine-limits.ts';
import type { Control } from './control.ts';
import type { Outage } from './outage.ts';
import type { PlannedFiles } from './scan/planned-files.ts';
import type { Settler } from './settler.ts';
import type { SourceCheck } from './source-check.ts';
import type { Traffic } from './traffic.ts';
import type { EngineEnvironment, UnitJob } from './unit.ts';
import type { Slot, Waits } from './waits.ts';

/** What all stages of a unit share. */
export interface Work {
  readonly job: UnitJob;
  readonly env: EngineEnvironment;
  readonly control: Control;
  readonly waits: Waits;
  readonly traffic: Traffic;
  readonly settler: Settler;
  readonly limits: MachineLimits;
  /** The unit's folder below the task's source: what rules look at the whole share begin their paths with. */
  readonly folder: string;
  /** Files that were planned by another machine, by their folders below the unit's. */
  readonly planned: PlannedFiles | undefined;
  readonly outage: Outage;
  /** The filters of the task; undefined where none is set. */
  readonly filter: Filter | undefined;
  /** The source as a slot may read it: gently, where the task says so. What it waits for shows in the slot. */
  readonly sourceFor: (slot: Slot) => Source;
  /** Checks, when reading fails, that the source as a whole is still there. */
  readonly sourceCheck: SourceCheck;
}

/**
 * Runs a part of the work to its end. What is thrown ends the unit: a store that cannot write says why,
 * everything else is a mistake in the program.
 */
export async function guarded(control: Control, part: () => Promise<void>): Promise<void> {
  try {
    await part();
  } catch (error) {
    control.fail(asProblem(error));
  }
}

/** A thrown thing as a problem of the unit. */
export function asProblem(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  const detail = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return { code: 'unexpected', detail };
}
