/**
 * Whether two absolute paths are the same source, differently written: letters of drives and names of servers and shares in
 * upper or lower case, slashes of either kind on Windows, one more at the end, the prefix for long paths. Names of
 * folders are compared as they are, since a file server may tell upper and lower case apart.
 */
export function sameSource(one: string, other: string): boolean {
  return sourceKey(one) === sourceKey(other);
}

const LONG_SHARE = /^\\\\\?\\UNC\\/i;
const LONG_DRIVE = /^\\\\\?\\(?=[a-z]:)/i;
/** What comes before the first folder: a drive, or a server and its share. */
const WINDOWS_ROOT = /^(?:[a-z]:(?=\\|$)|\\\\[^\\]+\\[^\\]+)/i;

/** The same for all spellings of a source; for comparing, never for showing. */
export function sourceKey(path: string): string {
  const plain = path.replace(LONG_SHARE, '\\\\').replace(LONG_DRIVE, '');
  // Elsewhere a backslash is a letter like any other.
  if (!/^(?:[a-z]:|\\\\|\/\/[^/])/i.test(plain)) return plain.replace(/\/+$/, '');
  const oneSlash = plain
    .replaceAll('/', '\\')
    .replace(/(?!^)\\+/g, '\\')
    .replace(/\\$/, '');
  return oneSlash.replace(WINDOWS_ROOT, (root) => root.toLowerCase());
}
