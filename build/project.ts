import { type SpawnOptions, spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** An absolute path of something in the checkout. */
export function project(...path: readonly string[]): string {
  return join(root, ...path);
}

/** The script behind a tool of node_modules, to be run by this Node: no shell, and the same on Windows. */
export const tools = {
  tsc: project('node_modules/typescript/bin/tsc'),
  biome: project('node_modules/@biomejs/biome/bin/biome'),
  oxlint: project('node_modules/oxlint/bin/oxlint'),
  knip: project('node_modules/knip/bin/knip.js'),
  vite: project('node_modules/vite/bin/vite.js'),
  vitest: project('node_modules/vitest/vitest.mjs'),
  electron: project('node_modules/electron/cli.js'),
  electronBuilder: project('node_modules/electron-builder/cli.js'),
} as const;

/** Runs a script under this Node on this terminal; answers its exit code. */
export function runNode(args: readonly string[], options: SpawnOptions = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: project(), stdio: 'inherit', ...options });
    const handOn = (signal: NodeJS.Signals): void => {
      child.kill(signal);
    };
    process.on('SIGINT', handOn).on('SIGTERM', handOn);
    child.on('error', reject);
    child.on('exit', (code) => {
      process.off('SIGINT', handOn).off('SIGTERM', handOn);
      resolve(code ?? 1);
    });
  });
}

/** Runs a script under this Node and keeps what it prints. */
export function captureNode(args: readonly string[]): Promise<{ code: number; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: project(), stdio: ['ignore', 'pipe', 'pipe'] });
    const output: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => output.push(chunk));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? 1, output: Buffer.concat(output).toString('utf8') }));
  });
}
