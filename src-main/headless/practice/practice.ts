import { join, resolve } from 'node:path';
import type { SpawnedTenant } from '../../../src-practice/tenant/spawn.ts';
import { ok, type Result } from '../../../src-shared/model/problem.ts';
import type { RunFigures } from '../../report/run-summary.ts';
import { openNodeSource } from '../../source/node-fs/node-source.ts';
import { checkSource } from '../copy-ends.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { openMachine } from '../open-machine.ts';
import { dataFolderOf, type PracticeOptions } from '../options.ts';
import { failedBefore, runAndReport } from '../run-and-report.ts';
import { interrupted, showScreen } from '../serve.ts';
import type { Terminal } from '../terminal.ts';
import { openPracticeFolder } from './practice-folder.ts';
import { makeShare } from './practice-share.ts';
import { savePracticeState } from './practice-state.ts';
import { destinationFor, startTenant } from './practice-tenant.ts';

/**
 * `convoy practice`: the whole way of a copy without a tenant and without a file server. This folder is the only place of
 * the product that knows the practice rooms; all that it starts is reached as the real thing would be.
 */
export async function practice(options: PracticeOptions, terminal: Terminal): Promise<ExitCode> {
  const say = (line: string): void => void terminal.stderr.write(`${line}\n`);
  const given = options.source === undefined ? ok(undefined) : await look(options.source, terminal);
  if (!given.ok) return failedBefore(given.problem, terminal, false);
  const place = folderOf(options, terminal);
  if (!place.ok) return failedBefore(place.problem, terminal, false);
  const fresh = options.fresh ? { keepShare: given.value !== undefined, say } : undefined;
  const folder = await openPracticeFolder(place.value, terminal.now(), fresh);
  if (!folder.ok) return failedBefore(folder.problem, terminal, false);
  try {
    const { share: directory, state } = folder.value;
    const { files, seed } = options;
    const source =
      given.value === undefined
        ? await makeShare({ directory, files, seed, now: state.shareMadeAt }, say)
        : ok(given.value);
    if (!source.ok) return failedBefore(source.problem, terminal, false);
    say(`Starting the practice tenant. Its data and the journal: ${folder.value.folder}`);
    const tenant = await startTenant(folder.value);
    if (!tenant.ok) return failedBefore(tenant.problem, terminal, false);
    try {
      const { httpPort, httpsPort, control } = tenant.value;
      savePracticeState(folder.value.folder, { ...state, httpPort, httpsPort });
      await control.setFaults({ mixed: options.faults / 100 });
      return await rehearse(tenant.value, {
        machine: folder.value.machine,
        source: source.value,
        options,
        terminal,
      });
    } finally {
      await tenant.value.close();
    }
  } finally {
    folder.value.release();
  }
}

/** The data folder of rehearsals: `practice` in the one of the machine, unless it is named. */
function folderOf({ data }: PracticeOptions, terminal: Terminal): Result<string> {
  if (data !== undefined) return ok(resolve(data));
  const folder = dataFolderOf(undefined, terminal);
  return folder.ok ? ok(join(folder.value, 'practice')) : folder;
}

/** Whether a folder to practise with is there and can be listed, before anything is made for it. */
async function look(given: string, { platform }: Terminal): Promise<Result<string>> {
  const checked = checkSource(given, platform);
  if (!checked.ok) return checked;
  const source = openNodeSource(checked.value);
  const probed = await source.probe();
  await source.close();
  return probed.ok ? ok(source.root) : probed;
}

interface Rehearsal {
  /** The data folder of the machine. */
  readonly machine: string;
  readonly source: string;
  readonly options: PracticeOptions;
  readonly terminal: Terminal;
}

async function rehearse(
  tenant: SpawnedTenant,
  { machine: dataFolder, source, options, terminal }: Rehearsal,
): Promise<ExitCode> {
  const { pem } = await tenant.control.certificate();
  const machine = await openMachine(
    {
      dataFolder,
      signIn: {
        cloud: tenant.cloud,
        app: {
          cloud: tenant.cloud,
          // By its name, as people know it: it is what the screen shows.
          tenant: `${tenant.hostName.split('.')[0]}.onmicrosoft.com`,
          clientId: tenant.apps.headless,
          certificatePem: pem,
        },
      },
    },
    terminal,
  );
  if (!machine.ok) return failedBefore(machine.problem, terminal, false);
  try {
    const screen = options.screen ? await showScreen(machine.value, options.port, terminal) : undefined;
    const destination = await destinationFor(tenant, source);
    const { code, figures } = await runAndReport(
      machine.value,
      { source, destination, dryRun: false },
      terminal,
      false,
    );
    if (figures && nothingNew(figures)) {
      terminal.stderr.write(
        '\nNothing was copied: an earlier rehearsal had copied it all. To begin again with an empty practice tenant: --fresh (npm run practice -- --fresh).\n',
      );
    }
    if (screen && terminal.stdout.isTTY && code !== exitCodes.stopped) {
      terminal.stderr.write(`\nThe screen stays open until Ctrl+C: ${screen.address()}\n`);
      await interrupted(terminal);
    }
    await screen?.close();
    // The practice share has files that no tool can copy; a rehearsal that reports them has done all that it should.
    return code === exitCodes.completeWithIssues ? exitCodes.complete : code;
  } finally {
    await machine.value.close();
  }
}

function nothingNew({ counts: { byOutcome } }: RunFigures): boolean {
  return byOutcome.copied.files === 0 && byOutcome.present.files > 0;
}
