import type { Statement } from 'better-sqlite3';
import { type ItemKind, itemKinds } from '../../../src-shared/model/item.ts';
import type { OutboxRow } from '../journal.ts';
import type { Desk } from './desk.ts';
import { ITEM_COLUMNS, type ItemRow, STATE } from './item-state.ts';
import { gradeOf, outcomeOf } from './knowledge.ts';

/** What the coordinator has not acknowledged. A row says what its item is by now: that can be more than when it was queued, never less. */
export class Outbox {
  readonly #desk: Desk;
  readonly #rows: Statement<[number], ItemRow & { seq: number }>;
  readonly #acknowledge: Statement;

  constructor(desk: Desk) {
    this.#desk = desk;
    this.#rows = desk.database.prepare(
      `SELECT outbox.seq, ${ITEM_COLUMNS} FROM outbox CROSS JOIN item ON item.id = outbox.item ORDER BY outbox.seq LIMIT ?`,
    );
    this.#acknowledge = desk.database.prepare('DELETE FROM outbox WHERE seq <= ?');
  }

  rows(limit: number): readonly OutboxRow[] {
    return this.#rows.all(limit).map((row) => {
      const settled = row.state === STATE.settled;
      return {
        seq: row.seq,
        item: row.id,
        parent: row.parent,
        name: row.name,
        kind: kindOf(row.kind),
        size: row.size,
        modified: row.modified,
        outcome: settled && row.outcome !== null ? outcomeOf(row.outcome) : undefined,
        grade: settled ? gradeOf(row.grade) : undefined,
        destinationName: row.destination_name ?? undefined,
        findings: this.#desk.findings(row.id),
      };
    });
  }

  acknowledge(upTo: number): void {
    this.#acknowledge.run(upTo);
  }
}

function kindOf(index: number): ItemKind {
  const kind = itemKinds[index];
  if (kind === undefined) throw new Error(`kind ${index} is not known`);
  return kind;
}
