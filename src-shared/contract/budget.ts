import { z } from 'zod';
import { idSchema } from '../model/task.ts';

/**
 * What agents and coordinator say about the tenant's budget, in each beat; see docs/decisions/0023-slices-of-one-budget.md. What was used is
 * told as running totals and times as milliseconds from now: a beat that is lost or comes twice counts nothing twice, and clocks need not agree.
 */

const name = z.string().max(255);

/** Who signed in: whose budget a request is charged to. */
export const payerSchema = z.object({
  tenant: name.min(1),
  /** Client id of the application. */
  app: name,
  /** Absent where the application signed in by itself. */
  person: name.optional(),
});
export type Payer = Readonly<z.infer<typeof payerSchema>>;

const amount = z.number().nonnegative();
/** Units of the service's own currency, bytes that are brought, and requests. */
const amountsSchema = z.object({ units: amount, bytes: amount, requests: amount });

const share = z.number().min(0).max(1);
const count = z.number().int().nonnegative();

/** What an agent tells of one sign-in. */
export const budgetClaimSchema = z.object({
  payer: payerSchema,
  /** Since the session of the agent began. */
  used: amountsSchema,
  /** Requests of it that the service refused because there were too many. */
  refused: count,
  /** The most that waited for the budget at once since the last beat that was answered. */
  wanted: amountsSchema,
  /** The slice that is in force; 0: none yet. */
  slice: count,
  /** The shares in force, for a coordinator that was started anew. */
  holds: z.object({ units: share, bytes: share, requests: share }),
  /** What the service said last of the units of a minute. */
  told: z.object({ limit: z.number().positive(), remaining: amount, resetMs: amount }).optional(),
  /** The last order to wait that this agent got itself, counted within the session, while it holds. */
  refusal: z.object({ number: count, forMs: amount }).optional(),
});
export type BudgetClaim = Readonly<z.infer<typeof budgetClaimSchema>>;

/** What an agent may spend of one kind. */
const lotSchema = z.object({
  /** Its part of what the service tells of. */
  share,
  /** At most so much a second; absent: as fast as it can. */
  perSecond: amount.optional(),
  /** At most so much since its session began; absent: without an end. */
  upTo: amount.optional(),
});

/** The part of a budget that an agent has until its next beats are answered. */
export const sliceSchema = z.object({
  payer: payerSchema,
  /** Rises with each slice that a coordinator gives; echoed in the claim once it is in force. */
  number: z.number().int().positive(),
  lots: z.object({ units: lotSchema, bytes: lotSchema, requests: lotSchema }),
});

/** Nothing is sent to a tenant for so long. The number rises with each new order to wait. */
export const freezeSchema = z.object({ tenant: name, number: z.number().int().positive(), forMs: amount });
export type Freeze = Readonly<z.infer<typeof freezeSchema>>;

export const budgetAnswerSchema = z.object({
  slices: z.array(sliceSchema).max(16),
  freezes: z.array(freezeSchema).max(16),
});
export type BudgetAnswer = Readonly<z.infer<typeof budgetAnswerSchema>>;

/** From an agent, at once: the service refused. The next beat says it as well, so it may be lost; it has no answer. */
export const alarmSchema = z.object({
  machine: idSchema,
  session: idSchema,
  refusals: z
    .array(z.object({ payer: payerSchema, number: count, forMs: amount }))
    .min(1)
    .max(16),
});
export type Alarm = Readonly<z.infer<typeof alarmSchema>>;

/** From the coordinator, at once: beat now, and what cannot wait so long. The answer says it as well, so it may be lost. */
export const ringSchema = z.object({ freezes: z.array(freezeSchema).max(16) });
export type Ring = Readonly<z.infer<typeof ringSchema>>;
