import { execFileSync } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSource } from '../../../src-main/source/open-source.ts';
import type { FullSource, SourceEntry } from '../../../src-main/source/source.ts';
import { connectShare } from '../../../src-main/source/win32/connection.ts';
import { FindListing } from '../../../src-main/source/win32/find-listing.ts';
import { lookUpSid } from '../../../src-main/source/win32/look-up-sid.ts';
import { namespaced } from '../../../src-main/source/win32/paths.ts';
import { openWin32Source } from '../../../src-main/source/win32/win32-source.ts';
import { accessListOf } from '../../../src-shared/rules/access/scope.ts';
import { readSddl } from '../../../src-shared/rules/access/sddl.ts';
import type { Place } from '../windows.ts';
import { holdAlone, makeFile, makeFolder, setAttributes, setModified } from './windows-files.ts';

const HIDDEN_SYSTEM = 0x2 | 0x4;
/** 1601-01-01 to 1970-01-01 in units of 100 ns. */
const TICKS_TO_1970 = 116_444_736_000_000_000n;

/** What only Windows has. @param real not Wine, whose disks are those of Linux */
export function describeCases(place: Place, real: boolean): void {
  const root = `${place.root}\\cases`;
  const behind = `${place.behind}\\cases`;
  describe(`on Windows, in ${place.root}`, () => {
    const native = namespaced(root);
    let source: FullSource;
    beforeAll(() => {
      mkdirSync(root, { recursive: true });
      source = openWin32Source(root, { threads: 2 });
    });
    afterAll(async () => {
      await source.close();
      rmSync(native, { recursive: true, force: true });
    });

    async function list(path: string): Promise<SourceEntry[]> {
      const entries: SourceEntry[] = [];
      for await (const batch of source.list(path)) {
        if (!batch.ok) throw new Error(`listing ${path}: ${JSON.stringify(batch.problem)}`);
        entries.push(...batch.value);
      }
      return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
    }

    async function readAll(path: string): Promise<string> {
      const file = await source.open(path);
      if (!file.ok) throw new Error(`opening ${path}: ${JSON.stringify(file.problem)}`);
      const into = Buffer.alloc(64);
      const count = await file.value.read(into, 0);
      await file.value.close();
      if (!count.ok) throw new Error(`reading ${path}: ${JSON.stringify(count.problem)}`);
      return into.toString('utf8', 0, count.value);
    }

    it('lists and reads below a path of more than 300 characters', async () => {
      const parts = ['long', ...Array.from({ length: 8 }, (_, i) => `${i}`.repeat(40))];
      const path = parts.join('/');
      mkdirSync(`${root}\\${parts.join('\\')}`, { recursive: true });
      writeFileSync(`${root}\\${parts.join('\\')}\\file.txt`, 'far below');
      expect(path.length).toBeGreaterThan(300);
      expect(await list(path)).toMatchObject([{ name: 'file.txt', size: 9 }]);
      expect(await readAll(`${path}/file.txt`)).toBe('far below');
    });

    it('reads names that Windows itself would change or refuse', async () => {
      makeFolder(`${native}\\odd`);
      const names = ['CON', 'aux.txt', 'dot.', 'space '];
      for (const name of names) makeFile(`${native}\\odd\\${name}`);
      makeFolder(`${native}\\odd\\folder.`);
      makeFile(`${native}\\odd\\folder.\\inside`);
      expect((await list('odd')).map(({ name }) => name)).toEqual([...names, 'folder.'].sort());
      expect((await list('odd/folder.')).map(({ name }) => name)).toEqual(['inside']);
      for (const name of names) expect(await readAll(`odd/${name}`)).toBe('');
    });

    it('marks names with half a surrogate pair, and tells them apart', async ({ skip }) => {
      if (!real) skip('the disks of Wine keep UTF-8, which has none');
      makeFolder(`${native}\\halves`);
      for (const half of ['\ud83d', '\ude00']) makeFile(`${native}\\halves\\a${half}`);
      expect(await list('halves')).toMatchObject([
        { name: 'a\uFFFDD83D', nameReadable: false },
        { name: 'a\uFFFDDE00', nameReadable: false },
      ]);
    });

    it('knows hidden and system files, and which are not', async () => {
      makeFolder(`${native}\\marks`);
      for (const name of ['marked', 'plain']) makeFile(`${native}\\marks\\${name}`);
      setAttributes(`${native}\\marks\\marked`, HIDDEN_SYSTEM);
      expect(await list('marks')).toMatchObject([
        { name: 'marked', kind: 'file', hidden: true, system: true, offline: false },
        { name: 'plain', kind: 'file', hidden: false, system: false, offline: false },
      ]);
    });

    it('says the same time of a file that was changed in 2150, listed and open', async () => {
      makeFolder(`${native}\\late`);
      makeFile(`${native}\\late\\file`);
      const at = Date.UTC(2150, 0, 1);
      setModified(`${native}\\late\\file`, BigInt(at) * 10_000n + TICKS_TO_1970 + 9_999n);
      const [entry] = await list('late');
      const file = await source.open('late/file');
      const print = file.ok ? await file.value.fingerprint() : file;
      if (file.ok) await file.value.close();
      expect(entry?.modified).toBe(at);
      expect(print.ok && print.value.modified).toBe(at);
    });

    it('gives every file an id of its own, which stays when it is renamed', async () => {
      makeFolder(`${native}\\ids`);
      for (const name of ['a', 'b']) makeFile(`${native}\\ids\\${name}`);
      const ids = (await list('ids')).map(({ fileId }) => fileId);
      expect(ids.every((id) => /^[1-9][0-9]*$/.test(id ?? ''))).toBe(true);
      expect(new Set(ids).size).toBe(2);
    });

    it('lists the same with FindFirstFileExW, where a file system gives no ids', async () => {
      for (const folder of ['odd', 'marks', 'late']) {
        const listing = new FindListing(`${native}\\${folder}`, folder);
        const answer = listing.next();
        const found = answer.ok ? [...answer.value.entries].sort((a, b) => (a.name < b.name ? -1 : 1)) : [];
        expect(answer.ok && answer.value.last).toBe(true);
        expect(found).toEqual((await list(folder)).map((entry) => ({ ...entry, fileId: undefined })));
      }
      const none = new FindListing(`${native}\\none`, 'none').next();
      expect(!none.ok && none.problem.code).toBe('folder-vanished');
    });

    it('hands a wide folder over in batches with FindFirstFileExW too', () => {
      makeFolder(`${native}\\wide`);
      for (let i = 0; i < 1_500; i++) writeFileSync(`${behind}\\wide\\${i}`, '');
      const listing = new FindListing(`${native}\\wide`, 'wide');
      const batches = [listing.next(), listing.next()].map((answer) =>
        answer.ok ? answer.value : undefined,
      );
      expect(batches.map((batch) => [batch?.entries.length, batch?.last])).toEqual([
        [1_000, false],
        [500, true],
      ]);
    });

    it('says that another program holds a file, with the error of Windows', async () => {
      writeFileSync(`${root}\\held.txt`, 'x');
      const letGo = holdAlone(`${native}\\held.txt`);
      const held = await source.open('held.txt');
      letGo();
      expect(!held.ok && held.problem).toEqual({
        code: 'file-in-use',
        where: 'held.txt',
        detail: 'ERROR_SHARING_VIOLATION (32)',
      });
      expect(await readAll('held.txt')).toBe('x');
    });

    it('reads beyond 4 GiB', async () => {
      const fd = openSync(`${behind}\\large.bin`, 'w');
      // Or NTFS writes out all the nothing before the end.
      if (real) execFileSync('fsutil', ['sparse', 'setflag', `${behind}\\large.bin`]);
      writeSync(fd, 'end', 5 * 1024 ** 3);
      closeSync(fd);
      const [entry] = (await list('')).filter(({ name }) => name === 'large.bin');
      const file = await source.open('large.bin');
      if (!file.ok) throw new Error(file.problem.code);
      const into = Buffer.alloc(10);
      const count = await file.value.read(into, 5 * 1024 ** 3 + 1);
      const print = await file.value.fingerprint();
      await file.value.close();
      expect(entry?.size).toBe(5 * 1024 ** 3 + 3);
      expect(count.ok && into.toString('utf8', 0, count.value)).toBe('nd');
      expect(print.ok && print.value.size).toBe(5 * 1024 ** 3 + 3);
    });

    it('keeps many reads in flight apart', async () => {
      const bytes = Buffer.from(Array.from({ length: 64 * 1_024 }, (_, i) => (i * 7 + (i >> 8)) % 256));
      writeFileSync(`${root}\\many.bin`, bytes);
      const file = await source.open('many.bin');
      if (!file.ok) throw new Error(file.problem.code);
      const parts = await Promise.all(
        Array.from({ length: 400 }, async (_, i) => {
          const into = Buffer.alloc(100);
          const offset = (i * 163) % (bytes.length - 100);
          const count = await file.value.read(into, offset);
          return count.ok && into.equals(bytes.subarray(offset, offset + 100));
        }),
      );
      await file.value.close();
      expect(parts.filter((right) => !right)).toEqual([]);
    });

    let held = 0;
    // Windows itself is the witness: what somebody holds open cannot be removed with its folder.
    it.each([
      [
        'a listing that was left when the source was closed',
        // More than a batch and the one that is read ahead.
        2_100,
        async (one: FullSource) => {
          for await (const batch of one.list('many')) {
            expect(batch.ok).toBe(true);
            break;
          }
        },
      ],
      [
        'a listing, and one of what is no folder',
        10,
        async (one: FullSource) => {
          for (const path of ['many', 'many/5'])
            for await (const batch of one.list(path)) expect(batch).toBeDefined();
        },
      ],
      [
        'a file, and a folder that was opened as one',
        10,
        async (one: FullSource) => {
          const [file, folder] = [await one.open('many/5'), await one.open('many')];
          expect([file.ok, folder.ok]).toEqual([true, false]);
          if (file.ok) await file.value.close();
        },
      ],
      [
        'the root and an access list',
        10,
        async (one: FullSource) => {
          const list = await one.rights('many');
          expect([(await one.probe()).ok, list.ok]).toEqual([true, true]);
        },
      ],
      [
        'a listing with FindFirstFileExW that was left',
        1_100,
        async (_: FullSource, folder: string) => {
          const find = new FindListing(`${native}\\${folder}\\many`, 'many');
          expect(find.next().ok).toBe(true);
          find.close();
        },
      ],
    ])('holds nothing open: %s', async (_, files, use) => {
      held += 1;
      const folder = `held-${held}`;
      makeFolder(`${native}\\${folder}`);
      makeFolder(`${native}\\${folder}\\many`);
      for (let i = 0; i < files; i++) writeFileSync(`${behind}\\${folder}\\many\\${i}`, '');
      const one = openWin32Source(`${root}\\${folder}`, { threads: 1 });
      await use(one, folder);
      await one.close();
      rmSync(`${root}\\${folder}`, { recursive: true });
      expect(existsSync(`${root}\\${folder}`)).toBe(false);
    });

    it('is the reader that a task gets', async () => {
      const opened = await openSource(root);
      if (!opened.ok) throw new Error(opened.problem.code);
      const rights = await opened.value.rights('');
      expect(rights.ok && rights.value.system).toBe('windows');
      expect(opened.value.root).toBe(root);
      await opened.value.close();
      const missing = await openSource(`${root}\\none`);
      expect(!missing.ok && missing.problem).toEqual({
        code: 'source-missing',
        where: `${root}\\none`,
        detail: 'ERROR_FILE_NOT_FOUND (2)',
      });
    });

    it('reads owner, group and access list as SDDL', async () => {
      writeFileSync(`${root}\\rights.txt`, 'x');
      for (const path of ['', 'rights.txt']) {
        const rights = await source.rights(path);
        const sddl = rights.ok && rights.value.system === 'windows' ? rights.value.sddl : '';
        expect(sddl).toMatch(/^O:\S+G:\S+D:\S*\(A;/);
        expect(readSddl(sddl)?.entries?.length).toBeGreaterThan(0);
      }
      const gone = await source.rights('none.txt');
      expect(!gone.ok && gone.problem).toEqual({
        code: 'file-vanished',
        where: 'none.txt',
        detail: 'ERROR_FILE_NOT_FOUND (2)',
      });
    });

    it('connects to no share without a server that takes the account, and says so by number', async () => {
      const credentials = { user: 'NOBODY\\nobody', password: 'wrong' };
      const refused = await connectShare('\\\\convoy-no-such-server\\share\\folder', credentials);
      if (refused.ok) throw new Error('connected to a server that does not exist');
      expect(refused.problem.where).toBe('\\\\convoy-no-such-server\\share');
      expect(refused.problem.code).toMatch(/^source-(unreachable|missing|sign-in-refused|root-unreadable)$/);
      expect(refused.problem.detail).toMatch(/^\w+ \([1-9]\d*\)$/);
      expect(JSON.stringify(refused)).not.toContain(credentials.password);
      expect(await connectShare(root.startsWith('\\\\') ? 'C:\\' : root, credentials)).toMatchObject({
        ok: false,
      });
    });

    it('knows who a SID is, that nobody has it, and that a text is none', async () => {
      const rights = await source.rights('');
      const list = rights.ok ? accessListOf(rights.value) : undefined;
      const owner = await source.principal(list?.owner ?? '');
      expect(owner.state).toBe('known');
      expect(await source.principal('S-1-5-18')).toEqual({ state: 'known', name: 'SYSTEM' });
      // A name that comes from Windows itself, and not from our table of those that are the same everywhere.
      expect(await lookUpSid('S-1-5-13', undefined)).toMatchObject({ state: 'known' });
      expect(await lookUpSid('S-1-5-21-1-2-3-4444', undefined)).toEqual({ state: 'unknown' });
      expect(await source.principal('no SID')).toEqual({ state: 'cannot-say' });
    });
  });
}
