import type { Database } from 'better-sqlite3';
import type { Counts } from '../../../src-shared/model/counts.ts';
import { emptyCounts } from '../../../src-shared/model/counts.ts';
import { grades, outcomes } from '../../../src-shared/model/item.ts';
import { markOf, STATE } from './item-state.ts';

interface Sum {
  readonly key: number | string | null;
  readonly files: number;
  readonly folders: number;
  readonly others: number;
  readonly bytes: number;
}

const SUMS = `sum(kind = 0) AS files, sum(kind = 1) AS folders, sum(kind > 1) AS others,
  coalesce(sum(iif(kind = 0, size, 0)), 0) AS bytes`;

/** The counters of a run, counted anew by SQL: what the writer's own must be equal to at any moment. For tests. */
export function recount(database: Database): Counts {
  const meta = database.prepare<[string], string | number>('SELECT value FROM meta WHERE key = ?').pluck();
  const mark = markOf((key) => meta.get(key));
  const all = (sql: string): readonly Sum[] => database.prepare<[number], Sum>(sql).all(mark);
  const item = `FROM item WHERE run = ? AND state NOT IN (${STATE.gone}, ${STATE.lent}) AND (id > 1 OR state = ${STATE.settled})`;
  const settled = `FROM item WHERE run = ? AND state = ${STATE.settled}`;
  const counts = emptyCounts();
  const [found] = all(`SELECT NULL AS key, ${SUMS} ${item} GROUP BY 1`);
  const byOutcome = { ...counts.byOutcome };
  for (const sum of all(`SELECT outcome AS key, ${SUMS} ${settled} GROUP BY 1`)) {
    const outcome = outcomes[Number(sum.key)];
    if (outcome) byOutcome[outcome] = tally(sum);
  }
  const byGrade = { ...counts.byGrade };
  for (const sum of all(
    `SELECT grade AS key, ${SUMS} ${settled} AND kind = 0 AND grade NOT NULL GROUP BY 1`,
  )) {
    const grade = grades[Number(sum.key)];
    if (grade) byGrade[grade] = { files: sum.files, bytes: sum.bytes };
  }
  const coded = all(
    `SELECT text AS key, ${SUMS} FROM (SELECT DISTINCT finding.item, code.text FROM finding JOIN code ON code.no = finding.code)
     JOIN item ON item.id = item WHERE run = ? GROUP BY 1`,
  );
  const byCode = Object.fromEntries(
    coded.map((sum) => [String(sum.key), { items: sum.files + sum.folders + sum.others, bytes: sum.bytes }]),
  );
  return { found: found ? tally(found) : counts.found, byOutcome, byGrade, byCode };
}

function tally({ files, folders, others, bytes }: Sum) {
  return { files, folders, others, bytes };
}
