import { execFile } from 'node:child_process';
import { accessSync, constants } from 'node:fs';

/** Why a program cannot be run with these arguments; undefined when it can. */
export function cannotRun(command: string, args: readonly string[]): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile(command, args, (error) => resolve(error ? `${command}: ${error.message.trim()}` : undefined));
  });
}

/** Why there can be no mounted Samba server here; undefined when there can. */
export async function obstacle(): Promise<string | undefined> {
  if (process.platform !== 'linux') return 'needs Linux: Samba, mounted through FUSE';
  if (process.getuid?.() !== 0) return 'needs root: to mount';
  try {
    accessSync('/dev/fuse', constants.R_OK | constants.W_OK);
  } catch (error) {
    return `no FUSE: ${error instanceof Error ? error.message : String(error)}`;
  }
  for (const [command, argument] of [
    ['smbd', '--version'],
    ['perl', '-v'],
    ['rclone', 'version'],
    ['fusermount3', '--version'],
  ] as const) {
    const reason = await cannotRun(command, [argument]);
    if (reason) return reason;
  }
  return undefined;
}
