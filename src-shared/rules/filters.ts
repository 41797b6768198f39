import type { Code } from '../catalogue/catalogue.ts';
import { type Filters, filtersSet } from '../model/filters.ts';
import type { ItemKind } from '../model/item.ts';
import { nameKey } from './names.ts';
import { wildcard } from './wildcard.ts';

/** What filters look at. Times in milliseconds since 1970. */
export interface FilterEntry {
  readonly name: string;
  readonly kind: ItemKind;
  readonly size: number;
  readonly modified: number;
  readonly created: number;
  readonly hidden: boolean;
  readonly offline: boolean;
  /** Set when it could not be examined: then nothing but its name is known. */
  readonly problem?: unknown;
}

/** The codes of filters, in the order in which they are asked: what several leave out is told of the first. */
export const filterCodes = [
  'folder-left-out',
  'name-left-out',
  'extension-left-out',
  'hidden-left-out',
  'offline-left-out',
  'size-left-out',
  'created-left-out',
  'modified-left-out',
] as const satisfies readonly Code[];
export type FilterCode = (typeof filterCodes)[number];

/** @param folder path of the entry's folder below the source, '/' between segments; '' for the source itself */
export type Filter = (entry: FilterEntry, folder: string) => FilterCode | undefined;

/** `key`: the name made comparable. */
type Test = (entry: FilterEntry, key: string, folder: string) => boolean;

/**
 * Filters as one function that says which of them leaves an entry out, or undefined when all let it through. Folders are asked
 * about their name, path and hidden mark only: whatever else is set, one may hold files that are wanted.
 * @returns undefined where nothing is set
 */
export function compileFilters(filters: Filters): Filter | undefined {
  if (filtersSet(filters).every((key) => key === 'listFolders')) return undefined;
  const byName = setOnly([
    ['folder-left-out', folderTest(filters.skipFolders)],
    ['name-left-out', nameTest(filters)],
    ['extension-left-out', extensionTest(filters)],
  ]);
  const byFacts = setOnly([
    ['hidden-left-out', filters.skipHidden ? ({ hidden }) => hidden : undefined],
    ['offline-left-out', filters.skipOffline ? ({ kind, offline }) => kind === 'file' && offline : undefined],
    ['size-left-out', rangeTest(filters.minBytes, above(filters.maxBytes), ({ size }) => size)],
    ['created-left-out', rangeTest(filters.createdFrom, filters.createdBefore, ({ created }) => created)],
    [
      'modified-left-out',
      rangeTest(filters.modifiedFrom, filters.modifiedBefore, ({ modified }) => modified),
    ],
  ]);
  return (entry, folder) => {
    if (entry.kind !== 'file' && entry.kind !== 'folder') return undefined;
    const key = byName.length > 0 ? nameKey(entry.name) : '';
    for (const [code, leavesOut] of byName) if (leavesOut(entry, key, folder)) return code;
    if (entry.problem !== undefined) return undefined;
    for (const [code, leavesOut] of byFacts) if (leavesOut(entry, key, folder)) return code;
    return undefined;
  };
}

function setOnly(
  tests: readonly (readonly [FilterCode, Test | undefined])[],
): readonly (readonly [FilterCode, Test])[] {
  return tests.flatMap(([code, test]) => (test ? [[code, test] as const] : []));
}

function folderTest(skip: readonly string[]): Test | undefined {
  if (skip.length === 0) return undefined;
  const parsed = skip.map(folderPattern);
  const names = parsed.flatMap(({ name }) => name ?? []);
  const paths = parsed.flatMap(({ path }) => (path ? [path] : []));
  return ({ kind }, key, folder) => {
    if (kind !== 'folder') return false;
    if (names.some((fits) => fits(key))) return true;
    if (paths.length === 0) return false;
    const keys = [...segmentsOf(folder, '/').map(nameKey), key];
    return paths.some((path) => path.length === keys.length && path.every((fits, i) => fits(keys[i] ?? '')));
  };
}

/**
 * A slash or backslash anywhere but at the end makes a path below the source, segment by segment; else it is a name, wherever.
 * What is below such a folder needs no pattern of its own: nobody looks there.
 */
function folderPattern(text: string): {
  readonly name?: ReturnType<typeof wildcard>;
  readonly path?: readonly ReturnType<typeof wildcard>[];
} {
  const trimmed = text.replace(/[\\/]+$/, '');
  if (!/[\\/]/.test(trimmed)) return { name: wildcard(trimmed) };
  return { path: segmentsOf(trimmed, /[\\/]/).map(wildcard) };
}

function segmentsOf(path: string, separator: string | RegExp): readonly string[] {
  return path.split(separator).filter((segment) => segment !== '' && segment !== '.');
}

function nameTest({ onlyNames, skipNames }: Filters): Test | undefined {
  if (onlyNames.length + skipNames.length === 0) return undefined;
  return chosen(onlyNames.length > 0 ? fitsOneOf(onlyNames) : undefined, fitsOneOf(skipNames));
}

function extensionTest({ onlyExtensions, skipExtensions }: Filters): Test | undefined {
  if (onlyExtensions.length + skipExtensions.length === 0) return undefined;
  return chosen(onlyExtensions.length > 0 ? hasOneOf(onlyExtensions) : undefined, hasOneOf(skipExtensions));
}

/** `pdf`, `.pdf` and `*.pdf` are the same; `tar.gz` is one extension; `.` is none at all. */
function hasOneOf(extensions: readonly string[]): (key: string) => boolean {
  const endings = extensions.map((text) => nameKey(text.trim().replace(/^\*?\.?/, '')));
  const none = endings.includes('');
  const wanted = endings.filter((ending) => ending !== '').map((ending) => `.${ending}`);
  return (key) =>
    (none && key.lastIndexOf('.') <= 0) ||
    wanted.some((ending) => key.length > ending.length && key.endsWith(ending));
}

function fitsOneOf(patterns: readonly string[]): (key: string) => boolean {
  const tests = patterns.map(wildcard);
  return (key) => tests.some((fits) => fits(key));
}

/** @param isWanted undefined: all are that are not unwanted */
function chosen(
  isWanted: ((key: string) => boolean) | undefined,
  isUnwanted: (key: string) => boolean,
): Test {
  return ({ kind }, key) => kind === 'file' && (isWanted?.(key) === false || isUnwanted(key));
}

/** From one value on, and below the other. */
function rangeTest(
  from: number | null,
  before: number | null,
  of: (entry: FilterEntry) => number,
): Test | undefined {
  if (from === null && before === null) return undefined;
  return (entry) => {
    if (entry.kind !== 'file') return false;
    const value = of(entry);
    return (from !== null && value < from) || (before !== null && value >= before);
  };
}

function above(most: number | null): number | null {
  return most === null ? null : most + 1;
}
