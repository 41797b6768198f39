import { chmod, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { generateShare } from '../../src-practice/share/share.ts';
import { addsUp } from '../../src-shared/model/counts.ts';
import { countsSchema } from '../../src-shared/model/counts-schema.ts';
import { type CliEnd, runCli } from '../support/cli.ts';
import { type Rehearsal, rehearse } from '../support/rehearsal.ts';

const tally = z.object({ files: z.number(), folders: z.number(), others: z.number(), bytes: z.number() });
const assessmentSchema = z.object({
  state: z.string(),
  dryRun: z.literal(true),
  counts: countsSchema,
  survey: z.object({
    readiness: z.object({ ready: tally, changes: tally, blocked: tally, 'left-out': tally }),
    toCopy: z.object({ files: z.number(), bytes: z.number() }),
    tree: z.object({ files: z.number(), bytes: z.number() }),
  }),
  changes: z.object({ added: tally, gone: tally, same: tally, changed: tally, moved: tally }).optional(),
  forecasts: z.array(z.object({ agents: z.number(), seconds: z.number(), limit: z.string() })),
});

describe('convoy assess', () => {
  let folder: string;
  let stage: Rehearsal;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'convoy-assess-'));
    stage = await rehearse({ seed: 'assess', bodies: 'discard' });
    await generateShare({ directory: join(folder, 'share'), seed: 'assess', files: 300, now: Date.now() });
  }, 60_000);
  afterAll(async () => {
    await stage.close();
    await rm(folder, { recursive: true });
  });

  it('judges a share without anybody signed in: sums, readiness, forecast, and a page', async () => {
    const page = join(folder, 'page.html');
    const end = await runCli([
      'assess',
      join(folder, 'share'),
      '--json',
      '--html',
      page,
      '--data',
      join(folder, 'data'),
    ]);
    expect(end.code, end.stderr).toBe(3);
    const { counts, survey, forecasts } = assessmentSchema.parse(JSON.parse(end.stdout));
    expect(addsUp(counts, true)).toBe(true);
    expect(counts.byOutcome.copied.files).toBe(0);
    const { ready, changes, blocked } = survey.readiness;
    expect(ready.files + changes.files).toBe(counts.byOutcome.planned.files);
    expect(blocked.files).toBe(counts.byOutcome.failed.files);
    expect(changes.files).toBeGreaterThan(0);
    expect(survey.toCopy).toMatchObject({ files: counts.byOutcome.planned.files });
    expect(survey.tree.files).toBe(counts.found.files);
    expect(forecasts).toHaveLength(8);
    const html = await readFile(page, 'utf8');
    expect(html).toContain('Folders by size');
    expect(html).not.toMatch(/NaN|undefined/);
  }, 60_000);

  it.each([
    ['in no folder', 'none/page.html', 'ENOENT'],
    ['in place of a folder', 'share', 'a folder has this name'],
    ['below a file', 'share.practice-share.json/page.html', 'is no folder'],
  ])('refuses a page %s before it looks at anything', async (_what, page, why) => {
    const data = join(folder, 'data-of-no-page');
    const end = await runCli(['assess', join(folder, 'share'), '--html', join(folder, page), '--data', data]);
    expect(end.code).toBe(2);
    expect(end.stderr).toContain('(page-not-written)');
    expect(end.stderr).toContain(join(folder, page));
    expect(end.stderr).toContain(why);
    expect(end.stdout).toBe('');
  });

  it('looks again with the next call, and says what changed since', async () => {
    const source = join(folder, 'small');
    await mkdir(source);
    for (const name of ['stays.txt', 'goes.txt', 'grows.txt', 'old-name.txt'])
      await writeFile(join(source, name), name);
    const again = (): Promise<CliEnd> => runCli(['assess', source, '--json', '--data', join(folder, 'data')]);
    const first = await again();
    expect(first.code, first.stderr).toBe(0);
    expect(assessmentSchema.parse(JSON.parse(first.stdout)).changes).toBeUndefined();
    await rm(join(source, 'goes.txt'));
    await writeFile(join(source, 'grows.txt'), 'much more than it was');
    await rename(join(source, 'old-name.txt'), join(source, 'new-name.txt'));
    await writeFile(join(source, 'comes.txt'), 'new');
    const second = await again();
    expect(second.code, second.stderr).toBe(0);
    const { counts, changes } = assessmentSchema.parse(JSON.parse(second.stdout));
    expect(counts.byOutcome.planned.files).toBe(4);
    expect(changes).toMatchObject({
      added: { files: 1, bytes: 3 },
      gone: { files: 1, bytes: 8 },
      changed: { files: 1, bytes: 21 },
      moved: { files: 1, bytes: 12 },
      same: { files: 1, bytes: 9 },
    });
  }, 60_000);

  it('finds duplicates on demand, and reads them once', async () => {
    const source = join(folder, 'twins');
    await mkdir(join(source, 'below'), { recursive: true });
    for (const name of ['one.txt', 'two.txt', 'below/three.txt'])
      await writeFile(join(source, name), 'the same');
    await writeFile(join(source, 'four.txt'), 'not same');
    const look = async () => {
      const end = await runCli(['assess', source, '--duplicates', '--json', '--data', join(folder, 'data')]);
      expect(end.code, end.stderr).toBe(0);
      expect(end.stderr).toContain('duplicates.csv');
      return z.object({ duplicates: z.record(z.string(), z.unknown()) }).parse(JSON.parse(end.stdout))
        .duplicates;
    };
    expect(await look()).toMatchObject({
      groups: 1,
      files: 3,
      spare: 16,
      compared: 4,
      known: 0,
      bytesRead: 32,
    });
    expect(await look()).toMatchObject({
      groups: 1,
      files: 3,
      spare: 16,
      compared: 4,
      known: 4,
      bytesRead: 0,
    });
  }, 60_000);

  it('reads who has access on demand, writes it down, and tells the room on the volume', async () => {
    const source = join(folder, 'rights');
    await mkdir(join(source, 'closed'), { recursive: true });
    await chmod(join(source, 'closed'), 0o700);
    const end = await runCli(['assess', source, '--permissions', '--json', '--data', join(folder, 'data')]);
    expect(end.code, end.stderr).toBe(0);
    const { permissions, space } = z
      .object({
        permissions: z.object({ figures: z.object({ folders: z.number(), unread: z.number() }) }),
        space: z.object({ free: z.number(), total: z.number() }),
      })
      .parse(JSON.parse(end.stdout));
    expect(permissions.figures).toEqual({ folders: 2, unread: 0 });
    expect(space.total).toBeGreaterThan(space.free);
    const written = (name: string): string => {
      const line = end.stderr.split('\n').find((one) => one.endsWith(name));
      return line?.replace('Report:', '').trim() ?? '';
    };
    const csv = await readFile(written('permissions.csv'), 'utf8');
    expect(csv.replace('\ufeff', '').split('\r\n')[0]).toMatch(/^path,kind,owner,/);
    expect(await readFile(written('findings.csv'), 'utf8')).toContain('severity,code,title');
    const [head, row] = (await readFile(written('scan.csv'), 'utf8')).replace('\ufeff', '').split('\r\n');
    expect((head ?? '').split(',').length).toBe((row ?? '').split(',').length);
  }, 60_000);

  it('writes nothing to a destination that is named, and judges by its path', async () => {
    const to = stage.address('assessed/deep folder');
    const end = await stage.assess(join(folder, 'share'), to).ended;
    expect(end.code, end.stderr).toBe(3);
    const { counts } = assessmentSchema.parse(JSON.parse(end.stdout));
    expect(addsUp(counts, true)).toBe(true);
    expect(await stage.stored('assessed')).toEqual([]);
  }, 60_000);

  it('ends with a code where there is nothing to look at', async () => {
    const end = await runCli(['assess', join(folder, 'none'), '--data', join(folder, 'data')]);
    expect(end.code).toBe(1);
    expect(end.stderr).toContain('(source-missing)');
  });
});
