import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Random, seededRandom } from '../random.ts';
import { type BodyStore, discardingBodies, diskBodies } from './bodies.ts';
import type { Clock } from './clock.ts';
import { type Organisation, organisationOf } from './contoso.ts';
import { Counters } from './counters.ts';
import { Drive, type DriveKeeper } from './drive.ts';
import type { Actor } from './drive-item.ts';
import { faultSettingsSchema } from './fault-settings.ts';
import { Faults } from './faults.ts';
import { guidRow, namedGuid } from './ids.ts';
import { noJournal, openJournal, type Remembered } from './journal.ts';
import type { TenantOptions } from './options.ts';
import { Pulse } from './pulse.ts';
import { RequestLog } from './request-log.ts';
import { ResourceUnits } from './resource-units.ts';
import { recordOfItem, restoreDrives, restoreSessions } from './restore.ts';
import { UploadSessions } from './upload-session.ts';

/** Everything that the tenant is, without its doors. */
export interface Tenant {
  readonly options: TenantOptions;
  readonly clock: Clock;
  readonly organisation: Organisation;
  /** By drive id. */
  readonly drives: ReadonlyMap<string, Drive>;
  readonly sessions: UploadSessions;
  readonly bodies: BodyStore;
  readonly counters: Counters;
  readonly pulse: Pulse;
  readonly faults: Faults;
  readonly units: ResourceUnits;
  readonly log: RequestLog;
  readonly newGuid: () => string;
  readonly random: Random;
  /** Everybody who made something so far, by id. */
  readonly actors: Map<string, Actor>;
  /** Secret in download URLs. */
  readonly urlSecret: string;
  readonly record: (record: Parameters<typeof noJournal.append>[0]) => void;
  readonly close: () => Promise<void>;
}

/** The one who works at the destination behind the back of a migration. */
export function colleagueOf(tenant: Tenant): Actor {
  const bob = tenant.organisation.people.find((one) => one.userPrincipalName.startsWith('bob@'));
  if (bob === undefined) throw new Error('the practice organisation has lost its colleague');
  return { kind: 'user', id: bob.id, displayName: bob.displayName, email: bob.mail };
}

/** Builds the tenant, with all that its data folder remembers. */
export function createTenant(options: TenantOptions, clock: Clock): Tenant {
  const kept = options.dataDir === undefined ? undefined : openJournal(options.dataDir);
  const journal = kept?.journal ?? noJournal;
  const remembered: Remembered | undefined = kept?.remembered;
  const temporary =
    options.dataDir === undefined && options.bodies === 'disk'
      ? mkdtempSync(join(tmpdir(), 'practice-tenant-'))
      : undefined;
  const bodiesDir = options.dataDir === undefined ? temporary : join(options.dataDir, 'bodies');
  const bodies =
    options.bodies === 'discard' || bodiesDir === undefined ? discardingBodies() : diskBodies(bodiesDir);
  const organisation = organisationOf(options);
  const counters = new Counters(options.freezeGraceMs);
  const pulse = new Pulse(clock.now);
  const newGuid = guidRow(options.seed, remembered?.generation ?? 0);

  const faults = new Faults(options.faults ?? faultSettingsSchema.parse({}));
  const keeper: DriveKeeper = {
    clock,
    newGuid,
    changed: (drive, item) => {
      if (kept !== undefined) journal.append(recordOfItem(drive, item));
    },
    recycled: (drive, entry) => {
      journal.append({ t: 'recycled', drive: drive.facts.id, ...entry });
    },
    versionMade: () => {
      counters.versionsMade += 1;
    },
    touchesFolders: () => faults.settings.childrenTouchFolders,
  };
  const drives = new Map<string, Drive>();
  for (const facts of organisation.sites.flatMap((site) => site.drives)) {
    drives.set(facts.id, new Drive(facts, keeper, namedGuid(options.seed, `root:${facts.id}`)));
  }
  const sessions = new UploadSessions(clock.now, (session, end) => {
    if (end === 'completed') counters.sessionsCompleted += 1;
    else if (end === 'cancelled') counters.sessionsCancelled += 1;
    else counters.sessionsExpired += 1;
    if (kept !== undefined) journal.append({ t: 'sessionEnd', guid: session.guid });
  });
  if (remembered !== undefined) {
    const items = restoreDrives(drives, remembered);
    restoreSessions({ drives, items, remembered, sessions, bodies, bodiesDir, sha256: options.sha256 });
  }

  return {
    options,
    clock,
    organisation,
    drives,
    sessions,
    bodies,
    counters,
    pulse,
    faults,
    units: new ResourceUnits(
      {
        perMinute: options.ruPerMinute,
        capacity: options.ruCapacity,
        announced: options.ruCapacity === undefined,
      },
      clock,
    ),
    log: new RequestLog(options.logSize),
    newGuid,
    random: seededRandom(options.seed),
    actors: new Map(),
    urlSecret: namedGuid(options.seed, 'download'),
    record: journal.append,
    close: async () => {
      pulse.stop();
      for (const session of sessions.all()) await session.sink?.close();
      await bodies.close();
      journal.close();
      if (temporary !== undefined) rmSync(temporary, { recursive: true, force: true });
    },
  };
}
