import { EventEmitter } from 'node:events';
import { runCommandLine } from './command-line.ts';
import type { AssessOptions } from './options.ts';

/**
 * For tests of options: what `convoy assess` makes of these words, and what is said to whoever said them.
 * @param read what is looked for in the options; undefined is given where they were refused
 */
export async function sayToAssess<T>(
  args: readonly string[],
  read: (options: AssessOptions) => T,
): Promise<{ readonly said: T | undefined; readonly err: string; readonly code: number }> {
  let err = '';
  let said: T | undefined;
  const terminal = {
    stdout: { write: () => undefined },
    stderr: { write: (text: string) => (err += text) },
    env: {},
    signals: new EventEmitter(),
    platform: 'linux' as const,
    home: '/home/eva',
    now: () => 0,
    exit: () => {
      throw new Error('exit');
    },
  };
  const other = async () => 2 as const;
  const commands = {
    assess: async (options: AssessOptions) => {
      said = read(options);
      return 0 as const;
    },
    ...{ copy: other, import: other, serve: other, practice: other, verify: other, 'check-manifest': other },
    ...{
      report: other,
      'sign-in': other,
      'sign-out': other,
      agent: other,
      status: other,
      join: other,
      leave: other,
      rekey: other,
      promote: other,
    },
    ...{ move: other, demote: other, invite: other, list: other, accept: other, revoke: other },
  };
  const code = await runCommandLine(['assess', '/srv/a', ...args], '1.2.3', terminal, commands);
  return { said, err, code };
}
