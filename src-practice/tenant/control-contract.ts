import { z } from 'zod';
import { cloudSchema } from '../../src-shared/model/cloud.ts';
import type { ColleagueAction } from './colleague.ts';
import type { PracticeStats } from './counters.ts';
import type { FaultSettings, FaultSettingsInput } from './fault-settings.ts';

/** A library or OneDrive of the tenant. */
export const driveFactsSchema = z.object({
  id: z.string(),
  type: z.enum(['documentLibrary', 'business']),
  name: z.string(),
  /** As a person would copy it from the browser. */
  webUrl: z.string(),
  siteId: z.string(),
  /** Server-relative, decoded, without a leading slash: what path lengths begin with. */
  path: z.string(),
  rootId: z.string(),
  files: z.number(),
  folders: z.number(),
  quotaTotal: z.number(),
  usedBytes: z.number(),
});

/** One line of the tree: everything stored, apart from Graph and its views. */
export const treeEntrySchema = z.object({
  /** From the root of the drive, with a slash in front. */
  path: z.string(),
  kind: z.enum(['folder', 'file']),
  id: z.string(),
  /** Bytes stored. */
  size: z.number(),
  /** fileSystemInfo, whole seconds, UTC. */
  created: z.string(),
  modified: z.string(),
  versions: z.number(),
  /** Address of the person, or the name of the application. */
  author: z.string(),
  editor: z.string(),
  /** quickXorHash (base64) of what is stored; files only. */
  quickXor: z.string().optional(),
  /** What was received, before any rewriting; files only. */
  original: z.object({ size: z.number(), quickXor: z.string(), sha256: z.string().optional() }).optional(),
});

export const recycledSchema = z.object({
  id: z.string(),
  path: z.string(),
  size: z.number(),
  deletedAt: z.number(),
});

/** An upload session that is open. */
export const openUploadSchema = z.object({
  /** As the `guid` in its URL says it. */
  guid: z.string(),
  /** Of the file that it is to become, from the root of the drive, with a slash in front. */
  path: z.string(),
  received: z.number(),
  /** Milliseconds since 1970, by the tenant's clock. */
  openedAt: z.number(),
});

export const logEntrySchema = z.object({
  at: z.string(),
  method: z.string(),
  url: z.string(),
  kind: z.string(),
  status: z.number(),
  ms: z.number(),
  fault: z.string().optional(),
});

export const certificateSchema = z.object({
  pem: z.string(),
  certPem: z.string(),
  keyPem: z.string(),
  thumbprintSha256: z.string(),
});

/** What stands fixed while the tenant runs. */
export const tenantFactsSchema = z.object({
  cloud: cloudSchema,
  tenantId: z.string(),
  /** SharePoint's host. */
  hostName: z.string(),
  oneDriveHost: z.string(),
  httpPort: z.number(),
  httpsPort: z.number(),
  /** Applications that are known to sign-in: app-only with any certificate or secret, and for people. */
  apps: z.object({ headless: z.string(), desktop: z.string() }),
});

/** Things that can happen at sign-in. */
export const signInActionSchema = z.discriminatedUnion('action', [
  /** All access tokens of before are expired. */
  z.object({ action: z.literal('expireTokens') }),
  /** All access tokens of before meet a claims challenge, if their client declared `cp1`. */
  z.object({ action: z.literal('challengeTokens') }),
  z.object({ action: z.literal('setTokenLifetime'), seconds: z.number().positive() }),
  /** The next sign-in fails with this AADSTS number. */
  z.object({ action: z.literal('failNext'), code: z.number().int() }),
  z.object({ action: z.literal('revoke'), user: z.string() }),
  z.object({ action: z.literal('approveDevice'), userCode: z.string(), user: z.string() }),
  z.object({ action: z.literal('declineDevice'), userCode: z.string() }),
]);

export const tokenRequestSchema = z.object({
  /** The headless app when absent. */
  clientId: z.string().exactOptional(),
  /** User principal name or object id; absent: app-only. */
  user: z.string().exactOptional(),
  resource: z.string().exactOptional(),
});

export type DriveFactsShown = z.infer<typeof driveFactsSchema>;
export type TreeEntry = z.infer<typeof treeEntrySchema>;
export type Recycled = z.infer<typeof recycledSchema>;
export type OpenUpload = z.infer<typeof openUploadSchema>;
export type ShownLogEntry = z.infer<typeof logEntrySchema>;
export type TenantFacts = z.infer<typeof tenantFactsSchema>;
export type SignInAction = z.infer<typeof signInActionSchema>;
export type TokenRequest = z.infer<typeof tokenRequestSchema>;
export type IssuedCertificate = z.infer<typeof certificateSchema>;

/** The strings behind the stage. The same in-process and over HTTP; what cannot be done rejects with an Error. */
export interface PracticeControl {
  readonly stats: () => Promise<PracticeStats>;
  readonly resetStats: () => Promise<void>;
  readonly faults: () => Promise<FaultSettings>;
  /** Replaces all fault settings; what is not named is off. */
  readonly setFaults: (settings: FaultSettingsInput) => Promise<FaultSettings>;
  readonly drives: () => Promise<readonly DriveFactsShown[]>;
  /** Everything in a drive, parents before children. */
  readonly tree: (driveId: string) => AsyncIterable<TreeEntry>;
  /** Upload sessions of all drives that are open now. */
  readonly uploads: () => Promise<readonly OpenUpload[]>;
  readonly recycleBin: (driveId: string) => Promise<readonly Recycled[]>;
  /** Does what a colleague does; gives the id of the item (or of the drive). */
  readonly act: (action: ColleagueAction) => Promise<string>;
  readonly log: () => Promise<readonly ShownLogEntry[]>;
  /** Turns the tenant's clock forward. Throttling, sessions, tokens and URLs go by it. */
  readonly advanceClock: (ms: number) => Promise<void>;
  readonly signIn: (action: SignInAction) => Promise<void>;
  /** An access token without a sign-in. */
  readonly token: (request?: TokenRequest) => Promise<string>;
  /** A certificate that the headless app may sign in with (it takes any). */
  readonly certificate: () => Promise<IssuedCertificate>;
}
