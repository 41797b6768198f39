import { z } from 'zod';
import type { Call } from './call.ts';
import type { Drive } from './drive.ts';
import type { DriveItem } from './drive-item.ts';
import { pageSize } from './folders.ts';
import { itemJson, selectOf } from './item-json.ts';
import { Refusal, type Reply, refusals } from './reply.ts';
import type { Tenant } from './tenant.ts';

/** What a delta token says; it travels as base64url of JSON. */
const tokenSchema = z.object({
  /** Epoch of the drive: after a resync, tokens of before are worthless. */
  e: z.number(),
  /** Changes up to here are known to the caller. */
  m: z.number(),
  /** In a full listing: where the drive stood when it began. Deletions up to there are nothing new. */
  s: z.number().optional(),
});

type Token = z.infer<typeof tokenSchema>;

/** `delta`, `delta()`, `delta(token='...')`, with or without the namespace in front. */
export function isDelta(rest: string): boolean {
  return /^(?:microsoft\.graph\.)?delta(?:\(.*\))?$/.test(rest);
}

/** The token of a delta call, from the query or from the brackets. */
export function deltaToken(call: Call, rest: string): string | undefined {
  const bracketed = /\(token='([^']*)'\)$/.exec(rest)?.[1];
  const text = call.query.get('token') ?? call.query.get('$token') ?? bracketed;
  return text === '' ? undefined : text;
}

/** `GET root/delta`: the whole drive without a token, what has changed since with one. */
export function delta(
  tenant: Tenant,
  call: Call,
  drive: Drive,
  item: DriveItem,
  rest: string,
): Reply | Refusal {
  if (item !== drive.root) {
    return refusals.invalid('On SharePoint, delta is offered for the root of a drive only.', 'notSupported');
  }
  const top = pageSize(call.query);
  if (top instanceof Refusal) return top;
  const text = deltaToken(call, rest);
  const token = text === undefined || text === 'latest' ? undefined : readToken(text);
  if (text === 'latest') return page(call, drive, [], { e: drive.deltaEpoch, m: drive.changes.last }, false);
  if (text !== undefined && (token === undefined || token.e !== drive.deltaEpoch)) return resync(call);

  const mark = token?.m ?? 0;
  const start = token === undefined ? drive.changes.last : token.s;
  const found: DriveItem[] = [];
  let more = false;
  for (const changed of drive.changes.after(mark)) {
    if (changed.deleted && start !== undefined && changed.changed <= start) continue;
    if (found.length === top) {
      more = true;
      break;
    }
    found.push(changed);
  }
  const last = more ? (found.at(-1)?.changed ?? mark) : drive.changes.last;
  const next = { e: drive.deltaEpoch, m: last, ...(more && start !== undefined ? { s: start } : {}) };
  const view = { origin: call.origin, select: selectOf(call.query), delta: true };
  return page(
    call,
    drive,
    found.map((changed) => itemJson(tenant, drive, changed, view)),
    next,
    more,
  );
}

function page(call: Call, drive: Drive, value: readonly unknown[], next: Token, more: boolean): Reply {
  const query = new URLSearchParams(call.query);
  query.delete('$token');
  query.set('token', Buffer.from(JSON.stringify(next)).toString('base64url'));
  const link = `${call.origin}/v1.0/drives/${drive.facts.id}/root/delta?${query}`;
  return {
    status: 200,
    json: {
      '@odata.context': `${call.origin}/v1.0/$metadata#Collection(driveItem)`,
      [more ? '@odata.nextLink' : '@odata.deltaLink']: link,
      value,
    },
  };
}

function readToken(text: string): Token | undefined {
  try {
    const parsed = tokenSchema.safeParse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
    return parsed.success ? parsed.data : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** The caller must read all again; `Location` is where that begins. */
function resync(call: Call): Refusal {
  const path = call.path.replace(/\(.*\)$/, '');
  return new Refusal({
    status: 410,
    code: 'resyncRequired',
    message: 'Resync required. Replace any local items with the server version.',
    inner: 'resyncChangesApplyDifferences',
    headers: { Location: `${call.origin}/v1.0${path}` },
  });
}
