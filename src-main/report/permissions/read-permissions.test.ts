import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SurveyItem } from '../../../src-shared/survey/survey.ts';
import { openNodeSource } from '../../source/node-fs/node-source.ts';
import type { FullSource } from '../../source/source.ts';
import { openSyntheticSource } from '../../source/synthetic/synthetic-source.ts';
import type { RunResults } from '../../store/run-results.ts';
import { PERMISSION_COLUMNS } from './permission-rows.ts';
import { permissionGroups, permissionText } from './permission-texts.ts';
import { readPermissions } from './read-permissions.ts';

/** What a dry run found, as its results tell it: folders before what is in them, 100 items at a time. */
async function resultsOf(source: FullSource): Promise<Pick<RunResults, 'survey'>> {
  const items: SurveyItem[] = [];
  const folders = [{ id: 1, path: '' }];
  for (const { id: folder, path } of folders) {
    for await (const batch of source.list(path)) {
      for (const { name, kind, size, modified } of batch.ok ? batch.value : []) {
        const id = items.length + 2;
        const common = { id, folder, name, kind, size, modified, destinationName: null };
        items.push({ ...common, outcome: kind === 'link' ? 'left-out' : 'planned', codes: [] });
        if (kind === 'folder') folders.push({ id, path: path === '' ? name : `${path}/${name}` });
      }
    }
  }
  return {
    async survey(after) {
      const step = items.filter(({ id }) => id > after).slice(0, 100);
      const last = step.at(-1)?.id;
      return { items: step, next: last === undefined || last === items.at(-1)?.id ? null : last };
    },
  };
}

describe('rights of a source', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'convoy-permissions-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function read(source: FullSource, depth: 'folders' | 'files') {
    const file = join(folder, 'permissions.csv');
    const permissions = await readPermissions(file, await resultsOf(source), source, depth);
    const rows: Record<string, string>[] = parse(await readFile(file, 'utf8'), { columns: true, bom: true });
    return { ...permissions, rows };
  }

  const access = { isProtected: 0.1, added: 0.1, denied: 0.1, orphaned: 0.05 };
  const tree = { seed: 11, files: 900, folders: 300, fanOut: 5, access };

  it('of Windows: counts scopes, entries that deny, and accounts that nobody knows', async () => {
    const { figures, rows, stopped } = await read(openSyntheticSource(tree), 'folders');
    expect(stopped).toBeUndefined();
    expect(figures).toMatchObject({ system: 'windows', folders: 301, files: 0, unread: 0, unlisted: 0 });
    const paths = (match: (row: Record<string, string>) => boolean): Set<string | undefined> =>
      new Set(rows.filter(match).map((row) => row['path']));
    const ownPaths = paths((row) => row['protected'] === 'yes' || row['inherited'] === 'no');
    expect(figures.scopes).toEqual({ folders: ownPaths.size, files: 0 });
    expect(figures.scopes.folders).toBeGreaterThan(60);
    expect(figures.denied).toBe(paths((row) => row['type'] === 'deny').size);
    expect(figures.orphaned).toBe(paths((row) => row['principal'] === 'unknown').size);
    expect(figures.principals.unknown).toBeGreaterThan(5);
    expect(figures.principals.unasked).toBe(0);
    // The source itself is told too, and nothing that only inherits.
    expect(rows[0]).toMatchObject({ path: '', kind: 'folder', protected: 'no' });
    expect(paths(() => true).size).toBe(ownPaths.size + 1);
  });

  it('asks for files only on demand', async () => {
    const { figures } = await read(openSyntheticSource(tree), 'files');
    expect(figures).toMatchObject({ folders: 301, files: 900 });
    expect(figures.scopes.files).toBeGreaterThan(200);
  });

  it('says of each entry what it gives, to whom, and to what', async () => {
    const source = openSyntheticSource({ ...tree, access: { isProtected: 1 } });
    const { rows } = await read(source, 'folders');
    expect(Object.keys(rows[0] ?? {})).toEqual([...PERMISSION_COLUMNS]);
    const [, , , , , user] = rows;
    expect(user).toMatchObject({
      'owner name': 'Administrators',
      protected: 'yes',
      type: 'allow',
      'trustee name': expect.stringMatching(/^CONTOSO\\account \d+$/),
      principal: 'known',
      rights: '0x1301bf',
      level: 'change',
      inherited: 'no',
      'applies to': 'this folders files',
    });
  });

  it('tells what could not be read, and stops when the share goes away', async () => {
    const source = openSyntheticSource(tree);
    const results = await resultsOf(source);
    source.written.forbid('unused');
    const [first] = (await results.survey(0, 1)).items;
    source.written.forbid(first?.name ?? '');
    const { figures, rows } = await read(source, 'folders');
    expect(figures.unread).toBe(1);
    expect(rows.filter((row) => row['problem'])).toMatchObject([
      { path: first?.name, problem: 'access-list-unreadable' },
    ]);
    source.line.connected = false;
    const gone = await readPermissions(join(folder, 'gone.csv'), results, source, 'folders');
    expect(gone.stopped?.code).toBe('source-unreachable');
    expect(permissionText(gone).join('\n')).toContain('Not complete');
  });

  it('warns of more scopes than SharePoint advises', async () => {
    const source = openSyntheticSource({ seed: 2, files: 0, folders: 5_100, access: { added: 1 } });
    const { figures } = await read(source, 'folders');
    expect(permissionGroups(figures).map(({ code, items }) => [code, items])).toEqual([
      ['many-permission-scopes', 5_100],
      ['unique-permissions', 5_100],
    ]);
  });

  it.skipIf(process.platform === 'win32')(
    'of other systems: owner, group and mode, and what they cannot say',
    async () => {
      const root = join(folder, 'share');
      await mkdir(join(root, 'open', 'below'), { recursive: true });
      await mkdir(join(root, 'closed'));
      await writeFile(join(root, 'open', 'same.txt'), '');
      await writeFile(join(root, 'open', 'mine.txt'), '');
      for (const path of ['', 'open', 'open/below']) await chmod(join(root, path), 0o755);
      await chmod(join(root, 'open', 'same.txt'), 0o644);
      await chmod(join(root, 'open', 'mine.txt'), 0o600);
      await chmod(join(root, 'closed'), 0o700);
      const source = openNodeSource(root, { threads: 1 });
      const { figures, rows } = await read(source, 'files');
      await source.close();
      expect(figures).toMatchObject({
        system: 'posix',
        folders: 4,
        files: 2,
        scopes: { folders: 1, files: 1 },
        denied: null,
      });
      expect([...new Set(rows.map((row) => row['path']))].sort()).toEqual(['', 'closed', 'open/mine.txt']);
      expect(
        rows.filter((row) => row['path'] === 'closed').map((row) => [row['rights'], row['level']]),
      ).toEqual([
        ['rwx', 'change'],
        ['none', 'none'],
        ['none', 'none'],
      ]);
      expect(permissionText({ figures, stopped: undefined }).join('\n')).toContain('cannot be said');
    },
  );
});
