import { z } from 'zod';
import { idSchema } from '../model/task.ts';
import { alarmSchema, ringSchema } from './budget.ts';
import { resultOf } from './console-types.ts';
import { beatAnswerSchema } from './fleet.ts';
import { fromHeirSchema, toHeirSchema } from './hand-over.ts';
import { base64, nameSchema, placeSchema, publicKeySchema } from './wire-parts.ts';

/**
 * What a machine that joined and its coordinator say to each other: JSON texts over a WebSocket over TLS, parsed one at a time.
 * First the coordinator greets with a challenge; the machine pairs (with an invitation) or signs in (with its key). Whatever else comes
 * before that ends the connection. Both proofs are bound to the TLS channel, so that what was said once is worth nothing anywhere else.
 */

const NONCE_BYTES = 32;
const SIGNATURE_BYTES = 64;
const MAC_BYTES = 32;

const protocolSchema = z.number().int().min(1).max(1_000);
/** Why a connection was ended, in a code of the catalogue. Told only to whoever has proved something. */
export const refusals = [
  'wire-refused',
  'invitation-unusable',
  'invitation-used',
  'invitation-expired',
  'machine-revoked',
  'machine-known',
  'protocol-unknown',
  'pairing-held-off',
] as const;
export type Refusal = (typeof refusals)[number];

/** The coordinator has gone to another machine. `signature` is that of the key that the coordinator was joined under. */
export const movedSchema = z.object({
  kind: z.literal('moved'),
  place: placeSchema,
  key: publicKeySchema,
  at: z.number(),
  signature: base64(SIGNATURE_BYTES),
});
export type Moved = Readonly<z.infer<typeof movedSchema>>;

/** From the coordinator, before it knows who is there. */
export const greetingSchema = z.object({
  kind: z.literal('hello'),
  /** Versions of the fleet's protocol that it speaks. */
  protocols: z.array(protocolSchema).min(1).max(16),
  nonce: base64(NONCE_BYTES),
});

/** The first and only thing that a machine says before it is known. */
export const introductionSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('pair'),
    protocol: protocolSchema,
    invitation: z.string().regex(/^[A-Za-z0-9_-]{8}$/),
    machine: idSchema,
    name: nameSchema,
    key: publicKeySchema,
    /** That it has the secret of the invitation: HMAC-SHA-256 over the transcript. */
    proof: base64(MAC_BYTES),
    /** That it has the key: Ed25519 over the same transcript. */
    signature: base64(SIGNATURE_BYTES),
  }),
  z.strictObject({
    kind: z.literal('sign-in'),
    protocol: protocolSchema,
    machine: idSchema,
    name: nameSchema,
    signature: base64(SIGNATURE_BYTES),
  }),
]);
export type Introduction = Readonly<z.infer<typeof introductionSchema>>;

/** From the coordinator to whoever introduced itself. */
export const receptionSchema = z.discriminatedUnion('kind', [
  greetingSchema,
  /** Paired or signed in, and not accepted by a person yet: to be waited for. */
  z.object({ kind: z.literal('pending'), name: nameSchema, key: publicKeySchema }),
  z.object({ kind: z.literal('welcome'), name: nameSchema, key: publicKeySchema }),
  z.object({ kind: z.literal('refused'), code: z.string().max(64) }),
  movedSchema,
]);
export type Reception = Readonly<z.infer<typeof receptionSchema>>;

/** From a machine that is known. */
export const fromMemberSchema = z.discriminatedUnion('kind', [
  /** The beat is parsed by whoever answers it. */
  z.object({ kind: z.literal('beat'), id: z.number().int().nonnegative(), beat: z.unknown() }),
  /** What cannot wait for a beat. */
  z.object({ kind: z.literal('alarm'), alarm: alarmSchema }),
  /** A message of the console's own protocol. */
  z.object({ kind: z.literal('console'), frame: z.string() }),
  /** From now on this is its key; the old one has signed it by signing in, the new one signs the transcript. */
  z.object({ kind: z.literal('rekey'), key: publicKeySchema, signature: base64(SIGNATURE_BYTES) }),
  z.object({ kind: z.literal('leave') }),
  /** It was chosen to be the coordinator. */
  z.object({ kind: z.literal('hand-over'), say: fromHeirSchema }),
]);
export type FromMember = Readonly<z.infer<typeof fromMemberSchema>>;

/** From the coordinator to a machine that is known. */
export const toMemberSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('answer'),
    id: z.number().int().nonnegative(),
    answer: resultOf(beatAnswerSchema),
  }),
  /** Beat now: there is something to hear. And what cannot wait so long. */
  z.object({ kind: z.literal('ring'), ring: ringSchema.optional() }),
  z.object({ kind: z.literal('console'), frame: z.string() }),
  z.object({ kind: z.literal('rekeyed') }),
  z.object({ kind: z.literal('refused'), code: z.string().max(64) }),
  /** To the machine that is to be the coordinator. */
  z.object({ kind: z.literal('hand-over'), say: toHeirSchema }),
  movedSchema,
]);
export type ToMember = Readonly<z.infer<typeof toMemberSchema>>;
