import type { Command } from 'commander';
import { z } from 'zod';
import { emptyRange, type Filters, filtersSchema, filtersSet } from '../../src-shared/model/filters.ts';
import { parseSize } from '../../src-shared/rules/size-text.ts';

/** A day (the first moment of it on this computer's calendar) or a moment, as milliseconds since 1970. */
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2})?$/;
const dayTakes = 'a day such as 2024-01-31, or a moment such as 2024-01-31T18:30';
const day = z
  .string()
  .refine((text) => !Number.isNaN(momentOf(text)), { error: dayTakes, abort: true })
  .transform(momentOf)
  .optional();

const sizeTakes = 'a size such as 500, 10MB or 1.5GiB';
const size = z
  .string()
  .refine((text) => parseSize(text) !== undefined, { error: sizeTakes, abort: true })
  .transform((text) => parseSize(text) ?? 0)
  .optional();

const patternsTake = 'patterns of 1 to 1,000 characters, at most 1,000 of them';
const patterns = z
  .array(z.string())
  .refine(
    (list) => list.length <= 1_000 && list.every((text) => text.length <= 1_000 && text.trim() !== ''),
    { error: patternsTake, abort: true },
  )
  .optional();

const folders = patterns.refine((list) => !list?.some((text) => /^(?:[a-z]:|\\\\)/i.test(text)), {
  error: 'names, or paths below the source such as /Projects/2009',
  abort: true,
});

/** What may be said about filters, after commander has taken it apart. */
export const filterOptions = {
  modifiedAfter: day,
  modifiedBefore: day,
  createdAfter: day,
  createdBefore: day,
  minSize: size,
  maxSize: size,
  onlyExtensions: patterns,
  skipExtensions: patterns,
  onlyNames: patterns,
  skipNames: patterns,
  skipFolders: folders,
  skipHidden: z.boolean().optional(),
  skipOffline: z.boolean().optional(),
  listSkipped: z.boolean().optional(),
  /** False: `--no-filters`. */
  filters: z.boolean().default(true),
};
type FilterOptions = z.infer<z.ZodObject<typeof filterOptions>>;

const upperEnds = {
  modifiedBefore: ['modifiedBefore', 'a day after that of --modified-after'],
  createdBefore: ['createdBefore', 'a day after that of --created-after'],
  maxBytes: ['maxSize', 'a size that is not below --min-size'],
} as const;

/** Adds an issue for a range that nothing can be in. */
export function checkRanges(options: FilterOptions, context: z.RefinementCtx): void {
  const wrong = emptyRange(saidFilters(options) ?? filtersSchema.parse({}));
  if (wrong === undefined) return;
  const [key, message] = upperEnds[wrong];
  context.addIssue({ code: 'custom', path: [key], message });
}

/**
 * The filters that were said. None with `--no-filters`.
 * @returns undefined when nothing was said of them: then those hold that the task has
 */
export function saidFilters(options: FilterOptions): Filters | undefined {
  const filters = filtersSchema.parse({
    modifiedFrom: options.modifiedAfter ?? null,
    modifiedBefore: options.modifiedBefore ?? null,
    createdFrom: options.createdAfter ?? null,
    createdBefore: options.createdBefore ?? null,
    minBytes: options.minSize ?? null,
    maxBytes: options.maxSize ?? null,
    onlyExtensions: listed(options.onlyExtensions),
    skipExtensions: listed(options.skipExtensions),
    onlyNames: options.onlyNames,
    skipNames: options.skipNames,
    skipFolders: options.skipFolders,
    skipHidden: options.skipHidden,
    skipOffline: options.skipOffline,
    listFolders: options.listSkipped,
  });
  return filtersSet(filters).length > 0 || !options.filters ? filters : undefined;
}

/** Extensions hold no comma: several can be said at once. */
function listed(texts: readonly string[] | undefined): readonly string[] {
  return (texts ?? []).flatMap((text) => text.split(/[\s,;]+/)).filter((text) => text !== '');
}

function momentOf(text: string): number {
  // Without a time a day would be one of UTC.
  if (DAY.test(text)) return isDay(text) ? new Date(`${text}T00:00`).getTime() : Number.NaN;
  return MOMENT.test(text) && isDay(text.slice(0, 10)) ? new Date(text).getTime() : Number.NaN;
}

/** 30 February is the 1st or 2nd of March to a Date. */
function isDay(text: string): boolean {
  const at = new Date(`${text}T00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}

/** Lets a command be told about filters. */
export function withFilters(command: Command): Command {
  return command
    .optionsGroup('Filters (a file is copied when all of them let it through):')
    .option('--modified-after <day>', 'only files changed on that day or later')
    .option('--modified-before <day>', 'only files changed before that day')
    .option('--created-after <day>', 'only files created on that day or later')
    .option('--created-before <day>', 'only files created before that day')
    .option('--min-size <size>', 'only files of that size or more: 500, 10MB, 1.5GiB')
    .option('--max-size <size>', 'only files of that size or less')
    .option(
      '--only-extensions <list>',
      'only these kinds of files: docx,xlsx,pdf; a dot alone: without one',
      several,
    )
    .option('--skip-extensions <list>', 'not these kinds of files', several)
    .option(
      '--only-names <pattern>',
      "only files of such a name, with * and ?: '*2024*'; may be said again",
      several,
    )
    .option('--skip-names <pattern>', 'not files of such a name; may be said again', several)
    .option(
      '--skip-folders <pattern>',
      'not folders of such a name, or at such a path below the source: Archive, /Projects/2009; may be said again',
      several,
    )
    .option('--skip-hidden', 'not what Windows marks as hidden, files and folders')
    .option('--skip-offline', 'not files whose content is on tape or in a cloud')
    .option('--list-skipped', 'look into folders that are left out, to list and count all that is in them')
    .option('--no-filters', 'forget the filters that the task has; without any of these options they hold');
}

function several(text: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), text];
}
