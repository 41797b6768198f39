import koffi, { type KoffiFunc } from 'koffi';
import type { Principal } from '../../../src-shared/model/rights.ts';
import { wellKnownName } from '../../../src-shared/rules/access/sids.ts';
import { callLater } from './call-later.ts';
import { type Handle, localFree } from './kernel32.ts';

const library = koffi.load('advapi32.dll');

const convertTextToSid: KoffiFunc<(text: string, sid: Buffer) => number> = library.func(
  'int __stdcall ConvertStringSidToSidW(str16 text, void *sid)',
);

const lookupAccountSid: KoffiFunc<
  (
    server: string | null,
    sid: Handle,
    name: Buffer,
    nameLength: Buffer,
    domain: Buffer,
    domainLength: Buffer,
    use: Buffer,
  ) => number
> = library.func(
  'int __stdcall LookupAccountSidW(str16 server, intptr_t sid, void *name, void *nameLength, void *domain, void *domainLength, void *use)',
);

const ERROR_NONE_MAPPED = 1332;
/** Names of accounts have at most 256 characters, those of domains fewer. */
const CHARACTERS = 512;
/** SID_NAME_USE: an account that was deleted, and one that cannot be understood. */
const DELETED = 6;
const UNKNOWN = 8;

/**
 * Asks who a SID is. @param server that the access list comes from: its own groups and accounts are known to it alone;
 * undefined for this machine
 */
export async function lookUpSid(sid: string, server: string | undefined): Promise<Principal> {
  const wellKnown = wellKnownName(sid);
  if (wellKnown !== undefined) return { state: 'known', name: wellKnown };
  const pointer = Buffer.alloc(8);
  if (convertTextToSid(sid, pointer) === 0) return { state: 'cannot-say' };
  const binary = pointer.readBigUInt64LE();
  try {
    const there = await lookUp(binary, server ?? null);
    if (there.state !== 'cannot-say' || server === undefined) return there;
    // A server whose firewall refuses the question: this machine knows the accounts of the domain as well, and not those of the server.
    const here = await lookUp(binary, null);
    return here.state === 'known' ? here : there;
  } finally {
    localFree(binary);
  }
}

async function lookUp(sid: bigint, server: string | null): Promise<Principal> {
  const [name, domain] = [Buffer.alloc(CHARACTERS * 2), Buffer.alloc(CHARACTERS * 2)];
  const [nameLength, domainLength, use] = [lengthOf(CHARACTERS), lengthOf(CHARACTERS), Buffer.alloc(4)];
  const { result, error } = await callLater(
    lookupAccountSid,
    server,
    sid,
    name,
    nameLength,
    domain,
    domainLength,
    use,
  );
  if (result === 0) return { state: error === ERROR_NONE_MAPPED ? 'unknown' : 'cannot-say' };
  const kind = use.readUInt32LE();
  if (kind === DELETED || kind === UNKNOWN) return { state: 'unknown' };
  const [account, of] = [textIn(name, nameLength), textIn(domain, domainLength)];
  return { state: 'known', name: of === '' ? account : `${of}\\${account}` };
}

function lengthOf(characters: number): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(characters);
  return length;
}

function textIn(text: Buffer, length: Buffer): string {
  return text.toString('utf16le', 0, length.readUInt32LE() * 2);
}
