/**
 * The way from a folder to one in it, with `/` between names; '' for the same, undefined where the second is not in the first. Both as the
 * source spells them. Where paths begin with `/` a backslash is a letter like any other.
 */
export function wayDown(above: string, below: string): string | undefined {
  const separators = above.startsWith('/') ? /\/+/ : /[\\/]+/;
  const split = (path: string): string[] => path.split(separators).filter((name) => name !== '');
  const [from, to] = [split(above), split(below)];
  if (from.some((name, at) => name !== to[at])) return undefined;
  return to.slice(from.length).join('/');
}
