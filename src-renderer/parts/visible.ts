/** A stretch of a name: text as it is, or one character that would not be seen (or would deceive) by its number. */
export interface Stretch {
  /** Where it begins in the name. */
  readonly at: number;
  readonly text: string;
  readonly hidden: boolean;
}

/**
 * Controls, bidi overrides and marks, zero-width characters, odd spaces, line ends, tags and private use: names are
 * hostile data, and `gpj.exe` turned round by U+202E must not pass for a picture.
 */
const invisible =
  /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}\p{Cn}\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\u115f\u1160\u3164\uffa0]/u;

/** A zero-width joiner or a variation selector inside an emoji belongs there and is left alone. */
const joiner = '\u200d';
const pictograph = /\p{Extended_Pictographic}/u;

function label(character: string): string {
  const number = character.codePointAt(0) ?? 0;
  return `U+${number.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** Cuts a name into what may be shown as it is and what must be shown by number. Joined, nothing is lost. */
export function stretches(name: string): readonly Stretch[] {
  const found: Stretch[] = [];
  const characters = [...name];
  let plain = '';
  let at = 0;
  const flush = () => {
    if (plain) found.push({ at: at - plain.length, text: plain, hidden: false });
    plain = '';
  };
  for (const [index, character] of characters.entries()) {
    const joined = character === joiner && pictograph.test(characters[index + 1] ?? '');
    const edge = character === ' ' && (index === 0 || index === characters.length - 1);
    if ((invisible.test(character) && !joined) || edge) {
      flush();
      found.push({ at, text: label(character), hidden: true });
    } else {
      plain += character;
    }
    at += character.length;
  }
  flush();
  return found;
}

/** The same as one text, for tooltips and labels. */
export function visible(name: string): string {
  return stretches(name)
    .map((part) => (part.hidden ? `⟨${part.text}⟩` : part.text))
    .join('');
}
