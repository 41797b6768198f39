import { MAX_NAME, nameKey, planName, type Replacement } from './names.ts';

/**
 * The names of one folder at the destination, so that no two of its items get one that SharePoint takes for the same. Whoever
 * has a copy keeps its name; then come names that need no change, then those of a repair plan, then the rest, each in the order
 * of code units. Who comes too late gets a number. Why: docs/decisions/0007-names-that-meet.md.
 */

/** What an entry is to be called, as far as it alone can say. */
export interface NameWish {
  /** At the source: unique in its folder. */
  readonly name: string;
  /** At the destination; SharePoint takes it. */
  readonly wanted: string;
  /** Who says so: the copy that it has, a plan that a person gave, or the rules for names. */
  readonly by: 'copy' | 'plan' | 'rules';
}

export type NameAnswer =
  | { readonly name: string; readonly other: string | undefined }
  /** Not to be had: the name at the source of the item that has it. */
  | { readonly name: undefined; readonly other: string };

/** A wish with what came of it. `other` of a name that was found: the item that has the one that was wanted. */
export type Answered<W> = readonly [wish: W, answer: NameAnswer];

/** Endings are kept when a name is numbered or shortened; what is longer is no ending but part of a name with a dot in it. */
const LONGEST_ENDING = 17;
/** A name shorter than this says nothing any more. */
const SHORTEST_PROPOSAL = 16;

export class FolderNames {
  readonly #taken = new Map<string, string>();
  readonly #expected = new Map<string, string>();
  readonly #avoided = new Set<string>();
  /** By the key of a name that was numbered: where to go on. */
  readonly #next = new Map<string, number>();

  /** A name that an item has which may still come. Once the folder is listed to its end, it stands for a copy of what is gone. */
  expect(name: string, source: string): void {
    const key = nameKey(name);
    if (!this.#taken.has(key)) this.#expected.set(key, source);
  }

  /** A name that is not to be found for anything: something else is called so, here or at the destination. */
  avoid(name: string): void {
    this.#avoided.add(nameKey(name));
  }

  /** A name that was found is not to be had after all. */
  refuse(name: string): void {
    this.#taken.delete(nameKey(name));
    this.avoid(name);
  }

  /**
   * Entries of one batch: those whose name is certain, whatever else the folder holds, and those that have to wait. To be asked where
   * {@link takeAll} said no.
   */
  take<W extends NameWish>(wishes: readonly W[]): { settled: Answered<W>[]; waiting: W[] } {
    const settled: Answered<W>[] = [];
    const waiting: W[] = [];
    for (const wish of wishes) if (wish.by === 'copy') settled.push([wish, this.#claim(wish)]);
    for (const wish of wishes.filter(isUnchanged).sort(byName)) {
      if (this.#isFree(wish, false)) settled.push([wish, this.#claim(wish)]);
      else waiting.push(wish);
    }
    for (const wish of wishes) if (wish.by !== 'copy' && !isUnchanged(wish)) waiting.push(wish);
    return { settled, waiting };
  }

  /**
   * The usual case, where no order matters: all names stay as they are, and nothing has one of them. Then each is looked at once.
   * @returns whether it was so, and all have what they want; otherwise nothing was taken
   */
  takeAll(wishes: readonly NameWish[]): boolean {
    const keys: string[] = [];
    for (const wish of wishes) {
      const key = isUnchanged(wish) ? nameKey(wish.wanted) : undefined;
      if (key === undefined || this.#taken.has(key) || this.#expected.has(key)) {
        for (const taken of keys) this.#taken.delete(taken);
        return false;
      }
      this.#taken.set(key, wish.name);
      keys.push(key);
    }
    return true;
  }

  /**
   * Those that waited.
   * @param how.complete the folder is listed to its end: what was expected and did not come is gone
   * @param how.number give numbers to those that come too late
   */
  settle<W extends NameWish>(
    waiting: readonly W[],
    how: { readonly complete: boolean; readonly number: boolean },
  ): Answered<W>[] {
    const turns = [
      waiting.filter(isUnchanged),
      waiting.filter(({ by }) => by === 'plan'),
      waiting.filter((wish) => wish.by === 'rules' && !isUnchanged(wish)),
    ];
    // First all that get what they want, so that no number takes a name from one of them.
    const late: W[] = [];
    const settled: Answered<W>[] = [];
    for (const wish of turns.flatMap((turn) => turn.sort(byName))) {
      if (this.#isFree(wish, how.complete)) settled.push([wish, this.#claim(wish)]);
      else late.push(wish);
    }
    for (const wish of late) settled.push([wish, this.#late(wish, how.number)]);
    return settled;
  }

  /** Another name for one whose own is somebody else's. To be asked for once all others of the folder have theirs. */
  beside({ name, wanted }: NameWish): NameAnswer & { readonly name: string } {
    const free = this.#number(wanted, MAX_NAME);
    this.#taken.set(nameKey(free), name);
    return { name: free, other: wanted };
  }

  /** A name that nothing of the folder has, for one that is too long: a proposal, nobody is given it. */
  propose(
    name: string,
    most: number,
    place: { kind: 'file' | 'folder' },
    replacement: Replacement,
  ): string | undefined {
    const short = shortened(name, Math.min(most, MAX_NAME));
    if (short === undefined) return undefined;
    const planned = planName(short, { ...place, atLibraryRoot: false }, replacement);
    if (!planned.ok) return undefined;
    const free = this.#isUnknown(planned.name) ? planned.name : this.#number(planned.name, most);
    if (free.length > most) return undefined;
    this.avoid(free);
    return free;
  }

  #isFree({ name, wanted }: NameWish, complete: boolean): boolean {
    const key = nameKey(wanted);
    const holder = this.#taken.get(key) ?? (complete ? undefined : this.#expected.get(key));
    return holder === undefined || holder === name;
  }

  #claim({ name, wanted }: NameWish): NameAnswer {
    const key = nameKey(wanted);
    const other = this.#taken.get(key);
    if (other !== undefined && other !== name) return { name: undefined, other };
    this.#taken.set(key, name);
    if (this.#expected.get(key) === name) this.#expected.delete(key);
    return { name: wanted, other: undefined };
  }

  #late({ name, wanted, by }: NameWish, number: boolean): NameAnswer {
    const key = nameKey(wanted);
    const other = this.#taken.get(key) ?? this.#expected.get(key) ?? wanted;
    // What a person decided is not decided otherwise behind their back.
    if (!number || by === 'plan') return { name: undefined, other };
    const free = this.#number(wanted, MAX_NAME);
    this.#taken.set(nameKey(free), name);
    return { name: free, other };
  }

  #number(wanted: string, most: number): string {
    const key = nameKey(wanted);
    for (let n = this.#next.get(key) ?? 2; ; n += 1) {
      const name = numbered(wanted, n, Math.min(most, MAX_NAME));
      if (!this.#isUnknown(name)) continue;
      this.#next.set(key, n + 1);
      return name;
    }
  }

  #isUnknown(name: string): boolean {
    const key = nameKey(name);
    return !this.#taken.has(key) && !this.#expected.has(key) && !this.#avoided.has(key);
  }
}

function isUnchanged({ name, wanted, by }: NameWish): boolean {
  return by === 'rules' && wanted === name;
}

function byName(a: NameWish, b: NameWish): number {
  return a.name < b.name ? -1 : 1;
}

/** `Report.docx` -> `Report (2).docx`. What makes a name unacceptable stands at its ends, and they stay. */
function numbered(name: string, n: number, most: number): string {
  const mark = ` (${n})`;
  const [stem, ending] = split(name);
  return `${cut(stem, most - mark.length - ending.length)}${mark}${ending}`;
}

/** The name with as much of its stem as there is room for; undefined when nothing that says something is left. */
function shortened(name: string, most: number): string | undefined {
  if (!name.isWellFormed() || most < SHORTEST_PROPOSAL) return undefined;
  const [stem, ending] = split(name);
  const short = `${cut(stem, most - ending.length).replace(/[ .]+$/, '')}${ending}`;
  return short.length < SHORTEST_PROPOSAL / 2 || short.length > most ? undefined : short;
}

function split(name: string): readonly [stem: string, ending: string] {
  const dot = name.lastIndexOf('.');
  if (dot <= 0 || name.length - dot > LONGEST_ENDING) return [name, ''];
  return [name.slice(0, dot), name.slice(dot)];
}

/** No half of a surrogate pair is left at the end. */
function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  const short = text.slice(0, Math.max(0, most));
  return short.isWellFormed() ? short : short.slice(0, -1);
}
