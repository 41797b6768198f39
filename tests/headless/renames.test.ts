import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CliEnd, runCli } from '../support/cli.ts';
import { type Rehearsal, rehearse, summaryOf } from '../support/rehearsal.ts';

describe.runIf(process.platform === 'linux')('a repair plan on the command line', () => {
  let folder: string;
  let stage: Rehearsal;
  let share: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'convoy-renames-'));
    stage = await rehearse({ seed: 'renames' });
    share = join(folder, 'share');
    await mkdir(join(share, 'sub'), { recursive: true });
    for (const name of ['q:1.txt', 'Twin.txt', 'twin.txt', 'sub/=sum?.txt', 'plain.txt']) {
      await writeFile(join(share, name), name);
    }
  }, 60_000);
  afterAll(async () => {
    await stage.close();
    await rm(folder, { recursive: true });
  });

  const assess = (...more: string[]): Promise<CliEnd> =>
    runCli(['assess', share, '--data', join(folder, 'data'), ...more]);
  const planOf = async (end: CliEnd): Promise<string> => {
    const file = /(\S.*renames\.csv)$/m.exec(end.stdout)?.[1];
    if (file === undefined) throw new Error(`no plan:\n${end.stdout}\n${end.stderr}`);
    return readFile(file.replace(/^Report: /, '').trim(), 'utf8');
  };

  it('is written by an assessment, edited, and what it says is what is copied', async () => {
    const first = await assess();
    expect(first.code, first.stderr).toBe(0);
    const plan = await planOf(first);
    expect(plan).toContain('twin (2).txt');
    const edited = join(folder, 'edited.csv');
    await writeFile(edited, plan.replace(',q：1.txt,characters', ',Question 1.txt,characters'));
    expect(await readFile(edited, 'utf8')).not.toBe(plan);

    const second = await assess('--renames', edited);
    expect(second.code, second.stderr).toBe(0);
    expect(second.stderr).toContain('Names:  3 of the repair plan');
    expect(await planOf(second)).toContain('Question 1.txt');

    const to = stage.address('renamed');
    const copied = summaryOf(await stage.copy(share, to, ['--renames', edited]).ended);
    expect(copied.counts.byOutcome.copied.files).toBe(5);
    const names = async (): Promise<string[]> =>
      (await stage.stored('renamed')).map(({ path }) => path).sort();
    const expected = ['Question 1.txt', 'Twin.txt', 'plain.txt', 'sub', 'sub/=sum？.txt', 'twin (2).txt'];
    expect(await names()).toEqual(expected);
    // Kept with the task: the plan need not be given again.
    const again = summaryOf(await stage.copy(share, to).ended);
    expect(again.counts.byOutcome.present.files).toBe(5);
    expect(await names()).toEqual(expected);
  }, 60_000);

  it('with mistakes is refused before anything is done, all of them named', async () => {
    const wrong = join(folder, 'wrong.csv');
    await writeFile(
      wrong,
      'path,kind,name after\nq:1.txt,file,a?\nTwin.txt,file,Same.txt\ntwin.txt,file,same.txt\n',
    );
    const end = await runCli(['assess', share, '--data', join(folder, 'untouched'), '--renames', wrong]);
    expect(end.code).toBe(2);
    expect(end.stderr).toContain('(renames-invalid)');
    expect(end.stderr).toContain(
      'row 2, column "name after": "a?" was given; allowed is a name that SharePoint takes',
    );
    expect(end.stderr).toContain('row 4, column "name after"');
    await expect(readFile(join(folder, 'untouched', 'fleet.db'))).rejects.toThrow('ENOENT');
    const none = await assess('--renames', join(folder, 'none.csv'));
    expect(none.code).toBe(2);
    expect(none.stderr).toContain('ENOENT');
  }, 60_000);
});
