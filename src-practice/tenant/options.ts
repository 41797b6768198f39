import { z } from 'zod';
import { FREEZE_GRACE } from './counters.ts';
import { faultSettingsSchema } from './fault-settings.ts';

const librarySchema = z.object({
  /** Title; the first library of a site is its default one. */
  name: z.string().min(1),
  /** Last part of its address; the title when absent. */
  urlName: z.string().min(1).optional(),
});

const siteSchema = z.object({
  /** Server-relative, e.g. `/sites/hr`; `/` is the root site. */
  path: z.string().startsWith('/'),
  title: z.string().min(1),
  libraries: z.array(librarySchema).min(1).optional(),
});

const personSchema = z.object({
  userPrincipalName: z.string().includes('@'),
  displayName: z.string().min(1),
  /** Whether the OneDrive is there already. */
  oneDrive: z.boolean().default(true),
  onPremisesSecurityIdentifier: z.string().startsWith('S-1-').optional(),
  onPremisesSamAccountName: z.string().optional(),
});

const groupSchema = z.object({
  displayName: z.string().min(1),
  mail: z.string().optional(),
  securityEnabled: z.boolean().default(true),
  onPremisesSecurityIdentifier: z.string().startsWith('S-1-').optional(),
});

/** How a practice tenant is to be. Everything has a default; it is read from the command line of its process too. */
export const practiceOptionsSchema = z.object({
  /** Same seed, same identifiers, same order of faults. */
  seed: z.union([z.number(), z.string()]).default('practice'),
  /** Name of the organisation: its hosts are `<name>.sharepoint.practice` and `<name>-my.sharepoint.practice`. */
  name: z
    .string()
    .regex(/^[a-z0-9]+$/)
    .default('contoso'),
  httpPort: z.number().int().min(0).max(65535).default(0),
  httpsPort: z.number().int().min(0).max(65535).default(0),
  /** Whether the cloud's Graph address is the https listener; plain http is a lot cheaper. */
  graphOverTls: z.boolean().default(false),
  /** More host names for the https certificate, e.g. `graph.microsoft.com`. */
  tlsHosts: z.array(z.string().min(1)).default([]),
  /** Keeps everything here over restarts; without it all is gone at close. */
  dataDir: z.string().min(1).optional(),
  /** `discard` keeps size and hashes only; downloads then meet 404. */
  bodies: z.enum(['disk', 'discard']).default('disk'),
  /** A second hash of what arrives, for tests that compare with the source; half of what a large file costs here. */
  sha256: z.boolean().default(true),
  /** Resource units a minute for each app; unlimited when absent. Microsoft's smallest is 1,250. */
  ruPerMinute: z.number().positive().optional(),
  /** What the bucket holds when full; one minute's worth when absent. Of another one no RateLimit headers tell. */
  ruCapacity: z.number().positive().optional(),
  /** What a fragment costs. Microsoft states no figure; "upload" is 2. */
  ruPerFragment: z.number().min(0).default(2),
  /** Where Office and web files are rewritten when saved. */
  officeRewrite: z.enum(['libraries', 'everywhere', 'never']).default('libraries'),
  /** What an upload session without conflictBehavior does to an existing file. */
  sessionConflictDefault: z.enum(['fail', 'replace', 'rename']).default('replace'),
  /** Whether the headless application may use SharePoint's own REST besides Graph. */
  sharePointRest: z.boolean().default(true),
  /** Minutes that an upload session lives after its last fragment (onedrive-api-docs #1260). */
  sessionMinutes: z.number().positive().default(15),
  /** Bytes of each library and OneDrive. */
  quotaBytes: z
    .number()
    .int()
    .min(0)
    .default(25 * 2 ** 40),
  /** Sites besides the root site, /sites/archive and /sites/finance. */
  sites: z.array(siteSchema).default([]),
  users: z.array(personSchema).default([]),
  groups: z.array(groupSchema).default([]),
  faults: faultSettingsSchema.optional(),
  /**
   * How long after a 429 or 503 went out a request may still come without counting as one during a freeze. A client
   * on a busy machine may need more to have read the answer: with ten processes on two cores, 150 ms were seen.
   */
  freezeGraceMs: z.number().min(0).default(FREEZE_GRACE),
  /** Seconds between two polls of a device sign-in; Entra says 5. */
  deviceCodeSeconds: z.number().positive().default(5),
  /** How many of the last requests `GET /practice/log` shows. */
  logSize: z.number().int().min(0).max(100_000).default(0),
});

/** What may be given. */
export type PracticeOptions = z.input<typeof practiceOptionsSchema>;
/** The same with every default filled in. */
export type TenantOptions = z.output<typeof practiceOptionsSchema>;
export type SiteOption = z.output<typeof siteSchema>;
export type PersonOption = z.output<typeof personSchema>;
export type GroupOption = z.output<typeof groupSchema>;
