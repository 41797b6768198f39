import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { TreeEntry } from '../../src-practice/tenant/control-contract.ts';
import type { PracticeOptions } from '../../src-practice/tenant/options.ts';
import { type SpawnedTenant, spawnPracticeTenant } from '../../src-practice/tenant/spawn.ts';
import { type CliEnd, type CliOptions, type RunningCli, startCli } from './cli.ts';
import type { TreeFile } from './tree.ts';

const tallySchema = z.object({
  files: z.number(),
  folders: z.number(),
  others: z.number(),
  bytes: z.number(),
});

/** The parts of `--json` that trials look at: written down here once more, so that a change of it is noticed. */
export const jsonSummarySchema = z.looseObject({
  state: z.string(),
  counts: z.looseObject({
    found: tallySchema,
    byOutcome: z.object({
      copied: tallySchema,
      present: tallySchema,
      'left-out': tallySchema,
      failed: tallySchema,
      accepted: tallySchema,
      planned: tallySchema,
    }),
    byGrade: z.record(z.string(), z.object({ files: z.number(), bytes: z.number() })),
    byCode: z.record(z.string(), z.object({ items: z.number(), bytes: z.number() })),
  }),
  requests: z.number(),
  retries: z.number(),
  seconds: z.number(),
});
export type JsonSummary = z.infer<typeof jsonSummarySchema>;

/** A practice tenant in its own process, a temporary folder, and the command line pointed at both. */
export interface Rehearsal {
  readonly tenant: SpawnedTenant;
  /** A temporary folder, removed at the end. */
  readonly folder: string;
  /** Address of a folder in the default library of /sites/archive. */
  address(folder: string): string;
  /** Starts `convoy copy --json` with the tenant's sign-in. Same data folder each time unless told otherwise. */
  copy(source: string, to: string, more?: readonly string[], options?: CliOptions): RunningCli;
  /** Starts `convoy assess --json` likewise. */
  assess(source: string, to: string): RunningCli;
  /** Starts `convoy verify --json` likewise. */
  verify(more?: readonly string[]): RunningCli;
  /** Starts any other command likewise. */
  command(name: string, more: readonly string[]): RunningCli;
  /** Everything stored below a folder of that library; paths relative to it. */
  stored(folder: string): Promise<TreeEntry[]>;
  close(): Promise<void>;
}

export async function rehearse(options: PracticeOptions = {}): Promise<Rehearsal> {
  const folder = await mkdtemp(join(tmpdir(), 'convoy-trial-'));
  const tenant = await spawnPracticeTenant(options);
  const certificate = await tenant.control.certificate();
  const pem = join(folder, 'app.pem');
  const cloud = join(folder, 'cloud.json');
  await writeFile(pem, certificate.pem, { mode: 0o600 });
  await writeFile(cloud, JSON.stringify(tenant.cloud));
  const signIn = ['--tenant', tenant.tenantId, '--client-id', tenant.apps.headless, '--certificate', pem];
  const library = 'sites/archive/Shared Documents';
  return {
    tenant,
    folder,
    address: (name) => encodeURI(`https://${tenant.hostName}/${library}/${name}`),
    copy: (source, to, more = [], options = {}) =>
      startCli(
        [
          'copy',
          ...['--source', source, '--to', to, '--data', join(folder, 'data'), '--cloud', cloud, '--json'],
          ...signIn,
          ...more,
        ],
        options,
      ),
    assess: (source, to) =>
      startCli([
        'assess',
        source,
        ...['--to', to, '--data', join(folder, 'data'), '--cloud', cloud, '--json'],
        ...signIn,
      ]),
    verify: (more = []) =>
      startCli([
        ...['verify', '--data', join(folder, 'data'), '--cloud', cloud, '--json'],
        ...signIn,
        ...more,
      ]),
    command: (name, more) =>
      startCli([name, ...['--data', join(folder, 'data'), '--cloud', cloud], ...signIn, ...more]),
    async stored(name) {
      const drive = (await tenant.control.drives()).find((one) => one.path === library);
      if (drive === undefined) throw new Error('the practice tenant has no archive library');
      const entries: TreeEntry[] = [];
      const top = `/${name}/`;
      for await (const entry of tenant.control.tree(drive.id)) {
        if (entry.path.startsWith(top)) entries.push({ ...entry, path: entry.path.slice(top.length) });
      }
      return entries;
    },
    async close() {
      await tenant.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The one JSON object that `--json` prints; fails with what the process said when there is none. */
export function summaryOf(end: CliEnd): JsonSummary {
  const parsed = jsonSummarySchema.safeParse(end.stdout.trim() === '' ? undefined : JSON.parse(end.stdout));
  if (!parsed.success) {
    throw new Error(
      `no summary (code ${end.code}, signal ${end.signal}): ${parsed.error.message}\n${end.stderr}`,
    );
  }
  return parsed.data;
}

/** What was stored, in the form in which a source is read by {@link readTree}: as received, before any rewriting. */
export function asReceived(stored: readonly TreeEntry[]): TreeFile[] {
  return stored
    .flatMap(({ path, original, modified }) =>
      original === undefined
        ? []
        : [
            {
              path,
              size: original.size,
              sha256: original.sha256 ?? 'not hashed',
              modified: Date.parse(modified) / 1000,
            },
          ],
    )
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** found = the sum of all outcomes, for files, folders, others and bytes alike. */
export function sumsOf(summary: JsonSummary): { readonly found: number[]; readonly settled: number[] } {
  const { found, byOutcome } = summary.counts;
  const keys = ['files', 'folders', 'others', 'bytes'] as const;
  return {
    found: keys.map((key) => found[key]),
    settled: keys.map((key) => Object.values(byOutcome).reduce((sum, tally) => sum + tally[key], 0)),
  };
}
