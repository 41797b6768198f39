import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addsUp } from '../../src-shared/model/counts.ts';
import { runCli } from '../support/cli.ts';
import { type Rehearsal, rehearse, summaryOf } from '../support/rehearsal.ts';

describe('filters on the command line', () => {
  let folder: string;
  let stage: Rehearsal;
  let share: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'convoy-filters-'));
    stage = await rehearse({ seed: 'filters' });
    share = join(folder, 'share');
    const files = { 'a.txt': 'a', 'film.MP4': 'film', 'big.txt': 'b'.repeat(2_000), 'Old/x/y.txt': 'y' };
    for (const [path, content] of Object.entries(files)) {
      await mkdir(dirname(join(share, path)), { recursive: true });
      await writeFile(join(share, path), content);
    }
  }, 60_000);
  afterAll(async () => {
    await stage.close();
    await rm(folder, { recursive: true });
  });

  const filters = ['--skip-extensions', 'mp4', '--max-size', '1KB', '--skip-folders', 'old'];

  it('hold for an assessment, which says what each leaves out', async () => {
    const end = await runCli(['assess', share, '--data', join(folder, 'data'), '--list-skipped', ...filters]);
    expect(end.code, end.stderr).toBe(0);
    expect(end.stderr).toContain('Filter: only files of at most 1.00 kB\n        not extensions mp4\n');
    expect(end.stdout).toMatch(/1 items +2\.00 kB {2}Left out by the filter for sizes \[size-left-out\]/);
    expect(end.stdout).toMatch(/1 items +4 B {2}Left out by the filter for extensions/);
    expect(end.stdout).toMatch(/3 items +1 B {2}Left out by the filter for folders/);
    expect(end.stdout).toContain('How long it takes (1 file, 1 B to be copied)');
  }, 60_000);

  it('hold for a copy, then for the same copy again, until others are said', async () => {
    const to = stage.address('filtered');
    const paths = async (): Promise<string[]> =>
      (await stage.stored('filtered')).map(({ path }) => path).sort();
    const first = summaryOf(await stage.copy(share, to, filters).ended);
    expect(first.counts.byOutcome['left-out']).toMatchObject({ files: 2, folders: 1, bytes: 2_004 });
    expect(addsUp(first.counts, true)).toBe(true);
    expect(await paths()).toEqual(['a.txt']);

    const again = summaryOf(await stage.copy(share, to).ended);
    expect(again.counts.byOutcome['left-out'].files).toBe(2);
    expect(await paths()).toEqual(['a.txt']);

    const other = summaryOf(await stage.copy(share, to, ['--skip-names', 'a*']).ended);
    expect(other.counts.byCode['left-out-copy-stays']?.items).toBe(1);
    expect(await paths()).toEqual(['Old', 'Old/x', 'Old/x/y.txt', 'a.txt', 'big.txt', 'film.MP4']);

    const none = summaryOf(await stage.copy(share, to, ['--no-filters']).ended);
    expect(none.counts.byOutcome.present.files).toBe(4);
    expect(none.counts.byOutcome['left-out'].files).toBe(0);
    // Four copies, each in a process of its own.
  }, 120_000);
});
