import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Rehearsal, rehearse, summaryOf } from '../support/rehearsal.ts';

const importedSchema = z.object({
  rows: z.number(),
  made: z.number(),
  ready: z.number(),
  thereAlready: z.number(),
  refused: z.number(),
  notReached: z.number(),
  layout: z.string(),
  encoding: z.string(),
  tasks: z.array(
    z.object({ line: z.number(), state: z.string(), faults: z.array(z.object({ code: z.string() })) }),
  ),
});

describe('convoy import', () => {
  let stage: Rehearsal;
  let site: string;
  let list: string;
  const share = (name: string): string => join(stage.folder, name);
  beforeAll(async () => {
    stage = await rehearse({ seed: 'import' });
    site = `https://${stage.tenant.hostName}/sites/archive`;
    for (const name of ['one', 'two']) {
      await mkdir(share(name));
      await writeFile(join(share(name), 'a.txt'), name);
    }
    list = join(stage.folder, 'list.csv');
    const rows = [
      ['source', 'site', 'library', 'folder', 'name', 'colour'],
      [share('one'), site, 'Documents', 'One', '', 'red'],
      [` ${share('two')}`, site, 'Shared Documents', 'Zwölf/Zwei', '=2', ''],
      [share('three'), site, 'Documents', '', '', ''],
      [share('one'), `${site}s`, 'Documents', '', '', ''],
      [share('one'), site, 'No such library', '', '', ''],
      [share('one'), `${site}/`, 'documents', 'one', '', ''],
      ['', site, '', '', '', ''],
    ];
    // As Excel in Germany writes it.
    await writeFile(list, Buffer.from(rows.map((row) => row.join(';')).join('\r\n'), 'latin1'));
  }, 60_000);
  afterAll(() => stage.close());

  async function imported(...more: readonly string[]) {
    const end = await stage.command('import', [...more, '--json']).ended;
    return { code: end.code, ...importedSchema.parse(JSON.parse(end.stdout)) };
  }

  const codes = (tasks: z.infer<typeof importedSchema>['tasks']): Record<number, string[]> =>
    Object.fromEntries(tasks.map(({ line, faults }) => [line, faults.map(({ code }) => code)]));

  const EXPECTED = {
    2: [],
    3: ['import-stray-spaces'],
    4: ['source-missing'],
    5: ['site-not-found'],
    6: ['library-not-found'],
    7: ['import-same-row-twice'],
    8: ['import-source-missing'],
  };

  it('checks every row at both its ends, and makes nothing when it is only to look', async () => {
    // An assessment of the same is no task that copies it.
    await stage.assess(share('one'), `${site}/Documents/One`).ended;
    const seen = await imported(list, '--check');
    expect(seen).toMatchObject({ code: 3, rows: 7, ready: 2, made: 0, refused: 5 });
    expect(seen).toMatchObject({ layout: 'by-header', encoding: 'windows-1252' });
    expect(codes(seen.tasks)).toEqual(EXPECTED);
  }, 60_000);

  it('makes a task of each row that is in order, and writes the others to be mended', async () => {
    const left = join(stage.folder, 'left.csv');
    const end = await stage.command('import', [list, '--corrected', left]).ended;
    expect(end.code, end.stderr).toBe(3);
    expect(end.stdout).toContain('7 rows: 2 made, 5 not in order.');
    expect(end.stdout).toContain('line 4, not made: The source does not exist');
    expect(end.stdout).toContain('file: A column of the file is not used (colour)');
    const text = await readFile(left, 'utf8');
    expect(text.split('\r\n').filter(Boolean)).toHaveLength(6);

    await mkdir(share('three'));
    const mended = text
      .replaceAll('/sites/archives', '/sites/archive')
      .replace('No such library', 'Documents');
    await writeFile(left, mended);
    const again = await imported(left);
    // Two of the mended rows say the same by now.
    expect([again.made, again.refused], JSON.stringify(again)).toEqual([2, 2]);
    // The same list once more changes nothing.
    expect(await imported(list)).toMatchObject({ made: 0, thereAlready: 4 });
  }, 120_000);

  it('makes tasks that a copy of the same goes on with', async () => {
    const to = encodeURI(`${site}/Shared Documents/Zwölf/Zwei`);
    const summary = summaryOf(await stage.copy(share('two'), to).ended);
    expect(summary.counts.byOutcome.copied.files).toBe(1);
    expect((await stage.stored('Zwölf/Zwei')).map(({ path }) => path)).toEqual(['a.txt']);
  }, 60_000);

  it('asks the process that is at work with the folder', async () => {
    const screen = stage.command('serve', ['--port', '0']);
    await screen.said('Screen:');
    expect(await imported(list)).toMatchObject({ made: 0, thereAlready: 4 });
    screen.kill('SIGTERM');
    await screen.ended;
  }, 60_000);

  it('ends at Ctrl+C with what is made, and goes on when it is said again', async () => {
    const ROWS = 200;
    const long = join(stage.folder, 'long.csv');
    const rows = Array.from({ length: ROWS }, (_, i) => `${share('one')},${site}/Documents/Long ${i}`);
    await writeFile(long, rows.join('\n'));
    await stage.tenant.control.setFaults({ latencyMs: { min: 300, max: 300 } });
    const running = stage.command('import', [long, '--json']);
    await running.said(/\d+ of 200 rows/);
    running.kill('SIGINT');
    const end = await running.ended;
    await stage.tenant.control.setFaults({ latencyMs: { min: 0, max: 0 } });
    expect([end.code, end.stderr]).toEqual([4, expect.stringContaining('The tasks that are made stay')]);
    const { made, notReached } = importedSchema.parse(JSON.parse(end.stdout));
    expect(made).toBeGreaterThan(0);
    expect(made + notReached).toBe(ROWS);
    expect(await imported(long)).toMatchObject({ code: 0, made: notReached, thereAlready: made });
  }, 120_000);

  it('refuses what is no list, and has one to begin with', async () => {
    const bad = join(stage.folder, 'bad.csv');
    await writeFile(bad, 'a,b,c,d\n');
    const end = await stage.command('import', [bad]).ended;
    expect([end.code, end.stderr]).toEqual([1, expect.stringContaining('cannot be read as a list of tasks')]);
    const none = await stage.command('import', []).ended;
    expect(none.code).toBe(2);
    const template = await stage.command('import', ['--template']).ended;
    expect(template.stdout).toContain('source,site,library,folder,name');
  }, 60_000);
});
