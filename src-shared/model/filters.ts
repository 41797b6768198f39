import { z } from 'zod';

/** The longest path that SharePoint takes is shorter; so is any sensible pattern. */
const pattern = z.string().trim().min(1).max(1_000);
const patterns = z.array(pattern).max(1_000).default([]);
/** Milliseconds since 1970. */
const moment = z.number().nullable().default(null);
const size = z.number().int().nonnegative().nullable().default(null);

/**
 * What a task leaves out besides what it leaves out anyway. An item is copied when every filter lets it through; one that is
 * not set (null, false, an empty list) lets everything through. What each of them means: rules/filters.ts.
 */
export const filtersSchema = z.object({
  /** Files whose time of modification is this one or later. */
  modifiedFrom: moment,
  /** Files whose time of modification is before this one. */
  modifiedBefore: moment,
  createdFrom: moment,
  createdBefore: moment,
  /** Files of so many bytes or more. */
  minBytes: size,
  /** Files of so many bytes or fewer. */
  maxBytes: size,
  /** Only files with one of these extensions; a single dot stands for files that have none. */
  onlyExtensions: patterns,
  skipExtensions: patterns,
  /** Only files whose name fits one of these, with `*` and `?`. */
  onlyNames: patterns,
  skipNames: patterns,
  /** Folders with everything in them: by name, or by path below the source where there is a slash in it. */
  skipFolders: patterns,
  /** Files and folders that Windows marks as hidden. */
  skipHidden: z.boolean().default(false),
  /** Files whose content is on tape, on another server or in a cloud. */
  skipOffline: z.boolean().default(false),
  /** Look into folders that these filters leave out, so that all that is in them is listed and counted as left out. */
  listFolders: z.boolean().default(false),
});

export type Filters = Readonly<z.infer<typeof filtersSchema>>;

export const noFilters: Filters = filtersSchema.parse({});

/** The filters that are set. */
export function filtersSet(filters: Filters): readonly (keyof Filters)[] {
  return filtersSchema.keyof().options.filter((key) => {
    const value = filters[key];
    return Array.isArray(value) ? value.length > 0 : value !== null && value !== false;
  });
}

export function areSameFilters(one: Filters, other: Filters): boolean {
  return filtersSchema
    .keyof()
    .options.every((key) => JSON.stringify(one[key]) === JSON.stringify(other[key]));
}

/** A range that nothing can be in, by its upper end; undefined when there is none. */
export function emptyRange(filters: Filters): 'modifiedBefore' | 'createdBefore' | 'maxBytes' | undefined {
  const { modifiedFrom, modifiedBefore, createdFrom, createdBefore, minBytes, maxBytes } = filters;
  if (modifiedFrom !== null && modifiedBefore !== null && modifiedFrom >= modifiedBefore)
    return 'modifiedBefore';
  if (createdFrom !== null && createdBefore !== null && createdFrom >= createdBefore) return 'createdBefore';
  if (minBytes !== null && maxBytes !== null && minBytes > maxBytes) return 'maxBytes';
  return undefined;
}
