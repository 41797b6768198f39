import { win32 } from 'node:path';

/**
 * The form in which every path is handed to Windows: behind `\\?\` nothing is interpreted, so trailing dots and spaces,
 * `CON` and 32,767 characters work. `C:\data` -> `\\?\C:\data`, `\\server\share\x` -> `\\?\UNC\server\share\x`.
 * @param absolute as `path.win32.resolve` returns it
 */
export function namespaced(absolute: string): string {
  if (absolute.startsWith('\\\\?\\') || absolute.startsWith('\\\\.\\')) return absolute;
  if (absolute.startsWith('\\\\')) return `\\\\?\\UNC\\${absolute.slice(2)}`;
  return `\\\\?\\${absolute}`;
}

/** A root that a user typed, made absolute: `\\server\share` gets the backslash at its end that makes it a folder. */
export function absoluteRoot(typed: string): string {
  return win32.resolve(typed);
}

/**
 * Where a path of a `Source` is. Put together, not normalised: that would take `name.` for `name`.
 * @param root in the form of `namespaced`; @param path with `/`, '' for the root
 */
export function below(root: string, path: string): string {
  if (path === '') return root;
  const native = path.replaceAll('/', '\\');
  return root.endsWith('\\') ? root + native : `${root}\\${native}`;
}
