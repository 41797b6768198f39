import { win32 } from 'node:path';
import { serverOf } from './server-calls.ts';

/** The share that a path lies on, as WNetAddConnection2W takes it: `\\server\share`. Undefined for a path of this machine. */
export function shareOf(path: string): string | undefined {
  if (serverOf(path) === undefined) return undefined;
  const plain = win32.resolve(path).replace(/^\\\\[?.]\\UNC\\/i, '\\\\');
  return /^\\\\[^\\]+\\[^\\]+/.exec(plain)?.[0];
}
