import type { Statement } from 'better-sqlite3';
import type { Grade, ItemId } from '../../../src-shared/model/item.ts';
import { DESTINATION_TOLERANCE_MS } from '../../../src-shared/rules/decide.ts';
import { isRewrittenKind } from '../../../src-shared/rules/rewritten.ts';
import type { ItemFinding, Settlement } from '../journal.ts';
import type { Desk } from './desk.ts';
import { unpackHash } from './hashes.ts';
import { COPIED, gradeOf, type ItemRow, ORIGIN } from './item-state.ts';
import { unpackRemote } from './pack-remote.ts';

/** A copy of this run as it was sent, and as the destination lists it now. */
export interface Relisted {
  readonly item: ItemId;
  readonly name: string;
  readonly size: number;
  readonly modified: number;
  readonly grade: Grade | undefined;
  readonly sentHash: string | undefined;
  /** What was said about it when it was settled: it stays true. */
  readonly findings: readonly ItemFinding[];
  readonly listed: {
    readonly id: string;
    readonly tag: string;
    readonly size: number;
    readonly modified: number;
    readonly hash: string | undefined;
  };
}

/**
 * What the listing says of a copy that was graded when it was sent. Undefined: somebody edited it since, which takes
 * nothing from the grade it had.
 */
export function gradeListed(copy: Relisted): Settlement | undefined {
  const { item, listed, sentHash, findings } = copy;
  const end = { item, remote: listed, findings };
  const sameHash = sentHash !== undefined && sentHash === listed.hash;
  const hashUnknown = sentHash === undefined || listed.hash === undefined;
  const sameSize = listed.size === copy.size;
  if (sameSize && sameHash) return { ...end, outcome: 'copied', grade: 'identical' };
  const sameTime = Math.abs(listed.modified - copy.modified) <= DESTINATION_TOLERANCE_MS;
  if (!sameTime) return undefined;
  if (sameSize && hashUnknown) {
    return { ...end, outcome: 'copied', grade: copy.grade ?? 'size-equal', sentHash };
  }
  if (isRewrittenKind(copy.name)) {
    return {
      ...end,
      outcome: 'copied',
      grade: 'rewritten',
      findings: [
        ...findings.filter(({ code }) => code !== 'rewritten-by-service'),
        { code: 'rewritten-by-service' },
      ],
    };
  }
  const detail = `sent ${copy.size} bytes ${sentHash ?? ''}, listed ${listed.size} bytes ${listed.hash ?? ''}`;
  return {
    ...end,
    outcome: 'failed',
    grade: 'differs',
    findings: [...findings, { code: 'content-differs', detail }],
  };
}

interface RelistedRow {
  readonly own: number;
  readonly id: Buffer;
  readonly tag: string;
  readonly size: number;
  readonly modified: number;
  readonly hash: string | null;
}

/** The copies whose grade is to be settled again. */
export class Regrading {
  readonly #desk: Desk;
  readonly #some: Statement<[number], RelistedRow>;
  readonly #sent: Statement<[number], Buffer | string>;
  readonly #leave: Statement;

  constructor(desk: Desk) {
    this.#desk = desk;
    this.#some = desk.database.prepare(
      'SELECT own, id, tag, size, modified, hash FROM remote WHERE regrade = 1 ORDER BY own LIMIT ?',
    );
    this.#sent = desk.database
      .prepare<[number], Buffer | string>('SELECT hash FROM sent WHERE item = ?')
      .pluck();
    this.#leave = desk.database.prepare('UPDATE remote SET regrade = 0 WHERE own = ? AND regrade = 1');
  }

  /** Takes some off the list: `seen` of them, with settlements for those that were not edited since. */
  take(limit: number): { readonly seen: number; readonly settlements: readonly Settlement[] } {
    const rows = this.#some.all(limit);
    const settlements: Settlement[] = [];
    for (const row of rows) {
      const item = this.#desk.itemOfRun(row.own);
      this.#leave.run(row.own);
      // It may have been settled as something else since it was listed.
      const settlement = item.outcome === COPIED ? gradeListed(this.#relisted(row, item)) : undefined;
      if (settlement) settlements.push(settlement);
    }
    return { seen: rows.length, settlements };
  }

  #relisted(row: RelistedRow, item: ItemRow): Relisted {
    const { id } = unpackRemote(row.id, this.#desk.drives);
    return {
      item: row.own,
      name: item.destination_name ?? item.name,
      size: item.size,
      modified: item.modified,
      grade: gradeOf(item.grade),
      sentHash: unpackHash(this.#sent.get(row.own)),
      findings: this.#desk.findings(row.own, ORIGIN.settlement),
      listed: { id, tag: row.tag, size: row.size, modified: row.modified, hash: row.hash ?? undefined },
    };
  }
}
