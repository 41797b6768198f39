import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Rehearsal, rehearse, summaryOf } from '../support/rehearsal.ts';

describe('the same, said in another way', () => {
  let stage: Rehearsal;
  let source: string;

  beforeAll(async () => {
    stage = await rehearse();
    source = join(stage.folder, 'share');
    await mkdir(source);
    for (const name of ['a.txt', 'b.txt']) await writeFile(join(source, name), name);
  });
  afterAll(() => stage.close(), 120_000);

  it('an address with other spelling is the same task, and its second run', async () => {
    const to = stage.address('spelt');
    expect((await stage.copy(source, to).ended).code).toBe(0);
    for (const same of [`${decodeURI(to)}/`, to.replace('Shared%20Documents', 'shared%20documents')]) {
      const summary = summaryOf(await stage.copy(source, same).ended);
      expect(summary.counts.byOutcome.copied.files, same).toBe(0);
      expect(summary.counts.byOutcome.present.files, same).toBe(2);
    }
  });

  it('a source whose name ends in a space is that one, and not its neighbour without', async () => {
    await mkdir(join(stage.folder, 'trail'));
    await writeFile(join(stage.folder, 'trail', 'wrong.txt'), 'x');
    const missing = await stage.copy(join(stage.folder, 'trail '), stage.address('trail')).ended;
    expect(missing.stderr).toContain('source-missing');
    await mkdir(join(stage.folder, 'trail '));
    await writeFile(join(stage.folder, 'trail ', 'right.txt'), 'x');
    expect((await stage.copy(join(stage.folder, 'trail '), stage.address('trail')).ended).code).toBe(0);
    expect((await stage.stored('trail')).map((entry) => entry.path)).toEqual(['right.txt']);
  });

  it('a reader of the output who has seen enough ends no copy', async () => {
    const run = stage.copy(source, stage.address('head'));
    run.process.stderr?.destroy();
    run.process.stdout?.destroy();
    expect((await run.ended).code).toBe(0);
    expect(await stage.stored('head')).toHaveLength(2);
  });
});
