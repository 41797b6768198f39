import { z } from 'zod';
import { requestKinds } from './request-kind.ts';

/** Everything that the tenant can do wrong. */
export const faultNames = [
  /** 429 with Retry-After. */
  'throttled',
  /** 500, 502, 503 (with Retry-After), 504; a 504 has done the work in half of the cases. */
  'serverError',
  'badGateway',
  'unavailable',
  'gatewayTimeout',
  /** The connection breaks: in the middle of the bytes with nothing stored, or after all was done, before the answer. */
  'cutBefore',
  'cutAfter',
  /** The upload session is gone (404), or its URL has ended (401). */
  'sessionVanished',
  'sessionExpired',
  /** 416 to a fragment that was in order. */
  'rangeInvalid',
  /** 401 although the token is good. */
  'tokenExpired',
  /** 409 resourceModified; an upload session ends with it. */
  'conflict',
  /** 412. */
  'preconditionFailed',
  /** 423. */
  'locked',
  /** 507. */
  'quotaReached',
] as const;

export type FaultName = (typeof faultNames)[number];

/** What `mixed` is shared between: what a client must get over without any help. */
export const transientFaults: readonly FaultName[] = [
  'throttled',
  'serverError',
  'badGateway',
  'unavailable',
  'gatewayTimeout',
  'cutBefore',
  'cutAfter',
  'sessionVanished',
  'sessionExpired',
  'rangeInvalid',
  'tokenExpired',
];

const probability = z.number().min(0).max(1);

const wholeSeconds = z.number().int().min(1);

const scriptedSchema = z.object({
  fault: z.enum(faultNames),
  /** Only requests of this kind. */
  kind: z.enum(requestKinds).optional(),
  /** Only requests whose URL, decoded, holds this. */
  urlIncludes: z.string().optional(),
  /** How many fitting requests pass first. */
  skip: z.number().int().min(0).default(0),
  /** How many fitting requests it then meets. */
  times: z.number().int().min(1).default(1),
});

export const faultSettingsSchema = z.object({
  seed: z.union([z.number(), z.string()]).default('faults'),
  /** Probability of each fault for a request that it can meet. */
  rates: z.partialRecord(z.enum(faultNames), probability).default({}),
  /** Probability that a request meets any one of the transient faults. */
  mixed: probability.default(0),
  /** Only requests of these kinds; all when absent. */
  kinds: z.array(z.enum(requestKinds)).optional(),
  /** Faults that are certain to come, in place of the drawn ones. */
  script: z.array(scriptedSchema).default([]),
  /** Retry-After of 429 and 503, in whole seconds (HTTP knows no fractions): always the same, or drawn from a range. */
  retryAfterSeconds: z.union([wholeSeconds, z.object({ min: wholeSeconds, max: wholeSeconds })]).default(1),
  /**
   * Whether the answer of createUploadSession may get lost after the session was opened. The name then stays
   * blocked until the session ends, and nobody has its URL.
   */
  loseSessionAnswers: z.boolean().default(false),
  /** Every request waits this long first, in milliseconds. */
  latencyMs: z.object({ min: z.number().min(0), max: z.number().min(0) }).default({ min: 0, max: 0 }),
  /** Bytes a second that one connection carries, each way; unlimited when absent. */
  bandwidth: z.number().positive().optional(),
  /** Probability that the hash of a file stays away for good (a "nontrivial share" in the field). */
  hashAbsent: probability.default(0),
  /** Whether a file that is moved or renamed without times is given the present one, as rclone found and Microsoft does not say. */
  movesResetTimes: z.boolean().default(false),
  /** Milliseconds that dates come out wrong when a list item is updated: a site that reads them in its own time zone. */
  listDatesOffMs: z.number().int().default(0),
  /** Whether a list item that is to have been made after its last change is given the present time. */
  formsWantOrder: z.boolean().default(false),
  /** Whether a folder has the time of the last change of what is in it; Microsoft does not say. */
  childrenTouchFolders: z.boolean().default(false),
});

export type FaultSettings = z.output<typeof faultSettingsSchema>;
export type FaultSettingsInput = z.input<typeof faultSettingsSchema>;
