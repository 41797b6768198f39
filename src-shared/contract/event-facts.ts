import { z } from 'zod';

/** Files, or items of any kind where something failed. */
const count = z.number().int().nonnegative();

/**
 * What happened, as facts: whoever shows an event makes the sentence in the language of whoever looks. Names are as they were
 * then. Kinds and fields are only ever added: events are kept for years.
 */
export const eventFactsSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('task-created'),
    name: z.string(),
    source: z.string(),
    destination: z.string(),
  }),
  z.object({ kind: z.literal('task-archived'), name: z.string() }),
  z.object({ kind: z.literal('task-restored'), name: z.string() }),
  z.object({ kind: z.literal('filters-changed'), name: z.string() }),
  z.object({ kind: z.literal('gentle-changed'), name: z.string() }),
  z.object({ kind: z.literal('rules-changed'), name: z.string() }),
  z.object({ kind: z.literal('run-started'), name: z.string(), run: count }),
  z.object({
    kind: z.literal('run-ordered'),
    name: z.string(),
    order: z.enum(['pause', 'resume', 'finish', 'stop']),
  }),
  z.object({ kind: z.literal('run-paused'), name: z.string() }),
  z.object({ kind: z.literal('source-away'), name: z.string() }),
  /** @property forMs how long it was away, in milliseconds */
  z.object({ kind: z.literal('source-back'), name: z.string(), forMs: z.number().nonnegative() }),
  z.object({
    kind: z.literal('run-ended'),
    name: z.string(),
    run: count,
    state: z.enum(['complete', 'complete-with-issues', 'stopped', 'failed']),
    dryRun: z.boolean(),
    /** Files. */
    copied: count,
    present: count,
    /** Files that a dry run only planned at. */
    planned: count,
    /** Items of any kind. */
    failed: count,
  }),
  /** What a run had copied was looked at again. */
  z.object({
    kind: z.literal('task-verified'),
    name: z.string(),
    run: count,
    /** Files were read back as well. */
    deep: z.boolean(),
    /** Files. */
    looked: count,
    /** Items of any kind that are no longer what was copied. */
    changed: count,
    differs: count,
    missing: count,
    /** Items that are somewhere else, whatever else is said of them. */
    moved: count,
  }),
  /** Another machine took a part of a run over and begins it anew: what its former holder told is looked for at the destination. */
  z.object({
    kind: z.literal('unit-taken-over'),
    name: z.string(),
    /** Of its folder below the source; '' is the source itself. */
    path: z.string(),
    from: z.string(),
    to: z.string(),
  }),
  /** A part of a run failed on a machine, and another one is to try. */
  z.object({ kind: z.literal('unit-failed'), name: z.string(), path: z.string(), machine: z.string() }),
  z.object({ kind: z.literal('machine-joined'), machine: z.string() }),
  z.object({ kind: z.literal('agent-restarted'), machine: z.string() }),
  /** Other machines can join this one from now on. */
  z.object({ kind: z.literal('promoted'), port: count }),
  z.object({ kind: z.literal('demoted') }),
  /** @property until when the invitation is good; @property accepts whoever comes with it needs no further yes */
  z.object({ kind: z.literal('machine-invited'), until: z.number(), accepts: z.boolean() }),
  z.object({ kind: z.literal('machine-paired'), machine: z.string(), accepted: z.boolean() }),
  z.object({ kind: z.literal('machine-accepted'), machine: z.string() }),
  z.object({ kind: z.literal('machine-revoked'), machine: z.string() }),
  z.object({ kind: z.literal('machine-left'), machine: z.string() }),
  z.object({ kind: z.literal('machine-rekeyed'), machine: z.string() }),
  /** Somebody who is no machine of the fleet was sent away, so many times. */
  z.object({
    kind: z.literal('stranger-refused'),
    address: z.string(),
    why: z.enum(['crowd', 'slow', 'tls', 'http', 'origin', 'size', 'form', 'proof']),
    times: count,
  }),
  /** This machine works for another coordinator from now on. */
  z.object({ kind: z.literal('fleet-joined'), coordinator: z.string() }),
  z.object({ kind: z.literal('fleet-left'), coordinator: z.string() }),
  /** Another machine is the coordinator from now on, and this one works for it. */
  z.object({ kind: z.literal('fleet-moved'), to: z.string() }),
  /** This machine is the coordinator from now on. */
  z.object({ kind: z.literal('fleet-taken-over'), from: z.string() }),
  z.object({ kind: z.literal('backup-failed') }),
  /** The sentence of a version that kept sentences. */
  z.object({ kind: z.literal('told'), text: z.string() }),
]);
export type EventFacts = Readonly<z.infer<typeof eventFactsSchema>>;
