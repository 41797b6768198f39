/**
 * Names that SharePoint takes, and the nearest such name for those that it does not.
 * Rules: Microsoft Support, "Restrictions and limitations in OneDrive and SharePoint".
 * Why look-alikes: docs/decisions/0002-look-alike-names.md.
 */

/** The longest name of one file or folder, in UTF-16 units. */
export const MAX_NAME = 255;

/**
 * What stands for a character that is not allowed: its look-alike, or one character for all of them, as other
 * migration tools do it. The second makes more names meet.
 */
export const replacements = ['look-alike', '_'] as const;
export type Replacement = (typeof replacements)[number];

/** Where a name is to stand. */
export interface NamePlace {
  readonly kind: 'file' | 'folder';
  /** Directly in the root folder of a document library. */
  readonly atLibraryRoot: boolean;
}

/** Why a name was changed, in words that can be shown. */
export const nameReasons = {
  characters: 'characters that SharePoint does not allow',
  control: 'control characters',
  space: 'a space at the beginning or end',
  dot: 'a dot at the end',
  tilde: 'a tilde at the beginning',
  vti: 'holds _vti_',
  reserved: 'a reserved name',
  forms: 'a name that the library keeps for itself',
  empty: 'no name at all',
  twin: 'SharePoint takes it for the name of another item of its folder',
  beside: 'something else has its name at the destination',
  kept: 'the name that was chosen for it before',
  given: 'the name that the repair plan gives it',
} as const;

export type NameReason = (typeof nameReasons)[keyof typeof nameReasons];

export type PlannedName =
  | {
      readonly ok: true;
      readonly name: string;
      readonly changed: boolean;
      readonly reasons: readonly NameReason[];
    }
  | { readonly ok: false; readonly code: 'name-too-long' | 'name-not-unicode' };

const DEVICE = /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9]|\.lock|desktop\.ini)$/i;
// `_` is shared between neighbours in `_vti_vti_`, hence the look-ahead.
const VTI = /_(?=vti_)/gi;
const FORBIDDEN = /["*:<>?/\\|]/g;
const CONTROL = /\p{Cc}/gu;
/**
 * Names in which nothing has to be replaced: no need to look closer. Most names are such. Only what may stand there is named; of ASCII that is
 * all but control characters, the nine that are not allowed, a tilde or space at the beginning, and a dot or space at the end.
 */
const PLAIN = /^(?![ ~])[ !#-)+-.0-9;=@-[\]^-{}~\u00a0-\uffff]*[!#-)+-\-0-9;=@-[\]^-{}~\u00a0-\uffff]$/;

/** From an ASCII character to its full-width twin. */
const FULL_WIDTH = 0xfee0;
const CONTROL_PICTURES = 0x2400;
const PICTURE_OF_DEL = '\u2421';
const PICTURE_OF_SPACE = '\u2420';

type Replace = (character: string) => string;

/** How each kind of character is replaced. A `_` for the first one of `_vti_` would change nothing. */
const means: Readonly<Record<Replacement, Readonly<Record<'mark' | 'control' | 'space' | 'vti', Replace>>>> =
  {
    'look-alike': { mark: fullWidth, control: picture, space: () => PICTURE_OF_SPACE, vti: fullWidth },
    _: {
      mark: () => '_',
      control: (character) => (picture(character) === character ? character : '_'),
      space: () => '_',
      vti: () => '-',
    },
  };

function fullWidth(character: string): string {
  return String.fromCharCode(character.charCodeAt(0) + FULL_WIDTH);
}

/** The second block of control characters (U+0080 and on) has no pictures, and SharePoint takes it. */
function picture(character: string): string {
  const unit = character.charCodeAt(0);
  if (unit === 0x7f) return PICTURE_OF_DEL;
  return unit < 0x20 ? String.fromCharCode(unit + CONTROL_PICTURES) : character;
}

/**
 * The name that an entry of the source gets at the destination. Total, and idempotent: what it gives, it leaves
 * alone. Characters are replaced one for one, so a name gets longer only where `_` is appended
 * to a reserved one. Two different names can get the same plan; {@link nameKey} finds that out.
 */
export function planName(
  name: string,
  place: NamePlace,
  replacement: Replacement = 'look-alike',
): PlannedName {
  if (!name.isWellFormed()) return { ok: false, code: 'name-not-unicode' };
  if (name.length > MAX_NAME) return { ok: false, code: 'name-too-long' };
  if (isPlain(name, place)) return { ok: true, name, changed: false, reasons: [] };

  const { mark, control, space, vti } = means[replacement];
  const reasons: NameReason[] = [];
  let planned = name;
  const change = (to: string, reason: NameReason): void => {
    if (to === planned) return;
    planned = to;
    reasons.push(reason);
  };
  if (planned === '') change('_', nameReasons.empty);
  change(planned.replace(FORBIDDEN, mark), nameReasons.characters);
  change(planned.replace(CONTROL, control), nameReasons.control);
  change(planned.replace(/^ | $/g, space), nameReasons.space);
  change(planned.replace(/\.$/, mark), nameReasons.dot);
  // Files may begin with a tilde, but not with `~$`: so begin the lock files of Office.
  change(planned.replace(place.kind === 'folder' ? /^~/ : /^~(?=\$)/, mark), nameReasons.tilde);
  change(planned.replace(VTI, vti), nameReasons.vti);
  if (DEVICE.test(planned)) change(withUnderscore(planned), nameReasons.reserved);
  // The library's own hidden folder holds this name against files as well.
  if (place.atLibraryRoot && /^forms$/i.test(planned)) change(`${planned}_`, nameReasons.forms);
  return { ok: true, name: planned, changed: reasons.length > 0, reasons };
}

function isPlain(name: string, place: NamePlace): boolean {
  if (!PLAIN.test(name) || DEVICE.test(name)) return false;
  if (place.atLibraryRoot && name.length === 5 && name.toLowerCase() === 'forms') return false;
  return !name.includes('_') || name.search(VTI) < 0;
}

/** `desktop.ini` -> `desktop_.ini`, `CON` -> `CON_`, `.lock` -> `.lock_`. */
function withUnderscore(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot > 0 ? `${name.slice(0, dot)}_${name.slice(dot)}` : `${name}_`;
}

/**
 * What two names have in common when they cannot stand side by side in a folder: SharePoint does not tell upper
 * from lower case, and we do not let two ways of writing one letter (NFC, NFD) become two files that nobody can
 * tell apart. Letters change case one by one as in Windows: `ß` is not `SS`, dotless i is not I.
 */
export function nameKey(name: string): string {
  if (isWestern(name)) return name.toLowerCase();
  const key = name.normalize('NFC').replace(OTHER_LETTER, foldLetter).replace(CAPITALS, lowerCase);
  // A letter in the other case may have a composed form that this one lacks.
  return key.normalize('NFC');
}

const OTHER_LETTER = /[^\p{ASCII}]/gu;
const CAPITALS = /[A-Z]+/g;

function lowerCase(text: string): string {
  return text.toLowerCase();
}

/** One that is not ASCII. */
function foldLetter(letter: string): string {
  const upper = letter.toUpperCase();
  if (upper.length !== letter.length || isAscii(upper)) return letter;
  const lower = upper.toLowerCase();
  return lower.length !== letter.length || isAscii(lower) ? letter : lower;
}

/**
 * Nothing but ASCII and the letters of western Europe (U+00C0 to U+00FF): they have one way of being written, and all of them change case one by
 * one. Not the micro sign before them, which is a Greek letter in disguise.
 */
function isWestern(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit > 0x7f && (unit < 0xc0 || unit > 0xff)) return false;
  }
  return true;
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0x7f) return false;
  return true;
}
