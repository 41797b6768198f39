import type { ItemId } from '../../../src-shared/model/item.ts';

/** Adds up to `limit` items in all to `taken`, in their order, without those to skip. They are asked for only when there is room. */
export function collect(
  items: () => Iterable<ItemId>,
  limit: number,
  skip: ReadonlySet<ItemId>,
  taken: ItemId[],
): void {
  if (taken.length >= limit) return;
  for (const item of items()) {
    if (skip.has(item) || taken.includes(item)) continue;
    taken.push(item);
    if (taken.length >= limit) return;
  }
}
