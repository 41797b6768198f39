import { graphTime } from './clock.ts';
import type { Site } from './contoso.ts';
import type { Drive } from './drive.ts';
import { driveWebUrl, identitySet } from './item-json.ts';

/** A drive with its quota, as Graph shows it. */
export function driveJson(drive: Drive): Record<string, unknown> {
  const { id, type, name, owner } = drive.facts;
  const time = graphTime(drive.root.created);
  return {
    createdDateTime: time,
    description: '',
    id,
    lastModifiedDateTime: graphTime(drive.root.modified),
    name,
    webUrl: driveWebUrl(drive),
    driveType: type,
    createdBy: identitySet(owner),
    owner: identitySet(owner),
    quota: quotaJson(drive),
  };
}

function quotaJson(drive: Drive): Record<string, unknown> {
  const total = drive.quotaTotal;
  const remaining = drive.remainingBytes();
  const share = total === 0 ? 0 : remaining / total;
  const state = remaining === 0 ? 'exceeded' : share < 0.01 ? 'critical' : share < 0.1 ? 'nearing' : 'normal';
  return { deleted: drive.recycledBytes, remaining, state, total, used: drive.usedBytes };
}

export function siteJson(site: Site): Record<string, unknown> {
  return {
    createdDateTime: '2020-01-01T00:00:00Z',
    description: '',
    id: site.id,
    lastModifiedDateTime: '2020-01-01T00:00:00Z',
    name: site.path.split('/').at(-1) ?? '',
    webUrl: `https://${site.host}${site.path === '' ? '' : `/${site.path}`}`,
    displayName: site.title,
    ...(site.path === '' ? { root: {} } : {}),
    siteCollection: { hostname: site.host },
  };
}

export function listJson(drive: Drive): Record<string, unknown> {
  return {
    id: drive.facts.listId,
    name: drive.facts.path.split('/').at(-1),
    displayName: drive.facts.name,
    webUrl: driveWebUrl(drive),
    parentReference: { siteId: drive.facts.siteId },
    list: { contentTypesEnabled: false, hidden: false, template: 'documentLibrary' },
  };
}
