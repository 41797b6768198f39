import { execFile } from 'node:child_process';
import { chmod, link, mkdir, mkdtemp, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { describeSource, type SourceFixture } from '../../../tests/conformance/source.ts';
import { canForbid, whileForbidden } from '../../../tests/support/forbidden.ts';
import { localClock } from '../../basics/local-clock.ts';
import { sleep } from '../../basics/sleep.ts';
import { GentleGate } from '../gentle/gentle-gate.ts';
import { gentleFullSource } from '../gentle/gentle-source.ts';
import type { SourceEntry } from '../source.ts';
import { openNodeSource } from './node-source.ts';
import { spellOut } from './raw-names.ts';

const gate = new GentleGate({
  gentle: { share: 80, hours: [] },
  now: () => Date.now(),
  clock: localClock,
  sleep,
});
const ways = [
  { name: 'through Node', plain: true },
  { name: 'through what its system has', plain: false },
];
for (const { name, plain } of ways) describeSource(name, () => fixture(plain));

describeSource('gently', async () => {
  const made = await fixture(false);
  return { ...made, source: gentleFullSource(made.source, gate) };
});

async function fixture(plain: boolean): Promise<SourceFixture> {
  const root = await mkdtemp(join(tmpdir(), 'convoy-source-'));
  const source = openNodeSource(root, { threads: 2, plain });
  return {
    source,
    async write(path, content, modified) {
      const full = join(root, path);
      await mkdir(dirname(full), { recursive: true });
      await writeFile(full, content);
      if (modified !== undefined) await utimes(full, modified / 1_000, modified / 1_000);
    },
    async makeFolder(path) {
      await mkdir(join(root, path), { recursive: true });
    },
    async link(path, target) {
      if (process.platform === 'win32') return false;
      await symlink(target, join(root, path));
      return true;
    },
    remove: (path) => rm(join(root, path), { recursive: true }),
    async whileForbidden(path, work) {
      if (canForbid) await whileForbidden(root, join(root, path), work);
      return canForbid;
    },
    at: (path) => openNodeSource(join(root, path), { threads: 1, plain }),
    async end() {
      await source.close();
      await rm(root, { recursive: true, force: true });
    },
  };
}

describe.skipIf(process.platform === 'win32')('what only other systems than Windows have', async () => {
  const root = await mkdtemp(join(tmpdir(), 'convoy-source-'));
  const source = openNodeSource(root, { threads: 1 });
  afterAll(async () => {
    await source.close();
    await rm(root, { recursive: true, force: true });
  });

  async function list(path: string): Promise<SourceEntry[]> {
    const entries: SourceEntry[] = [];
    for await (const batch of source.list(path)) if (batch.ok) entries.push(...batch.value);
    return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  it('names that are not UTF-8 are listed, marked and told apart', async () => {
    await mkdir(join(root, 'raw'));
    for (const byte of [0xe8, 0xe9]) {
      const name = Buffer.concat([Buffer.from(`${root}/raw/caf`), Buffer.from([byte]), Buffer.from('.txt')]);
      await writeFile(name, 'abc');
    }
    await writeFile(join(root, 'raw', 'caf\uFFFD.txt'), 'in earnest');
    expect((await list('raw')).map(({ name, nameReadable, size }) => ({ name, nameReadable, size }))).toEqual(
      [
        { name: 'caf\uFFFD.txt', nameReadable: true, size: 10 },
        { name: 'caf\uFFFDE8.txt', nameReadable: false, size: 3 },
        { name: 'caf\uFFFDE9.txt', nameReadable: false, size: 3 },
      ],
    );
  });

  it('a pipe is special, and opening one that took the place of a file does not hang', async () => {
    await mkdir(join(root, 'pipes'));
    await promisify(execFile)('mkfifo', [join(root, 'pipes', 'pipe')]);
    expect((await list('pipes')).map((entry) => entry.kind)).toEqual(['special']);
    const opened = await source.open('pipes/pipe');
    expect(!opened.ok && opened.problem.code).toBe('file-vanished');
  });

  it('a file that became a link is not followed', async () => {
    await writeFile(join(root, 'target'), 'secret');
    await symlink('target', join(root, 'link'));
    const opened = await source.open('link');
    expect(!opened.ok && opened.problem.code).toBe('file-vanished');
  });

  it('counts the names of a file, and gives owner, group and mode of what is there', async () => {
    await mkdir(join(root, 'links'));
    await writeFile(join(root, 'links', 'one'), '');
    await writeFile(join(root, 'links', 'two'), '');
    await link(join(root, 'links', 'two'), join(root, 'links', 'three'));
    expect((await list('links')).map((entry) => [entry.name, entry.links])).toEqual([
      ['one', 1],
      ['three', 2],
      ['two', 2],
    ]);
    await chmod(join(root, 'links', 'one'), 0o640);
    const { uid, gid } = await stat(join(root, 'links', 'one'));
    expect(await source.rights('links/one')).toEqual({
      ok: true,
      value: { system: 'posix', user: uid, group: gid, mode: 0o640 },
    });
    expect(await source.principal('S-1-5-18')).toEqual({ state: 'cannot-say' });
  });

  it('a dot name is not hidden', async () => {
    await mkdir(join(root, 'dots'));
    await writeFile(join(root, 'dots', '.profile'), '');
    expect(await list('dots')).toMatchObject([{ name: '.profile', hidden: false, system: false }]);
  });
});

describe('spelling out bytes that are no text', () => {
  it.each([
    [[0x61, 0xe9, 0x62], 'a\uFFFDE9b'],
    [[0xc3, 0xa9], 'é'],
    [[0xf0, 0x9f, 0x98], '\uFFFDF0\uFFFD9F\uFFFD98'],
    [[0xef, 0xbf, 0xbd], '\uFFFD'],
    [[], ''],
  ])('%j -> %s', (bytes, text) => {
    expect(spellOut(Uint8Array.from(bytes))).toBe(text);
  });
});

it('lists again after its threads had nothing to do and ended', async () => {
  const root = await mkdtemp(join(tmpdir(), 'convoy-source-'));
  await writeFile(join(root, 'file'), '');
  const source = openNodeSource(root, { threads: 1 });
  const names = async (): Promise<string[]> => {
    const found: string[] = [];
    for await (const batch of source.list(''))
      if (batch.ok) found.push(...batch.value.map(({ name }) => name));
    return found;
  };
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    expect(await names()).toEqual(['file']);
    vi.advanceTimersByTime(60_000);
    expect(await names()).toEqual(['file']);
  } finally {
    vi.useRealTimers();
    await source.close();
    await rm(root, { recursive: true });
  }
});
