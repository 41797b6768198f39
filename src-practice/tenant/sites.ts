import { decodeSegment } from './call.ts';
import type { Site } from './contoso.ts';
import type { Drive } from './drive.ts';
import { Refusal, refusals, refuse } from './reply.ts';
import type { Tenant } from './tenant.ts';

/** A site that was found and what of the path is left, e.g. `drives`. */
export interface SiteAddress {
  readonly site: Site;
  readonly rest: string;
}

/**
 * Reads what follows `/sites/`: `root`, an id, a host, or `host:/path`, in which a further segment needs a second
 * colon (`host:/sites/x:/drives`).
 */
export function parseSiteAddress(tenant: Tenant, path: string): SiteAddress | Refusal {
  const byPath = /^([^/:]+):\/?([^:]*)(?::(?:\/(.*))?)?$/.exec(path);
  if (byPath !== null) {
    const host = decodeSegment(byPath[1] ?? '');
    const below = decodeSegment(byPath[2] ?? '');
    if (host instanceof Refusal) return host;
    if (below instanceof Refusal) return below;
    return found(siteAt(tenant, host, below), byPath[3] ?? '');
  }
  const slash = path.indexOf('/');
  const key = decodeSegment(slash < 0 ? path : path.slice(0, slash));
  if (key instanceof Refusal) return key;
  const rest = slash < 0 ? '' : path.slice(slash + 1);
  const { hostName, sites } = tenant.organisation;
  if (key === 'root') return found(siteAt(tenant, hostName, ''), rest);
  const wanted = key.toLowerCase();
  const [, collection = ''] = wanted.split(',');
  const byId = sites.find((site) => site.id.toLowerCase() === wanted);
  // The middle part alone names the site collection as well, as the service has it.
  const byCollection = sites.find(
    (site) => site.guid === wanted || (wanted.includes(',') && site.guid === collection),
  );
  return found(byId ?? byCollection ?? siteAt(tenant, key, ''), rest);
}

function found(site: Site | undefined, rest: string): SiteAddress | Refusal {
  return site === undefined
    ? refuse(404, 'itemNotFound', 'Requested site could not be found')
    : { site, rest };
}

function siteAt(tenant: Tenant, host: string, path: string): Site | undefined {
  const wanted = path.replace(/^\/+|\/+$/g, '').toLowerCase();
  return tenant.organisation.sites.find(
    (site) => site.host === host.toLowerCase() && site.path.toLowerCase() === wanted,
  );
}

export function drivesOf(tenant: Tenant, site: Site): Drive[] {
  return site.drives.flatMap((facts) => tenant.drives.get(facts.id) ?? []);
}

/** The OneDrive of a user named by object id or principal name. */
export function oneDriveOf(tenant: Tenant, user: string): Drive | Refusal {
  const wanted = user.toLowerCase();
  const person = tenant.organisation.people.find(
    (one) => one.id === wanted || one.userPrincipalName.toLowerCase() === wanted,
  );
  if (person === undefined) return refuse(404, 'Request_ResourceNotFound', 'The user does not exist.');
  const site = tenant.organisation.oneDrives.get(person.id);
  const drive = site === undefined ? undefined : drivesOf(tenant, site)[0];
  return drive ?? refusals.itemNotFound("User's mysite not found.");
}
