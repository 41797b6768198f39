import { posix, win32 } from 'node:path';

/** What the place of the data folder depends on. */
export interface Surroundings {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
}

/**
 * Where Convoy keeps its databases and reports when it is not told: the place that each system has for data of a program
 * that belong to one person on one machine (Windows known folders, Apple's File System Programming Guide, XDG base directories).
 */
export function defaultDataFolder({ platform, env, home }: Surroundings): string {
  if (platform === 'win32') {
    return win32.join(env['LOCALAPPDATA'] || win32.join(home, 'AppData', 'Local'), 'Convoy');
  }
  if (platform === 'darwin') return posix.join(home, 'Library', 'Application Support', 'Convoy');
  const given = env['XDG_DATA_HOME'];
  // The specification: a relative path in XDG_DATA_HOME is to be ignored.
  const base = given?.startsWith('/') ? given : posix.join(home, '.local', 'share');
  return posix.join(base, 'convoy');
}
