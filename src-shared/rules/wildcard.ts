import { nameKey } from './names.ts';

/**
 * A pattern for names: `*` stands for any characters or none, `?` for exactly one, everything else for itself. Upper and lower
 * case are the same, as on Windows. Other than there, `*.*` wants a dot: the exception for it dates from names of 8 and 3.
 * @returns whether a name, made comparable by `nameKey`, fits; in time that no pattern can make grow beyond product of the lengths
 */
export function wildcard(pattern: string): (key: string) => boolean {
  const wanted = nameKey(pattern).replace(/\*+/g, '*');
  if (!/[*?]/.test(wanted)) return (key) => key === wanted;
  return (key) => fits(wanted, key);
}

/** Goes through both once; where it does not fit, the last `*` takes one character more. */
function fits(pattern: string, name: string): boolean {
  let p = 0;
  let n = 0;
  let star = -1;
  let taken = 0;
  while (n < name.length) {
    if (pattern[p] === '*') {
      star = p;
      taken = n;
      p += 1;
    } else if (pattern[p] === '?') {
      p += 1;
      // A character beyond the first 65,536 is two units of a string, and one for whoever reads it.
      n += (name.codePointAt(n) ?? 0) > 0xffff ? 2 : 1;
    } else if (p < pattern.length && pattern[p] === name[n]) {
      p += 1;
      n += 1;
    } else if (star >= 0) {
      p = star + 1;
      taken += 1;
      n = taken;
    } else return false;
  }
  while (pattern[p] === '*') p += 1;
  return p === pattern.length;
}
