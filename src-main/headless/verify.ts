import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { TaskRow } from '../../src-shared/contract/console-types.ts';
import type { VerificationProgress } from '../engine/verification/verification.ts';
import { allTasks } from '../report/exports/project.ts';
import { bytes, count } from '../report/format.ts';
import { visible } from '../report/hostile-text.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { onInterrupt } from './interrupts.ts';
import { LineWriter } from './line-writer.ts';
import { type HeadlessMachine, openMachine } from './open-machine.ts';
import { dataFolderOf, type VerifyOptions } from './options.ts';
import { failedBefore } from './run-and-report.ts';
import type { ConsoleClient } from './run-task.ts';
import { checkedSignIn } from './sign-in.ts';
import type { Terminal } from './terminal.ts';

/** `convoy verify`: looks again at what a task copied. Nothing is written to the destination. */
export async function verify(options: VerifyOptions, terminal: Terminal): Promise<ExitCode> {
  const { json, stderr } = { json: options.json, stderr: terminal.stderr };
  if (!options.deep && (options.sample !== undefined || options.seed !== undefined)) {
    stderr.write('--sample and --seed choose what --deep reads back; say --deep as well.\n');
    return exitCodes.wrongUsage;
  }
  const signIn = checkedSignIn(options, terminal.env);
  if (!signIn.ok) return failedBefore(signIn.problem, terminal, json);
  const dataFolder = dataFolderOf(options.data, terminal);
  if (!dataFolder.ok) return failedBefore(dataFolder.problem, terminal, json);
  const order = { dataFolder: dataFolder.value, signIn: signIn.value, work: false };
  const machine = await openMachine(order, terminal);
  if (!machine.ok) return failedBefore(machine.problem, terminal, json);
  try {
    const task = await chooseTask(machine.value.client, options.task, terminal);
    return task === undefined
      ? exitCodes.wrongUsage
      : await verifyOne(machine.value, task, options, terminal);
  } finally {
    await machine.value.close();
  }
}

async function verifyOne(
  machine: HeadlessMachine,
  { task, run }: TaskRow,
  { deep, sample, seed, json }: VerifyOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const { stdout, stderr } = terminal;
  stderr.write(`Task:   ${visible(task.name)}${run === null ? '' : `, run ${run.number}`}\n`);
  stderr.write(`At:     ${visible((await machine.placeOf(task)) ?? task.destination)}\n\n`);
  const line = new LineWriter(stderr, terminal.now);
  const stop = new AbortController();
  const done = onInterrupt(terminal.signals, terminal.now, (times) => {
    if (times > 1) terminal.exit(exitCodes.stopped);
    line.clear();
    stderr.write('Stopping; nothing was changed. Said again, it begins anew.\n');
    stop.abort();
  });
  const verified = await machine.verify({
    task: task.id,
    deep: deep ? { share: sample ?? 1, seed: seed ?? randomUUID().slice(0, 8) } : undefined,
    signal: stop.signal,
    progress: (progress) => line.show(() => progressText(progress)),
  });
  line.clear();
  done();
  if (!verified.ok) {
    const code = failedBefore(verified.problem, terminal, json);
    return stop.signal.aborted ? exitCodes.stopped : code;
  }
  const { summary, text, folder, files, signedBy } = verified.value;
  stdout.write(json ? `${JSON.stringify(summary)}\n` : text);
  const into = json ? stderr : stdout;
  into.write(
    `\nReport: ${files.map((file) => join(folder, file)).join('\n        ')}\nSigned: ${signedBy}\n`,
  );
  return summary.state === 'complete' ? exitCodes.complete : exitCodes.completeWithIssues;
}

/** The task that was named, or the only one. Says what there is to choose from where it is not clear. */
async function chooseTask(
  client: ConsoleClient,
  named: string | undefined,
  { stderr }: Terminal,
): Promise<TaskRow | undefined> {
  const rows: TaskRow[] = [];
  for await (const row of allTasks(client)) if (!row.task.settings.dryRun) rows.push(row);
  const fitting = rows.filter(({ task }) => named === undefined || task.id === named || task.name === named);
  const [only] = fitting;
  if (only !== undefined && fitting.length === 1) return only;
  const what = named === undefined ? '' : ` called ${visible(named)}`;
  stderr.write(
    `There ${fitting.length === 0 ? 'is no task' : 'is more than one task'}${what}. Name one with --task:\n`,
  );
  for (const { task } of rows) {
    stderr.write(
      `  ${task.id}  ${visible(task.name)}  (${visible(task.source)} to ${visible(task.destination)})\n`,
    );
  }
  return undefined;
}

function progressText({ phase, listed, read, bytes: length }: VerificationProgress): string {
  switch (phase) {
    case 'listing':
      return `listing the destination · ${count(listed)} items`;
    case 'searching':
      return 'looking for what is not listed';
    case 'reading':
      return `reading back · ${count(read)} files · ${bytes(length)}`;
  }
}
