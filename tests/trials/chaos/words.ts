import { z } from 'zod';
import { unitEndSchema } from '../../../src-shared/contract/fleet.ts';
import { cloudSchema } from '../../../src-shared/model/cloud.ts';
import { countsSchema } from '../../../src-shared/model/counts-schema.ts';
import { itemKinds, outcomes } from '../../../src-shared/model/item.ts';
import { processPlanSchema } from './plan.ts';

/** What a process of the trial is told when it starts. */
export const processJobSchema = z.object({
  seed: z.string(),
  cloud: cloudSchema,
  address: z.string(),
  source: z.string(),
  /** The file of the journal. */
  journal: z.string(),
  run: z.number(),
  /** Milliseconds that the clock of the machine is ahead. */
  clockOffset: z.number(),
  plan: processPlanSchema,
});
export type ProcessJob = z.infer<typeof processJobSchema>;

const resultSchema = z.object({
  item: z.number(),
  parent: z.number(),
  /** At the destination. */
  name: z.string(),
  kind: z.enum(itemKinds),
  outcome: z.enum(outcomes).optional(),
  codes: z.array(z.string()),
});
export type ProcessResult = z.infer<typeof resultSchema>;

const endSchema = z.object({
  say: z.literal('end'),
  end: unitEndSchema,
  counts: countsSchema,
  clockOffset: z.number(),
  results: z.array(resultSchema),
});
export type ProcessEnd = z.infer<typeof endSchema>;

/**
 * What a process says: that it has come to a planned moment (and waits for it), that it needs a token, which uploads it knows of for good (their `guid`s:
 * they are in the journal), or how its work ended.
 */
export const processWordsSchema = z.discriminatedUnion('say', [
  z.object({ say: z.literal('moment'), moment: z.number() }),
  z.object({ say: z.literal('token') }),
  z.object({ say: z.literal('saved'), uploads: z.array(z.string()) }),
  endSchema,
]);
export type ProcessWords = z.infer<typeof processWordsSchema>;

/** What a process is told: that a moment is over, or a token. */
export const answerSchema = z.union([z.number(), z.object({ token: z.string() })]);
export type Answer = z.infer<typeof answerSchema>;
