import { z } from 'zod';
import { type Moved, movedSchema } from '../../../src-shared/contract/wire.ts';
import { placeSchema, publicKeySchema } from '../../../src-shared/contract/wire-parts.ts';
import { idSchema } from '../../../src-shared/model/task.ts';
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

/** A fleet that this machine is to be the coordinator of, all of it fetched and checked; whether it comes to that is for the present coordinator to say. */
export const takingSchema = z.object({
  /** Since when, in milliseconds since 1970. */
  since: z.number(),
  listener: listenerSchema,
  /** By what this machine will be known. */
  place: placeSchema,
  key: publicKeySchema,
  /** What the present coordinator will be. */
  former: z.object({ machine: idSchema, name: z.string(), key: publicKeySchema }),
  /** Whether it was said. */
  said: z.boolean(),
});
export type KeptTaking = Readonly<z.infer<typeof takingSchema>>;

/** What a machine is in a fleet, as it is kept in its database: one of the first two, or neither. */
export interface KeptRole {
  readonly listener: KeptListener | undefined;
  readonly joined: KeptJoined | undefined;
  /** What a former coordinator tells everybody who comes. It goes on listening. */
  readonly moved: Moved | undefined;
  readonly taking: KeptTaking | undefined;
}

const NAMES = {
  listener: 'fleet-listener',
  joined: 'fleet-joined',
  moved: 'fleet-moved',
  taking: 'fleet-taking',
} as const;

export async function readRole(store: FleetStore): Promise<KeptRole> {
  const read = async <T>(name: keyof KeptRole, schema: z.ZodType<T>): Promise<T | undefined> => {
    const text = await store.setting(NAMES[name]);
    return text ? schema.parse(JSON.parse(text)) : undefined;
  };
  return {
    listener: await read('listener', listenerSchema),
    joined: await read('joined', joinedSchema),
    moved: await read('moved', movedSchema),
    taking: await read('taking', takingSchema),
  };
}

/** What is named of it from now on; undefined: no more. */
export async function keepRole(store: FleetStore, role: Partial<KeptRole>): Promise<void> {
  for (const [name, value] of Object.entries(roleSettings(role))) await store.saveSetting(name, value);
}

/** The same as settings, for whoever writes them together with something else. */
export function roleSettings(role: Partial<KeptRole>): Readonly<Record<string, string>> {
  const named = Object.keys(NAMES).filter((name): name is keyof KeptRole => name in role);
  return Object.fromEntries(
    named.map((name) => [NAMES[name], role[name] === undefined ? '' : JSON.stringify(role[name])]),
  );
}
