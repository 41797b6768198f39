import { describe, expect, it } from 'vitest';
import { describeSource } from '../../../tests/conformance/source.ts';
import type { SourceEntry } from '../source.ts';
import type { SyntheticOptions } from './options.ts';
import { openSyntheticSource, type SyntheticSource } from './synthetic-source.ts';

const small: SyntheticOptions = { seed: 7, files: 3_000, folders: 120, fanOut: 6 };

describeSource('synthetic', async () => {
  const source = openSyntheticSource(small);
  const { written } = source;
  return {
    source,
    write: async (path, content, modified) => written.file(path, content, modified),
    makeFolder: async (path) => written.folder(path),
    async link(path) {
      written.link(path);
      return true;
    },
    remove: async (path) => written.remove(path),
    async whileForbidden(path, work) {
      written.forbid(path);
      await work();
      written.allow(path);
      return true;
    },
    at: (path) => source.at(path),
    end: () => source.close(),
  };
});

/** Everything in the tree, by path; of a folder that cannot be listed, the code. */
async function walk(source: SyntheticSource): Promise<Map<string, SourceEntry | string>> {
  const found = new Map<string, SourceEntry | string>();
  const folders = [''];
  for (let path = folders.pop(); path !== undefined; path = folders.pop()) {
    for await (const batch of source.list(path)) {
      if (!batch.ok) found.set(path, batch.problem.code);
      for (const entry of batch.ok ? batch.value : []) {
        const below = path === '' ? entry.name : `${path}/${entry.name}`;
        expect(found.has(below)).toBe(false);
        found.set(below, entry);
        if (entry.kind === 'folder') folders.push(below);
      }
    }
  }
  return found;
}

const isFile = (entry: SourceEntry | string): entry is SourceEntry =>
  typeof entry !== 'string' && entry.kind === 'file';

async function bytesOf(source: SyntheticSource, path: string, from = 0, count = 1e6): Promise<Uint8Array> {
  const file = await source.open(path);
  if (!file.ok) throw new Error(file.problem.code);
  const into = new Uint8Array(count);
  const read = await file.value.read(into, from);
  await file.value.close();
  return into.subarray(0, read.ok ? read.value : 0);
}

describe('a tree from a seed', () => {
  it('has exactly the files and folders that were asked for, all numbers different', async () => {
    const found = [...(await walk(openSyntheticSource(small))).values()];
    const files = found.filter(isFile);
    expect(files).toHaveLength(3_000);
    expect(found).toHaveLength(3_120);
    const ids = new Set(found.map((entry) => (typeof entry === 'string' ? entry : entry.fileId)));
    expect(ids.size).toBe(3_120);
  });

  it('is the same each time, and another one from another seed', async () => {
    const [a, again, other] = await Promise.all(
      [small, small, { ...small, seed: 8 }].map((options) => walk(openSyntheticSource(options))),
    );
    expect(again).toEqual(a);
    expect(other).not.toEqual(a);
    expect(other?.size).toBe(a?.size);
  });

  it('looks like a file server: sizes from nothing to large, folders of different width, depth', async () => {
    const found = await walk(openSyntheticSource(small));
    const sizes = [...found.values()]
      .filter(isFile)
      .map(({ size }) => size)
      .sort((a, b) => a - b);
    expect(sizes[1_500]).toBeGreaterThan(30_000);
    expect(sizes[1_500]).toBeLessThan(50_000);
    expect(sizes[0]).toBeLessThan(500);
    expect(sizes.at(-1)).toBeGreaterThan(5_000_000);
    const depth = Math.max(...[...found.keys()].map((path) => path.split('/').length));
    expect(depth).toBe(4);
    for (const entry of [...found.values()].filter(isFile)) {
      expect(entry.created).toBeLessThanOrEqual(entry.modified);
    }
  });

  it('of ten million files answers anywhere at once', async () => {
    const source = openSyntheticSource({ seed: 1, files: 10_000_000, folders: 200_000, fanOut: 10 });
    let path = '';
    let depth = 0;
    for (; depth < 20; depth += 1) {
      const entries: SourceEntry[] = [];
      for await (const batch of source.list(path)) if (batch.ok) entries.push(...batch.value);
      const last = entries.findLast((entry) => entry.kind === 'folder');
      const file = entries.find((entry) => entry.kind === 'file');
      if (file)
        expect((await bytesOf(source, `${path}/${file.name}`.replace(/^\//, ''), 0, 10)).length).toBe(10);
      if (!last) break;
      path = path === '' ? last.name : `${path}/${last.name}`;
    }
    expect(depth).toBe(5);
  });

  it('has bytes that can be read in any parts', async () => {
    const source = openSyntheticSource(small);
    const [path = '', entry] =
      [...(await walk(source))].find(([, some]) => isFile(some) && some.size > 20_000) ?? [];
    const size = entry && isFile(entry) ? entry.size : 0;
    const whole = await bytesOf(source, path);
    expect(whole).toHaveLength(size);
    const parts = [];
    for (let at = 0; at < size; at += 4_093) parts.push(await bytesOf(source, path, at, 4_093));
    expect(Buffer.concat(parts).equals(whole)).toBe(true);
    expect(new Set(whole).size).toBe(256);
    expect(Buffer.from(whole).equals(await bytesOf(openSyntheticSource(small), path))).toBe(true);
  });

  it('has names that need changing, as many as were asked for', async () => {
    const found = await walk(openSyntheticSource({ ...small, oddNames: 0.1 }));
    const names = [...found]
      .filter(([, entry]) => isFile(entry))
      .map(([path]) => path.split('/').at(-1) ?? '');
    const odd = names.filter((name) => /^( |~)|[?:"*]/.test(name)).length;
    expect(odd).toBeGreaterThan(250);
    expect(odd).toBeLessThan(350);
  });
});

describe('the next generation of a tree', () => {
  const changes = { changed: 0.1, added: 0.05, deleted: 0.02 };

  it('has changed, new and deleted files, and everything else as it was', async () => {
    const source = openSyntheticSource({ ...small, changes });
    const before = await walk(source);
    source.generation = 2;
    const after = await walk(source);
    const common = [...before].filter(([path]) => after.has(path));
    const changed = common.filter(([path, entry]) => {
      const now = after.get(path);
      return isFile(entry) && now && isFile(now) && now.modified !== entry.modified;
    });
    const deleted = before.size - common.length;
    const added = after.size - common.length;
    expect(changed.length).toBeGreaterThan(220);
    expect(changed.length).toBeLessThan(370);
    expect(deleted).toBeGreaterThan(30);
    expect(deleted).toBeLessThan(90);
    expect(added).toBeGreaterThan(100);
    expect(added).toBeLessThan(200);
    const path = changed[0]?.[0] ?? '';
    const now = await bytesOf(source, path, 0, 100);
    source.generation = 1;
    expect(Buffer.from(await bytesOf(source, path, 0, 100)).equals(now)).toBe(false);
    expect(await walk(source)).toEqual(before);
  });

  it('is seen by a file that is open', async () => {
    const source = openSyntheticSource({ ...small, changes: { ...changes, changed: 1, deleted: 0 } });
    const [path = ''] = [...(await walk(source))].find(([, entry]) => isFile(entry)) ?? [];
    const file = await source.open(path);
    if (!file.ok) throw new Error(file.problem.code);
    const before = await file.value.fingerprint();
    source.generation = 2;
    const after = await file.value.fingerprint();
    expect(before.ok && after.ok && before.value.modified !== after.value.modified).toBe(true);
    expect(before.ok && after.ok && before.value.fileId === after.value.fileId).toBe(true);
  });
});

describe('what goes wrong on demand', () => {
  it('some folders cannot be listed, some files cannot be opened', async () => {
    const faults = { unreadableFolders: 0.2, vanishedFiles: 0.1, lockedFiles: 0.1, unreadableFiles: 0.1 };
    const source = openSyntheticSource({ ...small, faults });
    const found = await walk(source);
    const codes: Record<string, number> = {};
    for (const [path, entry] of found) {
      const opened = isFile(entry) ? await source.open(path) : undefined;
      const code = typeof entry === 'string' ? entry : opened && !opened.ok ? opened.problem.code : undefined;
      if (code) codes[code] = (codes[code] ?? 0) + 1;
    }
    expect(Object.keys(codes).sort()).toEqual([
      'file-in-use',
      'file-unreadable',
      'file-vanished',
      'folder-unreadable',
    ]);
    expect(found.get('')).toBeUndefined();
  });

  it('the network breaks with a call and is back after some more', async () => {
    const source = openSyntheticSource({ ...small, line: { outage: { fromCall: 1, calls: 2 } } });
    const answers = [];
    for (let call = 0; call < 4; call += 1) answers.push((await source.probe()).ok);
    expect(answers).toEqual([true, false, false, true]);
    source.line.connected = false;
    const file = await source.open('x');
    expect(!file.ok && file.problem.code).toBe('source-unreachable');
  });

  it('each call takes its time, and the server works on so many at once', async () => {
    const slept: number[] = [];
    let asleep = 0;
    let most = 0;
    const sleep = async (ms: number): Promise<void> => {
      slept.push(ms);
      asleep += 1;
      most = Math.max(most, asleep);
      await new Promise((resolve) => setImmediate(resolve));
      asleep -= 1;
    };
    const source = openSyntheticSource({ ...small, line: { latencyMs: 5, servedAtOnce: 3 } }, sleep);
    await Promise.all(Array.from({ length: 10 }, () => source.probe()));
    expect(slept).toEqual(Array.from({ length: 10 }, () => 5));
    expect(most).toBe(3);
    expect(source.line.calls).toBe(10);
    expect(source.line.mostInFlight).toBe(10);
  });
});
