import type { Moved } from '../../../src-shared/contract/wire.ts';
import type { Place } from '../../../src-shared/contract/wire-parts.ts';
import type { SigningKey } from '../../store/signing-key.ts';
import { isSigned } from './proofs.ts';

/** Says where the coordinator is from now on, signed with the key that its machines know. */
export function announceMove(place: Place, key: string, at: number, by: SigningKey): Moved {
  const signature = Buffer.from(by.sign(bytesOf(place, key, at))).toString('base64');
  return { kind: 'moved', place, key, at, signature };
}

/** Whether the coordinator that this machine knows has said so. @param known its key */
export function isAnnounced({ place, key, at, signature }: Moved, known: string): boolean {
  return isSigned(known, bytesOf(place, key, at), signature);
}

function bytesOf({ addresses, port, fingerprint }: Place, key: string, at: number): Buffer {
  return Buffer.from(JSON.stringify(['convoy moved 1', addresses, port, fingerprint, key, at]));
}
