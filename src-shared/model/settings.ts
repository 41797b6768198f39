import { z } from 'zod';
import { replacements } from '../rules/names.ts';
import { filtersSchema } from './filters.ts';
import { gentleSchema } from './gentle.ts';

/** In the order in which they are offered. */
export const conflictRules = ['keep-theirs', 'skip', 'newer-wins', 'keep-both', 'replace'] as const;

export const deletionRules = ['list', 'recycle'] as const;

export const moveRules = ['follow', 'copy'] as const;

export const nameRules = ['replace', 'fail'] as const;

const confirmedDeletions = z.number().int().min(0).max(1_000_000_000);

/** The settings of a task, each with its default. What is not here is not decided by the user. */
export const taskSettingsSchema = z.object({
  /** What to do with names that SharePoint refuses: `replace` makes the nearest allowed name, `fail` reports them. */
  names: z.enum(nameRules).default('replace'),
  /** What stands for a character that SharePoint refuses: its look-alike, or `_` for all of them. */
  replacement: z.enum(replacements).default('look-alike'),
  /**
   * What to do where the destination holds something else than our own unchanged copy. `keep-theirs` leaves it and fails ours,
   * `skip` leaves it and fails nothing, `newer-wins` lets the times decide, `keep-both` copies ours beside it under another
   * name, `replace` writes ours over it as a new version.
   */
  conflict: z.enum(conflictRules).default('keep-theirs'),
  /**
   * What becomes of a copy whose source is gone: `list` reports it and leaves it, `recycle` puts it into the recycle bin of the
   * destination, if it is ours and as we left it.
   */
  deletions: z.enum(deletionRules).default('list'),
  /**
   * What becomes of what was renamed or moved at the source: `follow` renames and moves our untouched copy as well, `copy` copies it
   * again under its new name and leaves the old copy to the rule for deletions.
   */
  moves: z.enum(moveRules).default('follow'),
  /** As many copies as a person said may go in one run, where more than usual are gone at the source. */
  confirmedDeletions: confirmedDeletions.default(0),
  /** Leave out Thumbs.db, desktop.ini, .DS_Store, $RECYCLE.BIN and their like. */
  leaveOutSystem: z.boolean().default(true),
  /** Leave out *.tmp and ~$ lock files (the latter are refused by SharePoint in any case). */
  leaveOutTemporary: z.boolean().default(true),
  /** What else is left out; nothing unless something is set. */
  filters: filtersSchema.prefault({}),
  /** Copy the folder itself, not only what is in it. */
  includeRoot: z.boolean().default(false),
  /** Files in flight at the same time, at most: how many bring something is found out. Microsoft advises few; 16 keeps a LAN busy. */
  parallelFiles: z.number().int().min(1).max(64).default(16),
  /** Bytes of one fragment of an upload; a multiple of 320 KiB below 60 MiB (a rule of the service). */
  fragmentBytes: z.number().int().multipleOf(327_680).min(327_680).max(62_259_200).default(10_485_760),
  /** How much of the source is taken, so that others can work with it; all of it unless something is set. */
  gentle: gentleSchema.prefault({}),
  /** List and judge everything, write nothing. */
  dryRun: z.boolean().default(false),
  /**
   * Keep the hash of every file that was sent, 29 bytes a file: a later verification can then prove a copy whose tag was
   * changed, and one whose source is gone.
   */
  keepHashes: z.boolean().default(false),
  /**
   * Say at the destination who made and last changed each file: its owner at the source, by the list of people of the task. Off by default: it
   * takes another permission, and about as many requests again as small files do.
   */
  authors: z.boolean().default(false),
  /** What a dry run reads the rights of as well. Off by default: each takes a call or two to the file server. */
  permissions: z.enum(['off', 'folders', 'files']).default('off'),
});

export type TaskSettings = Readonly<z.infer<typeof taskSettingsSchema>>;

/**
 * Settings that may change between two runs of a task: how names are repaired (a copy keeps the one that it has), which files of the system and
 * of programs are left out, what is done at the destination where others or the source changed, and what is kept of it.
 */
export const taskRulesSchema = z.object({
  // Without defaults: what is not named stays as it is.
  names: z.enum(nameRules).optional(),
  replacement: z.enum(replacements).optional(),
  leaveOutSystem: z.boolean().optional(),
  leaveOutTemporary: z.boolean().optional(),
  conflict: z.enum(conflictRules).optional(),
  deletions: z.enum(deletionRules).optional(),
  moves: z.enum(moveRules).optional(),
  confirmedDeletions: confirmedDeletions.optional(),
  keepHashes: z.boolean().optional(),
  authors: z.boolean().optional(),
});
export type TaskRules = Readonly<z.infer<typeof taskRulesSchema>>;

export const defaultSettings: TaskSettings = taskSettingsSchema.parse({});
