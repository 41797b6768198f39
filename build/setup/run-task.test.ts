import { delimiter } from 'node:path';
import { expect, test } from 'vitest';
import { exitCodeOfSignal, passThrough, pathOf, runTask } from './run-task.mjs';

const node = (script: string): Promise<number> => passThrough(process.execPath, ['-e', script], process.env);

test('the exit code of a task is the exit code of the command', async () => {
  expect(await node('process.exit(3)')).toBe(3);
  expect(await node('')).toBe(0);
});

test('a task that was killed answers as a shell does', async () => {
  expect(exitCodeOfSignal('SIGKILL')).toBe(137);
  if (process.platform !== 'win32') expect(await node('process.kill(process.pid, "SIGTERM")')).toBe(143);
});

test('an unknown task is refused, and so is a path', async () => {
  expect(await runTask('no-such-task', [])).toBe(2);
  expect(await runTask('../run', [])).toBe(2);
});

test('programs of servers are found although the PATH does not lead to them, and nothing goes before what it leads to', () => {
  const folders = (path: string): string[] => path.split(delimiter);
  const plain = ['/usr/bin', '/bin'].join(delimiter);
  expect(folders(pathOf('/tools', plain, 'linux'))).toEqual([
    ...['/tools', '/usr/bin', '/bin', '/usr/sbin', '/sbin'],
  ]);
  const all = ['/usr/sbin', '/sbin'].join(delimiter);
  expect(folders(pathOf('/tools', all, 'linux'))).toEqual(['/tools', '/usr/sbin', '/sbin']);
  expect(folders(pathOf('/tools', plain, 'win32'))).toEqual(['/tools', '/usr/bin', '/bin']);
});
