import type { Overview, TaskRow } from '../../../src-shared/contract/console-types.ts';
import type { FleetMachine, FleetState } from '../../../src-shared/contract/fleet-admin.ts';
import type { SignInView } from '../../../src-shared/contract/sign-in.ts';
import { sleep } from '../../basics/sleep.ts';
import { callFolderDoor } from '../../host/folder-door.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { onInterrupt } from '../interrupts.ts';
import { dataFolderOf } from '../options.ts';
import { failedBefore } from '../run-and-report.ts';
import type { ConsoleClient } from '../run-task.ts';
import type { Terminal } from '../terminal.ts';
import type { StatusOptions } from './fleet-options.ts';
import { statusText } from './fleet-text.ts';
import { withConsole } from './with-console.ts';

/** Tasks that are shown, newest first. */
const MOST_TASKS = 20;
const EVERY_MS = 1_000;
/** A log gets a look this often. */
const LOG_EVERY = 10;
const CLEAR_SCREEN = '\u001b[H\u001b[2J';

interface Status {
  readonly running: boolean;
  readonly fleet: FleetState;
  /** Of this machine: each signs in for itself. */
  readonly signIn: SignInView;
  readonly machines: readonly FleetMachine[];
  /** Null while the coordinator of this machine cannot be reached. */
  readonly overview: Overview | null;
  readonly tasks: readonly TaskRow[];
}

/** `convoy status [--watch]`: what this machine is, what it does, and how far the fleet is. */
export async function status(options: StatusOptions, terminal: Terminal): Promise<ExitCode> {
  if (options.watch) return watchStatus(options, terminal);
  return withConsole(options, terminal, async ({ client, running }) => {
    show(await look(client, running), options.json, terminal);
    return exitCodes.complete;
  });
}

/** Looks each second until Ctrl+C. Never takes the folder itself: whoever is to work with it must be able to start. */
async function watchStatus({ data, json }: StatusOptions, terminal: Terminal): Promise<ExitCode> {
  const folder = dataFolderOf(data, terminal);
  if (!folder.ok) return failedBefore(folder.problem, terminal, json);
  const stop = new AbortController();
  const done = onInterrupt(terminal.signals, terminal.now, () => stop.abort());
  const isTerminal = terminal.stdout.isTTY === true;
  let waits = false;
  try {
    while (!stop.signal.aborted) {
      const called = await callFolderDoor(folder.value);
      if (called === undefined) {
        if (!waits) terminal.stderr.write('Convoy is not at work with this data folder; waiting for it.\n');
        waits = true;
        await sleep(EVERY_MS, stop.signal);
        continue;
      }
      waits = false;
      try {
        for (let looks = 0; !stop.signal.aborted; looks += 1) {
          const now = await look(called.client, true);
          if (isTerminal && !json) terminal.stdout.write(CLEAR_SCREEN);
          if (isTerminal || json || looks % LOG_EVERY === 0) show(now, json, terminal);
          await sleep(EVERY_MS, stop.signal);
        }
      } catch (error) {
        // It ended in the middle of an answer, which closes its door. Anything else is told.
        if (!called.ended()) throw error;
      } finally {
        called.close();
      }
    }
    return exitCodes.complete;
  } finally {
    done();
  }
}

async function look(client: ConsoleClient, running: boolean): Promise<Status> {
  const [fleet, machines] = [await client.fleet.state(), await client.fleet.machines()];
  const base = { running, fleet, signIn: await client.signIn.state(), machines };
  if (fleet.joined !== null && fleet.joined.state !== 'connected')
    return { ...base, overview: null, tasks: [] };
  const { tasks } = await client.tasks.list({ limit: MOST_TASKS });
  return { ...base, overview: await first(client), tasks };
}

async function first(client: ConsoleClient): Promise<Overview | null> {
  for await (const overview of await client.overview.watch()) return overview;
  return null;
}

function show(status: Status, json: boolean, { stdout, now }: Terminal): void {
  const { fleet, ...rest } = status;
  stdout.write(json ? `${JSON.stringify(status)}\n` : statusText({ ...rest, state: fleet, now: now() }));
}
