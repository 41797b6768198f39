import { rightsMask } from './rights-mask.ts';
import { fullSid } from './sids.ts';

/** One entry of an access list. */
export interface AccessEntry {
  /** `other`: an entry that neither gives nor takes access to a file by itself, as one for auditing. */
  readonly type: 'allow' | 'deny' | 'other';
  /** It counts only where a condition holds, which is not looked at. */
  readonly conditional: boolean;
  /** It came from the folder above. */
  readonly inherited: boolean;
  /** Files, and folders, that are made in this folder get it. */
  readonly forFiles: boolean;
  readonly forFolders: boolean;
  /** It is only handed on and means nothing for the folder itself. */
  readonly inheritOnly: boolean;
  /** Bits as Windows has them (ACCESS_MASK), 0 to 2^32 - 1. */
  readonly rights: number;
  /** A SID, or the two letters of one that depends on the domain (`DA`). */
  readonly trustee: string;
}

/** What a security descriptor says about owner and access. */
export interface AccessList {
  readonly owner: string | undefined;
  readonly group: string | undefined;
  /** Nothing is inherited from the folder above. */
  readonly isProtected: boolean;
  /** Undefined: there is no list, and then everybody may do everything. An empty one lets nobody in. */
  readonly entries: readonly AccessEntry[] | undefined;
}

const SID = /^(?:S-1-(?:0x[0-9a-f]{1,12}|\d{1,15})(?:-\d{1,10}){0,15}|[A-Z]{2})/i;
const LIST_FLAGS = /^(?:P|AR|AI|NO_ACCESS_CONTROL)*/;

const types: Readonly<Record<string, readonly [AccessEntry['type'], conditional: boolean]>> = {
  A: ['allow', false],
  D: ['deny', false],
  OA: ['allow', false],
  OD: ['deny', false],
  XA: ['allow', true],
  XD: ['deny', true],
  ZA: ['allow', true],
};

/**
 * Reads the text form of a security descriptor (MS-DTYP 2.5.1). Takes any text.
 * @returns undefined for what is none, or holds something that is not known: half a list would be a wrong one
 */
export function readSddl(text: string): AccessList | undefined {
  let owner: string | undefined;
  let group: string | undefined;
  let list: Pick<AccessList, 'isProtected' | 'entries'> = { isProtected: false, entries: undefined };
  let rest = text.trim();
  if (rest === '') return undefined;
  while (rest !== '') {
    const part = rest.slice(0, 2).toUpperCase();
    rest = rest.slice(2);
    if (part === 'O:' || part === 'G:') {
      const sid = SID.exec(rest)?.[0];
      if (sid === undefined) return undefined;
      if (part === 'O:') owner = fullSid(sid);
      else group = fullSid(sid);
      rest = rest.slice(sid.length);
    } else if (part === 'D:' || part === 'S:') {
      const end = endOfList(rest);
      if (end === undefined) return undefined;
      if (part === 'D:') {
        const read = readList(rest.slice(0, end));
        if (!read) return undefined;
        list = read;
      }
      rest = rest.slice(end);
    } else return undefined;
  }
  return { owner, group, ...list };
}

/** The SID of the owner, whatever else stands in the text form of a security descriptor: it comes first. */
export function ownerInSddl(text: string): string | undefined {
  const [, rest] = /^\s*O:(.*)$/is.exec(text) ?? [];
  const sid = rest === undefined ? undefined : SID.exec(rest)?.[0];
  return sid === undefined ? undefined : fullSid(sid);
}

function readList(text: string): Pick<AccessList, 'isProtected' | 'entries'> | undefined {
  const flags = LIST_FLAGS.exec(text)?.[0] ?? '';
  const entries: AccessEntry[] = [];
  for (const one of split(text.slice(flags.length))) {
    const entry = readEntry(one);
    if (!entry) return undefined;
    entries.push(entry);
  }
  const none = flags.includes('NO_ACCESS_CONTROL');
  return {
    isProtected: flags.replace('NO_ACCESS_CONTROL', '').includes('P'),
    entries: none ? undefined : entries,
  };
}

/** `type;flags;rights;object;inherited object;sid`, and for some types more behind it. */
function readEntry(text: string): AccessEntry | undefined {
  const [type = '', flags = '', rights = '', , , trustee = ''] = text
    .split(';', 6)
    .map((field) => field.trim());
  const sid = SID.exec(trustee)?.[0];
  const mask = rightsMask(rights);
  if (type === '' || mask === undefined || sid !== trustee || flags.length % 2 !== 0) return undefined;
  const set = new Set(flags.toUpperCase().match(/../g));
  const [what, conditional] = types[type.toUpperCase()] ?? ['other', false];
  return {
    type: what,
    conditional,
    inherited: set.has('ID'),
    forFiles: set.has('OI'),
    forFolders: set.has('CI'),
    inheritOnly: set.has('IO'),
    rights: mask,
    trustee: fullSid(sid),
  };
}

/** Where a list ends that begins with its flags: behind the last of the parentheses that follow one another. */
function endOfList(text: string): number | undefined {
  const flags = LIST_FLAGS.exec(text)?.[0].length ?? 0;
  let end = flags;
  for (const one of split(text.slice(flags))) end += one.length + 2;
  const next = text.slice(end);
  return next === '' || /^[OGDS]:/i.test(next) ? end : undefined;
}

/** What is in each of the outer parentheses that follow one another. A condition has parentheses and quoted text in it. */
function* split(text: string): Generator<string, void, undefined> {
  let depth = 0;
  let from = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (depth > 0 && character === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (character === '(') {
      if (depth === 0) from = at + 1;
      depth += 1;
    } else if (depth === 0) return;
    else if (character === ')') {
      depth -= 1;
      if (depth === 0) yield text.slice(from, at);
    }
  }
}
