import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { isCode } from '../../src-shared/catalogue/catalogue.ts';
import { oddityKinds, treatments } from './plan.ts';

/** Raise it whenever the same options make another share. */
const VERSION = 1;

const count = z.number().int().nonnegative();

const oddItemSchema = z.object({
  path: z.string(),
  kind: z.enum(oddityKinds),
  treatment: z.enum(treatments),
  code: z.string().refine(isCode).optional(),
  twinOf: z.string().optional(),
});

const summarySchema = z.object({
  files: count,
  folders: count,
  links: count,
  specials: count,
  bytes: count,
  byKind: z.partialRecord(z.enum(oddityKinds), count),
  odd: z.array(oddItemSchema),
  skipped: z.array(z.object({ path: z.string(), reason: z.string() })),
  readsEverything: z.boolean(),
});

const optionsSchema = z.object({
  seed: z.union([z.string(), z.number()]),
  files: count,
  totalBytes: count,
  oddities: z.boolean(),
  largeFiles: z.object({ count, bytes: count }),
  now: z.number(),
});

const markerSchema = z.discriminatedUnion('state', [
  z.object({ version: z.literal(VERSION), state: z.literal('making') }),
  z.object({ version: z.literal(VERSION), state: z.literal('changed') }),
  z.object({
    version: z.literal(VERSION),
    state: z.literal('complete'),
    options: optionsSchema,
    summary: summarySchema,
  }),
]);

/** The options of a share with every default filled in: equal ones make equal shares. */
export type CompleteOptions = Readonly<z.infer<typeof optionsSchema>>;
/** What a share holds, as its marker keeps it. */
export type KeptSummary = Readonly<z.infer<typeof summarySchema>>;
type Marker = z.infer<typeof markerSchema>;
export type MarkerState =
  | { readonly state: 'making' }
  | { readonly state: 'changed' }
  | { readonly state: 'complete'; readonly options: CompleteOptions; readonly summary: KeptSummary };

/** Where it is said that a folder is a practice share: beside the folder, so that it is not copied with it. */
export const markerPath = (directory: string): string => `${directory}.practice-share.json`;

/**
 * Reads the marker of a folder. `undefined`: the folder is none of ours. A marker of another version counts as a
 * share that was begun: it is ours, and of no use.
 */
export const readMarker = (directory: string): Marker | undefined => {
  let text: string;
  try {
    text = readFileSync(markerPath(directory), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
  const marker = markerSchema.safeParse(JSON.parse(text));
  return marker.success ? marker.data : { version: VERSION, state: 'making' };
};

/** Writes the marker, whole or not at all. */
export const writeMarker = (directory: string, marker: MarkerState): void => {
  const path = markerPath(directory);
  writeFileSync(`${path}.new`, `${JSON.stringify({ version: VERSION, ...marker }, null, 1)}\n`);
  renameSync(`${path}.new`, path);
};

export const removeMarker = (directory: string): void => {
  rmSync(markerPath(directory), { force: true });
};
