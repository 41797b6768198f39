import { itemKinds } from '../../../src-shared/model/item.ts';
import type { ItemFinding, JudgedEntry } from '../journal.ts';
import { type KeptFileId, LARGEST_INTEGER, packFileId } from './item-state.ts';

/**
 * Entries on their way to the thread of the journal, in columns. As objects their keys are written and read again for each entry, and
 * as lists of texts each text has a head of its own (200,000 files, Node 24.21, November 2026: both cost more processor time than to judge them).
 */
export interface PackedEntries {
  /** One after the other, with a NUL between: no file system has that in a name. */
  readonly names: string;
  /** For each entry size, modified, created. */
  readonly numbers: Float64Array;
  /** Numbers of the files; 0 where there is none, or where it is one of `longIds`. */
  readonly fileIds: BigUint64Array;
  readonly kinds: Uint8Array;
  /** Which of `decisions`; nearly all entries of a folder share one. */
  readonly decided: Uint32Array;
  readonly decisions: readonly Decision[];
  /** What few entries have, by their number. */
  readonly longIds: ReadonlyMap<number, string>;
  readonly destinationNames: ReadonlyMap<number, string>;
  readonly findings: ReadonlyMap<number, readonly ItemFinding[]>;
}

type Decision = JudgedEntry['decision'];

const SEPARATOR = '\0';
const NUMBERS = 3;
const justCopy: Decision = { do: 'copy', replace: undefined };
const none: readonly ItemFinding[] = [];

export function packEntries(entries: readonly JudgedEntry[]): PackedEntries {
  const numbers = new Float64Array(entries.length * NUMBERS);
  const fileIds = new BigUint64Array(entries.length);
  const kinds = new Uint8Array(entries.length);
  const decided = new Uint32Array(entries.length);
  const decisions = new Map<Decision, number>();
  const longIds = new Map<number, string>();
  const destinationNames = new Map<number, string>();
  const findings = new Map<number, readonly ItemFinding[]>();
  let names = '';
  let i = 0;
  for (const entry of entries) {
    names += i === 0 ? entry.name : SEPARATOR + entry.name;
    numbers[i * NUMBERS] = entry.size;
    numbers[i * NUMBERS + 1] = entry.modified;
    numbers[i * NUMBERS + 2] = entry.created;
    kinds[i] = itemKinds.indexOf(entry.kind);
    const { decision, fileId } = entry;
    if (fileId !== undefined && isNumber(fileId)) fileIds[i] = bigOf(fileId);
    else if (fileId !== undefined) longIds.set(i, fileId);
    const shared = isJustCopy(decision) ? justCopy : decision;
    const known = decisions.get(shared);
    decided[i] = known ?? decisions.size;
    if (known === undefined) decisions.set(shared, decisions.size);
    if (entry.destinationName !== undefined) destinationNames.set(i, entry.destinationName);
    if (entry.findings.length > 0) findings.set(i, entry.findings);
    i += 1;
  }
  return {
    ...{ names, numbers, fileIds, kinds, decided, longIds, destinationNames, findings },
    decisions: [...decisions.keys()],
  };
}

/** By way of a number where that holds it exactly, which is two to three times as fast as from its text. */
function bigOf(fileId: string): bigint {
  return BigInt(fileId.length < 16 ? Number(fileId) : fileId);
}

/** 19 digits are fewer than 2 ** 64. */
function isNumber(fileId: string): boolean {
  return fileId.length < 20 && /^[1-9]\d*$/.test(fileId);
}

function isJustCopy(decision: Decision): boolean {
  if (decision.do !== 'copy' || decision.list === false) return false;
  return decision.replace === undefined && !decision.leavesCopy;
}

/** Entries as they arrived, asked for by their number. */
export class ReceivedEntries {
  readonly names: readonly string[];
  readonly #packed: PackedEntries;

  constructor(packed: PackedEntries) {
    this.#packed = packed;
    this.names = packed.kinds.length === 0 ? [] : packed.names.split(SEPARATOR);
  }

  name(i: number): string {
    const name = this.names[i];
    if (name === undefined) throw new Error(`there is no entry ${i}`);
    return name;
  }

  /** Index in `itemKinds`. */
  kind(i: number): number {
    return this.#packed.kinds[i] ?? 0;
  }

  size(i: number): number {
    return this.#packed.numbers[i * NUMBERS] ?? 0;
  }

  modified(i: number): number {
    return this.#packed.numbers[i * NUMBERS + 1] ?? 0;
  }

  created(i: number): number {
    return this.#packed.numbers[i * NUMBERS + 2] ?? 0;
  }

  /** As it is kept: see {@link packFileId}. */
  keptFileId(i: number): KeptFileId {
    const id = this.#packed.fileIds[i] ?? 0n;
    return id === 0n || id > LARGEST_INTEGER ? packFileId(this.fileId(i)) : id;
  }

  fileId(i: number): string | undefined {
    const id = this.#packed.fileIds[i] ?? 0n;
    return id === 0n ? this.#packed.longIds.get(i) : id.toString();
  }

  destinationName(i: number): string | undefined {
    return this.#packed.destinationNames.get(i);
  }

  findings(i: number): readonly ItemFinding[] {
    return this.#packed.findings.get(i) ?? none;
  }

  /** Entries with the same decision share one object. */
  decision(i: number): Decision {
    return this.#packed.decisions[this.#packed.decided[i] ?? 0] ?? justCopy;
  }

  entry(i: number): JudgedEntry {
    return {
      name: this.name(i),
      kind: itemKinds[this.kind(i)] ?? 'special',
      size: this.size(i),
      modified: this.modified(i),
      created: this.created(i),
      fileId: this.fileId(i),
      destinationName: this.destinationName(i),
      findings: this.findings(i),
      decision: this.decision(i),
    };
  }
}
