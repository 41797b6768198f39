import type { DriveFacts } from './drive.ts';
import type { Actor } from './drive-item.ts';
import { driveIdOf, namedGuid } from './ids.ts';
import type { GroupOption, PersonOption, SiteOption, TenantOptions } from './options.ts';

/** A site collection with its root web. */
export interface Site {
  /** `host,site collection,web`. */
  readonly id: string;
  readonly guid: string;
  readonly webGuid: string;
  readonly host: string;
  /** Server-relative without slashes at the ends; empty for the root site. */
  readonly path: string;
  readonly title: string;
  /** Libraries; the first is the default one. */
  readonly drives: readonly DriveFacts[];
  /** A OneDrive is a site that site searches do not show. */
  readonly personal: boolean;
}

export interface Person {
  readonly id: string;
  readonly displayName: string;
  readonly userPrincipalName: string;
  readonly mail: string;
  readonly accountEnabled: boolean;
  readonly onPremisesSecurityIdentifier: string | null;
  readonly onPremisesSamAccountName: string | null;
  readonly onPremisesDomainName: string | null;
  readonly onPremisesSyncEnabled: boolean | null;
  readonly proxyAddresses: readonly string[];
  readonly securityIdentifier: string;
}

export interface Group {
  readonly id: string;
  readonly displayName: string;
  readonly mail: string | null;
  readonly mailEnabled: boolean;
  readonly securityEnabled: boolean;
  readonly groupTypes: readonly string[];
  readonly onPremisesSecurityIdentifier: string | null;
  readonly onPremisesSamAccountName: string | null;
  readonly onPremisesDomainName: string | null;
  readonly securityIdentifier: string;
}

export interface Organisation {
  readonly tenantId: string;
  readonly hostName: string;
  readonly oneDriveHost: string;
  readonly sites: readonly Site[];
  readonly people: readonly Person[];
  readonly groups: readonly Group[];
  /** Site of each OneDrive by the user's object id; users without one are not in it. */
  readonly oneDrives: ReadonlyMap<string, Site>;
}

const DOMAIN_SID = 'S-1-5-21-1004336348-1177238915-682003330';

const defaultSites: readonly SiteOption[] = [
  { path: '/', title: 'Contoso', libraries: [{ name: 'Documents', urlName: 'Shared Documents' }] },
  {
    path: '/sites/archive',
    title: 'Archive',
    libraries: [{ name: 'Documents', urlName: 'Shared Documents' }],
  },
  {
    path: '/sites/finance',
    title: 'Finance',
    libraries: [{ name: 'Documents', urlName: 'Shared Documents' }, { name: 'Year End #1' }],
  },
];

const defaultPeople: readonly PersonOption[] = [
  person('alice', 'Alice Adams', 1104, true),
  person('bob', 'Bob Brown', 1105, true),
  // Never opened OneDrive: the drive is not there yet.
  person('nora', 'Nora Newcomer', 1106, false),
];

const defaultGroups: readonly GroupOption[] = [
  { displayName: 'Finance', securityEnabled: true, onPremisesSecurityIdentifier: `${DOMAIN_SID}-1201` },
  {
    displayName: 'Archive Readers',
    securityEnabled: true,
    onPremisesSecurityIdentifier: `${DOMAIN_SID}-1202`,
  },
  { displayName: 'Cloud Only', mail: 'cloudonly@contoso.example', securityEnabled: true },
];

function person(account: string, displayName: string, rid: number, oneDrive: boolean): PersonOption {
  return {
    userPrincipalName: `${account}@contoso.example`,
    displayName,
    oneDrive,
    onPremisesSecurityIdentifier: `${DOMAIN_SID}-${rid}`,
    onPremisesSamAccountName: account,
  };
}

/** The organisation that an options object describes: contoso, and what was added. Same seed, same identifiers. */
export function organisationOf(options: TenantOptions): Organisation {
  const { seed, name } = options;
  const id = (what: string): string => namedGuid(seed, what);
  const hostName = `${name}.sharepoint.practice`;
  const oneDriveHost = `${name}-my.sharepoint.practice`;
  const system: Actor = { kind: 'user', id: id('system'), displayName: 'System Account' };

  const site = (host: string, given: SiteOption, personal: Actor | undefined): Site => {
    const path = given.path.replace(/^\/+|\/+$/g, '');
    const guid = id(`site:${host}/${path}`);
    const webGuid = id(`web:${host}/${path}`);
    const siteId = `${host},${guid},${webGuid}`;
    const libraries = given.libraries ?? [{ name: 'Documents', urlName: 'Shared Documents' }];
    const drives = libraries.map((library): DriveFacts => {
      const urlName = library.urlName ?? library.name;
      const listId = id(`list:${host}/${path}/${urlName}`);
      return {
        id: driveIdOf(guid, webGuid, listId),
        listId,
        type: personal === undefined ? 'documentLibrary' : 'business',
        name: library.name,
        siteId,
        host,
        path: path === '' ? urlName : `${path}/${urlName}`,
        owner: personal ?? system,
        quotaTotal: options.quotaBytes,
      };
    });
    return {
      id: siteId,
      guid,
      webGuid,
      host,
      path,
      title: given.title,
      drives,
      personal: personal !== undefined,
    };
  };

  const given = [...defaultPeople, ...options.users];
  const people = given.map((option) => personOf(option, id(`user:${option.userPrincipalName}`)));
  const oneDrives = new Map<string, Site>();
  for (const [i, one] of people.entries()) {
    if (given[i]?.oneDrive !== true) continue;
    const folder = one.userPrincipalName.replace(/[^A-Za-z0-9]/g, '_');
    const owner: Actor = { kind: 'user', id: one.id, displayName: one.displayName, email: one.mail };
    const library = { name: 'OneDrive', urlName: 'Documents' };
    oneDrives.set(
      one.id,
      site(
        oneDriveHost,
        { path: `/personal/${folder}`, title: one.displayName, libraries: [library] },
        owner,
      ),
    );
  }
  return {
    tenantId: id('tenant'),
    hostName,
    oneDriveHost,
    sites: [
      ...[...defaultSites, ...options.sites].map((option) => site(hostName, option, undefined)),
      ...oneDrives.values(),
    ],
    people,
    groups: [...defaultGroups, ...options.groups].map((group) =>
      groupOf(group, id(`group:${group.displayName}`)),
    ),
    oneDrives,
  };
}

function personOf(option: PersonOption, id: string): Person {
  const synced = option.onPremisesSecurityIdentifier !== undefined;
  return {
    id,
    displayName: option.displayName,
    userPrincipalName: option.userPrincipalName,
    mail: option.userPrincipalName,
    accountEnabled: true,
    onPremisesSecurityIdentifier: option.onPremisesSecurityIdentifier ?? null,
    onPremisesSamAccountName: option.onPremisesSamAccountName ?? null,
    onPremisesDomainName: synced ? 'contoso.example' : null,
    onPremisesSyncEnabled: synced ? true : null,
    proxyAddresses: [`SMTP:${option.userPrincipalName}`],
    securityIdentifier: cloudSid(id),
  };
}

function groupOf(option: GroupOption, id: string): Group {
  const synced = option.onPremisesSecurityIdentifier !== undefined;
  return {
    id,
    displayName: option.displayName,
    mail: option.mail ?? null,
    mailEnabled: option.mail !== undefined,
    securityEnabled: option.securityEnabled,
    groupTypes: [],
    onPremisesSecurityIdentifier: option.onPremisesSecurityIdentifier ?? null,
    onPremisesSamAccountName: synced ? option.displayName : null,
    onPremisesDomainName: synced ? 'contoso.example' : null,
    securityIdentifier: cloudSid(id),
  };
}

/** `S-1-12-1-` and the object id as four little-endian words: how Entra makes the SID of a cloud object. */
function cloudSid(guid: string): string {
  const [a = '', b = '', c = '', d = '', e = ''] = guid.split('-');
  const last = Buffer.from(d + e, 'hex');
  const words = [
    Number.parseInt(a, 16),
    Number.parseInt(c + b, 16),
    last.readUInt32LE(0),
    last.readUInt32LE(4),
  ];
  return `S-1-12-1-${words.join('-')}`;
}
