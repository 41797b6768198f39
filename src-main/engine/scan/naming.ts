import { joinPaths } from '../../../src-shared/model/scope.ts';
import { nameReasons, planName } from '../../../src-shared/rules/names.ts';
import { MAX_PATH, pathLength } from '../../../src-shared/rules/paths.ts';
import { FolderNames, type NameAnswer, type NameWish } from '../../../src-shared/rules/repair.ts';
import type { SourceEntry } from '../../source/source.ts';
import type { Elsewhere, FolderToList, JudgedEntry, KeptNamesMark, Known } from '../../store/journal.ts';
import type { Slot } from '../waits.ts';
import type { Work } from '../work.ts';
import { decideBeside, decideEntry, goesBeside, nothingKnown } from './decide-entry.ts';
import { type FoundName, type Judged, judge, type SurveyPlace, stop, withNotables } from './judge.ts';
import type { Moves } from './moves.ts';
import { isUsable } from './usable.ts';

/** Entries to a call of the journal. */
const BATCH = 1_000;
/** Entries of one folder that wait for its end; beyond that they are named with what is known by then. */
const WAITING = 10_000;
/** How often another name is looked for where something stands at the destination. */
const TRIES = 20;

export interface NamingParts {
  readonly work: Work;
  readonly slot: Slot;
  readonly folder: FolderToList;
  readonly place: SurveyPlace;
  readonly options: {
    readonly allNew: boolean;
    readonly knownBefore: boolean;
    readonly recorded: () => void;
    readonly moves: Moves;
  };
  /** Entries that belong to other units. */
  readonly elsewhere: readonly Elsewhere[];
}

/** An entry that is named, or waits for that. */
interface Wish extends NameWish {
  readonly entry: SourceEntry;
  readonly known: Known;
  /** By its nature, and by the rules for names alone. */
  readonly judged: Judged;
  /** It cannot have the name that it wants, because of what stands there. */
  readonly beside: true | undefined;
}

/**
 * Names the entries of one folder and records what is to become of each. Most get their name at once. Those that need another one,
 * or whose name something else may have, wait until the folder is listed to its end; then all that is in it is known.
 */
export class Naming {
  readonly #parts: NamingParts;
  readonly #names = new FolderNames();
  readonly #elsewhere: ReadonlyMap<string, 'file' | 'folder'>;
  #waiting: Wish[] = [];
  /** Failed for their names alone: if there is one that would do, it is proposed. */
  #tooLong: { judged: Judged & { goes: 'no further' }; known: Known }[] = [];
  /** Of one folder all is judged at one moment. */
  readonly #now: number;
  #keptKnown = false;
  #listingEnded = false;

  constructor(parts: NamingParts) {
    this.#parts = parts;
    this.#now = parts.work.env.now();
    this.#elsewhere = new Map(parts.elsewhere.map(({ name, whole }) => [name, whole ? 'folder' : 'file']));
  }

  /** The listing was ended together with the last entries. */
  get listingEnded(): boolean {
    return this.#listingEnded;
  }

  /**
   * No async function where nothing has to be asked: nothing holds the entries while they are recorded, and what dies at once costs no time.
   * @param only nothing else comes of this folder
   */
  take(entries: readonly SourceEntry[], only: boolean): Promise<void> {
    if (entries.length === 0) return Promise.resolve();
    if (!this.#parts.options.allNew) return this.#takeKnown(entries, only);
    return this.#recordNamed(this.#name(this.#judge(entries), []), only);
  }

  async #takeKnown(listed: readonly SourceEntry[], only: boolean): Promise<void> {
    for (const { name } of listed) if (this.#elsewhere.get(name) === 'file') this.#names.avoid(name);
    const entries = listed.filter(({ name }) => this.#elsewhere.get(name) !== 'file');
    if (!only) await this.#expectKept();
    const judged = this.#judge(entries);
    const known = await this.#lookUp(
      judged.map((one) => ({
        entry: one.entry,
        name: this.#given(one) ?? ('name' in one ? one.name : undefined),
      })),
    );
    await this.#recordNamed(this.#name(judged, known), only);
  }

  #judge(entries: readonly SourceEntry[]): readonly Judged[] {
    const { place, work } = this.#parts;
    return entries.map((entry) => judge(entry, place, work.job.task.settings));
  }

  /** @returns what can be recorded; the others wait */
  #name(judged: readonly Judged[], known: readonly Known[]): JudgedEntry[] {
    const record: JudgedEntry[] = [];
    const wishes: Wish[] = [];
    judged.forEach((one, i) => {
      const facts = known[i] ?? nothingKnown;
      const wish = this.#wish(one, facts);
      if (wish?.beside) this.#waiting.push(wish);
      else if (wish) wishes.push(wish);
      else this.#stopped(one, facts, record);
    });
    if (this.#names.takeAll(wishes)) {
      for (const wish of wishes)
        if (!wish.known.settledInThisRun) record.push(this.#decided(wish.judged, wish.known));
      return record;
    }
    const { settled, waiting } = this.#names.take(wishes);
    for (const [wish, answer] of settled) this.#answer(wish, answer, record);
    this.#waiting.push(...waiting);
    return record;
  }

  async #recordNamed(record: JudgedEntry[], only: boolean): Promise<void> {
    const nothingWaits = this.#waiting.length + this.#tooLong.length === 0;
    await this.#record(record, only && nothingWaits);
    if (this.#waiting.length + this.#tooLong.length > WAITING) await this.#settle(false);
  }

  /** @param complete the folder was listed to its end */
  async end(complete: boolean): Promise<void> {
    await this.#settle(complete);
  }

  /** What it is to be called, if it is to be called anything. */
  #wish(judged: Judged, known: Known): Wish | undefined {
    const { entry } = judged;
    if (known.settledInThisRun) {
      return known.keptName === undefined ? undefined : wishFor(judged, known, known.keptName, 'copy');
    }
    if (judged.goes !== 'on' && !failedByName(judged)) return undefined;
    const given = this.#given(judged);
    if (judged.goes === 'on' && (given === undefined || known.keptName !== undefined)) {
      if (goesBeside(judged, known, this.#parts.work.job.task.settings)) {
        this.#names.avoid(known.keptName ?? judged.name);
        return wishFor(judged, known, judged.name, 'rules', true);
      }
    }
    if (known.keptName !== undefined) return wishFor(judged, known, known.keptName, 'copy');
    if (given !== undefined) {
      const refused = this.#refused(entry, given);
      return refused ? undefined : wishFor(judged, known, given, 'plan');
    }
    return judged.goes === 'on' ? wishFor(judged, known, judged.name, 'rules') : undefined;
  }

  /** The name that a person gave it. */
  #given({ entry }: Judged): string | undefined {
    const { givenNames } = this.#parts.work.job;
    if (givenNames.size === 0) return undefined;
    const { folder, work } = this.#parts;
    return givenNames.get(joinPaths(joinPaths(work.folder, folder.path), entry.name));
  }

  /** Why a given name cannot stand here: it was looked at when it was given, but not in its place. */
  #refused(entry: SourceEntry, given: string): string | undefined {
    const kind = entry.kind === 'folder' ? 'folder' : 'file';
    const planned = planName(given, { kind, atLibraryRoot: this.#parts.place.atLibraryRoot });
    if (!planned.ok) return planned.code;
    return planned.changed ? planned.reasons.join(', ') : undefined;
  }

  /** An entry that goes no further. Its name is nobody's, but better not given to another: it may go on one day. */
  #stopped(judged: Judged, known: Known, record: JudgedEntry[]): void {
    const { entry } = judged;
    if (entry.nameReadable) this.#names.avoid(entry.name);
    if (known.settledInThisRun) return;
    const given = this.#given(judged);
    const refused = given !== undefined && (judged.goes === 'on' || failedByName(judged));
    if (refused) {
      const why = `${nameReasons.given}: ${this.#refused(entry, given) ?? ''}`;
      record.push(this.#decided(stop(entry, 'failed', 'name-not-allowed', why), known));
    } else if (judged.goes !== 'on' && failedByName(judged) && judged.proposal === undefined) {
      this.#tooLong.push({ judged, known });
    } else record.push(this.#decided(judged, known));
  }

  #answer(wish: Wish, answer: NameAnswer, record: JudgedEntry[]): void {
    const { entry, known } = wish;
    if (known.settledInThisRun) return;
    const { place, work } = this.#parts;
    if (answer.name === undefined) {
      const detail = `the other is ${answer.other}`;
      record.push(this.#decided(stop(entry, 'failed', 'name-collision', detail), known));
      return;
    }
    const found = foundName(wish, answer);
    const judged = found ? judge(entry, place, work.job.task.settings, found) : wish.judged;
    const given = wish.by === 'copy' ? this.#given(judged) : undefined;
    const late = given !== undefined && given !== answer.name;
    const called: Judged = late
      ? { ...judged, findings: [...judged.findings, { code: 'rename-too-late', detail: given }] }
      : judged;
    if (called.goes !== 'on' && called.code === 'path-too-long')
      this.#tooLong.push({ judged: called, known });
    else record.push(this.#decided(called, known, wish.beside));
  }

  #decided(judged: Judged, known: Known, beside = false): JudgedEntry {
    const { place, work } = this.#parts;
    const { settings } = work.job.task;
    const noted = settings.dryRun ? withNotables(judged, place, this.#now) : judged;
    return beside ? decideBeside(noted, known, settings) : decideEntry(noted, known, settings);
  }

  async #settle(complete: boolean): Promise<void> {
    const record: JudgedEntry[] = [];
    let open: readonly Wish[] = this.#waiting;
    this.#waiting = [];
    if (open.length > 0) await this.#expectKept();
    const number = this.#parts.work.job.task.settings.names === 'replace';
    for (let tries = 0; open.length > 0; tries += 1) {
      const numbered: [Wish, NameAnswer & { readonly name: string }][] = [];
      const owners = open.filter(({ beside }) => !beside);
      for (const [wish, answer] of this.#names.settle(owners, { complete, number })) {
        if (answer.name !== undefined && answer.other !== undefined) numbered.push([wish, answer]);
        else this.#answer(wish, answer, record);
      }
      for (const wish of open) if (wish.beside) numbered.push([wish, this.#names.beside(wish)]);
      open = await this.#checkNumbered(numbered, tries < TRIES, record);
    }
    this.#propose(record);
    await this.#record(record, complete);
  }

  /** Looks what stands under names that were found. @returns those that need yet another one */
  async #checkNumbered(
    numbered: readonly [Wish, NameAnswer & { readonly name: string }][],
    again: boolean,
    record: JudgedEntry[],
  ): Promise<Wish[]> {
    const known = await this.#lookUp(
      numbered.map(([{ entry, beside }, { name }]) => ({ entry, name, leavesCopy: beside })),
    );
    return numbered.flatMap(([wish, answer], i) => {
      const facts = known[i] ?? nothingKnown;
      if (again && !isUsable(wish.entry, facts.theirs)) {
        this.#names.refuse(answer.name);
        return [wish];
      }
      this.#answer({ ...wish, known: facts }, answer, record);
      return [];
    });
  }

  #propose(record: JudgedEntry[]): void {
    const { place, work } = this.#parts;
    const room = MAX_PATH - pathLength(place.path) - 1;
    for (const { judged, known } of this.#tooLong) {
      const { name, kind } = judged.entry;
      const as = kind === 'folder' ? 'folder' : 'file';
      const proposal = this.#names.propose(name, room, { kind: as }, work.job.task.settings.replacement);
      record.push(this.#decided({ ...judged, proposal }, known));
    }
    this.#tooLong = [];
  }

  /** Once, and only where something can be known. */
  async #expectKept(): Promise<void> {
    if (this.#keptKnown || this.#parts.options.allNew) return;
    this.#keptKnown = true;
    const { work, slot, folder } = this.#parts;
    let after: KeptNamesMark | undefined;
    do {
      const page = await slot.during('journal', () => work.job.journal.keptNames(folder.item, after));
      for (const { name, destinationName } of page.names) this.#names.expect(destinationName, name);
      after = page.next;
    } while (after);
  }

  /** What the journal knows of entries, and what stands at the destination under their names. */
  async #lookUp(
    entries: readonly { entry: SourceEntry; name: string | undefined; leavesCopy?: true | undefined }[],
  ): Promise<readonly Known[]> {
    const { work, slot, folder, options } = this.#parts;
    if (options.allNew || entries.length === 0) return [];
    const known: Known[] = [];
    for (let at = 0; at < entries.length; at += BATCH) {
      const asked = entries.slice(at, at + BATCH).map(({ entry, name, leavesCopy }) => ({
        name: entry.name,
        kind: entry.kind,
        destinationName: name === entry.name ? undefined : name,
        leavesCopy,
        fileId: options.moves.on ? entry.fileId : undefined,
      }));
      known.push(...(await slot.during('journal', () => work.job.journal.lookUp(folder.item, asked))));
    }
    return known;
  }

  /** A folder is of the unit that made it; what is in it may be of another. */
  #elsewhereMarked(entries: readonly JudgedEntry[]): readonly JudgedEntry[] {
    if (this.#elsewhere.size === 0) return entries;
    return entries.map((entry) =>
      this.#elsewhere.get(entry.name) === 'folder'
        ? { ...entry, decision: { ...entry.decision, list: false } }
        : entry,
    );
  }

  /**
   * @param entries are taken out of it as they are recorded
   * @param last nothing else is to be recorded: the listing ends in the same commit
   */
  async #record(entries: JudgedEntry[], last: boolean): Promise<void> {
    const { work, slot, folder, options } = this.#parts;
    while (entries.length > 0) {
      const ends = last && entries.length <= BATCH;
      const some = await options.moves.follow(this.#parts, this.#elsewhereMarked(entries.splice(0, BATCH)));
      // The unit ends: the next process lists the folder anew.
      if (!some) return;
      await slot.during('journal', () => work.job.journal.recordEntries(folder.item, some, ends));
      this.#listingEnded ||= ends;
      options.recorded();
    }
  }
}

function wishFor(judged: Judged, known: Known, wanted: string, by: Wish['by'], beside?: true): Wish {
  const { entry } = judged;
  return { name: entry.name, wanted, by, entry, known, judged, beside };
}

/** Only its name, or its path with that name, is in the way. */
function failedByName(judged: Judged & { goes: 'no further' }): boolean {
  return (
    judged.code === 'name-too-long' || judged.code === 'name-not-allowed' || judged.code === 'path-too-long'
  );
}

/** The name with its reasons, where it is not the one that the entry was judged with. */
function foundName(
  { entry, judged, by, beside }: Wish,
  { name, other }: NameAnswer & { readonly name: string },
): FoundName | undefined {
  if (judged.goes === 'on' && judged.name === name) return undefined;
  if (by === 'plan') return { name, why: nameReasons.given };
  if (by === 'copy') return { name, why: nameReasons.kept };
  const before = judged.findings.flatMap(({ code, detail }) =>
    code === 'name-changed' ? (detail ?? []) : [],
  );
  const because = beside ? nameReasons.beside : nameReasons.twin;
  const why = [...before, `${because} (${other ?? entry.name})`].join(', ');
  return { name, why };
}
