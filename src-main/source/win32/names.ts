const REPLACEMENT = '\uFFFD';

/**
 * Text for a name that is not valid UTF-16: half a pair (a lone surrogate) becomes U+FFFD and its four hexadecimal digits, so that
 * two such names stay two. `caf\uD83D.txt` -> `caf�D83D.txt`.
 */
export function spellOut(name: string): string {
  let text = '';
  // By code points: what is still a surrogate then is a lone one.
  for (const character of name) {
    text += character.isWellFormed()
      ? character
      : REPLACEMENT + character.charCodeAt(0).toString(16).toUpperCase();
  }
  return text;
}
