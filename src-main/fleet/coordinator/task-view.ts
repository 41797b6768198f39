import { isCode, lookUp } from '../../../src-shared/catalogue/catalogue.ts';
import type { TaskRow } from '../../../src-shared/contract/console-types.ts';
import { type Counts, emptyCounts } from '../../../src-shared/model/counts.ts';
import type { Problem } from '../../../src-shared/model/problem.ts';
import { fallFrom } from '../../../src-shared/model/progress-fall.ts';
import { isComplete, isEnded } from '../../../src-shared/model/run.ts';
import type { Task } from '../../../src-shared/model/task.ts';
import { parseProblem } from '../parse-problem.ts';
import { etaOfRun } from './eta-view.ts';
import type { Ledger, TaskEntry } from './ledger.ts';
import { liveOf } from './live-view.ts';
import { itemsOf, markOf, progressOf } from './progress.ts';
import type { RunEntry } from './run-entry.ts';
import { waitReason } from './wait-reason.ts';

/** A task as the screen sees it now. */
export function taskRowOf(ledger: Ledger, { task, archivedAt, last }: TaskEntry, now: number): TaskRow {
  const counts = last?.facts.counts ?? emptyCounts();
  const progress = last ? progressOfTask(task, last) : null;
  const live = last ? liveOf(ledger, last) : null;
  const working = last !== undefined && live !== null;
  return {
    task,
    archivedAt,
    state: last?.run.state ?? 'ready',
    reason: last ? reasonOf(ledger, last, live, now) : null,
    run: last?.run ?? null,
    counts,
    live,
    progress,
    progressFell: progress === null ? null : fallFrom(last?.facts.mark ?? null, markOf(counts, progress)),
    sample: working ? (last.work?.pace.sample(now) ?? null) : null,
    eta: working && !task.settings.dryRun ? etaOfRun(last, now) : null,
    issues: issuesOf(counts),
  };
}

/** A dry run does nothing but look: until it is complete nobody knows how much there is to see. */
function progressOfTask(task: Task, { run, facts, bytesDone }: RunEntry): number | null {
  if (task.settings.dryRun) return isComplete(run.state) ? 1 : null;
  return progressOf(facts.counts, bytesDone);
}

function reasonOf(ledger: Ledger, entry: RunEntry, live: TaskRow['live'], now: number): Problem | null {
  if (entry.run.problem !== null) return parseProblem(entry.run.problem);
  const waits = waitReason(ledger, entry, now);
  if (waits !== null) return waits;
  const waitsFor = live?.waitsFor;
  if (!isEnded(entry.run.state) && waitsFor) {
    return parseProblem({ code: waitsFor.code, retryAt: waitsFor.until ?? undefined });
  }
  const until = live?.throttledUntil ?? 0;
  if (!isEnded(entry.run.state) && until > now) return { code: 'throttled', retryAt: until };
  return null;
}

function issuesOf(counts: Counts): TaskRow['issues'] {
  let warnings = 0;
  for (const [code, { items }] of Object.entries(counts.byCode))
    if (isCode(code) && lookUp(code).severity === 'warning') warnings += items;
  return { errors: itemsOf(counts.byOutcome.failed), warnings };
}
