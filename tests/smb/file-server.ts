import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { cannotRun } from './needs.ts';

/** A Samba server of its own on loopback with one share, which can be stopped and started again on the same port. */
export interface FileServer {
  /** The folder that is shared, for changes behind the server's back. */
  readonly share: string;
  readonly port: number;
  start(): Promise<void>;
  /** Ends it as a crash would: connections break, nothing is said to anybody. */
  stop(): Promise<void>;
  /** Locks a file against all clients, as another program on the server does; gives what lets it go. */
  lock(path: string): Promise<() => Promise<void>>;
}

const PATIENCE_MS = 60_000;

/** @param folder empty; its file system holds the share and everything that Samba writes */
export async function fileServer(folder: string): Promise<FileServer> {
  const share = join(folder, 'share');
  const state = join(folder, 'state');
  await mkdir(share);
  await mkdir(state);
  const port = await freePort();
  const config = join(folder, 'smb.conf');
  await writeFile(config, configuration(port, share, state));
  let server: ChildProcess | undefined;
  return {
    share,
    port,
    async start() {
      // A process group of its own: Samba ends its group when it ends.
      server = spawn('smbd', ['--foreground', '--no-process-group', '--debug-stdout', '-s', config], {
        stdio: 'ignore',
        detached: true,
      });
      await until(() => answers(port), 'smbd does not answer');
    },
    async stop() {
      if (server?.pid === undefined || server.exitCode !== null || server.signalCode !== null) return;
      const ended = once(server, 'exit');
      process.kill(-server.pid, 'SIGKILL');
      await ended;
      await until(async () => !(await answers(port)), 'smbd still answers');
    },
    lock: (path) => lockWhole(join(share, path)),
  };
}

function configuration(port: number, share: string, state: string): string {
  const places = ['private dir', 'lock directory', 'state directory', 'cache directory', 'pid directory'];
  return [
    '[global]',
    `smb ports = ${port}`,
    'interfaces = 127.0.0.1',
    'bind interfaces only = yes',
    'disable netbios = yes',
    'server role = standalone server',
    'map to guest = Bad User',
    'guest account = root',
    'load printers = no',
    'disable spoolss = yes',
    // Every read asks whether somebody has locked what is read.
    'strict locking = yes',
    // The test changes files behind the server's back.
    'oplocks = no',
    'level2 oplocks = no',
    ...places.map((place) => `${place} = ${state}`),
    `ncalrpc dir = ${join(state, 'ncalrpc')}`,
    `log file = ${join(state, 'log')}`,
    '[share]',
    `path = ${share}`,
    'read only = no',
    'guest ok = yes',
    '',
  ].join('\n');
}

/** An exclusive lock on all of it, as the program that works on a file holds it. Node has no call for that. */
const LOCK = `
use Fcntl; $| = 1;
open(my $file, "+<", $ARGV[0]) or die;
my $lock = pack("s s l! l! i x4", F_WRLCK, 0, 0, 0, 0);
fcntl($file, F_SETLK, $lock) or die;
print "locked\\n"; sleep 3600;`;

async function lockWhole(path: string): Promise<() => Promise<void>> {
  const holder = spawn('perl', ['-e', LOCK, path], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(holder.stdout, 'data');
  return async () => {
    const ended = once(holder, 'exit');
    holder.kill('SIGKILL');
    await ended;
  };
}

/** A mount of the share through rclone, which keeps nothing: every look goes to the server. */
export interface Mount {
  readonly path: string;
  end(): Promise<void>;
}

export async function mountShare(folder: string, port: number): Promise<Mount> {
  const path = join(folder, 'mount');
  await mkdir(path);
  const config = join(folder, 'rclone.conf');
  const { stdout } = await promisify(execFile)('rclone', ['obscure', 'guest']);
  await writeFile(
    config,
    `[server]\ntype = smb\nhost = 127.0.0.1\nport = ${port}\nuser = guest\npass = ${stdout.trim()}\n`,
  );
  const rclone = spawn(
    'rclone',
    [
      'mount',
      'server:share',
      path,
      ...['--config', config, '--read-only', '--low-level-retries', '1'],
      ...['--dir-cache-time', '0', '--attr-timeout', '0', '--vfs-cache-mode', 'off'],
      ...['--timeout', '1m', '--contimeout', '2s', '--log-file', join(folder, 'rclone.log')],
    ],
    { stdio: 'ignore', detached: true },
  );
  await until(async () => !(await cannotRun('mountpoint', ['-q', path])), 'rclone does not mount');
  return {
    path,
    async end() {
      const ended = once(rclone, 'exit');
      rclone.kill('SIGTERM');
      await ended;
    },
  };
}

/** Of the moment: Samba cannot be told to take any port and say which. */
async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

async function answers(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    // Refused: that is the answer.
    return false;
  } finally {
    socket.destroy();
  }
}

export async function until(
  holds: () => boolean | Promise<boolean>,
  otherwise: string | (() => string),
): Promise<void> {
  const giveUp = Date.now() + PATIENCE_MS;
  while (!(await holds())) {
    if (Date.now() > giveUp) throw new Error(typeof otherwise === 'string' ? otherwise : otherwise());
    await sleep(20);
  }
}
