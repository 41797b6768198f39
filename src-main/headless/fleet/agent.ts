import { sleep } from '../../basics/sleep.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { openMachine } from '../open-machine.ts';
import { dataFolderOf } from '../options.ts';
import { problemText } from '../problem-text.ts';
import { failedBefore } from '../run-and-report.ts';
import type { ConsoleClient } from '../run-task.ts';
import { interrupted } from '../serve.ts';
import { checkedSignIn } from '../sign-in.ts';
import type { Terminal } from '../terminal.ts';
import type { AgentOptions } from './fleet-options.ts';
import { stateText } from './fleet-text.ts';

const LOOK_EVERY_MS = 1_000;

/** `convoy agent`: the machine at work without a window, until Ctrl+C. */
export async function agent(options: AgentOptions, terminal: Terminal): Promise<ExitCode> {
  const { stderr } = terminal;
  const signIn = checkedSignIn(options, terminal.env);
  if (!signIn.ok && signIn.problem.code !== 'sign-in-incomplete')
    return failedBefore(signIn.problem, terminal, false);
  const dataFolder = dataFolderOf(options.data, terminal);
  if (!dataFolder.ok) return failedBefore(dataFolder.problem, terminal, false);
  const machine = await openMachine(
    { dataFolder: dataFolder.value, signIn: signIn.ok ? signIn.value : undefined, joinedToo: true },
    terminal,
  );
  if (!machine.ok) return failedBefore(machine.problem, terminal, false);
  const { client, close } = machine.value;
  const stop = new AbortController();
  try {
    for (const notice of (await client.machine.about()).notices) stderr.write(problemText(notice));
    if ((await client.signIn.state()).state === 'none')
      stderr.write(
        'Nobody is signed in on this machine: it can look at sources, and every copy that it is given fails. Each machine signs in itself: say convoy sign-in, give --tenant, --client-id and --certificate, or set CONVOY_TENANT, CONVOY_CLIENT_ID and CONVOY_CERTIFICATE.\n',
      );
    const told = tellChanges(client, terminal, stop.signal);
    await interrupted(terminal);
    stop.abort();
    await told;
    return exitCodes.complete;
  } finally {
    stop.abort();
    await close();
  }
}

/** Says what the machine is, and again when that has changed. */
async function tellChanges(client: ConsoleClient, { stderr }: Terminal, signal: AbortSignal): Promise<void> {
  let last = '';
  while (!signal.aborted) {
    const text = stateText(await client.fleet.state());
    if (text !== last) stderr.write(text);
    last = text;
    await sleep(LOOK_EVERY_MS, signal);
  }
}
