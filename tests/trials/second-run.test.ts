import { utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changeShare } from '../../src-practice/share/change.ts';
import { generateShare, type ShareSummary } from '../../src-practice/share/share.ts';
import { type Rehearsal, rehearse, summaryOf, sumsOf } from '../support/rehearsal.ts';
import { seed } from '../support/seed.ts';
import { readTree } from '../support/tree.ts';

describe('a second run', () => {
  let stage: Rehearsal;
  let source: string;
  let share: ShareSummary;
  let to: string;

  beforeAll(async () => {
    stage = await rehearse({ seed });
    source = join(stage.folder, 'share');
    share = await generateShare({ directory: source, seed, files: 800, oddities: false, now: Date.now() });
    to = stage.address('twice');
    const end = await stage.copy(source, to).ended;
    expect(end.code, end.stderr).toBe(0);
  }, 120_000);

  afterAll(() => stage.close(), 120_000);

  it('with nothing changed copies nothing and asks less than once for every ten folders', async () => {
    await stage.tenant.control.resetStats();
    const summary = summaryOf(await stage.copy(source, to).ended);
    const stats = await stage.tenant.control.stats();
    expect(summary.counts.byOutcome.copied).toEqual({ files: 0, folders: 0, others: 0, bytes: 0 });
    expect(summary.counts.byOutcome.present.files).toBe(share.files);
    expect(stats.versionsMade).toBe(0);
    expect(stats.sessionsOpened).toBe(0);
    expect(stats.httpRequests).toBeLessThan(share.folders / 10);
  }, 60_000);

  it('treats changed, new, renamed, deleted and edited files as the guide says, and says so', async () => {
    const changes = changeShare(source, seed);
    const names = (await readTree(source)).map((file) => file.path);
    const touched = new Set([...changes.changed, ...changes.added, ...changes.renamed.map((one) => one.to)]);
    const untouched = names.filter((name) => !touched.has(name));
    const [editedOnly, editedBoth] = untouched.filter((name) => /\.(txt|csv|log|jpg|pdf)$/.test(name));
    if (editedOnly === undefined || editedBoth === undefined)
      throw new Error('the share has too few plain files');
    const drive = (await stage.tenant.control.drives()).find(
      (one) => one.path === 'sites/archive/Shared Documents',
    );
    if (drive === undefined) throw new Error('no library');
    for (const path of [editedOnly, editedBoth]) {
      await stage.tenant.control.act({
        action: 'edit',
        drive: drive.id,
        path: `/twice/${path}`,
        bytes: Buffer.from('a colleague wrote this').toString('base64'),
      });
    }
    await writeFile(join(source, editedBoth), 'changed at the source as well');
    const later = new Date(Date.now() - 3_600_000);
    await utimes(join(source, editedBoth), later, later);

    const end = await stage.copy(source, to).ended;
    const summary = summaryOf(end);
    const { found, settled } = sumsOf(summary);
    expect(settled).toEqual(found);
    const { byOutcome, byCode } = summary.counts;
    expect(byOutcome.copied.files).toBe(changes.changed.length + changes.added.length);
    expect(byCode['moved-at-destination']?.items).toBe(changes.renamed.length);
    expect(byCode['renamed-at-source']).toBeUndefined();
    expect(byCode['deleted-at-source']?.items).toBe(changes.deleted.length);
    expect(byCode['newer-at-destination']?.items).toBe(1);
    expect(byCode['edited-at-destination']?.items).toBe(1);
    expect(byOutcome.failed.files).toBe(1);
    expect(end.code).toBe(3);

    const stored = new Map((await stage.stored('twice')).map((entry) => [entry.path, entry]));
    for (const path of changes.changed) expect(stored.get(path)?.versions, path).toBe(2);
    for (const path of changes.added) expect(stored.get(path)?.versions, path).toBe(1);
    // Nothing is ever deleted at the destination.
    for (const path of changes.deleted) expect(stored.has(path), path).toBe(true);
    for (const one of changes.renamed)
      expect([stored.has(one.from), stored.get(one.to)?.versions]).toEqual([false, 1]);
    expect(stored.get(editedBoth)?.original?.size ?? stored.get(editedBoth)?.size).toBe(
      'a colleague wrote this'.length,
    );
  }, 60_000);
});
