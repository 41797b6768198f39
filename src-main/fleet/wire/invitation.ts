import { createHash } from 'node:crypto';
import type { Place } from '../../../src-shared/contract/wire-parts.ts';
import { placeSchema } from '../../../src-shared/contract/wire-parts.ts';
import { failed, ok, type Result } from '../../../src-shared/model/problem.ts';

/** What a machine needs to join: where, whom to believe, and the secret that is good once. */
export interface Invitation extends Place {
  /** Eight characters: which invitation it is. No secret. */
  readonly id: string;
  /** 128 bits in base64url. */
  readonly secret: string;
}

const FORM =
  /^convoy-join:(?<hosts>[^/]+):(?<port>\d{1,5})\/(?<fingerprint>[\w-]{43})\/(?<id>[\w-]{8})\/(?<secret>[\w-]{22})\/(?<check>[\w-]{4})$/;

/**
 * One line that survives being read, mailed and pasted:
 * `convoy-join:fs01,10.0.0.5:7443/FINGERPRINT/ID/SECRET/CHECK`. The last part is a sum over all before it, so that a line that was
 * cut or mistyped is told as that, and not as a coordinator with a wrong fingerprint.
 */
export function invitationText({ addresses, port, fingerprint, id, secret }: Invitation): string {
  const hosts = addresses.map((address) => (address.includes(':') ? `[${address}]` : address)).join(',');
  const body = `convoy-join:${hosts}:${port}/${fingerprint}/${id}/${secret}`;
  return `${body}/${checkOf(body)}`;
}

/** Reads it again; spaces and line breaks that mail programs add do not matter. Code: invitation-unreadable. */
export function readInvitation(text: string): Result<Invitation> {
  const line = text.replace(/\s+/g, '');
  const parts = FORM.exec(line)?.groups;
  if (parts === undefined) return failed('invitation-unreadable', { detail: 'it has another form' });
  const { hosts = '', port, fingerprint, id = '', secret = '', check = '' } = parts;
  if (check !== checkOf(line.slice(0, -check.length - 1)))
    return failed('invitation-unreadable', { detail: 'a part of it is missing or was changed' });
  const addresses = hosts.split(',').map((host) => host.replace(/^\[(.*)\]$/, '$1'));
  const place = placeSchema.safeParse({ addresses, port: Number(port), fingerprint });
  if (!place.success) return failed('invitation-unreadable', { detail: 'it names no place' });
  return ok({ ...place.data, id, secret });
}

function checkOf(body: string): string {
  return createHash('sha256').update(body).digest('base64url').slice(0, 4);
}
