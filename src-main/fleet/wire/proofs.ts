import {
  createHash,
  createHmac,
  createPublicKey,
  type KeyObject,
  randomBytes,
  timingSafeEqual,
  verify,
} from 'node:crypto';
import type { TLSSocket } from 'node:tls';

/** Both ends of one TLS connection know these bytes and nobody else does (RFC 9266, with a label of our own). */
export function channelOf(socket: TLSSocket): Buffer {
  return socket.exportKeyingMaterial(32, 'EXPORTER-convoy-fleet', Buffer.alloc(0));
}

/** SHA-256 of a certificate in DER, in base64url: what an invitation carries and a machine pins. */
export function fingerprintOf(certificate: Uint8Array): string {
  return createHash('sha256').update(certificate).digest('base64url');
}

/** An unguessable challenge. */
export function newNonce(): string {
  return randomBytes(32).toString('base64');
}

/** What a proof is about. Everything that it must not be moved away from is in it. */
export interface Transcript {
  readonly what: 'pair' | 'sign-in' | 'rekey';
  readonly protocol: number;
  /** Of the TLS connection. */
  readonly channel: Uint8Array;
  /** The coordinator's challenge. */
  readonly nonce: string;
  readonly fingerprint: string;
  readonly machine: string;
  /** The machine's public key; on a change the new one. */
  readonly key: string;
}

/** The bytes that are signed: each part with its length before it, so that none can be taken for another. */
export function bytesOf(transcript: Transcript): Buffer {
  const { what, protocol, channel, nonce, fingerprint, machine, key } = transcript;
  const parts = ['convoy fleet 1', what, String(protocol), channel, nonce, fingerprint, machine, key];
  return Buffer.concat(
    parts.flatMap((part) => {
      const bytes = Buffer.from(part);
      const length = Buffer.alloc(4);
      length.writeUInt32BE(bytes.length);
      return [length, bytes];
    }),
  );
}

/** Proves the secret of an invitation without saying it. */
export function macOf(secret: string, transcript: Transcript): string {
  return createHmac('sha256', secret).update(bytesOf(transcript)).digest('base64');
}

/** Equal, without telling by the time it takes how much is. */
export function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** Whether the owner of an Ed25519 key (SPKI in DER, base64) signed these bytes. False as well for a key that is none. */
export function isSigned(key: string, bytes: Uint8Array, signature: string): boolean {
  const publicKey = readKey(key);
  if (publicKey?.asymmetricKeyType !== 'ed25519') return false;
  return verify(null, bytes, publicKey, Buffer.from(signature, 'base64'));
}

function readKey(key: string): KeyObject | undefined {
  try {
    return createPublicKey({ key: Buffer.from(key, 'base64'), format: 'der', type: 'spki' });
  } catch (error) {
    // What OpenSSL says of bytes that are no key; it comes from outside and is no mistake of the program.
    if (error instanceof Error) return undefined;
    throw error;
  }
}
