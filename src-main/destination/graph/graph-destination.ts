import type { Dispatcher } from 'undici';
import about from '../../../package.json' with { type: 'json' };
import type { Cloud } from '../../../src-shared/model/cloud.ts';
import { failed, ok, type Result } from '../../../src-shared/model/problem.ts';
import { neverBack } from '../../basics/never-back.ts';
import { sleep as timerSleep } from '../../basics/sleep.ts';
import { createHttp } from '../../tenant/http.ts';
import { tenantOfToken } from '../../tenant/tenant-of-token.ts';
import type { TokenSource } from '../../tenant/token-source.ts';
import type { ChangeOptions, ChangePage, Destination, DestinationRoot, RemoteItem } from '../destination.ts';
import { isFull, resolvePlace } from './address.ts';
import { Authors } from './authors/set-authors.ts';
import { linkToSharePoint, type SharePointLink } from './authors/sharepoint-link.ts';
import { MOST_PARTS } from './batch.ts';
import { readChildren } from './children.ts';
import { type ClientParts, GraphClient } from './client.ts';
import { dateFolders } from './date-folders.ts';
import { readChanges } from './delta.ts';
import { download } from './download.ts';
import { type DriveLink, findById, findChild } from './drive-link.ts';
import { DriveUrls } from './drive-urls.ts';
import { putEmpty } from './empty-files.ts';
import { makeFolder } from './folders.ts';
import { askState, cancelUpload, sendFragment } from './fragments.ts';
import { toRemoteItem } from './items.ts';
import { Meter } from './meter.ts';
import { moveItem } from './move.ts';
import { openUploads } from './open-uploads.ts';
import { removeItem } from './remove.ts';
import { impatient } from './retry-policy.ts';
import { NOT_THERE, openRoot } from './root.ts';
import { ticketOf } from './session-token.ts';
import { SignInBudgets } from './sign-in-budgets.ts';
import type { Time } from './time.ts';

export interface GraphDestinationOptions {
  readonly cloud: Cloud;
  readonly tokens: TokenSource;
  /** Gates and budgets that it shares with all others of the machine. */
  readonly budgets?: SignInBudgets | undefined;
  /** As a person gave it: site, library or folder. */
  readonly address: string;
  /** A folder in it that is to be the root: one name, already one that SharePoint takes. */
  readonly subFolder?: string | undefined;
  /** False: nothing is made or changed, and a folder that is missing counts as an empty one (dry run). */
  readonly write: boolean;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** 0 <= x < 1 */
  readonly random: () => number;
  /** Waits; by timers when absent. */
  readonly sleep?: Time['sleep'] | undefined;
}

/** Decorated as Microsoft asks for (company, app, version): other traffic is slowed down first. */
const USER_AGENT = `NONISV|Convoy|Convoy/${about.version}`;

/** Where nobody says whom to share with: one gate and one budget for each token source, gone with it. */
const unshared = new WeakMap<TokenSource, SignInBudgets>();

function unsharedOf(tokens: TokenSource): SignInBudgets {
  const known = unshared.get(tokens) ?? new SignInBudgets();
  unshared.set(tokens, known);
  return known;
}

/**
 * Resolves an address and opens the folder there as a destination; with `write`, folders that are missing on the way
 * are made. Codes: destination-url-invalid, destination-wrong-cloud, site-not-found, library-not-found,
 * onedrive-not-provisioned, destination-is-a-file, destination-access-denied, quota-full, those of sign-in,
 * service-unreachable, service-error.
 */
export async function openGraphDestination(options: GraphDestinationOptions): Promise<Result<Destination>> {
  const { cloud, tokens, now, random, sleep = timerSleep } = options;
  // A clock that is set back must not make what waits for a moment wait longer.
  const time: Time = { now: neverBack(now), random, sleep };
  const budgets = options.budgets ?? unsharedOf(tokens);
  const http = createHttp(cloud);
  const meter = new Meter();
  let opened: Awaited<ReturnType<typeof open>> | undefined;
  try {
    const { gate, admission } = budgets.of(tokens, time, await tenantOf(tokens));
    opened = await open(options, { http, gate, admission, meter, time, userAgent: USER_AGENT });
    if (!opened.ok) return opened;
    return ok(destinationOf(opened.value, options.write, { http, gate, admission, meter }));
  } finally {
    if (opened?.ok !== true) await http.close();
  }
}

/** The tenant's id; undefined where no token comes, which the first request tells better. */
async function tenantOf(tokens: TokenSource): Promise<string | undefined> {
  const token = await tokens.token();
  return token.ok ? tenantOfToken(token.value) : undefined;
}

/** A place, and the ways to it. */
interface Opened {
  readonly link: DriveLink;
  readonly sharePoint: SharePointLink | undefined;
  readonly root: DestinationRoot;
}

/** The first steps are taken with little patience: a person waits, and may just have mistyped. */
async function open(
  { cloud, tokens, address, subFolder, write }: GraphDestinationOptions,
  parts: ClientParts,
): Promise<Result<Opened>> {
  const base = cloud.graph.replace(/\/+$/, '');
  const first = new GraphClient({ ...parts, limits: impatient }, tokens);
  const place = await resolvePlace({ graph: first, base }, cloud, address);
  if (!place.ok) return place;
  const { drive, folders } = place.value;
  if (write && isFull(drive)) return failed('quota-full', { where: drive.webUrl });
  const way = subFolder === undefined ? folders : [...folders, subFolder];
  const link: DriveLink = {
    graph: new GraphClient(parts, tokens),
    uploads: new GraphClient(parts, undefined),
    urls: new DriveUrls(base, drive.id),
    time: parts.time,
  };
  const root = await openRoot({ ...link, graph: first }, { ...place.value, folders: way }, write);
  const sharePoint = linkToSharePoint(cloud, tokens, drive.webUrl, parts);
  return root.ok ? ok({ link, sharePoint, root: root.value }) : root;
}

function destinationOf(
  { link, sharePoint, root }: Opened,
  write: boolean,
  own: { readonly http: Dispatcher; readonly meter: Meter } & Pick<ClientParts, 'gate' | 'admission'>,
): Destination {
  let closed: Promise<void> | undefined;
  const authors = new Authors(link, sharePoint);
  /** Whoever opens a destination for reading and then writes has a bug, and it must not reach the tenant. */
  const forWriting = (): DriveLink => {
    if (!write) throw new Error('the destination was opened for reading');
    return link;
  };
  return {
    root,
    openAtOnce: MOST_PARTS,
    makeFolder: (parent, name, times, options) => makeFolder(forWriting(), parent, name, times, options),
    openUploads: (requests, options = {}) => openUploads(forWriting(), requests, options),
    send: (session, fragment, options = {}) => sendFragment(forWriting(), session, fragment, options),
    resume: (session, options = {}) => {
      const { size } = ticketOf(session);
      return askState(forWriting(), session, { size, hash: undefined }, options);
    },
    cancel: (session, options = {}) => cancelUpload(forWriting(), session, options),
    remove: (item, options = {}) => removeItem(forWriting(), item, options),
    move: (item, options = {}) => moveItem(forWriting(), item, options),
    dateFolders: (folders, options = {}) => dateFolders(forWriting(), folders, options),
    setAuthors(files, options = {}) {
      forWriting();
      return authors.set(files, options);
    },
    putEmpty: (request, options = {}) => putEmpty(forWriting(), request, options),
    find: async (parent, name, options) => {
      if (parent === NOT_THERE) return ok(undefined);
      const found = await findChild(link, parent, name, options);
      return found.ok ? ok(found.value && toRemoteItem(found.value)) : found;
    },
    findById: async (id, options) => {
      const found = await findById(link, id, options);
      return found.ok ? ok(found.value && toRemoteItem(found.value)) : found;
    },
    children: (folder, options = {}) =>
      folder === NOT_THERE ? nobody() : readChildren(link, folder, options),
    download: (file, from, options = {}) => download(link, file, from, options),
    changes: (since, options: ChangeOptions = {}) => {
      const unsorted = root.isLibraryRoot || options.everywhere === true;
      if (root.id !== NOT_THERE) return readChanges(link, root.id, unsorted, since, options);
      return nothing();
    },
    metrics: () => own.meter.read(own.gate, own.admission.ledger.allowances(link.time.now())),
    close: () => (closed ??= own.http.close()),
  };
}

/** What is in a folder that is not there. */
async function* nobody(): AsyncGenerator<Result<readonly RemoteItem[]>> {
  yield ok([]);
}

/** What changed in a folder that is not there. */
async function* nothing(): AsyncGenerator<Result<ChangePage>> {
  yield ok({ items: [], deleted: [], mark: undefined });
}
