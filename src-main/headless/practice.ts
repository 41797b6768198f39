import { basename, join, resolve } from 'node:path';
import { generateShare } from '../../src-practice/share/share.ts';
import { type SpawnedTenant, spawnPracticeTenant } from '../../src-practice/tenant/spawn.ts';
import { bytes, count } from '../report/format.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { openMachine } from './open-machine.ts';
import { dataFolderOf, type PracticeOptions } from './options.ts';
import { loadPracticeState, type PracticeState, savePracticeState } from './practice-state.ts';
import { failedBefore, runAndReport } from './run-and-report.ts';
import { interrupted, showScreen } from './serve.ts';
import type { Terminal } from './terminal.ts';

/**
 * `convoy practice`: the whole way of a copy without a tenant and without a file server. This is the only place of the
 * product that knows the practice rooms; all that it starts is reached as the real thing would be.
 */
export async function practice(options: PracticeOptions, terminal: Terminal): Promise<ExitCode> {
  const { stderr } = terminal;
  const folder = options.data ? resolve(options.data) : join(dataFolderOf(undefined, terminal), 'practice');
  const state = loadPracticeState(folder, terminal.now());

  const source = options.source ? resolve(options.source) : await makeShare(folder, state, options, terminal);
  stderr.write('Starting the practice tenant.\n');
  const tenant = await startTenant(folder, state);
  try {
    const { httpPort, httpsPort } = tenant;
    savePracticeState(folder, { ...state, httpPort, httpsPort });
    await tenant.control.setFaults({ mixed: options.faults / 100 });
    return await rehearse(tenant, { folder, source, options, terminal });
  } finally {
    await tenant.close();
  }
}

interface Rehearsal {
  readonly folder: string;
  readonly source: string;
  readonly options: PracticeOptions;
  readonly terminal: Terminal;
}

async function rehearse(
  tenant: SpawnedTenant,
  { folder, source, options, terminal }: Rehearsal,
): Promise<ExitCode> {
  const { pem } = await tenant.control.certificate();
  const machine = await openMachine(
    {
      dataFolder: join(folder, 'machine'),
      signIn: {
        cloud: tenant.cloud,
        // By its name, as people know it: it is what the screen shows.
        tenant: `${tenant.hostName.split('.')[0]}.onmicrosoft.com`,
        clientId: tenant.apps.headless,
        certificatePem: pem,
      },
    },
    terminal,
  );
  if (!machine.ok) return failedBefore(machine.problem, terminal, false);
  try {
    const screen = options.screen ? await showScreen(machine.value, options.port, terminal) : undefined;
    const destination = await destinationFor(tenant, source);
    terminal.stderr.write(`From:   ${source}\nTo:     ${destination}\n\n`);
    const code = await runAndReport(machine.value, { source, destination, dryRun: false }, terminal, false);
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

async function makeShare(
  folder: string,
  state: PracticeState,
  { files, seed }: PracticeOptions,
  { stderr }: Terminal,
): Promise<string> {
  stderr.write(`Making a practice share of ${count(files)} files.\n`);
  const share = await generateShare({
    directory: join(folder, 'Practice share'),
    seed,
    files,
    now: state.shareMadeAt,
  });
  const made = share.reused ? 'It is there already' : 'Done';
  stderr.write(
    `${made}: ${count(share.files)} files, ${bytes(share.bytes)}, some of which cannot be copied.\n`,
  );
  return share.directory;
}

/** Starts the tenant where it was, so that uploads under way go on; elsewhere if that port is taken by now. */
async function startTenant(folder: string, { httpPort, httpsPort }: PracticeState): Promise<SpawnedTenant> {
  const dataDir = join(folder, 'tenant');
  if (httpPort === 0) return spawnPracticeTenant({ dataDir });
  try {
    return await spawnPracticeTenant({ dataDir, httpPort, httpsPort });
  } catch (error) {
    if (!(error instanceof Error && error.message.includes('EADDRINUSE'))) throw error;
    return spawnPracticeTenant({ dataDir });
  }
}

/** A folder of the Archive site that bears the name of the source: each source has its own. */
async function destinationFor(tenant: SpawnedTenant, source: string): Promise<string> {
  const drives = await tenant.control.drives();
  const library = drives.find(({ path }) => path.startsWith('sites/archive/')) ?? drives[0];
  if (library === undefined) throw new Error('the practice tenant has no library');
  const name = basename(source).replace(/[^\p{L}\p{N} _-]+/gu, '_') || 'root';
  return `${library.webUrl}/${encodeURIComponent(name)}`;
}
