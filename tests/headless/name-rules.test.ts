import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../support/cli.ts';

interface Told {
  readonly counts: {
    readonly byOutcome: Readonly<Record<string, { readonly files: number }>>;
    readonly byCode: Readonly<Record<string, { readonly items: number }>>;
  };
  readonly survey: { readonly renames: readonly { readonly path: string; readonly name: string }[] };
}

// Windows has no such names.
describe.skipIf(process.platform === 'win32')('rules for names on the command line of an assessment', () => {
  let folder: string;
  let share: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'convoy-name-rules-'));
    share = join(folder, 'share');
    await mkdir(share);
    for (const name of ['a.txt', 'b:c.txt', 'Thumbs.db', 'old.tmp', '~$lock.docx'])
      await writeFile(join(share, name), name);
  });
  afterAll(() => rm(folder, { recursive: true }));

  async function assessed(...rules: readonly string[]): Promise<Told> {
    const end = await runCli(['assess', share, '--data', join(folder, 'data'), '--json', ...rules]);
    expect([0, 3], end.stderr).toContain(end.code);
    return JSON.parse(end.stdout);
  }

  it('hold for it, are kept for the next one, and can be changed between two', async () => {
    const usual = await assessed();
    expect(usual.survey.renames).toEqual([{ path: 'b:c.txt', name: 'b：c.txt' }]);
    expect(usual.counts.byOutcome).toMatchObject({ planned: { files: 2 }, 'left-out': { files: 3 } });

    const other = ['--replacement', '_', '--system-files', 'copy', '--temporary-files', 'copy'];
    for (const rules of [other, []]) {
      const { survey, counts } = await assessed(...rules);
      expect(survey.renames).toEqual([{ path: 'b:c.txt', name: 'b_c.txt' }]);
      expect(counts.byOutcome).toMatchObject({ planned: { files: 4 }, 'left-out': { files: 1 } });
    }

    const strict = await assessed('--names', 'fail', '--system-files', 'leave-out');
    expect(strict.counts.byOutcome).toMatchObject({ failed: { files: 1 }, planned: { files: 2 } });
    expect(strict.counts.byCode).toMatchObject({ 'name-not-allowed': { items: 1 } });
  }, 120_000);

  it('say what they take', async () => {
    const end = await runCli(['assess', share, '--data', join(folder, 'data'), '--replacement', 'x']);
    expect(end.code).toBe(2);
    expect(end.stderr).toContain('--replacement');
    expect(end.stderr).toContain('one of look-alike, _');
  }, 60_000);
});
