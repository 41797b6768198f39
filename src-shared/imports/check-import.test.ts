import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkImport, isUsable } from './check-import.ts';
import type { Draft } from './draft.ts';
import { addressOf } from './place.ts';

const cloud = { sharePointHostSuffix: '.sharepoint.com' };
const SITE = 'https://contoso.sharepoint.com/sites/x';

function draft(line: number, cells: Partial<Draft['cells']>, rest: Partial<Draft> = {}): Draft {
  return {
    line,
    cells: {
      source: `\\\\srv\\share${line}`,
      site: `${SITE}${line}`,
      library: '',
      folder: '',
      name: '',
      ...cells,
    },
    ...{ serverLibrary: [], surplus: [], settings: {}, unknownSettings: [] },
    ...rest,
  };
}

const codes = (drafts: readonly Draft[], known = [] as { source: string; destination: string }[]) =>
  checkImport(drafts, cloud, known).map(({ faults }) => faults.map(({ code }) => code));

describe('a row by itself', () => {
  it.each([
    ['in order', {}, []],
    ['without source', { source: ' ' }, ['import-source-missing']],
    ['with a path that is not whole', { source: 'share\\folder' }, ['import-source-not-absolute']],
    ['with a drive alone', { source: 'C:' }, ['import-source-not-absolute']],
    ['with a server alone', { source: '\\\\srv' }, ['import-source-not-absolute']],
    ['of this computer', { source: '/srv/data' }, []],
    ['without destination', { site: '' }, ['import-destination-missing']],
    ['with a person', { site: 'eva@contoso.com' }, ['import-destination-is-person']],
    ['with what is no address', { site: 'finance' }, ['destination-url-invalid']],
    ['of another cloud', { site: 'https://contoso.sharepoint.us/sites/x' }, ['destination-wrong-cloud']],
    ['with spaces', { source: ' \\\\srv\\a\u00a0' }, ['import-stray-spaces']],
    ['in quotes', { source: '"\\\\srv\\a"' }, ['import-quotes']],
    ['with a line break', { folder: 'a\nb' }, ['import-control-character']],
  ])('%s', (_, cells, expected) => {
    expect(codes([draft(1, cells)])).toEqual([expected]);
  });

  it('with a library of a SharePoint server, cells left over, settings of others', () => {
    const odd = { serverLibrary: ['Docs'], surplus: ['x'], unknownSettings: ['A: 1'] };
    expect(codes([draft(1, {}, odd)])).toEqual([
      ['import-server-library', 'import-cells-left-over', 'import-setting-not-used'],
    ]);
  });

  it('is tidied: what comes out has no spaces and quotes around its cells', () => {
    const [row] = checkImport([draft(1, { source: ' "\\\\srv\\a" ', name: ' A ' })], cloud, []);
    expect(row?.draft.cells).toMatchObject({ source: '\\\\srv\\a', name: 'A' });
    expect(row && isUsable(row)).toBe(true);
  });
});

describe('rows beside each other', () => {
  it('tell the second of two that are the same, however they are written', () => {
    const one = draft(1, { source: '\\\\SRV\\Share\\a\\', site: `${SITE}/Documents` });
    const two = draft(2, { source: '//srv/share/a', site: `${SITE}/`, library: 'documents' });
    expect(codes([one, two])).toEqual([[], ['import-same-row-twice']]);
  });

  it('tell a place that two sources come together in, a source inside of another, other letters', () => {
    expect(
      codes([
        draft(1, { source: '\\\\srv\\s\\a', site: SITE }),
        draft(2, { source: '\\\\srv\\s\\b', site: SITE }),
        draft(3, { source: '\\\\srv\\s\\a\\deep\\er' }),
        draft(4, { source: '\\\\srv\\s\\A' }),
        draft(5, { source: '\\\\srv\\s\\ab' }),
      ]),
    ).toEqual([
      [],
      ['import-shared-destination'],
      ['import-nested-source'],
      ['import-spelled-otherwise'],
      [],
    ]);
  });

  it('tell a task that is there', () => {
    const known = [{ source: '\\\\SRV\\share1', destination: `${SITE}1` }];
    const [row] = checkImport([draft(1, {})], cloud, known);
    expect(row?.faults.map(({ code }) => code)).toEqual(['import-task-exists']);
    expect(row && isUsable(row)).toBe(false);
  });

  it('in 50,000 rows are looked at in one go', () => {
    const rows = Array.from({ length: 50_000 }, (_, i) => draft(i + 1, {}));
    expect(checkImport(rows, cloud, []).every(isUsable)).toBe(true);
  });
});

describe('laws', () => {
  const cell = fc.string({ unit: 'binary', maxLength: 30 });
  const drafts = fc.array(fc.record({ source: cell, site: cell, library: cell, folder: cell, name: cell }), {
    maxLength: 8,
  });

  it('whatever is in the cells, every row comes back in its order, and looking twice says the same', () => {
    fc.assert(
      fc.property(drafts, (all) => {
        const rows = all.map((cells, i) => draft(i + 1, cells));
        const once = checkImport(rows, cloud, []);
        expect(once.map((row) => row.draft.line)).toEqual(rows.map(({ line }) => line));
        const again = checkImport(
          once.map((row) => row.draft),
          cloud,
          [],
        );
        expect(again.map(isUsable)).toEqual(once.map(isUsable));
      }),
    );
  });
});

describe('the place of a row', () => {
  it.each([
    [{ site: `${SITE}/` }, SITE],
    [{ site: SITE, library: 'Documents', folder: 'a/b\\c' }, `${SITE}/Documents/a/b/c`],
    [{ site: SITE, library: 'Year #1 100%' }, `${SITE}/Year%20%231%20100%25`],
    [{ site: `${SITE}/Shared%20Documents`, folder: 'New' }, `${SITE}/Shared%20Documents/New`],
  ])('%j', (cells, address) => {
    expect(addressOf(draft(1, { ...cells }))).toBe(address);
  });
});
