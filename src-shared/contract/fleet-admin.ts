import { oc } from '@orpc/contract';
import { z } from 'zod';
import { idSchema } from '../model/task.ts';
import { resultOf } from './console-types.ts';
import { problemSchema } from './fleet.ts';
import { listenWishSchema } from './listen-wish.ts';
import { placeSchema } from './wire-parts.ts';

/** The place of this machine in a fleet, and how it is changed. Answered by the machine itself, also when it has joined another. */

export const fleetStateSchema = z.object({
  role: z.enum(['alone', 'coordinator', 'joined']),
  machine: idSchema,
  name: z.string(),
  /** Where other machines come in; null unless this one was promoted. */
  listener: z
    .object({
      ...placeSchema.shape,
      /** 0: any that is free; it is known once it has listened. */
      port: z.number().int().min(0).max(65_535),
      /** The interface; null for all of them. */
      host: z.string().nullable(),
      /** False as well while nothing of Convoy is at work on the machine. */
      listening: z.boolean(),
      problem: problemSchema.nullable(),
    })
    .nullable(),
  /** The coordinator that this machine works for; null unless it has joined one. */
  joined: z
    .object({
      ...placeSchema.shape,
      coordinator: z.string(),
      state: z.enum(['connecting', 'pending', 'connected', 'refused']),
      /** To be compared with those that the coordinator shows. */
      words: z.string(),
      problem: problemSchema.nullable(),
    })
    .nullable(),
});
export type FleetState = Readonly<z.infer<typeof fleetStateSchema>>;

export const fleetMachineSchema = z.object({
  machine: idSchema,
  name: z.string(),
  /** `pending`: nobody has said yes to it. */
  state: z.enum(['pending', 'member', 'revoked']),
  connected: z.boolean(),
  words: z.string(),
  pairedAt: z.number(),
  /** When it last beat; null: never. */
  lastSeen: z.number().nullable(),
});
export type FleetMachine = Readonly<z.infer<typeof fleetMachineSchema>>;

/** The longest time for which an invitation is good, in minutes: a week. */
export const MOST_INVITED_MINUTES = 7 * 24 * 60;

const fleetState = resultOf(fleetStateSchema);
const oneMachine = oc.input(z.object({ machine: idSchema })).output(resultOf(fleetMachineSchema));

export const fleetAdminContract = {
  state: oc.output(fleetStateSchema),
  /** Machines that joined this one, or want to. */
  machines: oc.output(z.array(fleetMachineSchema)),
  /** Codes: fleet-role (it has joined another), listener-unable, store-unusable. Said again it changes what is named. */
  promote: oc.input(listenWishSchema).output(fleetState),
  /** Forgets all machines. Codes: fleet-role, and without `force` also where there are machines. */
  demote: oc.input(z.object({ force: z.boolean() })).output(fleetState),
  /**
   * Hands the fleet over to a machine that has joined: it is the coordinator from then on, and this one works for it. Codes: fleet-role,
   * machine-unknown, move-failed (nothing was changed).
   */
  move: oc.input(z.object({ machine: idSchema, listen: listenWishSchema })).output(fleetState),
  /** Code: fleet-role. */
  invite: oc
    .input(z.object({ minutes: z.number().int().min(1).max(MOST_INVITED_MINUTES), accept: z.boolean() }))
    .output(resultOf(z.object({ invitation: z.string(), expiresAt: z.number() }))),
  /** Code: machine-unknown. */
  accept: oneMachine,
  /** Code: machine-unknown. */
  revoke: oneMachine,
  /** Codes: those of an invitation, fleet-role, wrong-state (a run of its own is under way). */
  join: oc.input(z.object({ invitation: z.string().max(8_192) })).output(fleetState),
  /** Code: fleet-role. */
  leave: oc.output(fleetState),
  /** Another key for this machine. Codes: fleet-role, coordinator-away. */
  rekey: oc.output(fleetState),
};
