import { createClientCertificate } from './certificates.ts';
import { graphTime } from './clock.ts';
import { actAsColleague } from './colleague.ts';
import type { DriveFactsShown, PracticeControl, SignInAction, TreeEntry } from './control-contract.ts';
import type { PracticeStats } from './counters.ts';
import type { Drive } from './drive.ts';
import { type DriveItem, isFolder, pathSegments } from './drive-item.ts';
import { type AadstsCode, aadsts } from './entra/aadsts.ts';
import type { Entra } from './entra/entra.ts';
import { faultSettingsSchema } from './fault-settings.ts';
import { driveWebUrl } from './item-json.ts';
import type { Tenant } from './tenant.ts';

/** The control of a tenant in this process. */
export function createControl(tenant: Tenant, entra: Entra, headlessApp: string): PracticeControl {
  const driveOf = (id: string): Drive => {
    const drive = tenant.drives.get(id);
    if (drive === undefined) throw new Error(`the practice tenant has no drive ${id}`);
    return drive;
  };
  return {
    stats: async () => statsOf(tenant),
    resetStats: async () => {
      tenant.counters.reset();
      tenant.faults.counts.clear();
    },
    faults: async () => tenant.faults.settings,
    setFaults: async (settings) => {
      tenant.faults.set(faultSettingsSchema.parse(settings));
      return tenant.faults.settings;
    },
    drives: async () => [...tenant.drives.values()].map(shownDrive),
    tree: async function* (driveId) {
      const drive = driveOf(driveId);
      yield* below(drive, drive.root, '');
    },
    uploads: async () =>
      tenant.sessions.all().map(({ guid, parent, name, received, openedAt }) => ({
        ...{ guid, received, openedAt, path: `/${[...pathSegments(parent), name].join('/')}` },
      })),
    recycleBin: async (driveId) => [...driveOf(driveId).recycled],
    act: async (action) => {
      const done = await actAsColleague(tenant, action);
      if ('problem' in done) throw new Error(done.problem);
      return done.id;
    },
    log: async () => tenant.log.entries(),
    advanceClock: async (ms) => tenant.clock.advance(ms),
    signIn: async (action) => signIn(entra, action),
    token: async (request = {}) => entra.mintToken({ clientId: headlessApp, ...request }),
    certificate: async () => {
      const { pem, certPem, keyPem, thumbprintSha256 } = await createClientCertificate('convoy-practice');
      return { pem, certPem, keyPem, thumbprintSha256 };
    },
  };
}

function statsOf(tenant: Tenant): PracticeStats {
  const sessionsOpen = tenant.sessions.all().length;
  let filesWithMoreThanOneVersion = 0;
  for (const drive of tenant.drives.values()) {
    for (const item of drive.all()) {
      if (!item.deleted && item.version > 1 && !isFolder(item)) filesWithMoreThanOneVersion += 1;
    }
  }
  const faults: Record<string, number> = Object.fromEntries(tenant.faults.counts);
  return {
    ...tenant.counters.snapshot(),
    faults,
    sessionsOpen,
    filesWithMoreThanOneVersion,
  };
}

function shownDrive(drive: Drive): DriveFactsShown {
  const { id, type, name, siteId, path } = drive.facts;
  let files = 0;
  let folders = 0;
  for (const item of drive.all()) {
    if (item.deleted || item === drive.root) continue;
    if (isFolder(item)) folders += 1;
    else files += 1;
  }
  return {
    ...{ id, type, name, webUrl: driveWebUrl(drive), siteId, path, rootId: drive.root.id, files, folders },
    ...{ quotaTotal: drive.quotaTotal, usedBytes: drive.usedBytes },
  };
}

function* below(drive: Drive, folder: DriveItem, prefix: string): Generator<TreeEntry> {
  for (const item of [...drive.children(folder)]) {
    const path = `${prefix}/${item.name}`;
    yield {
      path,
      kind: isFolder(item) ? 'folder' : 'file',
      id: item.id,
      size: item.size,
      created: graphTime(item.created),
      modified: graphTime(item.modified),
      versions: item.version,
      author: item.createdBy.email ?? item.createdBy.displayName,
      editor: item.modifiedBy.email ?? item.modifiedBy.displayName,
      ...(item.content === undefined
        ? {}
        : { quickXor: item.content.quickXor, original: item.content.original }),
    };
    if (isFolder(item)) yield* below(drive, item, path);
  }
}

function signIn(entra: Entra, action: SignInAction): void {
  switch (action.action) {
    case 'expireTokens':
      entra.expireTokensNow();
      break;
    case 'challengeTokens':
      entra.challengeTokensNow();
      break;
    case 'setTokenLifetime':
      entra.setAccessTokenLifetime(action.seconds);
      break;
    case 'failNext':
      if (!isAadstsCode(action.code))
        throw new Error(`AADSTS${action.code} is not known to the practice tenant`);
      entra.failNextSignIn(action.code);
      break;
    case 'revoke':
      entra.revokeSignIns(action.user);
      break;
    case 'approveDevice':
      if (!entra.approveDevice(action.userCode, action.user)) throw new Error('no such code waits');
      break;
    case 'declineDevice':
      if (!entra.declineDevice(action.userCode)) throw new Error('no such code waits');
      break;
  }
}

function isAadstsCode(code: number): code is AadstsCode {
  return Object.hasOwn(aadsts, code);
}
