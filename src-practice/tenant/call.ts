import type { Actor } from './drive-item.ts';
import type { DirectoryRole } from './entra/directory.ts';
import { Refusal, refusals } from './reply.ts';
import type { Tenant } from './tenant.ts';

/** Who calls, as the token says. */
export interface Caller {
  readonly appId: string;
  /** Object id; absent when the app acts for itself. */
  readonly userId?: string;
  /** What the token lets the app do. */
  readonly permissions?: readonly string[];
  /** Directory roles of the person. */
  readonly roles?: readonly DirectoryRole[];
}

/** The bytes that come with a request. */
export interface CallBody {
  /** As announced; undefined when it was not. */
  readonly length: number | undefined;
  /** May end early: then it throws. */
  readonly chunks: () => AsyncIterable<Uint8Array>;
}

/** One operation, whether it came on its own or as a part of a batch. */
export interface Call {
  readonly method: string;
  /** Not decoded, without `/v1.0`. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly caller: Caller;
  /** `scheme://host` that the caller used: upload, download and next links stand on it. */
  readonly origin: string;
  readonly body: CallBody;
}

/** Bodies of JSON are small; a batch of 20 sessions is under 100 KB. */
const LARGEST_JSON = 8 * 1024 * 1024;

export async function readBytes(body: CallBody, limit: number): Promise<Buffer | Refusal> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body.chunks()) {
    length += chunk.length;
    if (length > limit) return refusals.invalid('The request body is too large.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The body as JSON; an absent one is `{}`. */
export async function readJson(call: Call): Promise<{ readonly value: unknown } | Refusal> {
  const bytes = await readBytes(call.body, LARGEST_JSON);
  if (bytes instanceof Refusal) return bytes;
  if (bytes.length === 0) return { value: {} };
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'));
    return { value };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return refusals.invalid('Unable to read JSON request payload.');
  }
}

/** One segment of a path, decoded. */
export function decodeSegment(segment: string): string | Refusal {
  try {
    return decodeURIComponent(segment);
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
    return refusals.invalid('The URL is not encoded as UTF-8.', 'invalidPath');
  }
}

/** Whom `createdBy` and `lastModifiedBy` will name. One object for all that somebody makes. */
export function actorOf(tenant: Tenant, caller: Caller): Actor {
  const key = caller.userId ?? caller.appId;
  const known = tenant.actors.get(key);
  if (known !== undefined) return known;
  const person = tenant.organisation.people.find((one) => one.id === caller.userId);
  const actor: Actor =
    person === undefined
      ? { kind: 'application', id: caller.appId, displayName: 'SharePoint App' }
      : { kind: 'user', id: person.id, displayName: person.displayName, email: person.mail };
  tenant.actors.set(key, actor);
  return actor;
}
