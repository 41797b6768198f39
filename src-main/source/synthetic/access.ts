import type { Principal } from '../../../src-shared/model/rights.ts';
import { wellKnownName } from '../../../src-shared/rules/access/sids.ts';
import { draw, PURPOSE } from './draw.ts';
import type { SyntheticOptions } from './options.ts';
import type { Place } from './places.ts';

/** The made-up domain that the accounts of a synthetic tree are of. */
const DOMAIN = 'S-1-5-21-1715567821-2146773085-725345543';
/** Accounts from here on were deleted: their SIDs are left behind in access lists. */
const FIRST_ORPHAN = 9_000;
const ACCOUNTS = 200;

/** What the root hands down, and every folder after it. */
const INHERITED = '(A;OICIID;FA;;;SY)(A;OICIID;FA;;;BA)(A;OICIID;0x1301bf;;;AU)';
const PROTECTED = '(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)';

/** The access list that follows from the seed and the place. What was written by hand has nothing of its own. */
export function derivedAccessList({ seed, access = {} }: SyntheticOptions, place: Place): string {
  const [folder, at] = numbersOf(place);
  const drawn = folder === undefined || (folder === 0 && at < 0) ? 1 : draw(seed, PURPOSE.access, folder, at);
  const account = Math.floor(draw(seed, PURPOSE.trustee, folder ?? 0, at) * ACCOUNTS);
  const owner = `O:BAG:${DOMAIN}-513`;
  const who = `${DOMAIN}-${1_000 + account}`;
  const { isProtected = 0, added = 0, denied = 0, orphaned = 0 } = access;
  const steps = [
    [isProtected, `PAI${PROTECTED}(A;OICI;0x1301bf;;;${who})`],
    [added, `AI(A;OICI;0x1200a9;;;${who})${INHERITED}`],
    [denied, `AI(D;OICI;FA;;;${who})${INHERITED}`],
    [orphaned, `AI(A;OICI;FR;;;${DOMAIN}-${FIRST_ORPHAN + account})${INHERITED}`],
  ] as const;
  let border = 0;
  for (const [share, list] of steps) {
    border += share;
    if (drawn < border) return `${owner}D:${list}`;
  }
  return `${owner}D:AI${INHERITED}`;
}

/** Who a SID of such a list is. */
export function derivedPrincipal(sid: string): Principal {
  const name = wellKnownName(sid);
  if (name !== undefined) return { state: 'known', name };
  const account = sid.startsWith(`${DOMAIN}-`) ? Number(sid.slice(DOMAIN.length + 1)) : Number.NaN;
  return account < FIRST_ORPHAN
    ? { state: 'known', name: `CONTOSO\\account ${account}` }
    : { state: 'unknown' };
}

function numbersOf(place: Place): readonly [folder: number | undefined, at: number] {
  if (place.kind === 'folder') return [place.derived, -1];
  return place.kind === 'file' && 'derived' in place ? [place.folder, place.derived.at] : [undefined, -1];
}
