import { checkAddress, checkSource } from './copy-ends.ts';
import type { ExitCode } from './exit-codes.ts';
import { saidFilters } from './filter-options.ts';
import { saidGentle } from './gentle-options.ts';
import { openMachine } from './open-machine.ts';
import { type CopyOptions, dataFolderOf } from './options.ts';
import { saidRules } from './rule-options.ts';
import { failedBefore, runAndReport } from './run-and-report.ts';
import { saidPeople } from './said-people.ts';
import { saidRenames } from './said-renames.ts';
import { checkedSignIn } from './sign-in.ts';
import { sourceCredentials } from './source-credentials.ts';
import type { Terminal } from './terminal.ts';

/** `convoy copy`: one source into one destination, with the report at the end. What was said is looked at first. */
export async function copy(options: CopyOptions, terminal: Terminal): Promise<ExitCode> {
  const { json } = options;
  const signIn = checkedSignIn(options, terminal.env);
  if (!signIn.ok) return failedBefore(signIn.problem, terminal, json);
  // Whose cloud it is without an application, only the machine knows.
  const said = signIn.value.app && checkAddress(options.to, signIn.value.cloud);
  if (said && !said.ok) return failedBefore(said.problem, terminal, json);
  const source = checkSource(options.source, terminal.platform);
  if (!source.ok) return failedBefore(source.problem, terminal, json);
  const credentials = sourceCredentials(source.value, terminal);
  if (!credentials.ok) return failedBefore(credentials.problem, terminal, json);
  const dataFolder = dataFolderOf(options.data, terminal);
  if (!dataFolder.ok) return failedBefore(dataFolder.problem, terminal, json);

  const renames = await saidRenames(options.renames);
  if (!renames.ok) return failedBefore(renames.problem, terminal, json);

  const people = await saidPeople(options.people);
  if (!people.ok) return failedBefore(people.problem, terminal, json);

  const machine = await openMachine(
    {
      dataFolder: dataFolder.value,
      signIn: signIn.value,
      credentialsFor: credentials.value,
      record: options.record,
    },
    terminal,
  );
  if (!machine.ok) return failedBefore(machine.problem, terminal, json);
  try {
    const to = said ?? checkAddress(options.to, machine.value.cloud);
    if (!to.ok) return failedBefore(to.problem, terminal, json);
    if (to.value.corrected) {
      terminal.stderr.write('--to: SharePoint is reached by https alone; the address was read with https.\n');
    }
    const wish = {
      source: source.value,
      destination: to.value.address,
      dryRun: options.dryRun,
      renames: renames.value,
      people: people.value,
      filters: saidFilters(options),
      gentle: saidGentle(options),
      rules: saidRules(options),
    };
    return (await runAndReport(machine.value, wish, terminal, json)).code;
  } finally {
    await machine.value.close();
  }
}
