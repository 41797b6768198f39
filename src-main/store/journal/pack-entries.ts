import { itemKinds } from '../../../src-shared/model/item.ts';
import type { ItemFinding, JudgedEntry } from '../journal.ts';

/**
 * Entries on their way to the thread of the journal, in columns. As objects their keys are written and read again for each entry, which
 * costs more processor time than to judge them (200,000 files, Node 24.21, November 2026).
 */
export interface PackedEntries {
  readonly names: readonly string[];
  readonly fileIds: readonly (string | undefined)[];
  /** For each entry size, modified, created. */
  readonly numbers: Float64Array;
  readonly kinds: Uint8Array;
  /** Which of `decisions`; nearly all entries of a folder share one. */
  readonly decided: Uint32Array;
  readonly decisions: readonly Decision[];
  /** What few entries have, by their number. */
  readonly destinationNames: ReadonlyMap<number, string>;
  readonly findings: ReadonlyMap<number, readonly ItemFinding[]>;
}

type Decision = JudgedEntry['decision'];

const NUMBERS = 3;
const justCopy: Decision = { do: 'copy', replace: undefined };
const none: readonly ItemFinding[] = [];

export function packEntries(entries: readonly JudgedEntry[]): PackedEntries {
  const numbers = new Float64Array(entries.length * NUMBERS);
  const kinds = new Uint8Array(entries.length);
  const decided = new Uint32Array(entries.length);
  const decisions = new Map<Decision, number>();
  const destinationNames = new Map<number, string>();
  const findings = new Map<number, readonly ItemFinding[]>();
  entries.forEach((entry, i) => {
    numbers[i * NUMBERS] = entry.size;
    numbers[i * NUMBERS + 1] = entry.modified;
    numbers[i * NUMBERS + 2] = entry.created;
    kinds[i] = itemKinds.indexOf(entry.kind);
    const { decision } = entry;
    const shared = isJustCopy(decision) ? justCopy : decision;
    const known = decisions.get(shared);
    decided[i] = known ?? decisions.size;
    if (known === undefined) decisions.set(shared, decisions.size);
    if (entry.destinationName !== undefined) destinationNames.set(i, entry.destinationName);
    if (entry.findings.length > 0) findings.set(i, entry.findings);
  });
  return {
    names: entries.map(({ name }) => name),
    fileIds: entries.map(({ fileId }) => fileId),
    numbers,
    kinds,
    decided,
    decisions: [...decisions.keys()],
    destinationNames,
    findings,
  };
}

function isJustCopy(decision: Decision): boolean {
  return decision.do === 'copy' && decision.replace === undefined && !decision.leavesCopy;
}

export function unpackEntries(packed: PackedEntries): readonly JudgedEntry[] {
  const { numbers, kinds, decided, decisions } = packed;
  return packed.names.map((name, i) => ({
    name,
    kind: itemKinds[kinds[i] ?? 0] ?? 'special',
    size: numbers[i * NUMBERS] ?? 0,
    modified: numbers[i * NUMBERS + 1] ?? 0,
    created: numbers[i * NUMBERS + 2] ?? 0,
    fileId: packed.fileIds[i],
    destinationName: packed.destinationNames.get(i),
    findings: packed.findings.get(i) ?? none,
    decision: decisions[decided[i] ?? 0] ?? justCopy,
  }));
}
