import type { Statement } from 'better-sqlite3';
import type { ItemId } from '../../../src-shared/model/item.ts';
import type { ItemFinding } from '../journal.ts';
import { type PackedResults, type PlainResult, packResults } from '../pack-results.ts';
import type { Desk } from './desk.ts';
import { type ItemRow, STATE } from './item-state.ts';

/** A row of `outbox`: `count` items from `item` on, told as the results from `seq` on. */
interface Range {
  readonly seq: number;
  readonly item: ItemId;
  readonly count: number;
}

type ToldItem = Pick<
  ItemRow,
  'id' | 'parent' | 'name' | 'kind' | 'state' | 'size' | 'modified' | 'outcome' | 'grade' | 'destination_name'
>;

interface Said {
  readonly item: ItemId;
  readonly code: number;
  readonly detail: string | null;
}

const NOTHING: readonly ItemFinding[] = [];

/** What the coordinator has not acknowledged. A row says what its item is by now: that can be more than when it was queued, never less. */
export class Outbox {
  readonly #desk: Desk;
  readonly #ranges: Statement<[], Range>;
  readonly #items: Statement<[number, number], ToldItem>;
  readonly #findings: Statement<[number, number], Said>;
  readonly #last: Statement<[number], Range>;
  readonly #acknowledge: Statement;
  readonly #keep: Statement;

  constructor(desk: Desk) {
    const { database } = desk;
    this.#desk = desk;
    this.#ranges = database.prepare('SELECT seq, item, count FROM outbox ORDER BY seq');
    this.#items = database.prepare(
      `SELECT id, parent, name, kind, state, size, modified, outcome, grade, destination_name
       FROM item WHERE id BETWEEN ? AND ? ORDER BY id`,
    );
    this.#findings = database.prepare(
      'SELECT item, code, detail FROM finding WHERE item BETWEEN ? AND ? ORDER BY item, origin, no',
    );
    this.#last = database.prepare(
      'SELECT seq, item, count FROM outbox WHERE seq <= ? ORDER BY seq DESC LIMIT 1',
    );
    this.#acknowledge = database.prepare('DELETE FROM outbox WHERE seq <= ?');
    this.#keep = database.prepare('INSERT INTO outbox (seq, item, count) VALUES (?, ?, ?)');
  }

  rows(limit: number): PackedResults {
    const rows: PlainResult[] = [];
    for (const { seq, item, count } of this.#someRanges(limit)) {
      const last = item + Math.min(count, limit - rows.length) - 1;
      const said = this.#said(item, last);
      for (const row of this.#items.all(item, last))
        rows.push(resultOf(seq + row.id - item, row, said?.get(row.id) ?? NOTHING));
    }
    return packResults(rows);
  }

  /** Ranges that hold `limit` results, if there are so many. */
  #someRanges(limit: number): readonly Range[] {
    const ranges: Range[] = [];
    let results = 0;
    if (limit <= 0) return ranges;
    for (const range of this.#ranges.iterate()) {
      ranges.push(range);
      results += range.count;
      if (results >= limit) break;
    }
    return ranges;
  }

  /** What was said of items, by their numbers; nothing of most. */
  #said(first: ItemId, last: ItemId): ReadonlyMap<ItemId, ItemFinding[]> | undefined {
    const all = this.#findings.all(first, last);
    if (all.length === 0) return undefined;
    const said = new Map<ItemId, ItemFinding[]>();
    for (const { item, code, detail } of all) {
      const finding = { code: this.#desk.codeText(code), ...(detail === null ? {} : { detail }) };
      const before = said.get(item);
      if (before) before.push(finding);
      else said.set(item, [finding]);
    }
    return said;
  }

  acknowledge(upTo: number): void {
    const last = this.#last.get(upTo);
    this.#acknowledge.run(upTo);
    if (!last) return;
    // Of the last range only a part may have been taken.
    const taken = upTo + 1 - last.seq;
    if (taken < last.count) this.#keep.run(upTo + 1, last.item + taken, last.count - taken);
  }
}

function resultOf(seq: number, row: ToldItem, findings: readonly ItemFinding[]): PlainResult {
  const settled = row.state === STATE.settled;
  return {
    ...{ seq, item: row.id, parent: row.parent, name: row.name },
    kind: row.kind,
    size: row.size,
    modified: row.modified,
    outcome: settled ? row.outcome : null,
    grade: settled ? row.grade : null,
    destinationName: row.destination_name,
    findings,
  };
}
