import { resolve } from 'node:path';
import { z } from 'zod';
import { defaultDataFolder } from '../host/data-folder.ts';
import type { Terminal } from './terminal.ts';

const text = z.string().min(1);
const wholeNumber = (least: number, most: number) => z.coerce.number().int().min(least).max(most);

const machineOptions = {
  data: text.optional(),
  tenant: text.optional(),
  clientId: text.optional(),
  certificate: text.optional(),
  cloud: text.default('global'),
};

/** What may be said to each command, after commander has taken it apart. */
export const copyOptionsSchema = z.object({
  ...machineOptions,
  source: text,
  to: text,
  dryRun: z.boolean().default(false),
  json: z.boolean().default(false),
});
export type CopyOptions = z.infer<typeof copyOptionsSchema>;

export const serveOptionsSchema = z.object({ ...machineOptions, port: wholeNumber(0, 65_535).default(0) });
export type ServeOptions = z.infer<typeof serveOptionsSchema>;

export const practiceOptionsSchema = z.object({
  data: text.optional(),
  source: text.optional(),
  files: wholeNumber(1, 1_000_000).default(5_000),
  seed: text.default('practice'),
  /** Per cent of requests. */
  faults: z.coerce.number().min(0).max(50).default(0),
  port: wholeNumber(0, 65_535).default(0),
  screen: z.boolean().default(true),
});
export type PracticeOptions = z.infer<typeof practiceOptionsSchema>;

/** The data folder: the option, else CONVOY_DATA, else the system's place for it. */
export function dataFolderOf(option: string | undefined, terminal: Terminal): string {
  return resolve(option ?? (terminal.env['CONVOY_DATA'] || defaultDataFolder(terminal)));
}
