import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FullSource, Source, SourceEntry } from '../../src-main/source/source.ts';
import type { Result } from '../../src-shared/model/problem.ts';
import { readSddl } from '../../src-shared/rules/access/sddl.ts';
import { QuickXorHash } from '../../src-shared/rules/quick-xor-hash.ts';

/** A folder tree that a reader under test can read, and ways to spoil it. Paths with `/`, relative to the root. */
export interface SourceFixture {
  readonly source: FullSource;
  /** Writes a file, with the folders above it; `modified` in milliseconds since 1970. */
  write(path: string, content: string, modified?: number): Promise<void>;
  makeFolder(path: string): Promise<void>;
  /** A link to a target, which may be missing. False where the system has none. */
  link(path: string, target: string): Promise<boolean>;
  remove(path: string): Promise<void>;
  /** Takes the right to read away while `work` is done. False, and nothing done, where that is impossible. */
  whileForbidden(path: string, work: () => Promise<void>): Promise<boolean>;
  /** Makes a source of the same kind at another path, relative to the root of this one. */
  at(path: string): Source;
  /** Closes the source and removes the tree. */
  end(): Promise<void>;
}

/** What every reader of sources has to do. Run for each of them. */
export function describeSource(name: string, make: () => Promise<SourceFixture>): void {
  describe(`a source: ${name}`, () => {
    let fixture: SourceFixture;
    beforeAll(async () => {
      fixture = await make();
    });
    afterAll(() => fixture.end());

    it('answers for its root', async () => {
      const probe = await fixture.source.probe();
      expect(probe.ok && probe.value.kind).toBe('folder');
    });

    it('says when its root is missing, or a file', async () => {
      await fixture.write('root-test/file.txt', 'x');
      expect(await codeOf(fixture.at('root-test/none'))).toBe('source-missing');
      expect(await codeOf(fixture.at('root-test/file.txt'))).toBe('source-not-a-folder');
    });

    it('lists what is in a folder, with sizes, times and kinds', async () => {
      await fixture.write('list/a.txt', 'hello', 1_600_000_000_000);
      await fixture.write('list/empty', '');
      await fixture.makeFolder('list/sub');
      const entries = await listAll(fixture.source, 'list');
      expect(entries.map(({ name, kind, size }) => ({ name, kind, size }))).toEqual([
        { name: 'a.txt', kind: 'file', size: 5 },
        { name: 'empty', kind: 'file', size: 0 },
        { name: 'sub', kind: 'folder', size: 0 },
      ]);
      expect(entries[0]?.modified).toBe(1_600_000_000_000);
      expect(entries[0]?.created).toBeGreaterThan(0);
    });

    it('lists the root under the empty path, and nothing in an empty folder', async () => {
      await fixture.makeFolder('nothing-in-it');
      expect((await listAll(fixture.source, '')).map((entry) => entry.name)).toContain('nothing-in-it');
      expect(await listAll(fixture.source, 'nothing-in-it')).toEqual([]);
    });

    it('hands a wide folder over in batches, each entry once', async () => {
      const names = Array.from({ length: 2_345 }, (_, i) => `file-${i}.txt`);
      for (const name of names) await fixture.write(`wide/${name}`, '');
      const seen: string[] = [];
      for await (const batch of fixture.source.list('wide')) {
        expect(batch.ok && batch.value.length).toBeLessThanOrEqual(1_000);
        if (batch.ok) seen.push(...batch.value.map((entry) => entry.name));
      }
      expect(seen.sort()).toEqual(names.sort());
    });

    it('can be left in the middle of a listing and goes on with others', async () => {
      for await (const batch of fixture.source.list('wide')) {
        expect(batch.ok).toBe(true);
        break;
      }
      expect((await listAll(fixture.source, 'list')).length).toBe(3);
    });

    it('keeps names as they are: accents in both forms, emoji, quotes', async () => {
      const names = [
        're\u0301sume\u0301.txt',
        'r\u00e9sum\u00e9.txt',
        '\u{1f600}.txt',
        "it's #1 100%.txt",
        ' x',
      ];
      for (const name of names) await fixture.write(`names/${name}`, name);
      const entries = await listAll(fixture.source, 'names');
      expect(entries.map((entry) => entry.name).sort()).toEqual(names.sort());
      expect(entries.every((entry) => entry.nameReadable)).toBe(true);
    });

    it('lists links and follows none', async () => {
      await fixture.write('links/target/file.txt', 'x');
      if (!(await fixture.link('links/folder', 'target'))) return;
      await fixture.link('links/dangling', 'nowhere');
      const kinds = (await listAll(fixture.source, 'links')).map((entry) => [entry.name, entry.kind]);
      expect(kinds).toEqual([
        ['dangling', 'link'],
        ['folder', 'link'],
        ['target', 'folder'],
      ]);
    });

    it('ends the listing of a folder that is gone, or no folder, with a problem', async () => {
      expect(await lastCode(fixture.source, 'no/such/folder')).toBe('folder-vanished');
      expect(await lastCode(fixture.source, 'list/a.txt')).toBe('folder-vanished');
    });

    it('ends the listing of a folder that may not be read with a problem', async ({ skip }) => {
      await fixture.write('forbidden/file.txt', 'x');
      const tried = await fixture.whileForbidden('forbidden', async () => {
        expect(await lastCode(fixture.source, 'forbidden')).toBe('folder-unreadable');
      });
      if (!tried) skip('rights cannot be taken away here');
    });

    it('reads any part of a file, again and again', async () => {
      await fixture.write('read/ten.txt', '0123456789');
      const file = await opened(fixture.source, 'read/ten.txt');
      expect(await readText(file, 0, 4)).toBe('0123');
      expect(await readText(file, 6, 4)).toBe('6789');
      expect(await readText(file, 0, 20)).toBe('0123456789');
      expect(await readText(file, 10, 5)).toBe('');
      await file.close();
    });

    it('reads small files in one go, each with what it was then, and says of each what it could not', async ({
      skip,
    }) => {
      const { source } = fixture;
      if (!source.readFiles) return skip('opens each by itself');
      await fixture.write('whole/a.txt', 'hello', 1_600_000_000_000);
      await fixture.write('whole/empty', '');
      await fixture.write('whole/large', 'x'.repeat(11));
      await fixture.makeFolder('whole/folder');
      const names = ['a.txt', 'none', 'empty', 'large', 'folder'];
      const paths = names.map((name) => `whole/${name}`);
      const [file, none, empty, large, folder] = await source.readFiles(paths, 10);
      if (!file?.ok || !empty?.ok) throw new Error('a file was not read');
      const same = await opened(source, 'whole/a.txt');
      expect(await same.fingerprint()).toEqual({ ok: true, value: file.value?.fingerprint });
      await same.close();
      expect(Buffer.from(file.value?.bytes ?? []).toString()).toBe('hello');
      expect(file.value?.hash).toBe(new QuickXorHash().update(Buffer.from('hello')).toBase64());
      expect([empty.value?.fingerprint.size, empty.value?.bytes.length]).toEqual([0, 0]);
      expect(large).toEqual({ ok: true, value: undefined });
      const gone = { ok: false, problem: { code: 'file-vanished' } };
      expect([none, folder]).toMatchObject([
        { ...gone, problem: { ...gone.problem, where: 'whole/none' } },
        gone,
      ]);
    });

    it('reads small files into memory that it is lent, as far as they fit', async ({ skip }) => {
      const { source } = fixture;
      if (!source.readFiles) return skip('opens each by itself');
      for (const name of ['one', 'two', 'three']) await fixture.write(`lent/${name}`, name);
      const lent = new ArrayBuffer(6);
      const files = await source.readFiles(['lent/one', 'lent/three', 'lent/two'], 10, lent);
      const read = files.map((file) => (file.ok ? file.value?.bytes : undefined) ?? new Uint8Array());
      expect(read.map((bytes) => Buffer.from(bytes).toString())).toEqual(['one', 'three', 'two']);
      // In gentle mode each is opened by itself.
      if (read[0]?.buffer.byteLength !== 6) return;
      expect(read[2]?.buffer).toBe(read[0].buffer);
      expect(read[1]?.buffer).not.toBe(read[0].buffer);
      expect(lent.byteLength).toBe(0);
    });

    it('tells by its fingerprint whether an open file changed', async () => {
      await fixture.write('read/print.txt', 'one', 1_600_000_000_000);
      const file = await opened(fixture.source, 'read/print.txt');
      const before = await file.fingerprint();
      expect(await file.fingerprint()).toEqual(before);
      await fixture.write('read/print.txt', 'three', 1_600_000_001_000);
      const after = await file.fingerprint();
      expect(before.ok && before.value.size).toBe(3);
      expect(after.ok && after.value).toMatchObject({ size: 5, modified: 1_600_000_001_000 });
      await file.close();
    });

    it('says the same of a file in a listing and when it is open', async () => {
      await fixture.write('read/same.txt', 'abc');
      const [entry] = (await listAll(fixture.source, 'read')).filter(({ name }) => name === 'same.txt');
      const file = await opened(fixture.source, 'read/same.txt');
      const print = await file.fingerprint();
      expect(print.ok && print.value).toEqual({ size: 3, modified: entry?.modified, fileId: entry?.fileId });
      await file.close();
    });

    it('says why a file cannot be opened', async () => {
      const gone = await fixture.source.open('read/none.txt');
      expect(!gone.ok && gone.problem.code).toBe('file-vanished');
      const folder = await fixture.source.open('list');
      expect(!folder.ok && folder.problem.code).toBe('file-vanished');
    });

    it('tells who has access to a file, a folder and its root, in the words of one system', async () => {
      await fixture.write('rights/file.txt', 'x');
      const systems = new Set<string>();
      for (const path of ['', 'rights', 'rights/file.txt']) {
        const rights = await fixture.source.rights(path);
        if (!rights.ok) throw new Error(`${path}: ${rights.problem.code}`);
        systems.add(rights.value.system);
        if (rights.value.system === 'posix') expect(rights.value.mode).toBeLessThanOrEqual(0o7777);
        else expect(readSddl(rights.value.sddl)?.owner).toMatch(/^S-1-|^[A-Z]{2}$/);
      }
      expect(systems.size).toBe(1);
    });

    it('says of what is gone that it is gone, when asked who has access to it', async () => {
      const gone = await fixture.source.rights('rights/none.txt');
      expect(!gone.ok && gone.problem).toMatchObject({ code: 'file-vanished', where: 'rights/none.txt' });
    });

    it('never makes a name up for a SID', async () => {
      expect(await fixture.source.principal('S-1-5-21-1-2-3-4444')).not.toMatchObject({ state: 'known' });
      expect(await fixture.source.principal('no SID at all')).not.toMatchObject({ state: 'known' });
    });

    it('tells the room on the volume of its root', async () => {
      const space = await fixture.source.space();
      if (!space.ok) throw new Error(space.problem.code);
      expect(space.value.total).toBeGreaterThan(0);
      expect(space.value.free).toBeLessThanOrEqual(space.value.total);
    });

    it('says that a file may not be read', async ({ skip }) => {
      await fixture.write('secret/file.txt', 'x');
      const tried = await fixture.whileForbidden('secret/file.txt', async () => {
        const file = await fixture.source.open('secret/file.txt');
        expect(!file.ok && file.problem.code).toBe('file-unreadable');
      });
      if (!tried) skip('rights cannot be taken away here');
    });
  });
}

async function listAll(source: Source, path: string): Promise<SourceEntry[]> {
  const entries: SourceEntry[] = [];
  for await (const batch of source.list(path)) {
    if (!batch.ok) throw new Error(`listing ${path}: ${batch.problem.code}`);
    entries.push(...batch.value);
  }
  return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function lastCode(source: Source, path: string): Promise<string | undefined> {
  let last: Result<unknown> | undefined;
  for await (const batch of source.list(path)) last = batch;
  return last && !last.ok ? last.problem.code : undefined;
}

async function codeOf(source: Source): Promise<string | undefined> {
  const probe = await source.probe();
  await source.close();
  return probe.ok ? undefined : probe.problem.code;
}

async function opened(source: Source, path: string) {
  const file = await source.open(path);
  if (!file.ok) throw new Error(`opening ${path}: ${file.problem.code}`);
  return file.value;
}

async function readText(file: Awaited<ReturnType<typeof opened>>, offset: number, length: number) {
  const into = new Uint8Array(length);
  const count = await file.read(into, offset);
  if (!count.ok) throw new Error(count.problem.code);
  return new TextDecoder().decode(into.subarray(0, count.value));
}
