import { itemKinds } from '../../../src-shared/model/item.ts';
import type { SourceEntry } from '../source.ts';

/**
 * Entries on their way between threads: one string and one piece of memory that changes hands. As objects their keys are written and
 * read again for each; without that (and with numbers from lstat) a walk over 200,000 files takes 1.25 s of processor time
 * instead of 1.5 (Node 24.21, November 2026).
 */
export interface PackedEntries {
  readonly count: number;
  /** Names one after the other, with a NUL between: no file system has that in a name. */
  readonly names: string;
  readonly columns: ArrayBuffer;
}

export const SEPARATOR = '\0';

/** What of entries has one size, column by column. */
export interface Columns {
  readonly sizes: Float64Array;
  /** Milliseconds since 1970. */
  readonly modified: Float64Array;
  readonly created: Float64Array;
  /** Lower and higher half of the file id, which has 64 bits; 0 where there is none. */
  readonly lowIds: Uint32Array;
  readonly highIds: Uint32Array;
  /** Names of a file in its file system; 0 where nothing is said. More than `MOST_LINKS` are said to be so many. */
  readonly links: Uint16Array;
  /** Bits of {@link MARK}. */
  readonly marks: Uint8Array;
}

const BYTES = 3 * 8 + 2 * 4 + 2 + 1;
export const MOST_LINKS = 0xffff;

/** Bits of the marks: two of the kind (index in `itemKinds`), two of the problem, and these. */
export const MARK = { problem: 4, unreadable: 16, hidden: 32, system: 64, offline: 128 } as const;

/** The problem of an entry is its index here times `MARK.problem`. */
export const entryProblems = [undefined, 'file-vanished', 'file-unreadable', 'read-failed'] as const;

/** @param count for so many entries at most; the memory for them begins at 0 */
export function columnsIn(memory: ArrayBuffer, count: number): Columns {
  return {
    sizes: new Float64Array(memory, 0, count),
    modified: new Float64Array(memory, count * 8, count),
    created: new Float64Array(memory, count * 16, count),
    lowIds: new Uint32Array(memory, count * 24, count),
    highIds: new Uint32Array(memory, count * 28, count),
    links: new Uint16Array(memory, count * 32, count),
    marks: new Uint8Array(memory, count * 34, count),
  };
}

export function columnsFor(count: number): { readonly memory: ArrayBuffer; readonly columns: Columns } {
  const memory = new ArrayBuffer(count * BYTES);
  return { memory, columns: columnsIn(memory, count) };
}

export function pack(entries: readonly SourceEntry[]): PackedEntries {
  const { memory, columns } = columnsFor(entries.length);
  let names = '';
  for (let i = 0; i < entries.length; i += 1) {
    const entry = entries[i];
    if (!entry) break;
    names += i === 0 ? entry.name : SEPARATOR + entry.name;
    columns.sizes[i] = entry.size;
    columns.modified[i] = entry.modified;
    columns.created[i] = entry.created;
    if (entry.fileId !== undefined) {
      const id = BigInt(entry.fileId);
      columns.lowIds[i] = Number(id & 0xffff_ffffn);
      columns.highIds[i] = Number(id >> 32n);
    }
    if (entry.links !== undefined) columns.links[i] = Math.min(entry.links, MOST_LINKS);
    columns.marks[i] = marksOf(entry);
  }
  return { count: entries.length, names, columns: memory };
}

export function unpack(packed: PackedEntries): readonly SourceEntry[] {
  if (packed.count === 0) return [];
  const { sizes, modified, created, lowIds, highIds, links, marks } = columnsIn(packed.columns, packed.count);
  return packed.names.split(SEPARATOR).map((name, i): SourceEntry => {
    const mark = marks[i] ?? 0;
    const entry = {
      name,
      nameReadable: (mark & MARK.unreadable) === 0,
      kind: itemKinds[mark & 3] ?? 'special',
      size: sizes[i] ?? 0,
      modified: modified[i] ?? 0,
      created: created[i] ?? 0,
      fileId: fileIdOf(lowIds[i] ?? 0, highIds[i] ?? 0),
      hidden: (mark & MARK.hidden) !== 0,
      system: (mark & MARK.system) !== 0,
      links: links[i] || undefined,
      offline: (mark & MARK.offline) !== 0,
    };
    const problem = entryProblems[(mark / MARK.problem) & 3];
    return problem ? { ...entry, problem } : entry;
  });
}

function fileIdOf(low: number, high: number): string | undefined {
  if (high === 0) return low === 0 ? undefined : String(low);
  // A number holds 53 bits exactly.
  return high < 2 ** 21 ? String(high * 2 ** 32 + low) : String((BigInt(high) << 32n) | BigInt(low));
}

function marksOf({ kind, problem, nameReadable, hidden, system, offline }: SourceEntry): number {
  return (
    itemKinds.indexOf(kind) |
    (problem === undefined ? 0 : entryProblems.indexOf(problem) * MARK.problem) |
    (nameReadable ? 0 : MARK.unreadable) |
    (hidden ? MARK.hidden : 0) |
    (system ? MARK.system : 0) |
    (offline ? MARK.offline : 0)
  );
}
