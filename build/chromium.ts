import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Where Chromium is, or one sentence on why the tests of the screen are going to be skipped. */
export type Chromium =
  | { readonly path: string; readonly problem?: undefined }
  | { readonly path?: undefined; readonly problem: string };

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const WINDOWS_PLACES = ['Google/Chrome/Application/chrome.exe', 'Microsoft/Edge/Application/msedge.exe'];

/**
 * Looks for Chromium on the PATH (CONVOY_CHROMIUM names another one) and, as root on Debian and its like where
 * nobody sits at a terminal (a build machine), installs the distribution's package.
 */
export async function ensureChromium(say: (line: string) => void): Promise<Chromium> {
  const found = findChromium(process.env);
  if (found) return { path: found };
  if (
    process.platform === 'linux' &&
    process.getuid?.() === 0 &&
    !process.stdin.isTTY &&
    existsSync('/usr/bin/apt-get')
  ) {
    say('Chromium is missing; installing the package of the distribution ...');
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const options = { env, encoding: 'utf8', timeout: 600_000 } as const;
    spawnSync('apt-get', ['update', '-qq'], options);
    const end = spawnSync(
      'apt-get',
      ['install', '-y', '-qq', '--no-install-recommends', 'chromium'],
      options,
    );
    const path = findChromium(process.env);
    if (path) return { path };
    const last = (end.stderr ?? '').trim().split('\n').at(-1) ?? '';
    return {
      problem: `Chromium is missing and could not be installed (${last}): the tests of the screen are skipped.`,
    };
  }
  return {
    problem:
      'Chromium is missing: the tests of the screen are skipped. Install it (Debian: apt-get install chromium) or name one in CONVOY_CHROMIUM.',
  };
}

/** The first Chromium of the PATH (on Windows: where Chrome and Edge are installed), or the one that CONVOY_CHROMIUM names. */
export function findChromium(env: Readonly<Record<string, string | undefined>>): string | undefined {
  const named = env['CONVOY_CHROMIUM'];
  if (named) return existsSync(named) ? named : undefined;
  return placesOf(env).find((path) => existsSync(path));
}

function placesOf(env: Readonly<Record<string, string | undefined>>): readonly string[] {
  if (process.platform === 'win32') {
    const roots = [env['ProgramFiles'], env['ProgramFiles(x86)'], env['LOCALAPPDATA']];
    return roots.flatMap((root) => (root ? WINDOWS_PLACES.map((place) => join(root, place)) : []));
  }
  const folders = (env['PATH'] ?? '').split(delimiter).filter(Boolean);
  return folders.flatMap((folder) => NAMES.map((name) => join(folder, name)));
}
