import type { RunState } from '../../../src-shared/model/run.ts';
import { isComplete } from '../../../src-shared/model/run.ts';
import type { Run, Task } from '../../../src-shared/model/task.ts';
import type { VerificationTally } from '../../engine/verification/tally.ts';
import { utc } from '../format.ts';

/** What was read back. */
export interface DeepFacts {
  /** The part of all files that was chosen: 0 < x <= 1. */
  readonly share: number;
  readonly seed: string;
  readonly read: number;
  readonly bytes: number;
}

/** Everything that is said of a verification; nothing of it changes the results of the run. */
export interface VerificationFacts {
  readonly task: Task;
  readonly run: Run;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly endedAt: number;
  readonly tally: VerificationTally;
  /** Items that the destination listed and that are no copies of this task. */
  readonly others: number;
  /** Files that the run left as they were at the destination: no copy of ours, and not looked at. */
  readonly leftThere: number;
  /** Copies that were not listed, and not asked for by their id because too much is missing. */
  readonly notAsked: number;
  readonly deep: DeepFacts | undefined;
  readonly requests: number;
  readonly resourceUnits: number;
}

/** `verification.json`, and what `--json` prints. Fields are only ever added. */
export interface VerificationSummary {
  readonly state: Extract<RunState, 'complete' | 'complete-with-issues'>;
  readonly task: Pick<Task, 'id' | 'name' | 'source' | 'destination'>;
  readonly run: { readonly id: string; readonly number: number; readonly state: RunState };
  /** The run was complete, and what it had copied is not as it was any more. */
  readonly noLongerComplete: boolean;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly endedAt: string;
  readonly counts: VerificationTally;
  readonly others: number;
  readonly leftThere: number;
  readonly notAsked: number;
  readonly deep: DeepFacts | null;
  readonly requests: number;
  readonly resourceUnits: number;
}

export function verificationSummary(facts: VerificationFacts): VerificationSummary {
  const { task, run, tally, deep } = facts;
  const issues = issuesOf(tally) > 0;
  return {
    state: issues ? 'complete-with-issues' : 'complete',
    task: { id: task.id, name: task.name, source: task.source, destination: task.destination },
    run: { id: run.id, number: run.number, state: run.state },
    noLongerComplete: issues && isComplete(run.state),
    startedAt: utc(facts.startedAt),
    endedAt: utc(facts.endedAt),
    counts: tally,
    others: facts.others,
    leftThere: facts.leftThere,
    notAsked: facts.notAsked,
    deep: deep ?? null,
    requests: facts.requests,
    resourceUnits: facts.resourceUnits,
  };
}

/** Items that are not, or not any more, what was copied, or are somewhere else. One that is both counts twice. */
export function issuesOf({ byVerdict, moved }: VerificationTally): number {
  return [byVerdict.changed, byVerdict.differs, byVerdict.missing, moved]
    .map(({ files, folders }) => files + folders)
    .reduce((sum, items) => sum + items, 0);
}
