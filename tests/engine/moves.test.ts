import { mkdir, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addsUp } from '../../src-shared/model/counts.ts';
import { type PracticeRig, type PracticeRun, practiceRig } from './practice-rig.ts';

let rig: PracticeRig;
let source: string;
beforeEach(async () => {
  rig = await practiceRig({ bodies: 'discard' });
  source = join(rig.folder, 'share');
});
afterEach(() => rig.end());

const at = Date.UTC(2026, 5, 1, 8, 0, 30) / 1_000;

async function write(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(source, path)), { recursive: true });
    await writeFile(join(source, path), content);
    await utimes(join(source, path), at, at);
  }
}

const move = (from: string, to: string): Promise<void> => rename(join(source, from), join(source, to));

/** A second run after a change, what it was asked for by kind, and what was there before it by path. */
async function secondRun(
  change: () => Promise<void>,
): Promise<PracticeRun & { readonly byKind: Readonly<Record<string, number>> }> {
  await rig.run(0, source);
  await change();
  const { control } = rig.graph.tenant;
  await control.resetStats();
  const run = await rig.run(1, source);
  expect(run.end).toEqual({ how: 'done' });
  expect(addsUp(run.counts, true)).toBe(true);
  const stats = await control.stats();
  expect(stats).toMatchObject({ fragmentsSentTwice: 0, bytesSentTwice: 0 });
  return { ...run, byKind: stats.byKind };
}

describe('what was renamed or moved at the source, practice tenant', () => {
  it('a file that is renamed is one request, and one that is moved another', async () => {
    await write({ 'report.docx': 'a report', 'in/b.txt': 'two', 'other/c.txt': 'three' });
    const ids = async () => new Map([...(await rig.stored())].map(([path, { id }]) => [path, id]));
    let before = new Map<string, string>();
    const { counts, byKind } = await secondRun(async () => {
      before = await ids();
      await move('report.docx', 'final report.docx');
      await move('in/b.txt', 'other/b.txt');
    });
    // Besides, the two folders get the times that they have at the source now, in one batch.
    expect(byKind).toMatchObject({ patch: 2 + 2, batch: 1 });
    expect(byKind['createUploadSession'] ?? 0).toBe(0);
    expect(byKind['fragment'] ?? 0).toBe(0);
    expect(counts.byCode).toEqual({ 'moved-at-destination': { items: 2, bytes: 11 } });
    const after = await rig.stored();
    expect(after.get('final report.docx')).toMatchObject({ versions: 1, id: before.get('report.docx') });
    expect(after.get('other/b.txt')).toMatchObject({ versions: 1, id: before.get('in/b.txt') });
    expect([...after.keys()].sort()).toEqual([
      'final report.docx',
      'in',
      'other',
      'other/b.txt',
      'other/c.txt',
    ]);
    expect(counts.byGrade).toMatchObject({ rewritten: { files: 1 }, identical: { files: 2 } });
  });

  it('a folder with 100 files is a look and one request, also into a folder that is new', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 100 }, (_, i) => [`old/${i % 4}/${i}.txt`, `${i}`]),
    );
    await write({ ...files, 'stays.txt': 'stays' });
    const { counts, byKind } = await secondRun(async () => {
      await mkdir(join(source, 'archive'));
      await move('old', 'archive/2025');
    });
    expect(byKind).toMatchObject({ patch: 1, createFolder: 1 });
    expect((byKind['createUploadSession'] ?? 0) + (byKind['fragment'] ?? 0)).toBe(0);
    expect(counts.byOutcome).toMatchObject({ copied: { files: 0, folders: 1 }, present: { files: 101 } });
    const stored = await rig.stored();
    expect(stored.get('archive/2025/3/7.txt')).toMatchObject({ versions: 1, size: 1 });
    expect([...stored.keys()].filter((path) => path.startsWith('old'))).toEqual([]);
    expect([...stored.values()].every(({ versions }) => versions === 1)).toBe(true);
    // The listing of the destination shows no child of a folder that was moved: they are known all the same.
    await rm(join(source, 'archive/2025/3/7.txt'));
    const third = await rig.run(2, source, { deletions: 'recycle' });
    expect(third.counts.byCode).toEqual({ 'recycled-at-destination': { items: 1, bytes: 1 } });
  });

  it('a move whose answer was lost with the process is not made twice', async () => {
    await write({ 'a.txt': 'one', 'old/b.txt': 'two', 'old/c.docx': 'three' });
    await rig.run(0, source);
    await move('old', 'new');
    await move('a.txt', 'new/a.txt');
    // Done at the destination, and nothing of it came into the journal.
    const { graph } = rig;
    const act = (path: string, to: string) =>
      graph.tenant.control.act({ action: 'rename', drive: graph.drive, path: `engine/${path}`, to });
    await act('old', 'new');
    const run = await rig.run(1, source);
    expect(run.counts.byCode).toEqual({ 'moved-at-destination': { items: 2, bytes: 3 } });
    expect([...(await rig.stored()).keys()].sort()).toEqual(['new', 'new/a.txt', 'new/b.txt', 'new/c.docx']);
    await move('new/c.docx', 'new/d.docx');
    await move('new/b.txt', 'new/e.txt');
    await act('new/c.docx', 'd.docx');
    await act('new/b.txt', 'e.txt');
    await graph.tenant.control.resetStats();
    const third = await rig.run(2, source);
    expect(third.counts.byCode).toEqual({ 'moved-at-destination': { items: 2, bytes: 8 } });
    expect(third.counts.byGrade).toMatchObject({ rewritten: { files: 1 }, 'size-equal': { files: 1 } });
    // The folder gets the time that it has at the source by now; nothing is moved.
    expect((await graph.tenant.control.stats()).byKind).toMatchObject({ patch: 1, batch: 1 });
    expect((await rig.run(3, source)).counts.byCode).toEqual({});
  });
});
