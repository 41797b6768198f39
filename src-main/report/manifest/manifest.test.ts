import { generateKeyPairSync, sign } from 'node:crypto';
import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { emptyCounts } from '../../../src-shared/model/counts.ts';
import { defaultSettings } from '../../../src-shared/model/settings.ts';
import type { SigningKey } from '../../store/signing-key.ts';
import { type CheckedManifest, checkManifest } from './check-manifest.ts';
import { compareLines } from './compare-lines.ts';
import { fingerprintOf, sameFingerprint } from './manifest.ts';
import { manifestText } from './manifest-text.ts';
import { writeManifest } from './write-manifest.ts';

const NOW = Date.UTC(2026, 10, 22, 12);

function newKey(): SigningKey {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return {
    publicKey: publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
    sign: (bytes) => sign(null, bytes, privateKey),
  };
}

const key = newKey();
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'convoy-manifest-'));
});
afterEach(() => rm(folder, { recursive: true }));

const items = Array.from({ length: 40 }, (_, i) => `"folder/file ${i}.txt",file,${i}\r\n`);

async function write(lines: readonly string[] = items, by = key): Promise<void> {
  await writeFile(join(folder, 'items.csv'), lines.join(''));
  await writeFile(join(folder, 'summary.json'), '{"state":"complete"}\n');
  await writeManifest(
    {
      about: 'run',
      folder,
      files: ['summary.json', 'items.csv'],
      byLine: ['items.csv'],
      task: {
        id: 'task-1',
        name: 'Finance',
        source: '/srv/finance',
        destination: 'https://contoso.sharepoint.com/sites/finance',
        settings: defaultSettings,
        createdAt: NOW,
      },
      run: {
        id: 'run-1',
        task: 'task-1',
        number: 3,
        state: 'complete',
        startedAt: NOW,
        endedAt: NOW + 1_000,
        problem: null,
      },
      counts: emptyCounts(),
      now: NOW,
    },
    { key: by, machine: 'PC-7', version: '1.2.3' },
  );
}

async function check(path = folder): Promise<CheckedManifest> {
  const checked = await checkManifest(path);
  if (!checked.ok) throw new Error(JSON.stringify(checked.problem));
  return checked.value;
}

const change = async (file: string, by: (text: string) => string): Promise<void> => {
  const path = join(folder, file);
  await writeFile(path, by(await readFile(path, 'utf8')));
};

describe('a manifest', () => {
  it('checks clean by the folder or the file, and says whose it is', async () => {
    await write();
    const checked = await check();
    expect(checked).toMatchObject({
      complaints: [],
      unsigned: [],
      fingerprint: fingerprintOf(key.publicKey),
    });
    expect((await check(join(folder, 'manifest.json'))).complaints).toEqual([]);
    const text = manifestText(checked);
    expect(text).toContain('All 3 files are as they were signed.');
    expect(text).toContain(`signed by ${checked.fingerprint}`);
  });

  it('names the line that was altered, added or removed', async () => {
    await write();
    await change('items.csv', (text) =>
      text
        .replace('"folder/file 4.txt",file,4', '"folder/file 4.txt",file,5')
        .replace(items[9] ?? '', '')
        .replace(items[20] ?? '', `${items[20]}"smuggled in",file,1\r\n`),
    );
    const { complaints } = await check();
    expect(complaints.slice(1)).toEqual([
      { what: 'line-altered', file: 'items.csv', line: 5, begins: '"folder/file 4.txt",file,5' },
      { what: 'line-removed', file: 'items.csv', line: 10, begins: undefined },
      { what: 'line-added', file: 'items.csv', line: 21, begins: '"smuggled in",file,1' },
    ]);
    expect(manifestText(await check())).toContain('items.csv: line 10 of the signed file was removed');
  });

  it('tells of files that were altered, are missing, or were put there', async () => {
    await write();
    await change('summary.json', (text) => text.replace('complete', 'finished'));
    await rm(join(folder, 'items.csv'));
    await writeFile(join(folder, 'notes.txt'), 'by hand');
    const { complaints, unsigned } = await check();
    expect(complaints.map(({ what, file }) => [what, file])).toEqual([
      ['file-altered', 'summary.json'],
      ['file-missing', 'items.csv'],
    ]);
    expect(unsigned).toEqual(['notes.txt']);
  });

  it('is no longer signed once a byte of it changed, or its signature did', async () => {
    await write();
    await change('manifest.json', (text) => text.replace('"number": 3', '"number": 4'));
    expect((await check()).complaints).toEqual([{ what: 'signature-wrong', file: 'manifest.sig' }]);
    await write();
    await appendFile(join(folder, 'manifest.sig'), ' ');
    expect((await check()).complaints).toEqual([{ what: 'signature-wrong', file: 'manifest.sig' }]);
    await rm(join(folder, 'manifest.sig'));
    expect((await check()).complaints).toEqual([{ what: 'signature-wrong', file: 'manifest.sig' }]);
  });

  it('that was signed anew by somebody else is known by its fingerprint', async () => {
    await write();
    const ours = (await check()).fingerprint;
    await write(items.slice(1), newKey());
    const theirs = await check();
    expect(theirs.complaints).toEqual([]);
    expect(sameFingerprint(ours, theirs.fingerprint)).toBe(false);
    expect(sameFingerprint(` ${ours.replace('SHA256:', '')}=`, ours)).toBe(true);
  });

  it('whose list of lines was altered as well still says that the file was', async () => {
    await write();
    await change('items.csv', (text) => text.replace('file 4', 'file X'));
    await change('items.csv.lines', (text) => text.replace(/^./, (digit) => (digit === '0' ? '1' : '0')));
    expect((await check()).complaints.map(({ what, file }) => [what, file])).toEqual([
      ['file-altered', 'items.csv'],
      ['file-altered', 'items.csv.lines'],
    ]);
  });

  it('that is none is told', async () => {
    expect(await checkManifest(folder)).toMatchObject({
      ok: false,
      problem: { code: 'manifest-unreadable' },
    });
    await writeFile(join(folder, 'manifest.json'), '{"format":"another"}');
    expect(await checkManifest(folder)).toMatchObject({
      ok: false,
      problem: { code: 'manifest-unreadable' },
    });
  });

  it('cannot name files outside of its folder', async () => {
    await write();
    await change('manifest.json', (text) => text.replace('"summary.json"', '"../summary.json"'));
    expect(await checkManifest(folder)).toMatchObject({
      ok: false,
      problem: { code: 'manifest-unreadable' },
    });
  });
});

it('law: a change of any one byte of any file is detected, and in items.csv its line is named', async () => {
  await write();
  const files = ['items.csv', 'summary.json', 'items.csv.lines', 'manifest.json', 'manifest.sig'] as const;
  const place = fc.tuple(fc.constantFrom(...files), fc.nat(), fc.integer({ min: 1, max: 255 }));
  await fc.assert(
    fc.asyncProperty(place, async ([file, at, by]) => {
      const path = join(folder, file);
      const good = await readFile(path);
      const bad = Buffer.from(good);
      const where = at % good.length;
      bad[where] = (bad[where] ?? 0) ^ by;
      await writeFile(path, bad);
      const checked = await checkManifest(folder);
      await writeFile(path, good);
      if (!checked.ok) {
        expect(file).toBe('manifest.json');
        return;
      }
      expect(checked.value.complaints.length).toBeGreaterThan(0);
      if (file !== 'items.csv') return;
      const line = good.subarray(0, where).toString('latin1').split('\n').length;
      const lines = checked.value.complaints.flatMap((one) => ('line' in one ? [one.line] : []));
      expect(lines).toContain(line);
    }),
    { numRuns: 150 },
  );
});

describe('lines compared', () => {
  const named = async function* (lines: readonly string[]) {
    for (const hash of lines) yield { hash, begins: hash };
  };
  const plain = async function* (lines: readonly string[]) {
    yield* lines;
  };

  it('law: what is told, done to the signed lines, gives as many as there are', async () => {
    const lines = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(lines, lines, async (before, now) => {
        const changes = await compareLines(plain(before), named(now), 1_000);
        const of = (what: string): number => changes.filter((change) => change.what === what).length;
        expect(before.length + of('added') - of('removed')).toBe(now.length);
        const same = before.length === now.length && before.every((line, i) => line === now[i]);
        expect(changes.length === 0).toBe(same);
      }),
    );
  });

  it('meet again after a long piece that is gone, and tell no more than asked', async () => {
    const all = Array.from({ length: 9_000 }, (_, i) => `line ${i}`);
    const changes = await compareLines(plain(all), named([...all.slice(0, 100), ...all.slice(1_600)]), 5_000);
    expect(changes).toHaveLength(1_500);
    expect(new Set(changes.map(({ what }) => what))).toEqual(new Set(['removed']));
    expect(await compareLines(plain(all), named(all.toReversed()), 10)).toHaveLength(10);
  });
});
