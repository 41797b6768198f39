import { z } from 'zod';
import { type Filters, filtersSchema } from '../model/filters.ts';
import type { TaskSettings } from '../model/settings.ts';
import type { Draft } from './draft.ts';

/** A list of tasks as Migration Manager and SPMT take it. What else stands there is told, not refused. */
const fileSchema = z.object({
  Tasks: z.array(
    z.object({
      SourcePath: z.string().default(''),
      TargetPath: z.string().default(''),
      TargetList: z.string().default(''),
      TargetListRelativePath: z.string().default(''),
      Settings: z.record(z.string(), z.unknown()).default({}),
    }),
  ),
});

/** Tasks of a parsed JSON file; undefined when it has not that form. */
export function draftsOfJson(value: unknown): readonly Draft[] | undefined {
  const file = fileSchema.safeParse(value);
  return file.success
    ? file.data.Tasks.map((task, i) => ({
        line: i + 1,
        cells: {
          source: task.SourcePath,
          site: task.TargetPath,
          library: task.TargetList,
          folder: task.TargetListRelativePath,
          name: '',
        },
        serverLibrary: [],
        surplus: [],
        ...settingsOf(task.Settings),
      }))
    : undefined;
}

/** `yyyy-MM-dd`, as the documentation of Migration Manager has it; a day begins at midnight UTC there. */
const day = z.iso.date().transform((text) => Date.parse(`${text}T00:00:00Z`));
/** `txt:mp3` */
const extensions = z.string().transform((text) =>
  text
    .split(/[:;,]/)
    .map((one) => one.trim())
    .filter(Boolean),
);

const known: Readonly<Record<string, (value: unknown) => Partial<Filters> | undefined>> = {
  MigrateHiddenItems: (value) => take(z.boolean(), value, (hidden) => ({ skipHidden: !hidden })),
  MigrateItemsCreatedAfter: (value) => take(day, value, (createdFrom) => ({ createdFrom })),
  MigrateItemsModifiedAfter: (value) => take(day, value, (modifiedFrom) => ({ modifiedFrom })),
  SkipFilesWithExtensions: (value) => take(extensions, value, (skipExtensions) => ({ skipExtensions })),
};

/** An empty value means that nothing is set. */
function take<T>(
  schema: z.ZodType<T>,
  value: unknown,
  use: (value: T) => Partial<Filters>,
): Partial<Filters> | undefined {
  if (value === '' || value === null) return {};
  const parsed = schema.safeParse(value);
  return parsed.success ? use(parsed.data) : undefined;
}

function settingsOf(given: Readonly<Record<string, unknown>>): Pick<Draft, 'settings' | 'unknownSettings'> {
  let filters: Partial<Filters> = {};
  const unknownSettings: string[] = [];
  for (const [key, value] of Object.entries(given)) {
    const taken = Object.hasOwn(known, key) ? known[key]?.(value) : undefined;
    if (taken === undefined) unknownSettings.push(`${key}: ${JSON.stringify(value)}`);
    else filters = { ...filters, ...taken };
  }
  const settings: Partial<TaskSettings> =
    Object.keys(filters).length === 0 ? {} : { filters: filtersSchema.parse(filters) };
  return { settings, unknownSettings };
}
