import type { Statement } from 'better-sqlite3';
import type { ItemId } from '../../../src-shared/model/item.ts';

/** Adds up to `limit` items in all to `taken`, in the order of the statement, without those to skip. */
export function collect(
  statement: Statement<[], number>,
  limit: number,
  skip: ReadonlySet<ItemId>,
  taken: ItemId[],
): void {
  if (taken.length >= limit) return;
  for (const item of statement.iterate()) {
    if (skip.has(item) || taken.includes(item)) continue;
    taken.push(item);
    if (taken.length >= limit) return;
  }
}
