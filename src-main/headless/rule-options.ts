import type { Command } from 'commander';
import { z } from 'zod';
import {
  conflictRules,
  deletionRules,
  moveRules,
  nameRules,
  type TaskRules,
} from '../../src-shared/model/settings.ts';
import { replacements } from '../../src-shared/rules/names.ts';

const MOST = 1_000_000_000;
const numberTakes = 'the number of copies that may go, 0 to take it back';
const ways = ['leave-out', 'copy'] as const;

/** What may be said about names, and about files of the system and of programs: of an assessment as of a copy. */
export const nameOptions = {
  names: z.enum(nameRules, `one of ${nameRules.join(', ')}`).optional(),
  replacement: z.enum(replacements, `one of ${replacements.join(', ')}`).optional(),
  systemFiles: z.enum(ways, `one of ${ways.join(', ')}`).optional(),
  temporaryFiles: z.enum(ways, `one of ${ways.join(', ')}`).optional(),
};

/** What may be said about conflicts, deletions, moves and proof, after commander has taken it apart. */
export const ruleOptions = {
  ...nameOptions,
  conflict: z.enum(conflictRules, `one of ${conflictRules.join(', ')}`).optional(),
  deletions: z.enum(deletionRules, `one of ${deletionRules.join(', ')}`).optional(),
  moves: z.enum(moveRules, `one of ${moveRules.join(', ')}`).optional(),
  confirmDeletions: z
    .string()
    .regex(/^\d{1,10}$/, numberTakes)
    .transform(Number)
    .refine((number) => number <= MOST, numberTakes)
    .optional(),
  keepHashes: z.boolean().optional(),
  authors: z.boolean().optional(),
};

export function withNameRules(command: Command): Command {
  return command
    .option(
      '--names <rule>',
      'names that SharePoint refuses: replace them by the nearest that it takes, or fail; kept with the task, replace at first',
    )
    .option(
      '--replacement <character>',
      'what stands for a character that SharePoint refuses: look-alike, or _ for all of them; kept with the task, look-alike at first',
    )
    .option(
      '--system-files <rule>',
      'Thumbs.db, desktop.ini, .DS_Store, $RECYCLE.BIN and their like: leave-out or copy; kept with the task, leave-out at first',
    )
    .option(
      '--temporary-files <rule>',
      '*.tmp: leave-out or copy; kept with the task, leave-out at first. Lock files of Office are left out in any case',
    );
}

export function withRules(command: Command): Command {
  return withNameRules(command)
    .option(
      '--conflict <rule>',
      'where the destination holds something else: keep-theirs (fail ours), skip, newer-wins, keep-both or replace; kept with the task, keep-theirs at first',
    )
    .option(
      '--deletions <rule>',
      'what is gone at the source: list it, or recycle our untouched copy; kept with the task, list at first',
    )
    .option(
      '--moves <rule>',
      'what was renamed or moved at the source: follow with our untouched copy, or copy it again; kept with the task, follow at first',
    )
    .option(
      '--confirm-deletions <number>',
      'so many copies may go in one run, although that is far more than usual; kept with the task',
    )
    .option(
      '--keep-hashes',
      'keep the hash of every file sent, 29 bytes a file: `convoy verify` can prove more with it; kept with the task',
    )
    .option('--no-keep-hashes', 'keep no more hashes from now on')
    .option(
      '--authors',
      'say at the destination who made each file: its owner at the source, by the list of --people; needs the permission Sites.FullControl.All of SharePoint; kept with the task',
    )
    .option('--no-authors', 'set no more authors from now on');
}

/** The rules that were said; undefined where none was, so that the task keeps its own. */
export function saidRules(options: Partial<z.infer<z.ZodObject<typeof ruleOptions>>>): TaskRules | undefined {
  const { names, replacement, systemFiles, temporaryFiles } = options;
  const { conflict, deletions, moves, confirmDeletions: confirmedDeletions, keepHashes, authors } = options;
  const said = {
    ...{ names, replacement, conflict, deletions, moves, confirmedDeletions, keepHashes, authors },
    leaveOutSystem: leavesOut(systemFiles),
    leaveOutTemporary: leavesOut(temporaryFiles),
  };
  return Object.values(said).every((rule) => rule === undefined) ? undefined : said;
}

function leavesOut(way: (typeof ways)[number] | undefined): boolean | undefined {
  return way === undefined ? undefined : way === 'leave-out';
}
