import type { BodySink } from './bodies.ts';
import type { ContentHasher } from './content-hasher.ts';
import type { Drive, ItemTimes } from './drive.ts';
import type { Actor, DriveItem } from './drive-item.ts';
import type { SessionRecord } from './journal.ts';
import { nameKey } from './name-key.ts';

export type ConflictBehavior = 'fail' | 'replace' | 'rename';

/** Hard end of an upload URL: the token in it ends about 24 h after it was made (onedrive-api-docs #1073). */
export const LONGEST_LIFE = 24 * 60 * 60 * 1000;

/** A file on its way, fragment by fragment. */
export interface UploadSession {
  readonly guid: string;
  /** Proof in the URL: whoever has the URL may upload. */
  readonly token: string;
  readonly drive: Drive;
  readonly parent: DriveItem;
  readonly name: string;
  /** Set when the session was opened on an existing item by its id. */
  readonly target: DriveItem | undefined;
  readonly behavior: ConflictBehavior;
  readonly times: ItemTimes;
  readonly deferCommit: boolean;
  readonly ifMatch: string | undefined;
  readonly appId: string;
  readonly actor: Actor;
  readonly openedAt: number;
  expiresAt: number;
  /** Length of the file, known from the first fragment on. */
  total: number | undefined;
  /** Bytes of whole fragments. */
  received: number;
  hasher: ContentHasher;
  sink: BodySink | undefined;
  /** A fragment came that was neither the last nor a multiple of 320 KiB. */
  misaligned: boolean;
  /** Goes up with each fragment that begins: one that began earlier and is still coming is dropped. */
  attempt: number;
  /** As many bytes of this name had been acknowledged in an earlier session that the caller gave up. */
  readonly hadBefore: number;
}

/** Why a session is no longer there: done, cancelled by its caller, out of time, or taken away by a fault. */
export type SessionEnd = 'completed' | 'cancelled' | 'timedOut' | 'vanished';

/** What a URL that names a session may meet. */
export type SessionLookup =
  | { readonly found: UploadSession }
  | { readonly found: undefined; readonly urlEnded: boolean; readonly wasCompleted: boolean };

/** Over this many, the oldest memories of ended sessions are dropped. */
const REMEMBERED_ENDS = 100_000;

/** All upload sessions, by their GUID and by the name that they block. */
export class UploadSessions {
  readonly #now: () => number;
  readonly #ended: (session: UploadSession, end: SessionEnd) => void;
  readonly #byGuid = new Map<string, UploadSession>();
  readonly #byPlace = new Map<string, UploadSession>();
  readonly #ends = new Map<string, SessionEnd>();
  readonly #givenUp = new Map<string, number>();

  constructor(now: () => number, ended: (session: UploadSession, end: SessionEnd) => void) {
    this.#now = now;
    this.#ended = ended;
  }

  get open(): number {
    return this.#byGuid.size;
  }

  add(session: UploadSession): void {
    this.#byGuid.set(session.guid, session);
    this.#byPlace.set(placeOf(session.parent, session.name), session);
  }

  /** The session that blocks a name, if one does now. */
  blocking(parent: DriveItem, name: string): UploadSession | undefined {
    const session = this.#byPlace.get(placeOf(parent, name));
    return session !== undefined && this.#alive(session) ? session : undefined;
  }

  /** Bytes that a session for this name had received when its caller cancelled it. */
  givenUpAt(parent: DriveItem, name: string): number {
    return this.#givenUp.get(placeOf(parent, name)) ?? 0;
  }

  find(guid: string, token: string): SessionLookup {
    const session = this.#byGuid.get(guid);
    const urlEnded = session !== undefined && this.#now() >= session.openedAt + LONGEST_LIFE;
    if (session !== undefined && session.token === token && this.#alive(session)) return { found: session };
    return { found: undefined, urlEnded, wasCompleted: this.#ends.get(guid) === 'completed' };
  }

  /** The session that the query of an upload URL names. */
  findByQuery(query: URLSearchParams): SessionLookup {
    const guid = (query.get('guid') ?? '').replaceAll("'", '');
    return this.find(guid, (query.get('tempauth') ?? '').replace(/^v1\./, ''));
  }

  /** Takes a session away and says why. */
  end(session: UploadSession, end: SessionEnd): void {
    this.#byGuid.delete(session.guid);
    const place = placeOf(session.parent, session.name);
    if (this.#byPlace.get(place) === session) this.#byPlace.delete(place);
    if (end === 'cancelled') this.#givenUp.set(place, session.received);
    else this.#givenUp.delete(place);
    this.#ends.set(session.guid, end);
    const oldest = this.#ends.size > REMEMBERED_ENDS ? this.#ends.keys().next().value : undefined;
    if (oldest !== undefined) this.#ends.delete(oldest);
    this.#ended(session, end);
  }

  /** All that are open now. Those whose time is over are ended by asking. */
  all(): readonly UploadSession[] {
    return [...this.#byGuid.values()].filter((session) => this.#alive(session));
  }

  #alive(session: UploadSession): boolean {
    const now = this.#now();
    if (now < session.expiresAt && now < session.openedAt + LONGEST_LIFE) return true;
    this.end(session, 'timedOut');
    return false;
  }
}

/** What a journal keeps of a session. */
export function recordOf(session: UploadSession): SessionRecord {
  const { guid, token, behavior, name, deferCommit, ifMatch, appId, actor, openedAt, expiresAt } = session;
  const { received, misaligned, total, target } = session;
  return {
    t: 'session',
    guid,
    token,
    drive: session.drive.facts.id,
    parent: session.parent.guid,
    name,
    behavior,
    deferCommit,
    appId,
    actor,
    openedAt,
    expiresAt,
    received,
    misaligned,
    ...(target === undefined ? {} : { target: target.guid }),
    ...(session.times.created === undefined ? {} : { created: session.times.created }),
    ...(session.times.modified === undefined ? {} : { modified: session.times.modified }),
    ...(ifMatch === undefined ? {} : { ifMatch }),
    ...(total === undefined ? {} : { total }),
  };
}

function placeOf(parent: DriveItem, name: string): string {
  return `${parent.id}/${nameKey(name)}`;
}
