import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { cloudSchema } from '../model/cloud.ts';
import { standings } from '../rules/directory-roles.ts';
import { resultOf } from './console-types.ts';
import { problemSchema } from './fleet.ts';

/**
 * How this machine signs in to Microsoft 365. Answered by the machine itself, also when it has joined a fleet: each machine signs in
 * for itself, and no sign-in ever leaves it. Times in milliseconds since 1970.
 */

/** The longest time that a page of Microsoft is waited for, in milliseconds: as long as a device code lives. */
export const MOST_ATTEMPT_MS = 15 * 60_000;

const whoSchema = z.object({
  /** A person; or the application by itself, by certificate. */
  kind: z.enum(['person', 'app']),
  cloud: z.string(),
  /** Id or domain of the organisation. */
  tenant: z.string(),
  /** User principal name of the person, client id of the application. */
  account: z.string(),
  /** Display name; null for an application. */
  name: z.string().nullable(),
  /** Client id of the application that is signed in with. */
  app: z.string(),
});
export type SignedInAs = Readonly<z.infer<typeof whoSchema>>;

export const signInAttemptSchema = z.object({
  how: z.enum(['browser', 'device-code']),
  cloud: z.string(),
  /** `waiting`: for the person, at `address`. `finishing`: Microsoft answered, and the token is fetched. */
  state: z.enum(['starting', 'waiting', 'finishing', 'done', 'failed']),
  /** The page to open. Whoever has it can sign in there and nothing else. */
  address: z.string().nullable(),
  /** To be typed on that page; of a device code. */
  code: z.string().nullable(),
  /** Until when it is waited. */
  endsAt: z.number().nullable(),
  problem: problemSchema.nullable(),
});
export type SignInAttempt = Readonly<z.infer<typeof signInAttemptSchema>>;

export const signInViewSchema = z.object({
  /**
   * `none`: nobody is signed in. `ready`: as far as is known. `needed`: somebody has to sign in again, and what is under way waits
   * for that. `failed`: the last token could not be had, for the reason in `problem`.
   */
  state: z.enum(['none', 'ready', 'needed', 'failed']),
  /** `given`: by options or variables, which cannot be changed here. `kept`: signed in on this machine. */
  origin: z.enum(['given', 'kept']).nullable(),
  who: whoSchema.nullable(),
  /** The cloud that destinations are in; that of the start while nobody is signed in. */
  cloud: cloudSchema.pick({ name: true, sharePointHostSuffix: true }),
  problem: problemSchema.nullable(),
  /** The last one that was begun, under way or not. */
  attempt: signInAttemptSchema.nullable(),
  /** Clouds by name, each with the address of its sign-in, and with the application for people where it is known. */
  clouds: z.array(z.object({ name: z.string(), authority: z.string(), app: z.string().nullable() })),
});
export type SignInView = Readonly<z.infer<typeof signInViewSchema>>;

const name = z.string().trim().min(1).max(253);

const wishSchema = z.object({
  how: z.enum(['browser', 'device-code']),
  /** One of {@link SignInView}'s clouds, or a cloud of its own; that of the last sign-in when absent. */
  cloud: z.union([name, cloudSchema]).optional(),
  /** Id or domain; any organisation when absent. */
  tenant: name.optional(),
  /** Client id; the cloud's own application when absent. */
  clientId: name.optional(),
});
export type SignInWish = Readonly<z.infer<typeof wishSchema>>;

export const signInContract = {
  state: oc.output(signInViewSchema),
  watch: oc.output(eventIterator(signInViewSchema)),
  /**
   * Begins to sign a person in, in place of an attempt that is under way. Answers as soon as there is a page to open. Codes:
   * sign-in-given, cloud-unknown, sign-in-app-missing, sign-in-loopback, and those of a refusal.
   */
  begin: oc.input(wishSchema).output(resultOf(signInAttemptSchema)),
  /** Ends the attempt that is under way, if there is one. */
  cancel: oc.output(signInViewSchema),
  /**
   * Whether whoever is signed in is Global or SharePoint administrator: asked anew each time. Codes: sign-in-incomplete (nobody is
   * signed in), sign-in-needed, sign-in-unreachable, and those of a refusal.
   */
  standing: oc.output(resultOf(z.enum(standings))),
  /** Forgets who is signed in. What is under way waits until somebody signs in again. Codes: sign-in-given, store-unusable. */
  signOut: oc.output(resultOf(signInViewSchema)),
};
