import { expect, test } from 'vitest';
import { exitCodeOfSignal, passThrough, runTask } from './run-task.mjs';

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
