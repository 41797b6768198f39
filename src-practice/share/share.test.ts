import { createHash } from 'node:crypto';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { changeShare } from './change.ts';
import { createContents } from './content.ts';
import { markerPath } from './marker.ts';
import { generateShare, removeShare, type ShareOptions } from './share.ts';

const NOW = Date.UTC(2026, 10, 22);

let parent: string;
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'practice-share-'));
});
afterEach(() => {
  for (const name of readdirSync(parent)) {
    if (existsSync(markerPath(join(parent, name)))) removeShare(join(parent, name));
  }
  rmSync(parent, { recursive: true, force: true });
});

const make = (name = 'share', change: Partial<ShareOptions> = {}) =>
  generateShare({
    directory: join(parent, name),
    seed: 'test',
    files: 300,
    totalBytes: 8_000_000,
    largeFiles: { count: 1, bytes: 2_500_000 },
    now: NOW,
    ...change,
  });

interface Listed {
  readonly kind: 'file' | 'folder' | 'link' | 'special';
  readonly size: number;
  readonly time: bigint;
  readonly hash: string;
}

/** Everything below a folder by its path, read with nothing of the generator's own. */
const listed = (root: string): Map<string, Listed> => {
  const result = new Map<string, Listed>();
  const visit = (folder: Buffer, shown: string): void => {
    for (const name of readdirSync(folder, { encoding: 'buffer' })) {
      const path = Buffer.concat([folder, Buffer.from('/'), name]);
      const text = shown === '' ? name.toString('utf8') : `${shown}/${name.toString('utf8')}`;
      const found = lstatSync(path, { bigint: true });
      const isShut = (found.mode & 0o777n) === 0n && process.getuid?.() !== 0;
      const kind = found.isFile()
        ? 'file'
        : found.isDirectory()
          ? 'folder'
          : found.isSymbolicLink()
            ? 'link'
            : 'special';
      const content = isShut
        ? ''
        : kind === 'file'
          ? readFileSync(path)
          : kind === 'link'
            ? readlinkSync(path)
            : '';
      const hash = createHash('sha256').update(content).digest('hex');
      const size = kind === 'file' ? Number(found.size) : 0;
      result.set(text, { kind, size, time: found.mtimeNs, hash });
      if (kind === 'folder' && !isShut) visit(path, text);
    }
  };
  visit(Buffer.from(root), '');
  return result;
};

describe('generateShare', () => {
  it('makes what it says: the sums are those of the disk', async () => {
    const summary = await make();
    const found = [...listed(summary.directory).values()];
    const count = (kind: Listed['kind']): number => found.filter((entry) => entry.kind === kind).length;
    // Whoever may not look into the folder that is shut does not see the one file in it.
    const unseen = summary.readsEverything ? 0 : 1;
    expect(summary.files).toBe(301);
    expect(count('file')).toBe(summary.files - unseen);
    expect(count('folder')).toBe(summary.folders);
    expect(count('link')).toBe(summary.links);
    expect(count('special')).toBe(summary.specials);
    const bytes = found.reduce((total, entry) => total + entry.size, 0);
    if (summary.readsEverything) expect(bytes).toBe(summary.bytes);
    else expect(bytes).toBeLessThan(summary.bytes);
    expect(Object.values(summary.byKind).reduce((total, number) => total + number, 0)).toBe(
      summary.odd.length,
    );
  });

  it('makes the same tree from the same options, byte for byte and to the nanosecond', async () => {
    const [one, two, other] = [await make('one'), await make('two'), await make('other', { seed: 'else' })];
    expect(listed(two.directory)).toEqual(listed(one.directory));
    expect({ ...two, directory: '' }).toEqual({ ...one, directory: '' });
    expect(listed(other.directory)).not.toEqual(listed(one.directory));
  });

  it('names every odd entry, and each is on the disk or named as skipped', async () => {
    const summary = await make();
    const found = listed(summary.directory);
    for (const { path, kind } of summary.odd) {
      if (kind === 'inside-unreadable-folder' && !summary.readsEverything) continue;
      expect({ path, there: found.has(path) }).toEqual({ path, there: true });
    }
    if (process.platform === 'linux') expect(summary.skipped).toEqual([]);
    const kindAt = (path: string): string | undefined => found.get(`Odd things/${path}`)?.kind;
    expect(kindAt('Links/target folder/back up (a loop)')).toBe('link');
    const shut = summary.odd.find((entry) => entry.kind === 'unreadable-file');
    expect(shut?.treatment).toBe(summary.readsEverything ? 'as-is' : 'cannot');
    expect(found.get('Odd things/Odd times/moon landing 1969.txt')?.time).toBe(-14_182_940_000_000_000n);
    expect(found.get('Odd things/Odd times/last DOS date 2107.txt')?.time).toBe(4_354_819_198_000_000_000n);
    expect(((found.get('Odd things/Odd times/parts of a second.txt')?.time ?? 0n) / 1000n) % 1_000_000n).toBe(
      123_456n,
    );
  });

  it('makes a hole that takes no room, and hard links that are one file', async () => {
    const { directory } = await make();
    const sparse = lstatSync(join(directory, 'Odd things/Sparse/mostly a hole.dat'));
    expect(sparse.size).toBe(8 * 1024 * 1024);
    if (process.platform === 'linux') expect(sparse.blocks * 512).toBeLessThan(1024 * 1024);
    const [one, two] = ['one.txt', 'the same file again.txt'].map((name) =>
      lstatSync(join(directory, 'Odd things/Hard links', name)),
    );
    expect(one?.ino).toBe(two?.ino);
    expect(one?.nlink).toBe(2);
  });

  it('makes Office documents that are zips with all their parts', async () => {
    const { directory } = await make('share', { files: 600, totalBytes: 30_000_000 });
    const documents = [...listed(directory)].filter(
      ([path, { size }]) => /\.(docx|xlsx|pptx)$/.test(path) && size > 200,
    );
    const endings = new Set(documents.map(([path]) => path.slice(-4)));
    expect(endings).toEqual(new Set(['docx', 'xlsx', 'pptx']));
    for (const [path] of documents) {
      const parts = unzipSync(readFileSync(join(directory, path)));
      const types = strFromU8(parts['[Content_Types].xml'] ?? new Uint8Array());
      const declared = [...types.matchAll(/PartName="\/([^"]+)"/g)].map(([, name]) => name ?? '');
      expect(declared.length).toBeGreaterThan(0);
      for (const part of declared) expect(Object.keys(parts)).toContain(part);
      for (const [rels, body] of Object.entries(parts).filter(([name]) => name.endsWith('.rels'))) {
        const base = new URL(rels.replace('_rels/', '').replace(/[^/]*$/, ''), 'zip://x/');
        for (const [, target = ''] of strFromU8(body).matchAll(/Target="([^"]+)"/g)) {
          expect(Object.keys(parts)).toContain(new URL(target, base).pathname.slice(1));
        }
      }
    }
  });

  it('can be left without oddities', async () => {
    const summary = await make('plain', { oddities: false });
    expect([summary.files, summary.links, summary.specials, summary.odd]).toEqual([301, 0, 0, []]);
    expect(summary.bytes).toBeLessThanOrEqual(8_000_000 + 2_500_000);
  });

  it('lets a test compute any file again', async () => {
    const { directory } = await make();
    const path = 'Large files/recording 1.mp4';
    expect(readFileSync(join(directory, path)).equals(createContents('test').bytes(path, 2_500_000))).toBe(
      true,
    );
  });
});

describe('a share that is there already', () => {
  it('is left alone when it is the same', async () => {
    const first = await make();
    const before = lstatSync(join(first.directory, 'Finance'), { bigint: true }).ino;
    const second = await make();
    expect(second).toEqual({ ...first, reused: true });
    expect(lstatSync(join(first.directory, 'Finance'), { bigint: true }).ino).toBe(before);
  });

  it('is made anew when it was damaged, when it should be another, or when making it was cut short', async () => {
    const { directory } = await make();
    truncateSync(join(directory, 'Large files/recording 1.mp4'), 5);
    expect((await make()).reused).toBe(false);
    expect((await make('share', { seed: 'else' })).reused).toBe(false);
    writeFileSync(markerPath(directory), '{"version":1,"state":"making"}');
    expect((await make('share', { seed: 'else' })).reused).toBe(false);
    expect((await make('share', { seed: 'else' })).reused).toBe(true);
  });

  it("is never a folder with somebody's files in it", async () => {
    const directory = join(parent, 'mine');
    mkdirSync(directory);
    writeFileSync(join(directory, 'thesis.txt'), 'years of work');
    await expect(make('mine')).rejects.toThrow(/not empty and is not a practice share/);
    expect(() => removeShare(directory)).toThrow(/is not a practice share/);
    expect(readFileSync(join(directory, 'thesis.txt'), 'utf8')).toBe('years of work');
  });
});

describe('changeShare', () => {
  it('changes what it says, and nothing else', async () => {
    const { directory } = await make();
    const before = listed(directory);
    const changes = changeShare(directory, 7);
    const after = listed(directory);
    const files = (tree: Map<string, Listed>): [string, Listed][] =>
      [...tree].filter(([, { kind }]) => kind === 'file');

    const changed = files(after).filter(
      ([path, now]) => before.has(path) && before.get(path)?.hash !== now.hash,
    );
    expect(changed.map(([path]) => path).toSorted()).toEqual(changes.changed.toSorted());
    for (const [path, now] of changed) expect(now.time).toBeGreaterThan(before.get(path)?.time ?? now.time);
    const [sameSize = ''] = changes.changed;
    expect(after.get(sameSize)?.size).toBe(before.get(sameSize)?.size);

    const gone = files(before).flatMap(([path]) => (after.has(path) ? [] : [path]));
    expect(gone.toSorted()).toEqual(
      [...changes.deleted, ...changes.renamed.map(({ from }) => from)].toSorted(),
    );
    const come = files(after).flatMap(([path]) => (before.has(path) ? [] : [path]));
    expect(come.toSorted()).toEqual([...changes.added, ...changes.renamed.map(({ to }) => to)].toSorted());
    for (const { from, to } of changes.renamed) expect(after.get(to)).toEqual(before.get(from));
    expect(
      [changes.changed, changes.added, changes.renamed, changes.deleted].map((list) => list.length),
    ).toEqual([5, 5, 5, 5]);
  });

  it('does the same to the same share, and keeps it from being taken for unchanged', async () => {
    const [one, two] = [await make('one'), await make('two')];
    expect(changeShare(one.directory, 7)).toEqual(changeShare(two.directory, 7));
    const times = (root: string) => [...listed(root)].filter(([, { kind }]) => kind === 'file');
    expect(times(one.directory)).toEqual(times(two.directory));
    expect((await make('one')).reused).toBe(false);
  });

  it('refuses a folder that is no practice share', () => {
    expect(() => changeShare(parent, 1)).toThrow(/is not a practice share/);
  });
});
