import type { Command } from 'commander';
import { z } from 'zod';
import { conflictRules, deletionRules, moveRules, type TaskRules } from '../../src-shared/model/settings.ts';

const MOST = 1_000_000_000;
const numberTakes = 'the number of copies that may go, 0 to take it back';

/** What may be said about conflicts, deletions, moves and proof, after commander has taken it apart. */
export const ruleOptions = {
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

export function withRules(command: Command): Command {
  return command
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
export function saidRules(options: z.infer<z.ZodObject<typeof ruleOptions>>): TaskRules | undefined {
  const { conflict, deletions, moves, confirmDeletions: confirmedDeletions, keepHashes, authors } = options;
  const said = { conflict, deletions, moves, confirmedDeletions, keepHashes, authors };
  return Object.values(said).every((rule) => rule === undefined) ? undefined : said;
}
