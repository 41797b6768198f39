import { z } from 'zod';
import { placeSchema, publicKeySchema } from '../../../src-shared/contract/wire.ts';
import type { FleetStore } from '../../store/fleet-store.ts';

/** Where a promoted machine listens. */
export const listenerSchema = z.object({
  /** The interface; null for all. */
  host: z.string().nullable(),
  /** 0 until the first time that it listened. */
  port: z.number().int(),
  /** Names under which others find it, before those that it knows itself. */
  addresses: z.array(z.string()),
});
export type KeptListener = Readonly<z.infer<typeof listenerSchema>>;

/** The coordinator that this machine has joined. */
export const joinedSchema = z.object({
  place: placeSchema,
  /** Its key. */
  key: publicKeySchema,
  name: z.string(),
});
export type KeptJoined = Readonly<z.infer<typeof joinedSchema>>;

/** What a machine is in a fleet, as it is kept in its database: one of the two, or neither. */
export interface KeptRole {
  readonly listener: KeptListener | undefined;
  readonly joined: KeptJoined | undefined;
}

const LISTENER = 'fleet-listener';
const JOINED = 'fleet-joined';

export async function readRole(store: FleetStore): Promise<KeptRole> {
  const [listener, joined] = await Promise.all([store.setting(LISTENER), store.setting(JOINED)]);
  return {
    listener: listener ? listenerSchema.parse(JSON.parse(listener)) : undefined,
    joined: joined ? joinedSchema.parse(JSON.parse(joined)) : undefined,
  };
}

export async function keepListener(store: FleetStore, listener: KeptListener | undefined): Promise<void> {
  await store.saveSetting(LISTENER, listener === undefined ? '' : JSON.stringify(listener));
}

export async function keepJoined(store: FleetStore, joined: KeptJoined | undefined): Promise<void> {
  await store.saveSetting(JOINED, joined === undefined ? '' : JSON.stringify(joined));
}
