import { ok, type Result } from '../../../src-shared/model/problem.ts';
import { isComplete } from '../../../src-shared/model/run.ts';
import type { Task } from '../../../src-shared/model/task.ts';
import { sameSource } from '../../../src-shared/rules/source-spelling.ts';
import {
  type CopiedRun,
  isTelling,
  type MeasuredRates,
  measuredRates,
} from '../../../src-shared/survey/measured.ts';
import type { Coordinator, RunAccount } from '../../fleet/coordinator/coordinator.ts';
import { type ChangesSince, changesSince } from './changes-since.ts';

/**
 * What changed since the last run of the task that came to its end. Undefined for the first one, and where the present run did not
 * come to its end: what it has not seen is not gone. Codes: those of the results.
 */
export async function changesSinceLast(
  coordinator: Pick<Coordinator, 'account' | 'runs'>,
  {
    task,
    run,
    results,
  }: Pick<RunAccount, 'task' | 'run'> & { readonly results: Pick<RunAccount['results'], 'survey'> },
): Promise<Result<ChangesSince | undefined>> {
  if (!isComplete(run.state)) return ok(undefined);
  const runs = await coordinator.runs(task.id);
  const last = runs.find((other) => other.run.number < run.number && isComplete(other.run.state))?.run;
  if (last === undefined) return ok(undefined);
  const before = await coordinator.account(last.id);
  if (!before.ok) return before;
  const changes = await changesSince(before.value.results, results);
  return ok({ ...changes, run: last.number, startedAt: last.startedAt });
}

/** Tasks that are looked at, newest first: runs that are older say nothing about today. */
const TASKS = 200;

/** The rates of runs of this machine: of the same source where there are such, else of all. Undefined where none copied enough. */
export async function ratesOfRuns(
  coordinator: Pick<Coordinator, 'runs' | 'tasks'>,
  { source }: Pick<Task, 'source'>,
): Promise<MeasuredRates | undefined> {
  const { tasks } = await coordinator.tasks({ limit: TASKS, shelf: 'all' });
  const copies = tasks.filter(({ task }) => !task.settings.dryRun);
  const own = await runsOf(copies.filter(({ task }) => sameSource(task.source, source)));
  const chosen = own.some(isTelling) ? own : await runsOf(copies);
  return measuredRates(chosen);

  async function runsOf(rows: typeof copies): Promise<readonly CopiedRun[]> {
    const lists = await Promise.all(rows.map(({ task }) => coordinator.runs(task.id)));
    return lists
      .flat()
      .flatMap(({ run, counts, usage }) => {
        if (!isComplete(run.state) || run.endedAt === null) return [];
        const { files, folders, bytes } = counts.byOutcome.copied;
        const { resourceUnits, workedMs } = usage;
        return [{ files, folders, bytes, resourceUnits, workedMs, endedAt: run.endedAt }];
      })
      .sort((a, b) => b.endedAt - a.endedAt);
  }
}
