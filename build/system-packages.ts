import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { findChromium } from './chromium.ts';

/** A program of the system that some tests need, and what is not tested without it. */
export interface SystemProgram {
  readonly name: string;
  /** The package of Debian and its like that brings it. */
  readonly debian: string;
  readonly without: string;
  readonly isThere: () => boolean;
  /** Why the package would not help; undefined when it would. */
  readonly chosen?: (() => string | undefined) | undefined;
  /** Why it is of no use on this machine even when it is there; undefined when it is. */
  readonly useless?: (() => boolean) | undefined;
}

const runs = (command: string, argument: string) => (): boolean =>
  spawnSync(command, [argument], { stdio: 'ignore' }).error === undefined;

/** Only root may make the namespaces that the test with rclone lives in, and mount a share. */
const notRootOnLinux = (): boolean => process.platform !== 'linux' || process.getuid?.() !== 0;

export const chromium: SystemProgram = {
  name: 'Chromium',
  debian: 'chromium',
  without:
    'the tests of the screen are skipped; Chrome and Edge do as well, and CONVOY_CHROMIUM may name one',
  isThere: () => findChromium(process.env) !== undefined,
  chosen: () => {
    const named = process.env['CONVOY_CHROMIUM'];
    return named ? `CONVOY_CHROMIUM is ${named}, and there is nothing` : undefined;
  },
};

export const systemPrograms: readonly SystemProgram[] = [
  chromium,
  {
    name: 'makensis',
    debian: 'nsis',
    without: 'the test of the installer package is skipped',
    isThere: runs('makensis', '-VERSION'),
    useless: () => process.platform !== 'linux',
  },
  {
    name: 'rclone',
    debian: 'rclone',
    without: 'the tests against rclone and against a file server are skipped',
    isThere: runs('rclone', 'version'),
    useless: notRootOnLinux,
  },
  {
    name: 'ip',
    debian: 'iproute2',
    without: 'the test against rclone is skipped',
    isThere: runs('ip', '-V'),
    useless: notRootOnLinux,
  },
  {
    name: 'Samba',
    debian: 'samba',
    without: 'the test against a file server is skipped',
    isThere: runs('smbd', '--version'),
    useless: notRootOnLinux,
  },
  {
    name: 'fusermount3',
    debian: 'fuse3',
    without: 'the test against a file server is skipped',
    isThere: runs('fusermount3', '--version'),
    useless: notRootOnLinux,
  },
  {
    name: 'Wine',
    debian: 'wine',
    without: 'the tests of the reader for Windows shares are skipped',
    isThere: runs('wine', '--version'),
    // Without 32-bit Wine, which nothing here needs, it runs on this kind of machine only.
    useless: () => process.platform !== 'linux' || process.arch !== 'x64',
  },
];

/**
 * Looks for the programs and, as root on Debian and its like where nobody sits at a terminal (a build machine), installs
 * the distribution's packages of those that are missing. Says one sentence for each that is missing afterwards.
 */
export function ensurePrograms(wanted: readonly SystemProgram[], say: (line: string) => void): void {
  const missing = wanted.filter((program) => !program.useless?.() && !program.isThere());
  const wanting = missing.filter((program) => program.chosen?.() === undefined);
  const failure = wanting.length > 0 && mayInstall() ? install(wanting, say) : undefined;
  for (const { name, debian, without, isThere, chosen } of missing) {
    if (isThere()) continue;
    const why = chosen?.() ?? (failure === undefined ? undefined : `it could not be installed: ${failure}`);
    say(`${name} is missing${why ? ` (${why})` : ''}: ${without}. Debian: apt-get install ${debian}`);
  }
}

function mayInstall(): boolean {
  const root = process.platform === 'linux' && process.getuid?.() === 0;
  return root && !process.stdin.isTTY && existsSync('/usr/bin/apt-get');
}

/** @returns what the installer complained of last; of no meaning where it succeeded */
function install(missing: readonly SystemProgram[], say: (line: string) => void): string {
  const packages = missing.map(({ debian }) => debian);
  say(`Missing: ${packages.join(', ')}; installing the packages of the distribution ...`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' };
  const options = { env, encoding: 'utf8', timeout: 600_000 } as const;
  spawnSync('apt-get', ['update', '-qq'], options);
  const words = ['install', '-y', '-qq', '--no-install-recommends', ...packages];
  const { error, stderr } = spawnSync('apt-get', words, options);
  return (error?.message ?? stderr ?? '').trim().split('\n').at(-1) || 'it gave no reason';
}
