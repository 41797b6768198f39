import { signInOf } from '../host/app-sign-in.ts';
import type { ExitCode } from './exit-codes.ts';
import { openMachine } from './open-machine.ts';
import { type CopyOptions, dataFolderOf } from './options.ts';
import { failedBefore, runAndReport } from './run-and-report.ts';
import type { Terminal } from './terminal.ts';

/** `convoy copy`: one source into one destination, with the report at the end. */
export async function copy(options: CopyOptions, terminal: Terminal): Promise<ExitCode> {
  const signIn = signInOf(options, terminal.env);
  if (!signIn.ok) return failedBefore(signIn.problem, terminal, options.json);
  const machine = await openMachine(
    { dataFolder: dataFolderOf(options.data, terminal), signIn: signIn.value },
    terminal,
  );
  if (!machine.ok) return failedBefore(machine.problem, terminal, options.json);
  try {
    const wish = { source: options.source, destination: options.to, dryRun: options.dryRun };
    return await runAndReport(machine.value, wish, terminal, options.json);
  } finally {
    await machine.value.close();
  }
}
