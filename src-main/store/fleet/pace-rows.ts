import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { joined, type PaceRow, paceRowSchema } from '../../../src-shared/model/pace.ts';

/** Rows of minutes are kept for so long; older ones become rows of ten minutes. In milliseconds. */
const FINE_FOR = 24 * 60 * 60_000;
const COARSE = 10 * 60_000;

const paceRow = z
  .object({ ...paceRowSchema.shape, waits: z.string().transform((text): unknown => JSON.parse(text)) })
  .transform((row) => paceRowSchema.parse(row));

/** The procedures for what a run did over time. A run of thirty days takes no more than six thousand rows. */
export function paceRows(database: Database) {
  const columns = 'at, ms, items, bytes, units AS resourceUnits, waits';
  const all = database.prepare(`SELECT ${columns} FROM pace WHERE run = ? ORDER BY at`);
  const one = database.prepare(`SELECT ${columns} FROM pace WHERE run = ? AND at = ?`);
  const old = database.prepare(`SELECT ${columns} FROM pace WHERE run = ? AND at < ? ORDER BY at`);
  const put = database.prepare('INSERT OR REPLACE INTO pace VALUES (?, ?, ?, ?, ?, ?, ?)');
  const remove = database.prepare('DELETE FROM pace WHERE run = ? AND at = ?');
  /** Up to where the rows of each run are coarse already. */
  const done = new Map<string, number>();

  const keep = (run: string, row: PaceRow): void => {
    // A clock that was set back tells a time twice: then both are there.
    const before = one.get(run, row.at);
    const { at, ms, items, bytes, resourceUnits, waits } = before ? joined(paceRow.parse(before), row) : row;
    put.run(run, at, Math.round(ms), items, bytes, resourceUnits, JSON.stringify(waits));
  };

  const coarsen = (run: string, now: number): void => {
    const until = Math.floor((now - FINE_FOR) / COARSE) * COARSE;
    if (done.get(run) === until) return;
    done.set(run, until);
    const rows = old.all(run, until).map((row) => paceRow.parse(row));
    for (const group of Map.groupBy(rows, ({ at }) => Math.floor(at / COARSE)).values()) {
      if (group.length < 2) continue;
      for (const { at } of group) remove.run(run, at);
      keep(run, group.reduce(joined));
    }
  };

  return {
    addPace(run: string, row: PaceRow): void {
      keep(run, row);
      coarsen(run, row.at);
    },
    pace: (run: string): readonly PaceRow[] => all.all(run).map((row) => paceRow.parse(row)),
  };
}
