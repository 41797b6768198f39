import type { Problem } from '../../../src-shared/model/problem.ts';
import { sleep } from '../../basics/sleep.ts';
import { callFolderDoor } from '../../host/folder-door.ts';
import type { ExitCode } from '../exit-codes.ts';
import { openMachine } from '../open-machine.ts';
import { dataFolderOf } from '../options.ts';
import { failedBefore } from '../run-and-report.ts';
import type { ConsoleClient } from '../run-task.ts';
import type { SaidSignIn } from '../sign-in.ts';
import type { Terminal } from '../terminal.ts';

/** The console of a data folder: of the process that is at work with it, or of this one. */
export interface FolderConsole {
  readonly client: ConsoleClient;
  /** Whether Convoy is at work there. */
  readonly running: boolean;
  /** Connects or listens as the machine's place in the fleet wants it, where no other process does. */
  start(): Promise<void>;
}

/** A process that has taken the folder a moment ago opens its door soon. */
const TRIES = 30;
const BETWEEN_MS = 100;

/** Where, and how what goes wrong is told. */
interface ConsoleOrder {
  readonly data?: string | undefined;
  readonly json: boolean;
  /** For a folder that no process is at work with; a process that is has its own. */
  readonly signIn?: SaidSignIn | undefined;
}

/**
 * Asks the process that is at work with the data folder, or opens the folder for as long as the order takes. A folder that
 * is in use without a door (an older Convoy, a verification) is told as in use.
 */
export async function withConsole(
  { data, json, signIn }: ConsoleOrder,
  terminal: Terminal,
  use: (console: FolderConsole) => Promise<ExitCode>,
): Promise<ExitCode> {
  const folder = dataFolderOf(data, terminal);
  if (!folder.ok) return failedBefore(folder.problem, terminal, json);
  let inUse: Problem | undefined;
  for (let tries = 0; tries < TRIES; tries += 1) {
    const called = await callFolderDoor(folder.value);
    if (called !== undefined) {
      try {
        return await use({ client: called.client, running: true, start: async () => undefined });
      } finally {
        called.close();
      }
    }
    const machine = await openMachine(
      { dataFolder: folder.value, signIn, work: false, joinedToo: true },
      terminal,
    );
    if (machine.ok) {
      const { client, startFleet, close } = machine.value;
      try {
        return await use({ client, running: false, start: startFleet });
      } finally {
        await close();
      }
    }
    if (machine.problem.code !== 'store-in-use') return failedBefore(machine.problem, terminal, json);
    inUse = machine.problem;
    await sleep(BETWEEN_MS);
  }
  return failedBefore(inUse ?? { code: 'store-in-use' }, terminal, json);
}
