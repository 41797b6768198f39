import { describe, expect, it } from 'vitest';
import { DEEP, extensionOf, LARGEST_SECTION, NEARLY_TOO_LONG, notable, RECENT_MS } from './notable.ts';

const NOW = 1_790_000_000_000;
const file = { kind: 'file', size: 10, modified: NOW - 10 * RECENT_MS } as const;
const folder = { ...file, kind: 'folder' } as const;
const here = { depth: 1, pathLength: 60 };

describe('what an assessment notices', () => {
  it.each([
    ['Notes.onetoc2', 'onenote-notebook'],
    ['archive.PST', 'mailbox-file'],
    ['orders.accdb', 'database-file'],
    ['server.vhdx', 'database-file'],
    ['default.aspx', 'script-file'],
    ['To the office.lnk', 'shortcut-file'],
  ])('%s is %s', (name, code) => {
    expect(notable({ ...file, name }, here, NOW)).toEqual([code]);
  });

  it.each(['letter.docx', 'pst', '.pst', 'a.pst.bak', 'lnk.txt'])('has nothing to say of %s', (name) => {
    expect(notable({ ...file, name }, here, NOW)).toEqual([]);
  });

  it.each(['page_files', 'page-Dateien', 'Seite_fichiers', 'x.files'])('%s is a thicket', (name) => {
    expect(notable({ ...folder, name }, here, NOW)).toEqual(['thicket-folder']);
    expect(notable({ ...file, name }, here, NOW)).toEqual([]);
  });

  it.each(['files', 'my files', 'profiles'])('%s is a folder like any other', (name) => {
    expect(notable({ ...folder, name }, here, NOW)).toEqual([]);
  });

  it.each(['CON.txt', 'nul.tar.gz', 'Lpt1.d', 'com0.x'])(
    '%s cannot be on a computer with Windows',
    (name) => {
      expect(notable({ ...file, name }, here, NOW)).toEqual(['name-risky-for-sync']);
      expect(notable({ ...folder, name }, here, NOW)).toEqual(['name-risky-for-sync']);
    },
  );

  it.each(['console.txt', 'com10.txt', 'a.con', 'nul.'])('%s is no name of a device', (name) => {
    expect(notable({ ...file, name }, here, NOW)).toEqual([]);
  });

  it.each([
    ['_t', ['hidden-in-library']],
    ['_W', ['hidden-in-library']],
    ['_x', []],
    ['a_t', []],
  ])('the folder %s is %j', (name, codes) => {
    expect(notable({ ...folder, name }, here, NOW)).toEqual(codes);
    expect(notable({ ...file, name }, here, NOW)).toEqual([]);
  });

  it.each([
    ['Notes.one', LARGEST_SECTION, []],
    ['Notes.one', LARGEST_SECTION + 1, ['notebook-section-large']],
    ['Notes.zip', LARGEST_SECTION + 1, []],
  ])('%s of %i bytes is %j', (name, size, codes) => {
    expect(notable({ ...file, name, size }, here, NOW)).toEqual(codes);
  });

  it.each([
    ['sums.xlsx', 218, []],
    ['sums.xlsx', 219, ['path-long-for-office']],
    ['letter.docx', 259, []],
    ['letter.docx', 260, ['path-long-for-office']],
    ['film.mp4', 300, []],
  ])('%s on a path of %i characters is %j', (name, pathLength, codes) => {
    expect(notable({ ...file, name }, { depth: 1, pathLength }, NOW)).toEqual(codes);
  });

  it('tells depth once, at the folder where it begins', () => {
    const at = (depth: number) => notable({ ...folder, name: 'x' }, { ...here, depth }, NOW);
    expect([DEEP - 1, DEEP, DEEP + 1].map(at)).toEqual([[], ['deep-folder'], []]);
  });

  it('tells of long paths, several names, absent content and fresh work, all at once', () => {
    const entry = { ...file, name: 'x.pst', modified: NOW - 1, links: 2, offline: true };
    expect(notable(entry, { depth: 3, pathLength: NEARLY_TOO_LONG + 1 }, NOW)).toEqual([
      'path-nearly-too-long',
      'mailbox-file',
      'offline-file',
      'hard-link',
      'changed-recently',
    ]);
  });

  it('takes no file of the far future for fresh work', () => {
    expect(notable({ ...file, name: 'x', modified: NOW + 2 * RECENT_MS }, here, NOW)).toEqual([]);
  });
});

describe('an extension', () => {
  it.each([
    ['a.TXT', 'txt'],
    ['a.tar.gz', 'gz'],
    ['.profile', ''],
    ['none', ''],
    ['dot.', ''],
  ])('of %s is %j', (name, extension) => {
    expect(extensionOf(name)).toBe(extension);
  });
});
