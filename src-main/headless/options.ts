import { isAbsolute, join, resolve } from 'node:path';
import { z } from 'zod';
import { failed, ok, type Result } from '../../src-shared/model/problem.ts';
import type { TaskSettings } from '../../src-shared/model/settings.ts';
import { defaultDataFolder } from '../host/data-folder.ts';
import { exportKinds } from '../report/exports/exports.ts';
import { exportFormats } from '../report/exports/write-table.ts';
import { checkRanges, filterOptions } from './filter-options.ts';
import { gentleOptions } from './gentle-options.ts';
import { nameOptions, ruleOptions } from './rule-options.ts';
import type { Terminal } from './terminal.ts';

/** Messages say what an option takes; what was given is put before them by the command line. */
export const text = (most = 32_767) => {
  const takes = `a text of 1 to ${new Intl.NumberFormat('en').format(most)} characters`;
  return z.string().min(1, takes).max(most, takes);
};
export const wholeNumber = (least: number, most: number) => {
  const takes = `a whole number from ${least} to ${new Intl.NumberFormat('en').format(most)}`;
  return z
    .string()
    .regex(/^\d{1,9}$/, takes)
    .transform(Number)
    .refine((number) => number >= least && number <= most, takes);
};
const MOST_FAULTS = 50;
const LEAST_BYTES = 'a whole number of bytes from 1 to 999,999,999';
const percent = z
  .string()
  .regex(/^\d{1,2}(\.\d+)?$/, `a number from 0 to ${MOST_FAULTS}`)
  .transform(Number)
  .refine((number) => number <= MOST_FAULTS, `a number from 0 to ${MOST_FAULTS}`);

export const machineOptions = {
  data: text().optional(),
  tenant: text().optional(),
  clientId: text().optional(),
  certificate: text().optional(),
  cloud: text().default('global'),
};

/** What may be said to each command, after commander has taken it apart. */
export const copyOptionsSchema = z
  .object({
    ...machineOptions,
    ...filterOptions,
    ...gentleOptions,
    source: text(),
    /** As long as the console takes it. */
    to: text(2_048),
    dryRun: z.boolean().default(false),
    renames: text().optional(),
    people: text().optional(),
    record: text().optional(),
    ...ruleOptions,
    json: z.boolean().default(false),
  })
  .superRefine(checkRanges);
export type CopyOptions = z.infer<typeof copyOptionsSchema>;

export const assessOptionsSchema = z
  .object({
    ...machineOptions,
    ...filterOptions,
    ...gentleOptions,
    ...nameOptions,
    source: text(),
    to: text(2_048).optional(),
    renames: text().optional(),
    /** Without a word behind it: of folders. */
    permissions: z
      .union([z.boolean(), z.enum(['folders', 'files'])], 'folders or files')
      .default(false)
      .transform((said): TaskSettings['permissions'] =>
        said === true ? 'folders' : said === false ? 'off' : said,
      ),
    /** Bytes that a file has at least to be compared; without a number behind it: 1. */
    duplicates: z
      .union([z.literal(true).transform(() => 1), wholeNumber(1, 999_999_999)], LEAST_BYTES)
      .optional(),
    json: z.boolean().default(false),
    html: text().optional(),
  })
  .superRefine(checkRanges);
export type AssessOptions = z.infer<typeof assessOptionsSchema>;

export const importOptionsSchema = z
  .object({
    ...machineOptions,
    source: text().optional(),
    template: z.boolean().default(false),
    check: z.boolean().default(false),
    start: z.boolean().default(false),
    corrected: text().optional(),
    json: z.boolean().default(false),
  })
  .refine(({ source, template }) => source !== undefined || template, {
    path: ['file'],
    message: 'a file with a list of tasks, or --template instead',
  });
export type ImportOptions = z.infer<typeof importOptionsSchema>;

/** `5%`, `0.5 %` or `5`: per cent. */
const share = z
  .string()
  .regex(/^\d{1,3}(\.\d+)?\s*%?$/, 'a part of all files, e.g. 5%')
  .transform((said) => Number(said.replace('%', '')) / 100)
  .refine((part) => part > 0 && part <= 1, 'a part of all files, e.g. 5%');

export const verifyOptionsSchema = z.object({
  ...machineOptions,
  /** Name or id of a task. */
  task: text().optional(),
  deep: z.boolean().default(false),
  sample: share.optional(),
  seed: text(200).optional(),
  json: z.boolean().default(false),
});
export type VerifyOptions = z.infer<typeof verifyOptionsSchema>;

export const reportOptionsSchema = z.object({
  data: text().optional(),
  kind: z.enum(exportKinds, `one of ${exportKinds.join(', ')}`).default('tasks'),
  format: z.enum(exportFormats, `one of ${exportFormats.join(', ')}`).optional(),
  task: z.array(text()).optional(),
  allRuns: z.boolean().default(false),
  out: text().optional(),
  json: z.boolean().default(false),
});
export type ReportOptions = z.infer<typeof reportOptionsSchema>;

export const checkManifestOptionsSchema = z.object({
  /** The folder of a report, or its manifest. */
  source: text(),
  /** Fingerprint of the key that it must be signed with. */
  key: text(200).optional(),
  json: z.boolean().default(false),
});
export type CheckManifestOptions = z.infer<typeof checkManifestOptionsSchema>;

export const serveOptionsSchema = z.object({ ...machineOptions, port: wholeNumber(0, 65_535).default(0) });
export type ServeOptions = z.infer<typeof serveOptionsSchema>;

export const practiceOptionsSchema = z.object({
  data: text().optional(),
  source: text().optional(),
  files: wholeNumber(1, 1_000_000).default(5_000),
  seed: text().default('practice'),
  /** Per cent of requests. */
  faults: percent.default(0),
  port: wholeNumber(0, 65_535).default(0),
  screen: z.boolean().default(true),
  fresh: z.boolean().default(false),
});
export type PracticeOptions = z.infer<typeof practiceOptionsSchema>;

/**
 * The data folder: the option, else CONVOY_DATA, else the system's place for it. Code: store-unusable where that place
 * would be below a home folder and there is none.
 */
export function dataFolderOf(option: string | undefined, terminal: Terminal): Result<string> {
  const chosen = option ?? terminal.env['CONVOY_DATA'];
  if (chosen) return ok(resolve(chosen));
  const usual = defaultDataFolder(terminal);
  if (isAbsolute(usual)) return ok(usual);
  return failed('store-unusable', {
    where: join('~', usual),
    detail:
      'there is no home folder to put it in (HOME is not set): name a folder with --data or CONVOY_DATA',
  });
}
