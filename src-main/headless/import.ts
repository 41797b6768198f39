import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { lookUp } from '../../src-shared/catalogue/catalogue.ts';
import { type CheckedDraft, checkImport } from '../../src-shared/imports/check-import.ts';
import { addressOf } from '../../src-shared/imports/place.ts';
import type { ImportFile } from '../../src-shared/imports/read-import.ts';
import { failed, ok, type Result } from '../../src-shared/model/problem.ts';
import { readImport } from '../imports/read-import.ts';
import { importAsCsv, importTemplate } from '../imports/write-import.ts';
import { count } from '../report/format.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { withConsole } from './fleet/with-console.ts';
import { copyTasks, type RowEnd, takeRows } from './import-rows.ts';
import { remarkOf, summaryText, tableText } from './import-text.ts';
import { onInterrupt } from './interrupts.ts';
import { LineWriter } from './line-writer.ts';
import type { ImportOptions } from './options.ts';
import { failedBefore } from './run-and-report.ts';
import type { ConsoleClient } from './run-task.ts';
import { checkedSignIn } from './sign-in.ts';
import type { Terminal } from './terminal.ts';

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
  return withConsole({ ...options, signIn: signIn.value }, terminal, async ({ client }) => {
    const there = await client.signIn.state();
    if (there.state === 'none') return failedBefore({ code: 'sign-in-incomplete' }, terminal, json);
    const rows = checkImport(file.value.drafts, there.cloud, await copyTasks(client));
    return tell(file.value, await take(client, rows, options, terminal), options, terminal);
  });
}

/** Says how far it is, and ends at Ctrl+C after the rows that are being looked at. */
async function take(
  client: ConsoleClient,
  rows: readonly CheckedDraft[],
  { check, start }: ImportOptions,
  { stderr, signals, now, exit }: Terminal,
): Promise<readonly RowEnd[]> {
  const line = new LineWriter(stderr, now);
  const stop = new AbortController();
  const done = onInterrupt(signals, now, (times) => {
    if (times > 1) exit(exitCodes.stopped);
    line.clear();
    stderr.write('Stopping. The tasks that are made stay; said again, it goes on with the other rows.\n');
    stop.abort();
  });
  const tell = (taken: number): void => line.show(() => `${count(taken)} of ${count(rows.length)} rows`);
  try {
    return await takeRows(client, rows, { check, start, signal: stop.signal, tell });
  } finally {
    done();
    line.clear();
  }
}

async function readFileOf(path: string): Promise<Result<ImportFile>> {
  try {
    const read = readImport(await readFile(path));
    return read.ok ? read : failed(read.problem.code, { ...read.problem, where: path });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    return failed('import-unreadable', { where: path, detail: error.message });
  }
}

async function tell(
  file: ImportFile,
  ends: readonly RowEnd[],
  options: ImportOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const left = ends.filter(({ state }) => state === 'refused');
  if (options.corrected !== undefined) {
    const rows = left.map(({ draft, faults }) => ({ draft, remarks: faults.map(remarkOf) }));
    const written = await write(resolve(options.corrected), importAsCsv(rows));
    if (!written.ok) return failedBefore(written.problem, terminal, options.json);
  }
  if (options.json) terminal.stdout.write(`${JSON.stringify(asJson(file, ends))}\n`);
  else {
    terminal.stdout.write(tableText(file.faults, ends));
    terminal.stdout.write(summaryText(ends, options.corrected));
  }
  if (ends.some(({ state }) => state === 'not-reached')) return exitCodes.stopped;
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

function asJson(file: ImportFile, ends: readonly RowEnd[]): unknown {
  const number = (wanted: RowEnd['state']): number => ends.filter(({ state }) => state === wanted).length;
  return {
    rows: ends.length,
    ...{ made: number('made'), ready: number('ready') },
    ...{
      thereAlready: number('there-already'),
      refused: number('refused'),
      notReached: number('not-reached'),
    },
    encoding: file.encoding,
    layout: file.table?.columns.layout ?? 'json',
    tasks: ends.map(({ draft, faults, state, task }) => ({
      ...{ line: draft.line, state, task: task ?? null },
      ...{ source: draft.cells.source, destination: addressOf(draft) },
      faults: faults.map(({ code, column, given, detail }) => ({
        ...{ code, severity: lookUp(code).severity, column: column ?? null },
        ...{ given: given ?? null, detail: detail ?? null },
      })),
    })),
  };
}
