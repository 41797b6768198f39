import { describe, expect, it } from 'vitest';
import { columnsOf, meaningOf } from './columns.ts';

const six = ['source', 'none-allowed', 'none-allowed', 'site', 'library', 'folder'];

describe('the columns of a list', () => {
  it.each([
    [
      "Migration Manager's, named",
      ['FileSharePath', '', '', 'SharePointSite', 'DocLibrary', 'DocSubFolder'],
      'by-header',
      true,
      ['source', 'unknown', 'unknown', 'site', 'library', 'folder'],
    ],
    [
      "SPMT's six, named",
      ['Source', 'Source DocLib', 'Source SubFolder', 'Target Web', 'Target DocLib', 'Target SubFolder'],
      'migration-manager',
      true,
      six,
    ],
    [
      "Mover's, named",
      ['Source Path', 'Destination Path', 'Tags'],
      'by-header',
      true,
      ['source', 'site', 'not-used'],
    ],
    [
      'ours',
      ['source', 'site', 'library', 'folder', 'name'],
      'by-header',
      true,
      ['source', 'site', 'library', 'folder', 'name'],
    ],
    [
      'in German',
      ['Quelle', 'Ziel', 'Bibliothek', 'Ordner'],
      'by-header',
      true,
      ['source', 'site', 'library', 'folder'],
    ],
    ['a column twice', ['source', 'Quelle', 'ziel'], 'by-header', true, ['source', 'unknown', 'site']],
    [
      'six without names',
      ['\\\\s\\a', '', '', 'https://x/sites/a', 'Documents', ''],
      'migration-manager',
      false,
      six,
    ],
    [
      'eight without names',
      ['\\\\s\\a', '', '', 'https://x/sites/a', 'Documents', '', '', ''],
      'spmt',
      false,
      [...six, 'not-used', 'not-used'],
    ],
    ['sources alone', ['\\\\s\\a'], 'source-list', false, ['source']],
    ['source and destination', ['C:\\a', 'https://x/sites/a'], 'pairs', false, ['source', 'site']],
  ])('%s', (_, row, layout, header, meanings) => {
    expect(columnsOf([row])).toEqual({ layout, header, meanings });
  });

  it('are unknown where neither names nor their number tell anything', () => {
    expect(columnsOf([['a', 'b', 'c', 'd']])).toBeUndefined();
    expect(columnsOf([])).toBeUndefined();
  });

  it('are counted by the longest of the first rows: empty cells at the end are left off', () => {
    const rows = [
      ['\\\\s\\a', '', '', 'https://x/sites/a', 'Documents'],
      ['\\\\s\\b', '', '', 'https://x/sites/b', 'Documents', 'Sub'],
    ];
    expect(columnsOf(rows)?.layout).toBe('migration-manager');
  });

  it('are no inherited ones', () => {
    for (const name of ['constructor', '__proto__', 'toString']) expect(meaningOf(name)).toBe('unknown');
  });
});
