import { extname, resolve } from 'node:path';
import { ok, ProblemError, type Result } from '../../src-shared/model/problem.ts';
import { type ExportKind, projectExports } from '../report/exports/exports.ts';
import { allTasks, Project } from '../report/exports/project.ts';
import { type ExportFormat, exportFormats, writeTable } from '../report/exports/write-table.ts';
import { counted, utc } from '../report/format.ts';
import { visible } from '../report/hostile-text.ts';
import { diskProblem } from '../report/write-whole.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { withConsole } from './fleet/with-console.ts';
import { onInterrupt } from './interrupts.ts';
import { LineWriter } from './line-writer.ts';
import type { ReportOptions } from './options.ts';
import { failedBefore } from './run-and-report.ts';
import type { ConsoleClient } from './run-task.ts';
import type { Terminal } from './terminal.ts';

/** `convoy report KIND`: one list about tasks, at any state of their runs. */
export async function report(options: ReportOptions, terminal: Terminal): Promise<ExitCode> {
  const { json, allRuns, kind } = options;
  return withConsole(options, terminal, async ({ client, start }) => {
    await start();
    const tasks = await chosen(client, options.task, terminal);
    if (tasks === 'unknown') return exitCodes.wrongUsage;
    const project = new Project(client, { tasks, allRuns });
    const format = options.format ?? formatOf(options.out);
    const file = resolve(options.out ?? nameOf(kind, format, terminal));
    const written = await write(project, { kind, format, file }, terminal);
    if (written === 'stopped') return exitCodes.stopped;
    if (!written.ok) return failedBefore(written.problem, terminal, json);
    if (json) terminal.stdout.write(`${JSON.stringify({ file, kind, format, rows: written.value })}\n`);
    else terminal.stdout.write(`${file}\n${counted(written.value, 'row')} of ${kind}\n`);
    return exitCodes.complete;
  });
}

/** Says how far it is; Ctrl+C leaves no half file. */
async function write(
  project: Project,
  { kind, format, file }: { kind: ExportKind; format: ExportFormat; file: string },
  { stderr, signals, now, exit }: Terminal,
): Promise<Result<number> | 'stopped'> {
  const line = new LineWriter(stderr, now);
  const stop = new AbortController();
  const done = onInterrupt(signals, now, (times) => {
    if (times > 1) exit(exitCodes.stopped);
    stop.abort();
  });
  const tell = (rows: number): void => line.show(() => counted(rows, 'row'));
  const table = projectExports[kind].table(project);
  try {
    return ok(await writeTable(file, table, format, tell, stop.signal));
  } catch (error) {
    if (stop.signal.aborted) return 'stopped';
    if (error instanceof ProblemError) return { ok: false, problem: error.problem };
    return diskProblem(error, file);
  } finally {
    done();
    line.clear();
  }
}

/** The ids of the tasks that are named; undefined for all. Says which name fits none. */
async function chosen(
  client: ConsoleClient,
  names: readonly string[] | undefined,
  { stderr }: Terminal,
): Promise<ReadonlySet<string> | undefined | 'unknown'> {
  if (names === undefined) return undefined;
  const left = new Set(names);
  const ids = new Set<string>();
  for await (const { task } of allTasks(client)) {
    for (const name of [task.id, task.name]) {
      if (!names.includes(name)) continue;
      ids.add(task.id);
      left.delete(name);
    }
  }
  for (const name of left)
    stderr.write(`There is no task called ${visible(name)}; convoy report tasks lists all.\n`);
  return left.size > 0 ? 'unknown' : ids;
}

function formatOf(out: string | undefined): ExportFormat {
  const ending = extname(out ?? '')
    .slice(1)
    .toLowerCase();
  return exportFormats.find((format) => format === ending) ?? 'csv';
}

function nameOf(kind: ExportKind, format: ExportFormat, { now }: Terminal): string {
  return `convoy-${kind}-${utc(now()).slice(0, 10)}.${format}`;
}
