import { link, mkdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EngineRig } from '../../engine/engine-rig.ts';
import { openInlineSource } from '../../engine/inline-source.ts';
import type { Source } from '../../source/source.ts';
import { duplicatesHtml, duplicatesText } from './duplicate-texts.ts';
import { type Duplicates, findDuplicates } from './find-duplicates.ts';

const LARGE = 200_000;

describe('duplicates of a source', () => {
  let rig: EngineRig;
  let opened: string[] = [];
  beforeEach(async () => {
    rig = await EngineRig.make();
    rig.settings = { dryRun: true };
    opened = [];
  });
  afterEach(() => rig.end());

  /** As an assessment leaves its journal; and the files that were opened. */
  async function look(run: number, parts: { source?: Source; least?: number; signal?: AbortSignal } = {}) {
    await rig.run(run);
    return find(parts, run);
  }

  async function find(parts: { source?: Source; least?: number; signal?: AbortSignal } = {}, run = 0) {
    const file = join(rig.folder, 'duplicates.csv');
    const { source = openInlineSource(rig.tree), least = 1, signal = new AbortController().signal } = parts;
    const found: Duplicates = await findDuplicates(
      {
        journalFile: join(rig.folder, 'task.db'),
        run,
        hashesFile: join(rig.folder, 'hashes.db'),
        source: {
          open(path) {
            opened.push(path);
            return source.open(path);
          },
        },
        file,
        now: 1,
      },
      { leastBytes: least, signal },
    );
    const rows: Record<string, string>[] = parse(await readFile(file, 'utf8'), { columns: true, bom: true });
    return { found, rows, groups: Object.groupBy(rows, (row) => row['group'] ?? '') };
  }

  function large(end: string, beginning = 'x'): Uint8Array {
    const bytes = Buffer.alloc(LARGE, beginning);
    bytes.write(end, LARGE - end.length);
    return bytes;
  }

  it('are files of the same size and the same bytes, wherever they differ', async () => {
    await rig.write({
      'a/one.bin': large('same'),
      'b/two.bin': large('same'),
      'b/three.bin': large('same'),
      'c/other end.bin': large('diff'),
      'c/other beginning.bin': large('same', 'y'),
      'c/alone.bin': Buffer.alloc(77, 1),
      'd/small 1.txt': 'four',
      'd/small 2.txt': 'four',
      'd/small 3.txt': 'five',
      'd/empty 1.txt': '',
      'd/empty 2.txt': '',
    });
    const { found, rows, groups } = await look(0);
    expect(found).toMatchObject({
      groups: 2,
      files: 5,
      spare: 2 * LARGE + 4,
      compared: 8,
      unread: 0,
      changed: 0,
    });
    expect(groups['1']?.map((row) => row['path']).sort()).toEqual(['a/one.bin', 'b/three.bin', 'b/two.bin']);
    expect(groups['2']?.map((row) => row['path']).sort()).toEqual(['d/small 1.txt', 'd/small 2.txt']);
    expect(rows).toHaveLength(5);
    expect(new Set(rows.map((row) => row['sha256'])).size).toBe(2);
    // A beginning that nobody shares is all that is read of a file, and of a size that nobody shares not even that.
    expect(opened).not.toContain('c/alone.bin');
    expect(opened.filter((path) => path === 'c/other beginning.bin')).toHaveLength(1);
    expect(duplicatesText(found).join('\n')).toContain('5 files are 2 contents');
    expect(duplicatesHtml(found)).toContain('a/one.bin');
  });

  it('reads again only what changed since the last time', async () => {
    await rig.write({ 'a.bin': large('same'), 'b.bin': large('same'), 'c.txt': 'four', 'd.txt': 'four' });
    expect((await look(0)).found).toMatchObject({ groups: 2, known: 0 });
    opened = [];
    await writeFile(join(rig.tree, 'd.txt'), 'five');
    await utimes(join(rig.tree, 'd.txt'), 1, 2);
    const { found } = await look(1);
    expect(opened).toEqual(['d.txt']);
    expect(found).toMatchObject({ groups: 1, files: 2, known: 3, compared: 4, bytesRead: 4 });
  });

  it.skipIf(process.platform === 'win32')('do not count hard links of one file, and say so', async () => {
    await rig.write({ 'one.txt': 'four', 'two.txt': 'four' });
    await link(join(rig.tree, 'one.txt'), join(rig.tree, 'another name.txt'));
    const { found, rows } = await look(0);
    expect(found).toMatchObject({ groups: 1, files: 2, spare: 4, linkedNames: 1 });
    expect(rows.map((row) => row['hard link']).sort()).toEqual(['', 'yes', 'yes']);
  });

  it('tell files that changed since they were listed, and those that cannot be read', async () => {
    await rig.write({ 'a.txt': 'four', 'b.txt': 'four', 'c.txt': 'four', 'gone.txt': 'four' });
    await rig.run(0);
    await writeFile(join(rig.tree, 'c.txt'), 'longer than it was');
    await rig.remove('gone.txt');
    const { found, groups } = await find();
    expect(found).toMatchObject({ groups: 1, files: 2, changed: 1, unread: 1 });
    expect(groups['']?.map((row) => [row['path'], row['problem']?.split(' ')[0]]).sort()).toEqual([
      ['c.txt', 'file-changed-while-read'],
      ['gone.txt', 'file-vanished'],
    ]);
  });

  it('are not looked for among offline files and files that are too small', async () => {
    await rig.write({ 'a.txt': 'four', 'b.txt': 'four', 'c.txt': 'elevenbytes', 'd.txt': 'elevenbytes' });
    rig.wrapSource = (own) => ({
      ...own,
      async *list(path) {
        for await (const batch of own.list(path))
          yield batch.ok
            ? { ok: true, value: batch.value.map((entry) => ({ ...entry, offline: entry.name === 'd.txt' })) }
            : batch;
      },
    });
    const { found } = await look(0, { least: 5 });
    expect(found).toMatchObject({ groups: 0, compared: 0, offline: 1, leastBytes: 5 });
    expect(opened).toEqual([]);
  });

  it('are as far as they were found when somebody stops it', async () => {
    await mkdir(rig.tree, { recursive: true });
    await rig.write({ 'a.txt': 'four', 'b.txt': 'four' });
    const { found } = await look(0, { signal: AbortSignal.abort() });
    expect(found.stopped?.code).toBe('stopped-by-you');
    expect(duplicatesText(found).join('\n')).toContain('Not complete');
    expect(opened).toEqual([]);
  });
});
