import { mkdir, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { ColleagueAction } from '../../src-practice/tenant/colleague.ts';
import type { CliEnd } from '../support/cli.ts';
import { type Rehearsal, rehearse, summaryOf } from '../support/rehearsal.ts';

const amount = z.object({ files: z.number(), folders: z.number(), bytes: z.number() });
const summarySchema = z.object({
  state: z.string(),
  noLongerComplete: z.boolean(),
  counts: z.object({
    looked: amount,
    byVerdict: z.record(z.string(), amount),
    byEvidence: z.record(z.string(), z.number()),
    moved: amount,
    touched: amount,
  }),
  others: z.number(),
  deep: z.object({ read: z.number(), bytes: z.number(), seed: z.string() }).nullable(),
});

const AT = Date.UTC(2026, 5, 1, 8) / 1_000;

function docx(text: string): Uint8Array {
  return zipSync(
    {
      '[Content_Types].xml': strToU8('<Types/>'),
      'word/document.xml': strToU8(`<w>${text}</w>`),
      'docProps/core.xml': strToU8('<cp>Eva</cp>'),
    },
    { mtime: new Date(2024, 0, 1) },
  );
}

const share: Readonly<Record<string, string | Uint8Array>> = {
  'same.txt': 'same',
  'edited.txt': 'edited',
  'deleted.txt': 'deleted',
  'renamed.txt': 'renamed',
  'q?.txt': 'another name there',
  'empty.txt': '',
  'sub/deep/inside.txt': 'inside',
  'lost folder/one.txt': 'one',
  'lost folder/two.txt': 'two',
  'report.docx': docx('words '.repeat(400)),
  'forged.docx': docx('true words'),
  'letter.msg': 'an old letter',
  'large.bin': 'x'.repeat(9_000_000),
};

describe.runIf(process.platform === 'linux')('convoy verify, after a copy into the practice tenant', () => {
  let stage: Rehearsal;
  let source: string;
  let drive: string;

  const act = (action: ColleagueAction): Promise<string> => stage.tenant.control.act(action);
  const there = (path: string): string => `verified/${path}`;
  const verify = async (...more: string[]) => {
    const end = await stage.verify(more).ended;
    const json: unknown = end.stdout === '' ? undefined : JSON.parse(end.stdout);
    return { end, summary: summarySchema.parse(json, { error: () => end.stderr }) };
  };
  const reportOf = (end: CliEnd): string => dirname(/^Report: (.+)$/m.exec(end.stderr)?.[1] ?? '');
  const files = (summary: z.infer<typeof summarySchema>) =>
    Object.fromEntries(
      Object.entries(summary.counts.byVerdict)
        .filter(([, count]) => count.files > 0)
        .map(([verdict, count]) => [verdict, count.files]),
    );

  beforeAll(async () => {
    stage = await rehearse({ seed: 'verify' });
    source = join(stage.folder, 'share');
    for (const [path, content] of Object.entries(share)) {
      const file = join(source, path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, content);
      await utimes(file, AT, AT);
    }
    const drives = await stage.tenant.control.drives();
    drive = drives.find(({ path }) => path === 'sites/archive/Shared Documents')?.id ?? '';
    await act({ action: 'edit', drive, path: there('theirs.txt'), bytes: 'QQ==' });
    const copied = await stage.copy(source, stage.address('verified'), ['--keep-hashes']).ended;
    expect(summaryOf(copied).counts.byOutcome.copied.files, copied.stderr).toBe(13);
  }, 120_000);
  afterAll(() => stage.close());

  it('finds everything as it was copied, by the listing and read back, on a bad day as well', async () => {
    await stage.tenant.control.setFaults({ mixed: 0.1, seed: 'verify' });
    await stage.tenant.control.resetStats();
    const { end, summary } = await verify('--deep');
    await stage.tenant.control.setFaults({});
    expect(end.code, end.stderr).toBe(0);
    expect(files(summary)).toEqual({ identical: 10, rewritten: 3 });
    expect(summary.counts.byVerdict['present']?.folders).toBe(3);
    expect(summary).toMatchObject({ state: 'complete', noLongerComplete: false, others: 1 });
    expect(summary.counts.byEvidence).toMatchObject({
      ...{ listing: 0, 'source-bytes': 10, 'package-parts': 2, 'recorded-hash': 0, opaque: 1 },
    });
    expect(summary.deep?.read).toBe(13);
    const stats = await stage.tenant.control.stats();
    expect(stats).toMatchObject({ retriesTooEarly: 0, requestsDuringFreeze: 0 });
    expect(stats).toMatchObject({ versionsMade: 0, sessionsOpened: 0 });
    const report = reportOf(end);
    expect((await readdir(report)).sort()).toEqual([
      ...['differences.csv', 'differences.csv.lines', 'manifest.json', 'manifest.sig'],
      ...['verification.json', 'verification.txt'],
    ]);
    // Nothing of the downloads stays.
    expect(await readdir(join(stage.folder, 'data', 'work'))).not.toContain('downloads');
  }, 120_000);

  it('reads a sample that the seed chooses', async () => {
    const one = await verify('--deep', '--sample', '40%', '--seed', 'auditor');
    const two = await verify('--deep', '--sample', '40%', '--seed', 'auditor');
    expect(one.summary.deep?.read).toBeGreaterThan(0);
    expect(one.summary.deep?.read).toBeLessThan(13);
    expect(two.summary.deep).toEqual(one.summary.deep);
    const unclear = await stage.verify(['--sample', '40%']).ended;
    expect(unclear.code).toBe(2);
    expect(await stage.verify(['--task', 'nobody']).ended).toMatchObject({ code: 2 });
  }, 120_000);

  it('says what somebody changed, deleted, renamed or forged there, and changes nothing itself', async () => {
    const bytes = Buffer.from('a colleague wrote this').toString('base64');
    await act({ action: 'edit', drive, path: there('edited.txt'), bytes });
    await act({ action: 'delete', drive, path: there('deleted.txt') });
    await act({ action: 'rename', drive, path: there('renamed.txt'), to: 'renamed by Bob.txt' });
    await act({ action: 'delete', drive, path: there('lost folder') });
    const forged = Buffer.from(docx('other words')).toString('base64');
    const modified = new Date(AT * 1_000).toISOString();
    await act({ action: 'edit', drive, path: there('forged.docx'), bytes: forged, modified });
    const before = await stage.stored('verified');

    const { end, summary } = await verify();
    expect(end.code, end.stderr).toBe(3);
    expect(files(summary)).toEqual({ identical: 6, rewritten: 3, changed: 1, missing: 3 });
    expect(summary.counts.byVerdict['missing']?.folders).toBe(1);
    expect(summary.counts.moved).toMatchObject({ files: 1, folders: 0 });
    expect(summary).toMatchObject({ state: 'complete-with-issues', noLongerComplete: true, deep: null });
    const text = await readFile(join(reportOf(end), 'verification.txt'), 'utf8');
    expect(text).toContain('What it copied is no longer all there as it was.');
    expect(text).toContain('  edited.txt: changed there since');
    expect(text).toContain('  renamed.txt: identical; now renamed by Bob.txt');
    expect(text).toContain('  lost folder/one.txt: missing; went with its folder');
    const csv = await readFile(join(reportOf(end), 'differences.csv'), 'utf8');
    expect(csv.trimEnd().split('\r\n')).toHaveLength(1 + 6);

    const deep = await verify('--deep');
    expect(files(deep.summary)).toEqual({ identical: 6, rewritten: 2, changed: 1, differs: 1, missing: 3 });
    const why = await readFile(join(reportOf(deep.end), 'verification.txt'), 'utf8');
    expect(why).toContain('  forged.docx: differs; other content than the source: word/document.xml');
    expect(await stage.stored('verified')).toEqual(before);
  }, 120_000);

  it('compares with what was recorded where the source is gone, and does not need it', async () => {
    await rm(source, { recursive: true });
    const { summary } = await verify('--deep');
    expect(files(summary)).toEqual({ identical: 6, rewritten: 3, changed: 1, missing: 3 });
    expect(summary.counts.byEvidence).toMatchObject({ 'source-bytes': 0, 'recorded-hash': 7, opaque: 3 });
  }, 120_000);
});
