import { Command, CommanderError } from 'commander';
import type { z } from 'zod';
import { exportKinds } from '../report/exports/exports.ts';
import { allCommands, type Commands } from './commands.ts';
import { type ExitCode, exitCodes, exitCodeTexts } from './exit-codes.ts';
import { withFilters } from './filter-options.ts';
import {
  agentOptionsSchema,
  demoteOptionsSchema,
  fleetOptionsSchema,
  inviteOptionsSchema,
  joinOptionsSchema,
  moveOptionsSchema,
  oneMachineOptionsSchema,
  promoteOptionsSchema,
  statusOptionsSchema,
} from './fleet/fleet-options.ts';
import { withGentle } from './gentle-options.ts';
import { helpTexts } from './help-texts.ts';
import {
  assessOptionsSchema,
  checkManifestOptionsSchema,
  copyOptionsSchema,
  importOptionsSchema,
  practiceOptionsSchema,
  reportOptionsSchema,
  serveOptionsSchema,
  verifyOptionsSchema,
} from './options.ts';
import { withNameRules, withRules } from './rule-options.ts';
import { signInOptionsSchema, signOutOptionsSchema } from './signing/signing-options.ts';
import type { Terminal } from './terminal.ts';

/**
 * Runs the command line.
 * @param args without node and script
 * @param version of the product
 */
export async function runCommandLine(
  args: readonly string[],
  version: string,
  terminal: Terminal,
  commands: Commands = allCommands,
): Promise<ExitCode> {
  let code: ExitCode = exitCodes.wrongUsage;
  const program = new Command('convoy')
    .description(helpTexts.convoy)
    .version(version, '-V, --version')
    .helpOption('-h, --help', 'show this help')
    .helpCommand('help [command]', 'show the help of a command')
    .addHelpText('after', `\n${helpTexts.examples}\n\nExit codes:\n${exitCodeList()}`)
    .showHelpAfterError('Say `convoy --help` to see what can be said.')
    .configureOutput({
      writeOut: (text) => terminal.stdout.write(text),
      writeErr: (text) => terminal.stderr.write(text),
    })
    .exitOverride();

  const define = <T>(
    name: keyof Commands,
    schema: z.ZodType<T>,
    run: (options: T, terminal: Terminal) => Promise<ExitCode>,
    { parent = program, argument = 'source' }: { parent?: Command; argument?: string } = {},
  ) =>
    parent
      .command(name)
      .summary(helpTexts.summary[name])
      .description(helpTexts[name])
      .showHelpAfterError(
        `Say \`convoy ${parent === program ? '' : `${parent.name()} `}${name} --help\` to see what can be said.`,
      )
      .addHelpText('after', `\nExit codes:\n${exitCodeList()}`)
      // Commander hands over the arguments, then the options, then the command itself.
      .action(async (...words: readonly unknown[]) => {
        const given: unknown = Object.assign(
          {},
          words.at(-2),
          words.length > 2 ? { [argument]: words[0] } : {},
        );
        const options = schema.safeParse(given);
        if (options.success) {
          code = await run(options.data, terminal);
          return;
        }
        for (const { path, message } of options.error.issues) {
          terminal.stderr.write(`${wrongOption(String(path[0] ?? ''), message, given)}\n`);
        }
      });

  const copyCommand = withRules(withSignIn(define('copy', copyOptionsSchema, commands.copy)))
    .requiredOption(
      '--source <folder>',
      'what to copy: a local folder or \\\\server\\share\\folder; it is only ever read',
    )
    .requiredOption('--to <address>', 'where to: the address of a library or folder, as the browser shows it')
    .option('--renames <file>', renamesHelp)
    .option('--people <file>', peopleHelp)
    .option(
      '--record <file>',
      'write every call to the destination to a file, a line each: when, what, how long, what it waited for, what came',
    )
    .option('--dry-run', 'look at everything, judge it and report; write nothing')
    .option(
      '--json',
      'one JSON object on stdout at the end, and nothing else; all other text goes to stderr',
    );

  const assessCommand = withNameRules(withSignIn(define('assess', assessOptionsSchema, commands.assess)))
    .argument(
      '<source>',
      'what to look at: a local folder or \\\\server\\share\\folder; it is only ever read',
    )
    .option('--to <address>', 'where it is to go one day: then paths and names are judged by that place')
    .option('--renames <file>', renamesHelp)
    .option(
      '--permissions [folders|files]',
      'read who has access as well, of folders or of files too: a call to the server for each',
    )
    .option(
      '--duplicates [bytes]',
      'find files with the same content, of so many bytes or more: those of one size are read',
    )
    .option('--html <file>', 'write the page with the pictures there as well')
    .option(
      '--json',
      'one JSON object on stdout at the end, and nothing else; all other text goes to stderr',
    );

  withSignIn(define('import', importOptionsSchema, commands.import))
    .argument('[file]', 'the list: CSV (commas, semicolons or tabs) or JSON')
    .option('--check', 'only say what would become of each row; make no task')
    .option('--start', 'start each task that is made: they run when a machine with this data folder works')
    .option('--corrected <file>', 'write the rows that are not in order to this CSV, each with what is wrong')
    .option('--template', 'print a list to begin with, and do nothing else')
    .option('--json', 'one JSON object on stdout, with every row, and nothing else');

  withSignIn(define('verify', verifyOptionsSchema, commands.verify))
    .option('--task <name>', 'name or id of the task; needed where the data folder has more than one')
    .option('--deep', 'read the files back and compare them with the source')
    .option('--sample <percent>', 'with --deep: only this part of the files, chosen by chance, e.g. 5%')
    .option(
      '--seed <text>',
      'with --sample: the same seed chooses the same files; made up and printed when absent',
    )
    .option(
      '--json',
      'one JSON object on stdout at the end, and nothing else; all other text goes to stderr',
    );

  define('report', reportOptionsSchema, commands.report, { argument: 'kind' })
    .argument('[kind]', `one of ${exportKinds.join(', ')}; tasks when absent`)
    .option('--task <name...>', 'name or id of the tasks that are meant; all when absent')
    .option('--all-runs', 'every run of a task, and not only its last one')
    .option(
      '--format <csv|xlsx|jsonl>',
      "for which program; by the ending of --out, csv when that doesn't say",
    )
    .option('--out <file>', 'where to; a file in this folder, named after the kind and the day, when absent')
    .option('--data <folder>', 'the data folder of the machine that is asked (CONVOY_DATA)')
    .option('--json', 'one JSON object on stdout that says which file it is, and nothing else');

  define('check-manifest', checkManifestOptionsSchema, commands['check-manifest'])
    .argument('<folder>', 'the folder of a report that was handed over, or the manifest.json in it')
    .option(
      '--key <fingerprint>',
      'the key that it must be signed with, as the machine printed it (SHA256:...)',
    )
    .option('--json', 'one JSON object on stdout, and nothing else');

  for (const command of [copyCommand, assessCommand]) withGentle(withFilters(command));

  withSignIn(define('serve', serveOptionsSchema, commands.serve)).option(
    '--port <number>',
    'port of the screen on 127.0.0.1; any that is free when absent',
  );

  define('sign-in', signInOptionsSchema, commands['sign-in'])
    .option('--device-code', 'by a code that is typed in a browser of any device')
    .option('--tenant <id>', 'the organisation: its id or one of its domains; any when absent')
    .option('--client-id <id>', 'the app to sign in with; the one of before, or of the cloud, when absent')
    .option(
      '--cloud <name|file>',
      'global, gcc-high, dod, china, or a JSON file that describes another; that of before, or global, when absent',
    )
    .option('--data <folder>', 'the data folder of the machine that is meant (CONVOY_DATA)')
    .option('--no-browser', 'print the address of the page, and open no browser')
    .option('--json', jsonHelp);
  define('sign-out', signOutOptionsSchema, commands['sign-out'])
    .option('--data <folder>', 'the data folder of the machine that is meant (CONVOY_DATA)')
    .option('--json', jsonHelp);

  define('practice', practiceOptionsSchema, commands.practice)
    .option('--source <folder>', 'copy this folder instead of the practice share')
    .option(
      '--files <number>',
      'size of the practice share, 5000 when absent; a share of another size that is there is replaced',
    )
    .option('--seed <text>', 'another seed makes another share')
    .option('--faults <percent>', 'let so many per cent of all requests fail, as on a bad day; 0 when absent')
    .option('--port <number>', 'port of the screen on 127.0.0.1; any that is free when absent')
    .option('--data <folder>', 'where share, tenant and journal are kept')
    .option('--fresh', 'begin again: first delete what earlier rehearsals left in that folder')
    .option('--no-screen', 'do not serve the screen');

  defineFleet(program, define, commands);

  try {
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    // Help and version are no mistake; everything else that commander throws is one, and it has said so already.
    if (error instanceof CommanderError)
      return error.exitCode === 0 ? exitCodes.complete : exitCodes.wrongUsage;
    throw error;
  }
}

type Define = <T>(
  name: keyof Commands,
  schema: z.ZodType<T>,
  run: (options: T, terminal: Terminal) => Promise<ExitCode>,
  place?: { parent?: Command; argument?: string },
) => Command;

/** The commands of a fleet. */
function defineFleet(program: Command, define: Define, commands: Commands): void {
  const withData = (command: Command, json = jsonHelp): Command =>
    command
      .option('--data <folder>', 'the data folder of the machine that is meant (CONVOY_DATA)')
      .option('--json', json);

  withSignIn(define('agent', agentOptionsSchema, commands.agent));
  withData(define('status', statusOptionsSchema, commands.status), 'an object a look, one a line').option(
    '--watch',
    'look again each second until Ctrl+C',
  );
  withData(define('join', joinOptionsSchema, commands.join, { argument: 'invitation' }))
    .argument(
      '<invitation>',
      'the line that convoy fleet invite printed on the coordinator; put it in quotes',
    )
    .option('--no-wait', 'do not wait until the coordinator has said yes');
  withData(define('leave', fleetOptionsSchema, commands.leave));

  const parent = program
    .command('fleet')
    .summary(helpTexts.summary.fleet)
    .description(helpTexts.fleet)
    .showHelpAfterError('Say `convoy fleet --help` to see what can be said.')
    .helpCommand(false)
    .addHelpText('after', `\n${helpTexts.fleetExamples}`);
  withData(define('promote', promoteOptionsSchema, commands.promote, { parent }))
    .option('--port <number>', portHelp)
    .option('--listen <address>', 'an address of this machine: listen there only')
    .option('--address <names>', 'under which others find this machine, before what it knows itself: a,b');
  withData(define('move', moveOptionsSchema, commands.move, { parent }))
    .requiredOption('--to <machine>', 'its name, or its id as convoy fleet list tells it')
    .option('--port <number>', portHelp)
    .option('--listen <address>', 'an address of that machine: listen there only')
    .option('--address <names>', 'under which others find that machine, before what it knows itself: a,b');
  withData(define('invite', inviteOptionsSchema, commands.invite, { parent }))
    .option('--minutes <number>', 'for how long it is good, 60 when absent, at most a week')
    .option('--accept', 'whoever comes with it is let in without a further yes');
  withData(define('list', fleetOptionsSchema, commands.list, { parent }));
  const machine = { parent, argument: 'machine' };
  for (const name of ['accept', 'revoke'] as const)
    withData(define(name, oneMachineOptionsSchema, commands[name], machine)).argument(
      '<machine>',
      'its name, or its id as convoy fleet list tells it',
    );
  withData(define('demote', demoteOptionsSchema, commands.demote, { parent })).option(
    '--force',
    'also where machines have joined: they are forgotten, and have to be invited again',
  );
  withData(define('rekey', fleetOptionsSchema, commands.rekey, { parent }));
}

const portHelp = 'port to listen on, 7443 when absent; 0 for any that is free, which is then kept';

const jsonHelp = 'one JSON object on stdout, and nothing else; all other text goes to stderr';

const peopleHelp =
  'a list of people for --authors, CSV without a heading: owner at the source (account or SID), sign-in name at the destination, FALSE; kept with the task';

const renamesHelp =
  "a repair plan: the report's renames.csv, edited; its names go before those of the rules from now on";

function withSignIn(command: Command): Command {
  return command
    .option('--tenant <id>', 'the organisation: its id or one of its domains (CONVOY_TENANT)')
    .option('--client-id <id>', 'the application that signs in (CONVOY_CLIENT_ID)')
    .option('--certificate <file>', 'PEM file with its private key and certificate (CONVOY_CERTIFICATE)')
    .option(
      '--cloud <name|file>',
      'global, gcc-high, dod, china, or a JSON file that describes another; global when absent',
    )
    .option('--data <folder>', 'where journal and reports are kept (CONVOY_DATA)');
}

/** Which option, what was given, and what it takes. */
function wrongOption(key: string, takes: string, given: unknown): string {
  const option = `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  const value: unknown = typeof given === 'object' && given !== null ? Reflect.get(given, key) : undefined;
  // What may be said several times comes as a list.
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  const text = values.map((one) => JSON.stringify(one) ?? 'nothing').join(' ');
  const shown = text.length > 60 ? `${text.slice(0, 60)}...` : text;
  return `${option} takes ${takes}; ${shown} was given.`;
}

function exitCodeList(): string {
  return Object.entries(exitCodeTexts)
    .map(([code, text]) => `  ${code}  ${text}`)
    .join('\n');
}
