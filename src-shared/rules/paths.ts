/**
 * The longest path that SharePoint takes: decoded, server-relative, without the leading slash, from the managed
 * path to the file name (`sites/x/Shared Documents/Sub/a.docx`), in UTF-16 units. Microsoft writes "no more than 400"
 * in some places and "fewer than 400" in others. A path of exactly 400 is therefore let through to the service, which
 * has the last word: its `pathIsTooLong` becomes the same code.
 */
export const MAX_PATH = 400;

/** What a decoded, server-relative path costs of {@link MAX_PATH}. Slashes at its ends do not count. */
export function pathLength(path: string): number {
  let from = 0;
  let to = path.length;
  while (from < to && path.charCodeAt(from) === SLASH) from += 1;
  while (to > from && path.charCodeAt(to - 1) === SLASH) to -= 1;
  return to - from;
}

const SLASH = 0x2f;

/** The same of an item in a folder, without putting its path together. */
export function pathLengthIn(folder: string, name: string): number {
  const before = pathLength(folder);
  return before === 0 ? name.length : before + 1 + name.length;
}
