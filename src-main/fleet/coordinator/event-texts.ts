import { lookUp } from '../../../src-shared/catalogue/catalogue.ts';
import type { Task } from '../../../src-shared/model/task.ts';
import { parseProblem } from '../parse-problem.ts';
import type { RunEntry } from './ledger.ts';

/** How a run ended, in a sentence for people. */
export function endedText(task: Task, entry: RunEntry): string {
  const { run, facts } = entry;
  const { copied, present, failed } = facts.counts.byOutcome;
  const name = `${task.name}, run ${run.number}`;
  const done = `${copied.files} files copied, ${present.files} already there, ${failed.files + failed.folders + failed.others} failed`;
  switch (run.state) {
    case 'complete':
      return `${name} is complete: ${done}`;
    case 'complete-with-issues':
      return `${name} is complete with issues: ${done}`;
    case 'stopped':
      return `${name} was stopped: ${done}`;
    default:
      return `${name} failed: ${run.problem ? lookUp(parseProblem(run.problem).code).title : 'no reason was given'}`;
  }
}

/** That a task was put away or brought back. */
export function archivedText(task: Task, away: boolean): string {
  return away ? `${task.name} was put into the archive` : `${task.name} was brought back from the archive`;
}

/** What somebody ordered, in a sentence for people. */
export function orderedText(
  task: Task,
  order: 'start' | 'pause' | 'resume' | 'finish' | 'stop',
  run: number,
): string {
  switch (order) {
    case 'start':
      return `Run ${run} of ${task.name} was started`;
    case 'pause':
      return `${task.name} was paused`;
    case 'resume':
      return `${task.name} was resumed`;
    case 'finish':
      return `${task.name} is to end with the files in flight`;
    case 'stop':
      return `${task.name} was stopped`;
  }
}
