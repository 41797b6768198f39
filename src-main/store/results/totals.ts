import type { Database } from 'better-sqlite3';
import type { ItemQuery } from '../../../src-shared/contract/item-query.ts';
import { addTally, noTally, type Tally } from '../../../src-shared/model/counts.ts';
import { type ItemKind, outcomes } from '../../../src-shared/model/item.ts';

/** How many items a filter finds, where the writer's counters know it; null where only counting would tell. */
export function totalOf(database: Database, filter: ItemQuery): number | null {
  const { outcome, grade, kind, code, text, traits } = filter;
  if (traits !== undefined || (text !== undefined && text !== '')) return null;
  const tally = (key: string): Tally =>
    database
      .prepare<[string], Tally>('SELECT files, folders, others, bytes FROM account WHERE key = ?')
      .get(key) ?? noTally;
  if (code !== undefined) {
    const no = database.prepare<[string], number>('SELECT no FROM code WHERE text = ?').pluck().get(code);
    if (no === undefined) return 0;
    if (outcome !== undefined || grade !== undefined) return null;
    return ofKind(tally(`code ${no}`), kind);
  }
  if (grade !== undefined) {
    // Grades are counted for files only, and folders have one too.
    return outcome === undefined && kind === 'file' ? tally(`grade ${grade}`).files : null;
  }
  const keys =
    outcome === undefined ? [...outcomes.map((o) => `outcome ${o}`), 'gone'] : [`outcome ${outcome}`];
  return ofKind(keys.map(tally).reduce(addTally, noTally), kind);
}

function ofKind(tally: Tally, kind: ItemKind | undefined): number | null {
  if (kind === undefined) return tally.files + tally.folders + tally.others;
  if (kind === 'file') return tally.files;
  if (kind === 'folder') return tally.folders;
  // Links and special files are counted together.
  return tally.others === 0 ? 0 : null;
}
