import { failed, ok } from '../../../../src-shared/model/problem.ts';
import { columnsFor, entryProblems, MARK, MOST_LINKS, SEPARATOR } from '../../threads/packing.ts';
import { BATCH, type PackedAnswer, type PackedListing } from '../../threads/protocol.ts';
import { entryProblem, problemOf, systemError } from '../errors.ts';
import { REPLACEMENT, spellOut } from '../raw-names.ts';
import { type LinuxCalls, NAME } from './calls.ts';
import { bornIn, highIdIn, isOnDevice, kindIn, linksIn, lowIdIn, modifiedIn, sizeIn } from './statx.ts';

/** Bytes of a name in Linux, with the NUL after it. */
const NAME_BYTES = 256;
const DOT = 0x2e;

/** Indexes in `itemKinds` of `d_type`: what is said of an entry that cannot be examined. Of 0 nothing is known. */
const FILE = 0;
const kindsOfType: Readonly<Record<number, number>> = { 0: FILE, 4: 1, 8: FILE, 10: 2 };
const SPECIAL = 3;

/** What the listings of one thread share: the entries of one answer, until they are packed. */
const room = columnsFor(BATCH).columns;
/** What is 0 of an entry that could not be examined. */
const cleared = [room.sizes, room.modified, room.created, room.lowIds, room.highIds, room.links];
const names = Buffer.from(new ArrayBuffer(BATCH * NAME_BYTES));

/** One folder being listed relative to itself, straight into columns. Needs a folder opened for as long as it takes. */
export class LinuxListing implements PackedListing {
  readonly #calls: LinuxCalls;
  readonly #path: string;
  readonly #where: string;
  readonly #rootDevice: number;
  #folder: number | undefined;
  /** Entries that were read and did not fit into the last answer. */
  #rest: Uint8Array | undefined;
  #count = 0;
  /** Bytes of names so far. */
  #named = 0;

  /** @param path absolute; `where` is how the folder is called in problems */
  constructor(calls: LinuxCalls, path: string, where: string, rootDevice: number) {
    this.#calls = calls;
    this.#path = path;
    this.#where = where;
    this.#rootDevice = rootDevice;
  }

  next(): PackedAnswer {
    try {
      // The root is what the user named, and may be a link.
      this.#folder ??= this.#calls.openFolder(this.#path, this.#where === '');
      this.#count = 0;
      this.#named = 0;
      const last = this.#read(this.#folder);
      if (last) this.close();
      return ok({ packed: this.#packed(), last });
    } catch (error) {
      this.close();
      const problem = problemOf(error, 'folder', this.#where);
      return failed(problem.code, problem);
    }
  }

  close(): void {
    if (this.#folder !== undefined) this.#calls.closeFolder(this.#folder);
    this.#folder = undefined;
  }

  /** @returns whether the folder has no more */
  #read(folder: number): boolean {
    for (;;) {
      const bytes = this.#rest ? this.#takeRest(this.#rest) : this.#calls.readEntries(folder);
      if (bytes < 0) throw systemError('getdents64', this.#calls.errno());
      if (bytes === 0) return true;
      const used = this.#examineAll(folder, bytes);
      if (used < bytes) this.#rest = Uint8Array.from(this.#calls.entries.subarray(used, bytes));
      if (this.#count === BATCH) return false;
    }
  }

  #takeRest(rest: Uint8Array): number {
    this.#calls.entries.set(rest);
    this.#rest = undefined;
    return rest.length;
  }

  /** @returns how many bytes of the records were used before there was no more room */
  #examineAll(folder: number, bytes: number): number {
    const { entries } = this.#calls;
    let at = 0;
    while (at < bytes && this.#count < BATCH) {
      if (!isDots(entries, at + NAME)) this.#examine(folder, at);
      at += (entries[at + 16] ?? 0) | ((entries[at + 17] ?? 0) << 8);
    }
    return at;
  }

  #examine(folder: number, at: number): void {
    const { entries, stat } = this.#calls;
    const i = this.#count;
    this.#count += 1;
    if (i > 0) this.#named += 1;
    this.#name(entries, at + NAME);
    if (this.#calls.examine(folder, at + NAME) === 0) {
      const kind = kindIn(stat);
      const modified = modifiedIn(stat);
      const born = bornIn(stat);
      const own = isOnDevice(stat, this.#rootDevice);
      room.marks[i] = kind;
      room.sizes[i] = kind === FILE ? sizeIn(stat) : 0;
      room.links[i] = kind === FILE ? Math.min(linksIn(stat), MOST_LINKS) : 0;
      room.modified[i] = modified;
      room.created[i] = born > 0 ? born : modified;
      room.lowIds[i] = own ? lowIdIn(stat) : 0;
      room.highIds[i] = own ? highIdIn(stat) : 0;
    } else {
      const problem = entryProblem(systemError('statx', this.#calls.errno()));
      const kind = kindsOfType[entries[at + NAME - 1] ?? 0] ?? SPECIAL;
      room.marks[i] = kind | (entryProblems.indexOf(problem) * MARK.problem);
      for (const column of cleared) column[i] = 0;
    }
  }

  /** Adds a name, with a NUL before it unless it is the first. */
  #name(entries: Buffer, from: number): void {
    let to = this.#named;
    if (to > 0) names[to - 1] = 0;
    for (let at = from; ; at += 1) {
      const byte = entries[at] ?? 0;
      if (byte === 0) break;
      names[to] = byte;
      to += 1;
    }
    this.#named = to;
  }

  #packed() {
    const count = this.#count;
    let text = names.toString('utf8', 0, this.#named);
    if (text.includes(REPLACEMENT)) text = this.#readable();
    const { memory, columns } = columnsFor(count);
    columns.sizes.set(room.sizes.subarray(0, count));
    columns.modified.set(room.modified.subarray(0, count));
    columns.created.set(room.created.subarray(0, count));
    columns.lowIds.set(room.lowIds.subarray(0, count));
    columns.highIds.set(room.highIds.subarray(0, count));
    columns.links.set(room.links.subarray(0, count));
    columns.marks.set(room.marks.subarray(0, count));
    return { count, names: text, columns: memory };
  }

  /** Some names are not UTF-8, or hold what stands for that in earnest: one by one. */
  #readable(): string {
    const texts: string[] = [];
    for (let from = 0; texts.length < this.#count; ) {
      const end = names.indexOf(0, from);
      const bytes = names.subarray(from, end === -1 || end > this.#named ? this.#named : end);
      const text = bytes.toString('utf8');
      const readable = !text.includes(REPLACEMENT) || Buffer.from(text, 'utf8').equals(bytes);
      if (!readable) room.marks[texts.length] = (room.marks[texts.length] ?? 0) | MARK.unreadable;
      texts.push(readable ? text : spellOut(bytes));
      from += bytes.length + 1;
    }
    return texts.join(SEPARATOR);
  }
}

/** `.` or `..` */
function isDots(bytes: Buffer, at: number): boolean {
  if (bytes[at] !== DOT) return false;
  return bytes[at + 1] === 0 || (bytes[at + 1] === DOT && bytes[at + 2] === 0);
}
