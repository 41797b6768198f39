import { NO_DESTINATION } from '../../src-shared/rules/destination-address.ts';
import { assessmentText } from '../report/assessment/assessment-text.ts';
import { runSummary } from '../report/run-summary.ts';
import { saidPage, writePage } from './assessment-page.ts';
import { checkAddress, checkSource } from './copy-ends.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { saidFilters } from './filter-options.ts';
import { saidGentle } from './gentle-options.ts';
import { openMachine } from './open-machine.ts';
import { type AssessOptions, dataFolderOf } from './options.ts';
import { problemText } from './problem-text.ts';
import { saidRules } from './rule-options.ts';
import { failedBefore, runAndReport, type Tell, tellRun } from './run-and-report.ts';
import { saidRenames } from './said-renames.ts';
import { checkedSignIn } from './sign-in.ts';
import { sourceCredentials } from './source-credentials.ts';
import type { Terminal } from './terminal.ts';

/** `convoy assess`: judges a source before a byte moves. The same way as a copy, with writing switched off. */
export async function assess(options: AssessOptions, terminal: Terminal): Promise<ExitCode> {
  const { json, to } = options;
  const source = checkSource(options.source, terminal.platform);
  if (!source.ok) return failedBefore(source.problem, terminal, json);
  const credentials = sourceCredentials(source.value, terminal);
  if (!credentials.ok) return failedBefore(credentials.problem, terminal, json);
  const dataFolder = dataFolderOf(options.data, terminal);
  if (!dataFolder.ok) return failedBefore(dataFolder.problem, terminal, json);
  // Without a destination nobody has to sign in.
  const signIn = to === undefined ? undefined : checkedSignIn(options, terminal.env);
  if (signIn && !signIn.ok) return failedBefore(signIn.problem, terminal, json);
  // Whose cloud it is without an application, only the machine knows.
  const said = to !== undefined && signIn?.value.app ? checkAddress(to, signIn.value.cloud) : undefined;
  if (said && !said.ok) return failedBefore(said.problem, terminal, json);

  const renames = await saidRenames(options.renames);
  if (!renames.ok) return failedBefore(renames.problem, terminal, json);

  const page = await saidPage(options.html);
  if (!page.ok) return failedBefore(page.problem, terminal, json);

  const machine = await openMachine(
    { dataFolder: dataFolder.value, signIn: signIn?.value, credentialsFor: credentials.value },
    terminal,
  );
  if (!machine.ok) return failedBefore(machine.problem, terminal, json);
  try {
    const address = to === undefined ? undefined : (said ?? checkAddress(to, machine.value.cloud));
    if (address && !address.ok) return failedBefore(address.problem, terminal, json);
    const wish = {
      source: source.value,
      destination: address?.value.address ?? NO_DESTINATION,
      dryRun: true,
      permissions: options.permissions,
      renames: renames.value,
      filters: saidFilters(options),
      gentle: saidGentle(options),
      rules: saidRules(options),
    };
    const { code, assessment } = await runAndReport(machine.value, wish, terminal, json, {
      tell: tellAssessment,
      duplicatesOf: options.duplicates,
    });
    if (assessment === undefined || page.value === undefined) return code;
    const written = await writePage(page.value, assessment, terminal.now());
    terminal.stderr.write(written.ok ? `Page:   ${written.value}\n` : problemText(written.problem));
    return written.ok ? code : exitCodes.failed;
  } finally {
    await machine.value.close();
  }
}

const tellAssessment: Tell = (figures, assessment) => {
  if (assessment === undefined) return tellRun(figures, undefined);
  const { survey, forecasts, assumed, measured, changes, permissions, duplicates, space } = assessment;
  return {
    text: assessmentText(assessment),
    json: {
      ...runSummary(figures),
      survey,
      forecasts,
      assumed,
      measured,
      changes,
      permissions,
      duplicates,
      space,
    },
  };
};
