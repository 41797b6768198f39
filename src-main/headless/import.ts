import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { lookUp } from '../../src-shared/catalogue/catalogue.ts';
import { type CheckedDraft, checkImport, isUsable } from '../../src-shared/imports/check-import.ts';
import type { KnownTask } from '../../src-shared/imports/check-set.ts';
import type { Fault } from '../../src-shared/imports/fault.ts';
import { addressOf } from '../../src-shared/imports/place.ts';
import { failed, ok, type Result } from '../../src-shared/model/problem.ts';
import { type ImportFile, readImport } from '../imports/read-import.ts';
import { importAsCsv, importTemplate } from '../imports/write-import.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { remarkOf, summaryText, tableText } from './import-text.ts';
import { openMachine } from './open-machine.ts';
import { dataFolderOf, type ImportOptions } from './options.ts';
import { failedBefore } from './run-and-report.ts';
import type { ConsoleClient } from './run-task.ts';
import { checkedSignIn } from './sign-in.ts';
import type { Terminal } from './terminal.ts';

/** Rows whose two ends are looked at at the same time: each asks the file server and SharePoint a few things. */
const AT_ONCE = 4;

/** What became of a row. */
interface Outcome extends CheckedDraft {
  /** `ready`: could be made, and only that was asked. */
  readonly state: 'made' | 'ready' | 'there-already' | 'refused';
  /** Id of the task that was made. */
  readonly task: string | undefined;
}

/**
 * `convoy import FILE`: makes a task of every row that is in order, and says of each of the others what is wrong with it. Every row is
 * checked: by itself, beside the others, and at both its ends.
 */
export async function importTasks(options: ImportOptions, terminal: Terminal): Promise<ExitCode> {
  const { json } = options;
  if (options.template) {
    terminal.stdout.write(importTemplate());
    return exitCodes.complete;
  }
  const file = await readFileOf(options.source ?? '');
  if (!file.ok) return failedBefore(file.problem, terminal, json);
  const signIn = checkedSignIn(options, terminal.env);
  if (!signIn.ok) return failedBefore(signIn.problem, terminal, json);
  const dataFolder = dataFolderOf(options.data, terminal);
  if (!dataFolder.ok) return failedBefore(dataFolder.problem, terminal, json);
  const machine = await openMachine(
    { dataFolder: dataFolder.value, signIn: signIn.value, work: false },
    terminal,
  );
  if (!machine.ok) return failedBefore(machine.problem, terminal, json);
  try {
    const { client } = machine.value;
    const rows = checkImport(file.value.drafts, signIn.value.cloud, await allTasks(client));
    const outcomes = await eachRow(rows, (row) => settle(client, row, options));
    return await tell(file.value, outcomes, options, terminal);
  } finally {
    await machine.value.close();
  }
}

async function readFileOf(path: string): Promise<Result<ImportFile>> {
  try {
    return readImport(await readFile(path));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    return failed('import-unreadable', { where: path, detail: error.message });
  }
}

/** Makes a task of a row that is in order, or only looks whether it could be made. */
async function settle(
  client: ConsoleClient,
  row: CheckedDraft,
  how: Pick<ImportOptions, 'check' | 'start'>,
): Promise<Outcome> {
  if (!isUsable(row)) {
    const there = row.faults.some(({ code }) => code === 'import-task-exists');
    return { ...row, state: there ? 'there-already' : 'refused', task: undefined };
  }
  const { source, name } = row.draft.cells;
  const wish = {
    source,
    destination: addressOf(row.draft),
    settings: row.draft.settings,
    ...(name === '' ? {} : { name }),
  };
  if (how.check) {
    const seen = await client.tasks.check(wish);
    return seen.ok ? { ...row, state: 'ready', task: undefined } : refused(row, seen.problem);
  }
  const made = await client.tasks.create(wish);
  if (!made.ok) return refused(row, made.problem);
  const task = made.value.id;
  if (how.start) await client.tasks.order({ task, order: 'start' });
  return { ...row, state: 'made', task };
}

function refused(row: CheckedDraft, problem: Pick<Fault, 'code' | 'detail'>): Outcome {
  const { code, detail } = problem;
  const fault: Fault = { code, line: row.draft.line, ...(detail === undefined ? {} : { detail }) };
  return { ...row, faults: [...row.faults, fault], state: 'refused', task: undefined };
}

async function tell(
  file: ImportFile,
  outcomes: readonly Outcome[],
  options: ImportOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const left = outcomes.filter(({ state }) => state === 'refused');
  if (options.corrected !== undefined) {
    const rows = left.map(({ draft, faults }) => ({ draft, remarks: faults.map(remarkOf) }));
    const written = await write(resolve(options.corrected), importAsCsv(rows));
    if (!written.ok) return failedBefore(written.problem, terminal, options.json);
  }
  if (options.json) terminal.stdout.write(`${JSON.stringify(asJson(file, outcomes))}\n`);
  else {
    terminal.stdout.write(tableText(file.faults, outcomes));
    terminal.stdout.write(summaryText(outcomes, options.corrected));
  }
  return left.length === 0 ? exitCodes.complete : exitCodes.completeWithIssues;
}

async function write(file: string, text: string): Promise<Result<void>> {
  try {
    await writeFile(file, text);
    return ok(undefined);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    return failed('import-rows-not-written', { where: file, detail: error.message });
  }
}

function asJson(file: ImportFile, outcomes: readonly Outcome[]): unknown {
  const count = (wanted: Outcome['state']): number => outcomes.filter(({ state }) => state === wanted).length;
  return {
    rows: outcomes.length,
    ...{ made: count('made'), ready: count('ready') },
    ...{ thereAlready: count('there-already'), refused: count('refused') },
    encoding: file.encoding,
    layout: file.table?.columns.layout ?? 'json',
    tasks: outcomes.map(({ draft, faults, state, task }) => ({
      ...{ line: draft.line, state, task: task ?? null },
      ...{ source: draft.cells.source, destination: addressOf(draft) },
      faults: faults.map(({ code, column, given, detail }) => ({
        ...{ code, severity: lookUp(code).severity, column: column ?? null },
        ...{ given: given ?? null, detail: detail ?? null },
      })),
    })),
  };
}

async function allTasks(client: ConsoleClient): Promise<readonly KnownTask[]> {
  const known: KnownTask[] = [];
  let cursor: string | undefined;
  do {
    const page = await client.tasks.list({
      ...{ limit: 200, shelf: 'all' },
      ...(cursor === undefined ? {} : { cursor }),
    });
    known.push(...page.tasks.map(({ task }) => task));
    cursor = page.cursor ?? undefined;
  } while (cursor !== undefined);
  return known;
}

/** In the order of the rows, some of them at the same time. */
async function eachRow<T, U>(rows: readonly T[], job: (row: T) => Promise<U>): Promise<U[]> {
  const done = new Map<number, U>();
  const entries = rows.entries();
  const worker = async (): Promise<void> => {
    for (const [at, row] of entries) done.set(at, await job(row));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return rows.flatMap((_, at) => done.get(at) ?? []);
}
