import type { ResultRow } from '../../../src-shared/contract/fleet.ts';
import type { OutboxRow } from '../../store/journal.ts';

/** A row of the outbox as it goes to the coordinator: fields that it has not are absent on the wire, not undefined. */
export function resultRowOf(row: OutboxRow): ResultRow {
  const { outcome, grade, destinationName, findings, ...rest } = row;
  return {
    ...rest,
    ...(outcome === undefined ? {} : { outcome }),
    ...(grade === undefined ? {} : { grade }),
    ...(destinationName === undefined ? {} : { destinationName }),
    findings: findings.map(({ code, detail }) => (detail === undefined ? { code } : { code, detail })),
  };
}
