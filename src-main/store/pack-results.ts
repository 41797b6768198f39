import type { ResultRow } from '../../src-shared/contract/fleet.ts';
import { grades, itemKinds, outcomes } from '../../src-shared/model/item.ts';
import { gradeOf, outcomeOf } from './journal/item-state.ts';
import type { ItemFinding, OutboxRow } from './journal.ts';

/**
 * Results on their way to and from the thread of a database, in columns. As objects their keys are written and read again for each
 * result, which took twice as long as to write it down (200,000 files, Node 24.21, November 2026).
 */
export interface PackedResults {
  /** One after the other, with a NUL between: no file system has that in a name. */
  readonly names: string;
  /** For each result number, item, parent, size, modified. */
  readonly numbers: Float64Array;
  /** For each result indexes in `itemKinds`, `outcomes` and `grades`; NONE for none. */
  readonly kinds: Uint8Array;
  /** What few results have, by their place. */
  readonly destinationNames: ReadonlyMap<number, string>;
  readonly findings: ReadonlyMap<number, readonly ItemFinding[]>;
}

/** A result as databases keep it: indexes in `itemKinds`, `outcomes` and `grades`. */
export interface PlainResult {
  readonly seq: number;
  readonly item: number;
  readonly parent: number;
  readonly name: string;
  readonly kind: number;
  readonly size: number;
  readonly modified: number;
  readonly outcome: number | null;
  readonly grade: number | null;
  readonly destinationName: string | null;
  readonly findings: readonly ItemFinding[];
}

const SEPARATOR = '\0';
const NUMBERS = 5;
const KINDS = 3;
const NONE = 255;
const nothing: readonly ItemFinding[] = [];

export function packResults(results: readonly PlainResult[]): PackedResults {
  const numbers = new Float64Array(results.length * NUMBERS);
  const kinds = new Uint8Array(results.length * KINDS);
  const destinationNames = new Map<number, string>();
  const findings = new Map<number, readonly ItemFinding[]>();
  let names = '';
  results.forEach((result, i) => {
    names += i === 0 ? result.name : SEPARATOR + result.name;
    numbers[i * NUMBERS] = result.seq;
    numbers[i * NUMBERS + 1] = result.item;
    numbers[i * NUMBERS + 2] = result.parent;
    numbers[i * NUMBERS + 3] = result.size;
    numbers[i * NUMBERS + 4] = result.modified;
    kinds[i * KINDS] = result.kind;
    kinds[i * KINDS + 1] = result.outcome ?? NONE;
    kinds[i * KINDS + 2] = result.grade ?? NONE;
    if (result.destinationName !== null) destinationNames.set(i, result.destinationName);
    if (result.findings.length > 0) findings.set(i, result.findings);
  });
  return { names, numbers, kinds, destinationNames, findings };
}

export function unpackResults(packed: PackedResults): readonly PlainResult[] {
  const { numbers, kinds } = packed;
  if (numbers.length === 0) return [];
  return packed.names.split(SEPARATOR).map((name, i) => ({
    seq: numbers[i * NUMBERS] ?? 0,
    item: numbers[i * NUMBERS + 1] ?? 0,
    parent: numbers[i * NUMBERS + 2] ?? 0,
    name,
    kind: kinds[i * KINDS] ?? 0,
    size: numbers[i * NUMBERS + 3] ?? 0,
    modified: numbers[i * NUMBERS + 4] ?? 0,
    outcome: orNone(kinds[i * KINDS + 1]),
    grade: orNone(kinds[i * KINDS + 2]),
    destinationName: packed.destinationNames.get(i) ?? null,
    findings: packed.findings.get(i) ?? nothing,
  }));
}

function orNone(index: number | undefined): number | null {
  return index === undefined || index === NONE ? null : index;
}

export function plainOf(row: ResultRow): PlainResult {
  return {
    ...{ seq: row.seq, item: row.item, parent: row.parent, name: row.name },
    kind: itemKinds.indexOf(row.kind),
    size: row.size,
    modified: row.modified,
    outcome: row.outcome === undefined ? null : outcomes.indexOf(row.outcome),
    grade: row.grade === undefined ? null : grades.indexOf(row.grade),
    destinationName: row.destinationName ?? null,
    findings: row.findings,
  };
}

export function outboxRowOf(result: PlainResult): OutboxRow {
  const kind = itemKinds[result.kind];
  if (kind === undefined) throw new Error(`kind ${result.kind} is not known`);
  return {
    ...{ seq: result.seq, item: result.item, parent: result.parent, name: result.name },
    kind,
    size: result.size,
    modified: result.modified,
    outcome: result.outcome === null ? undefined : outcomeOf(result.outcome),
    grade: gradeOf(result.grade),
    destinationName: result.destinationName ?? undefined,
    findings: result.findings,
  };
}
