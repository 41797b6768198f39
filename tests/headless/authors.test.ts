import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Rehearsal, rehearse, summaryOf } from '../support/rehearsal.ts';

describe('authors on the command line', () => {
  let folder: string;
  let stage: Rehearsal;
  let share: string;
  let list: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'convoy-authors-'));
    stage = await rehearse({ seed: 'authors' });
    share = join(folder, 'share');
    list = join(folder, 'people.csv');
    await mkdir(join(share, 'below'), { recursive: true });
    for (const path of ['a.txt', 'below/b.txt']) await writeFile(join(share, path), path);
  }, 60_000);
  afterAll(async () => {
    await stage.close();
    await rm(folder, { recursive: true });
  });

  const authors = async (): Promise<Record<string, string>> =>
    Object.fromEntries(
      (await stage.stored('authors'))
        .filter(({ kind }) => kind === 'file')
        .map(({ path, author, editor }) => [path, author === editor ? author : `${author}, ${editor}`]),
    );

  it('are set by the list that was given, once it has the owner; a wrong list is refused before anything is done', async () => {
    const to = stage.address('authors');
    await writeFile(list, 'somebody else,nobody\n');
    const wrong = await stage.copy(share, to, ['--authors', '--people', list]).ended;
    expect(wrong.code).toBe(2);
    expect(wrong.stderr).toContain('row 1: "nobody" is no sign-in name');

    await writeFile(list, 'CONTOSO\\nobody,bob@contoso.example,FALSE\n');
    const first = await stage.copy(share, to, ['--authors', '--people', list]).ended;
    expect(first.code, first.stderr).toBe(0);
    expect(first.stderr).toContain('People: 1 of the list');
    expect(summaryOf(first).counts.byCode['owner-not-mapped']?.items).toBe(2);
    expect(await authors()).toEqual({ 'a.txt': 'SharePoint App', 'below/b.txt': 'SharePoint App' });

    // The owner of all files here, by account and by number. That authors are wanted is kept with the task.
    const { username, uid } = userInfo();
    await writeFile(list, `${username},bob@contoso.example,FALSE\n${uid},bob@contoso.example,FALSE\n`);
    const calls = join(folder, 'calls.ndjson');
    const second = summaryOf(await stage.copy(share, to, ['--people', list, '--record', calls]).ended);
    expect(second.counts.byOutcome.present.files).toBe(2);
    expect(second.counts.byCode['owner-not-mapped']).toBeUndefined();
    expect(await authors()).toEqual({ 'a.txt': 'bob@contoso.example', 'below/b.txt': 'bob@contoso.example' });
    const lines = (await readFile(calls, 'utf8')).trim().split('\n');
    expect(lines.join('\n')).not.toMatch(/tempauth|Bearer/);
    const recorded = lines.map((line) =>
      z.object({ call: z.string(), came: z.object({}) }).parse(JSON.parse(line)),
    );
    expect(recorded.map(({ call }) => call)).toContain('setAuthors');
    expect(recorded.map(({ call }) => call)).not.toContain('openUploads');
    // Copies, each in a process of its own.
  }, 300_000);
});
