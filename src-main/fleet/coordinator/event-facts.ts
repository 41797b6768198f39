import type { EventFacts } from '../../../src-shared/contract/event-facts.ts';
import type { Task } from '../../../src-shared/model/task.ts';
import { itemsOf } from './progress.ts';
import type { RunEntry } from './run-entry.ts';

/** How a run ended. A state that is no end is told as failed: it is told only of runs that are over. */
export function endedFacts(task: Task, { run, facts }: RunEntry): EventFacts {
  const { copied, present, planned, failed } = facts.counts.byOutcome;
  const { dryRun } = task.settings;
  const { state } = run;
  const ended = state === 'complete' || state === 'complete-with-issues' || state === 'stopped';
  return {
    kind: 'run-ended',
    name: task.name,
    run: run.number,
    state: ended ? state : 'failed',
    dryRun,
    copied: copied.files,
    present: present.files,
    planned: planned.files,
    failed: itemsOf(failed),
  };
}
