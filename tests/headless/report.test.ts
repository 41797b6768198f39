import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startCli } from '../support/cli.ts';
import { type Rehearsal, rehearse } from '../support/rehearsal.ts';

const rowsSchema = z.array(z.record(z.string(), z.string()));
const writtenSchema = z.object({ file: z.string(), kind: z.string(), format: z.string(), rows: z.number() });

/** The share: one name that a spreadsheet would run, one that SharePoint does not take, one that nobody can copy. */
const share: Readonly<Record<string, string>> = {
  '=1+2.txt': 'a formula',
  'q?.txt': 'another name there',
  [`${'n'.repeat(240)}.txt`]: 'too long with all above it',
  'sub/plain.txt': 'plain',
};

describe.runIf(process.platform === 'linux')('convoy report, of two runs of one task', () => {
  let stage: Rehearsal;
  let out: string;
  let data: string;

  const report = async (...words: string[]) => {
    const end = await startCli(['report', ...words, '--data', data, '--json']).ended;
    if (end.code !== 0) throw new Error(end.stderr);
    return { code: end.code, ...writtenSchema.parse(JSON.parse(end.stdout)) };
  };
  const csvOf = async (...words: string[]) => {
    const { file, rows } = await report(...words, '--out', join(out, 'list.csv'));
    const read = rowsSchema.parse(parse(await readFile(file), { bom: true, columns: true }));
    expect(read).toHaveLength(rows);
    return read;
  };

  beforeAll(async () => {
    stage = await rehearse({ seed: 'report' });
    out = join(stage.folder, 'out');
    data = join(stage.folder, 'data');
    await mkdir(out);
    for (const [path, content] of Object.entries(share)) {
      const file = join(stage.folder, 'share', path);
      await mkdir(join(file, '..'), { recursive: true });
      await writeFile(file, content);
    }
    const address = stage.address(`R/${'d'.repeat(160)}`);
    for (let run = 0; run < 2; run += 1) {
      const { code, stderr } = await stage.copy(join(stage.folder, 'share'), address).ended;
      if (code !== 3) throw new Error(stderr);
    }
  }, 120_000);
  afterAll(() => stage.close());

  it('lists what became of every item, and its bytes are those that the tenant has', async () => {
    const items = await csvOf('items', '--all-runs');
    const first = items.filter(({ run }) => run === '0');
    expect(new Set(first.map(({ outcome }) => outcome))).toEqual(new Set(['copied', 'failed']));
    const bytes = first
      .filter(({ outcome, kind }) => outcome === 'copied' && kind === 'file')
      .reduce((sum, { size }) => sum + Number(size), 0);
    const stored = await stage.stored('R');
    expect(bytes).toBe(stored.reduce((sum, entry) => sum + (entry.kind === 'file' ? entry.size : 0), 0));
    expect(first.find(({ name }) => name === "'=1+2.txt")).toMatchObject({ path: "'=1+2.txt", kind: 'file' });

    const failures = await csvOf('failures');
    expect(failures).toEqual([expect.objectContaining({ run: '1', codes: 'path-too-long' })]);
    expect(failures[0]?.['remedy']).toMatch(/\w/);
    expect((await csvOf('renames')).map(({ path }) => path)).toContain('q?.txt');
  });

  it('adds up tasks and runs, in our columns and in those of other tools', async () => {
    const [task] = await csvOf('tasks');
    expect(task).toMatchObject({ state: 'complete-with-issues', run: '1', 'found files': '4' });
    expect(task).toMatchObject({ 'copied items': '0', 'already there items': '4', 'failed items': '1' });
    expect((await csvOf('runs', '--all-runs')).map(({ run }) => run)).toEqual(['1', '0']);

    const [aggregate] = await csvOf('migration-manager');
    expect(aggregate).toMatchObject({ Status: 'Completed with issues', 'Total scanned items': '5' });
    expect(aggregate).toMatchObject({ 'Migrated items': '4', 'Items not migrated': '1' });
    const [round1, round0] = await csvOf('spmt-summary', '--all-runs');
    expect(round0).toMatchObject({ 'Round number': '0', 'Migrated items in current round': '4' });
    expect(round1).toMatchObject({ 'Round number': '1', 'Migrated items in current round': '0' });
    expect(await csvOf('spmt-failures')).toMatchObject([{ 'Error code': 'path-too-long', Status: 'Failed' }]);
  });

  it('writes for every program, beside a Convoy that is at work with the same folder', async () => {
    const serving = stage.command('serve', []);
    await serving.said(/http:\/\/127/);
    const files = { tasks: 'tasks.xlsx', performance: 'performance.csv', audit: 'audit.jsonl' };
    try {
      for (const [kind, name] of Object.entries(files)) {
        const file = join(out, name);
        expect(await report(kind, '--out', file)).toMatchObject({ code: 0, kind, file });
      }
    } finally {
      serving.kill('SIGTERM');
      await serving.ended;
    }
    const lines = (await readFile(join(out, files.audit), 'utf8')).trimEnd().split('\n');
    const kinds = lines.map((line) => z.object({ what: z.string() }).parse(JSON.parse(line)).what);
    expect(kinds).toEqual(expect.arrayContaining(['task-created', 'run-started', 'run-ended']));
  });

  it('names a task that is not there, and says where a file cannot be written', async () => {
    const unknown = await startCli(['report', '--task', 'nothing', '--data', data]).ended;
    expect(unknown).toMatchObject({ code: 2, stderr: expect.stringContaining('no task called nothing') });
    const nowhere = await startCli(['report', '--out', '/no/such/folder/x.csv', '--data', data]).ended;
    expect(nowhere).toMatchObject({ code: 1, stderr: expect.stringContaining('/no/such/folder/x.csv') });
  });
});
