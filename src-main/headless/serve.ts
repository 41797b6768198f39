import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { onInterrupt } from './interrupts.ts';
import { type HeadlessMachine, openMachine } from './open-machine.ts';
import { dataFolderOf, type ServeOptions } from './options.ts';
import { failedBefore } from './run-and-report.ts';
import { openScreenHost, type ScreenHost } from './screen-host/screen-host.ts';
import { checkedSignIn } from './sign-in.ts';
import type { Terminal } from './terminal.ts';

/** Where the screen is built to: beside the bundle of this file, or in `out` of the checkout. */
const screenFolders = ['../renderer', '../../out/renderer'].map((path) =>
  fileURLToPath(new URL(path, import.meta.url)),
);

/** `convoy serve`: the machine with its screen in a browser of this computer, until Ctrl+C. */
export async function serve(options: ServeOptions, terminal: Terminal): Promise<ExitCode> {
  const signIn = checkedSignIn(options, terminal.env);
  if (!signIn.ok && signIn.problem.code !== 'sign-in-incomplete') {
    return failedBefore(signIn.problem, terminal, false);
  }
  const dataFolder = dataFolderOf(options.data, terminal);
  if (!dataFolder.ok) return failedBefore(dataFolder.problem, terminal, false);
  const machine = await openMachine(
    { dataFolder: dataFolder.value, signIn: signIn.ok ? signIn.value : undefined, joinedToo: true },
    terminal,
  );
  if (!machine.ok) return failedBefore(machine.problem, terminal, false);
  try {
    const screen = await showScreen(machine.value, options.port, terminal);
    if (screen === undefined) return exitCodes.wrongUsage;
    await interrupted(terminal);
    await screen.close();
    return exitCodes.complete;
  } finally {
    await machine.value.close();
  }
}

/** Opens the screen's host and says where it is. Undefined, and said so, when the port is taken. */
export async function showScreen(
  machine: HeadlessMachine,
  port: number,
  { stderr }: Terminal,
): Promise<ScreenHost | undefined> {
  let opened = false;
  const onOpened = (next: string): void => {
    if (!opened) stderr.write(`\nThe screen was opened. For another browser: ${next}\n`);
    opened = true;
  };
  const folder = screenFolders.find((candidate) => existsSync(candidate)) ?? '';
  try {
    const host = await openScreenHost({ router: machine.router, folder, port, onOpened });
    const remark = host.present ? 'on this computer only; opens once' : 'not built yet: npm run build';
    stderr.write(`Screen: ${host.address()}\n        (${remark})\n`);
    return host;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error;
    stderr.write(`Port ${port} is in use by another program: choose another one with --port.\n`);
    return undefined;
  }
}

/** Resolves at Ctrl+C; a second one ends the process. */
export function interrupted(terminal: Terminal): Promise<void> {
  return new Promise((resolve) => {
    onInterrupt(terminal.signals, terminal.now, (times) => {
      if (times > 1) terminal.exit(exitCodes.stopped);
      terminal.stderr.write('\nClosing.\n');
      resolve();
    });
  });
}
