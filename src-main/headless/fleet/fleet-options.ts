import { z } from 'zod';
import { MOST_INVITED_MINUTES } from '../../../src-shared/contract/fleet-admin.ts';
import { machineOptions, text, wholeNumber } from '../options.ts';

/** What may be said to the commands of a fleet, after commander has taken it apart. */

const common = { data: text().optional(), json: z.boolean().default(false) };

/** `a.example, 10.0.0.5` */
const addresses = text(2_048)
  .transform((said) => said.split(',').map((one) => one.trim()))
  .refine(
    (list) => list.length <= 8 && list.every((one) => /^[\w.:%-]{1,253}$/.test(one)),
    'up to 8 names or addresses, with commas between them',
  );

export const promoteOptionsSchema = z.object({
  ...common,
  port: wholeNumber(0, 65_535).optional(),
  listen: text(253).optional(),
  address: addresses.optional(),
});
export type PromoteOptions = z.infer<typeof promoteOptionsSchema>;

export const demoteOptionsSchema = z.object({ ...common, force: z.boolean().default(false) });
export type DemoteOptions = z.infer<typeof demoteOptionsSchema>;

export const inviteOptionsSchema = z.object({
  ...common,
  minutes: wholeNumber(1, MOST_INVITED_MINUTES).default(60),
  accept: z.boolean().default(false),
});
export type InviteOptions = z.infer<typeof inviteOptionsSchema>;

export const fleetOptionsSchema = z.object(common);
export type FleetOptions = z.infer<typeof fleetOptionsSchema>;

export const oneMachineOptionsSchema = z.object({ ...common, machine: text(255) });
export type OneMachineOptions = z.infer<typeof oneMachineOptionsSchema>;

export const moveOptionsSchema = z.object({
  ...common,
  to: text(255),
  port: wholeNumber(0, 65_535).optional(),
  listen: text(253).optional(),
  address: addresses.optional(),
});
export type MoveOptions = z.infer<typeof moveOptionsSchema>;

export const joinOptionsSchema = z.object({
  ...common,
  invitation: text(8_192),
  wait: z.boolean().default(true),
});
export type JoinOptions = z.infer<typeof joinOptionsSchema>;

export const agentOptionsSchema = z.object(machineOptions);
export type AgentOptions = z.infer<typeof agentOptionsSchema>;

export const statusOptionsSchema = z.object({ ...common, watch: z.boolean().default(false) });
export type StatusOptions = z.infer<typeof statusOptionsSchema>;
