import { seedNumber } from '../random.ts';
import type { Drive } from './drive.ts';
import type { DriveItem } from './drive-item.ts';
import type { Tenant } from './tenant.ts';

/** Download URLs are good for an hour. */
const LIFE_SECONDS = 3600;

/** A pre-authenticated address of a file's bytes, on the origin that the caller used. */
export function downloadUrl(tenant: Tenant, drive: Drive, item: DriveItem, origin: string): string {
  // Rounded up to ten minutes: the same address for a while, and no hash to reckon again for each listing.
  const until = (Math.floor(tenant.clock.now() / 600_000) + 1) * 600 + LIFE_SECONDS;
  const site = drive.facts.path.split('/').slice(0, -1).map(encodeURIComponent);
  const path = ['', ...site, '_layouts', '15', 'download.aspx'].join('/');
  const query = `drive=${drive.facts.id}&UniqueId=${item.guid}&Translate=false`;
  return `${origin}${path}?${query}&tempauth=v1.${until}.${proof(tenant, item.guid, until)}&ApiVersion=2.0`;
}

/** What the proof in a download URL is worth. */
export function checkDownloadProof(
  tenant: Tenant,
  guid: string,
  tempauth: string,
): 'good' | 'expired' | 'bad' {
  const [version, untilText = '', given] = tempauth.split('.');
  const until = Number(untilText);
  if (version !== 'v1' || given !== proof(tenant, guid, until)) return 'bad';
  return tenant.clock.now() / 1000 < until ? 'good' : 'expired';
}

/** No secret is at stake here, only that a made-up URL does not work. Cheap, since every listed file carries one. */
function proof(tenant: Tenant, guid: string, until: number): string {
  return seedNumber(`${tenant.urlSecret}/${guid}/${until}`).toString(36);
}
