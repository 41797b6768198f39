import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { memoryEnvironment } from '../../build/setup/memory-environment.mjs';

const MAIN = fileURLToPath(new URL('../../src-main/headless/main.ts', import.meta.url));

export interface CliEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunningCli {
  readonly pid: number;
  readonly process: ChildProcess;
  readonly ended: Promise<CliEnd>;
  kill(signal: NodeJS.Signals): void;
  /** Resolves when `text` has been written to stdout or stderr; rejects when the process ends first. */
  said(text: string | RegExp): Promise<void>;
}

export interface CliOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** A command that starts the process in its way, e.g. with the rights of another account. */
  readonly prefix?: readonly string[];
}

/** Starts the command line from source, as `npx convoy` does, in a process of its own. */
export function startCli(args: readonly string[], options: CliOptions = {}): RunningCli {
  const [command = process.execPath, ...words] = [...(options.prefix ?? []), process.execPath, MAIN, ...args];
  const child = spawn(command, words, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...memoryEnvironment, ...process.env, ...options.env },
  });
  let stdout = '';
  let stderr = '';
  const watchers = new Set<() => void>();
  const note = () => {
    for (const watcher of watchers) watcher();
  };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    note();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    note();
  });
  const ended = new Promise<CliEnd>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
  if (child.pid === undefined) throw new Error('the command line did not start');
  return {
    pid: child.pid,
    process: child,
    ended,
    kill: (signal) => void child.kill(signal),
    said: (text) =>
      new Promise((resolve, reject) => {
        const check = () => {
          const all = stdout + stderr;
          if (typeof text === 'string' ? all.includes(text) : text.test(all)) {
            watchers.delete(check);
            resolve();
          }
        };
        watchers.add(check);
        check();
        void ended.then((end) =>
          reject(new Error(`ended with ${end.code} before it said ${text}:\n${end.stderr}`)),
        );
      }),
  };
}

export function runCli(args: readonly string[], options?: CliOptions): Promise<CliEnd> {
  return startCli(args, options).ended;
}
