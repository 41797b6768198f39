import type { Drive } from './drive.ts';
import type { DriveItem } from './drive-item.ts';
import { type Refusal, refusals, refuse } from './reply.ts';
import type { Tenant } from './tenant.ts';

/** What a shared address leads to. */
export interface SharedItem {
  readonly drive: Drive;
  readonly item: DriveItem;
}

/** `u!` and the address in base64url: which file or folder is it? Takes plain web addresses and `/:f:/r/` links. */
export function sharedItem(tenant: Tenant, encoded: string): SharedItem | Refusal {
  if (!encoded.startsWith('u!')) return refusals.invalid('The sharing token is not valid.');
  const text = Buffer.from(encoded.slice(2), 'base64url').toString('utf8');
  if (!URL.canParse(text)) return refusals.invalid('The sharing token is not an address.');
  const url = new URL(text);
  const path = decodePath(url.pathname.replace(/^\/:[a-z]:\/r\//, '/'));
  if (path === undefined) return refusals.invalid('The address is not encoded as UTF-8.');
  const drive = driveAt(tenant, url.hostname, path);
  if (drive === undefined) return denied();
  let item: DriveItem | undefined = drive.root;
  for (const name of path.slice(drive.facts.path.length).split('/')) {
    if (name !== '' && item !== undefined) item = drive.child(item, name);
  }
  return item === undefined ? refusals.itemNotFound() : { drive, item };
}

/** The library whose address is the longest beginning of a path (without a leading slash), at the border of a segment. */
function driveAt(tenant: Tenant, host: string, path: string): Drive | undefined {
  const wanted = `${path.toLowerCase()}/`;
  let best: Drive | undefined;
  for (const drive of tenant.drives.values()) {
    const own = `${drive.facts.path.toLowerCase()}/`;
    if (drive.facts.host !== host || !wanted.startsWith(own)) continue;
    if (best === undefined || own.length > best.facts.path.length + 1) best = drive;
  }
  return best;
}

function decodePath(path: string): string | undefined {
  try {
    return decodeURIComponent(path).replace(/^\/+|\/+$/g, '');
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}

/** An address of nothing, or of nothing that may be seen: the service does not tell which. */
function denied(): Refusal {
  return refuse(
    403,
    'accessDenied',
    'The sharing link no longer exists, or you do not have permission to access it.',
  );
}
