import koffi, { type KoffiFunc } from 'koffi';
import { failed, ok, type Result } from '../../../src-shared/model/problem.ts';
import type { SourceCredentials } from '../credentials.ts';
import { shareOf } from '../share-of.ts';
import { callLater } from './call-later.ts';
import { problemOf } from './errors.ts';

const library = koffi.load('mpr.dll');

const NetResource = koffi.struct('CONVOY_NETRESOURCEW', {
  scope: 'uint32_t',
  type: 'uint32_t',
  displayType: 'uint32_t',
  usage: 'uint32_t',
  localName: 'str16',
  remoteName: 'str16',
  comment: 'str16',
  provider: 'str16',
});

interface NetResourceFields {
  readonly scope: number;
  readonly type: number;
  readonly displayType: number;
  readonly usage: number;
  readonly localName: null;
  readonly remoteName: string;
  readonly comment: null;
  readonly provider: null;
}

const addConnection: KoffiFunc<
  (resource: NetResourceFields, password: string, user: string, flags: number) => number
> = library.func('WNetAddConnection2W', 'uint32_t', [
  koffi.pointer(NetResource),
  'str16',
  'str16',
  'uint32_t',
]);

const cancelConnection: KoffiFunc<(name: string, flags: number, force: number) => number> = library.func(
  'uint32_t __stdcall WNetCancelConnection2W(str16 name, uint32_t flags, int force)',
);

const RESOURCETYPE_DISK = 1;
/** Not kept for the next sign-in to Windows, and the password is kept nowhere. */
const CONNECT_TEMPORARY = 4;
/** ERROR_NOT_CONNECTED, ERROR_CONNECTION_UNAVAIL: ended already. ERROR_OPEN_FILES, ERROR_DEVICE_IN_USE: somebody has files open. */
const fine: ReadonlySet<number> = new Set([2250, 1201, 2401, 2404]);

/** A connection of this sign-in of Windows to a share, under another account. */
export interface ShareConnection {
  /** Ends it when nobody else holds it, unless a program has files of it open: then it stays until Windows signs off. */
  close(): Promise<void>;
}

/** Who holds which share: Windows itself keeps no count, and the first who ends a connection ends it for all. */
const holders = new Map<string, number>();
/** Connecting and ending one after the other, so that the count is what Windows sees. */
let turn: Promise<unknown> = Promise.resolve();

function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const done = turn.then(work, work);
  turn = done;
  return done;
}

/**
 * Connects to the share of a path under another account, without a drive letter. The password goes from memory to Windows and is on no
 * command line. Codes: source-sign-in-refused (1219 too: this sign-in of Windows knows the server under another account already),
 * source-unreachable, source-root-unreadable, source-missing (the path is on no share).
 */
export async function connectShare(
  path: string,
  credentials: SourceCredentials,
): Promise<Result<ShareConnection>> {
  const share = shareOf(path);
  if (share === undefined) return failed('source-missing', { where: path, detail: 'not a path on a share' });
  return inTurn(() => connect(share, credentials));
}

async function connect(
  share: string,
  { user, password }: SourceCredentials,
): Promise<Result<ShareConnection>> {
  const resource = {
    scope: 0,
    type: RESOURCETYPE_DISK,
    displayType: 0,
    usage: 0,
    localName: null,
    remoteName: share,
    comment: null,
    provider: null,
  } as const;
  const { result } = await callLater(addConnection, resource, password, user, CONNECT_TEMPORARY);
  if (result !== 0) return problemOf(result, 'root', share);
  const key = share.toLowerCase();
  holders.set(key, (holders.get(key) ?? 0) + 1);
  return ok({ close: () => inTurn(() => letGo(share)) });
}

async function letGo(share: string): Promise<void> {
  const key = share.toLowerCase();
  const left = (holders.get(key) ?? 1) - 1;
  holders.set(key, left);
  if (left > 0) return;
  holders.delete(key);
  const { result } = await callLater(cancelConnection, share, 0, 0);
  if (result !== 0 && !fine.has(result))
    throw new Error(`ending the connection to ${share} failed: error ${result}`);
}
