import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addTally, noTally } from '../model/counts.ts';
import { WIDE } from '../rules/notable.ts';
import { defaultAssumptions, unitsBesideFiles, unitsOf } from './forecast.ts';
import { unitsOfFile } from './load.ts';
import { readinessOf, readinessStates, type SurveyItem, Surveyor } from './survey.ts';

const NOW = 1_790_000_000_000;
const DAY = 86_400_000;
const ROOT = 1;

function item(changes: Partial<SurveyItem>): SurveyItem {
  return {
    id: 2,
    folder: ROOT,
    name: 'x.txt',
    kind: 'file',
    size: 0,
    modified: NOW - 3 * DAY,
    outcome: 'planned',
    destinationName: null,
    codes: [],
    ...changes,
  };
}

function survey(items: readonly SurveyItem[], rootPathLength = 20) {
  const surveyor = new Surveyor({ now: NOW, rootPathLength, fragmentBytes: 1_000_000 });
  for (const one of items) surveyor.add(one);
  return surveyor.result();
}

describe('readiness', () => {
  it.each([
    ['planned', [], 'ready'],
    ['planned', ['database-file'], 'ready'],
    ['planned', ['name-changed'], 'changes'],
    ['present', ['odd-time'], 'changes'],
    ['present', [], 'ready'],
    ['failed', ['name-changed', 'path-too-long'], 'blocked'],
    ['left-out', ['link-left-out'], 'left-out'],
    ['accepted', [], 'ready'],
  ] as const)('of %s with %j is %s', (outcome, codes, state) => {
    expect(readinessOf(outcome, codes)).toBe(state);
  });
});

describe('the cost of files', () => {
  it('is counted for each that is to be copied, and adds up to what the forecast takes', () => {
    const { costs, toCopy } = survey([
      item({ id: 2, size: 0 }),
      item({ id: 3, size: 1_000_000 }),
      item({ id: 4, size: 40_000_001 }),
      item({ id: 5, size: 10, outcome: 'present' }),
    ]);
    // 4 units for an empty file and for one fragment; 2 and 41 times 2 for the large one.
    expect(costs.filter(({ files }) => files > 0)).toEqual([
      { from: 0, to: 5, files: 2, bytes: 1_000_000 },
      { from: 65, to: 129, files: 1, bytes: 40_000_001 },
    ]);
    const sum = [0, 1_000_000, 40_000_001].reduce((total, size) => total + unitsOfFile(size, 1_000_000), 0);
    expect(unitsOf(toCopy, defaultAssumptions) - unitsBesideFiles(toCopy)).toBe(sum);
  });
});

describe('a survey', () => {
  const items = [
    item({ id: 2, name: 'projects', kind: 'folder' }),
    item({
      id: 3,
      folder: 2,
      name: 'Q3: plan',
      destinationName: 'Q3_ plan',
      kind: 'folder',
      codes: ['name-changed'],
    }),
    item({ id: 4, folder: 3, name: 'big.bin', size: 2_000_000 }),
    item({
      id: 5,
      folder: 2,
      name: 'mail.pst',
      size: 500_000,
      modified: NOW - 400 * DAY,
      codes: ['mailbox-file'],
    }),
    item({ id: 6, name: 'link', kind: 'link', outcome: 'left-out', codes: ['link-left-out'] }),
    item({ id: 7, name: 'UPPER.BIN', size: 10, modified: NOW + DAY }),
  ];

  it('says what lies where, at the source and at the destination', () => {
    const { largest, longestPaths, tree, depths, renames } = survey(items);
    expect(renames).toEqual([{ path: 'projects/Q3: plan', name: 'Q3_ plan' }]);
    expect(largest).toEqual([
      { path: 'projects/Q3: plan/big.bin', value: 2_000_000 },
      { path: 'projects/mail.pst', value: 500_000 },
      { path: 'UPPER.BIN', value: 10 },
    ]);
    expect(longestPaths[0]).toEqual({
      path: 'projects/Q3: plan/big.bin',
      value: 20 + '/projects/Q3_ plan/big.bin'.length,
    });
    expect(tree).toMatchObject({
      files: 3,
      bytes: 2_500_010,
      folders: [
        { name: 'projects', files: 2, bytes: 2_500_000, folders: [{ name: 'Q3: plan', bytes: 2_000_000 }] },
      ],
    });
    expect(depths.slice(0, 3).map(({ files }) => files)).toEqual([1, 1, 1]);
  });

  it('counts kinds of files whatever the case of their ending', () => {
    expect(survey(items).types).toEqual([
      { extension: 'bin', files: 2, bytes: 2_000_010 },
      { extension: 'pst', files: 1, bytes: 500_000 },
    ]);
  });

  it('says what a copy would have to do', () => {
    const there = item({ id: 8, name: 'there', size: 5, outcome: 'present' });
    const empty = item({ id: 9, name: 'empty' });
    expect(survey([...items, there, empty]).toCopy).toEqual({
      files: 4,
      folders: 2,
      bytes: 2_500_010,
      emptyFiles: 1,
      fragments: 4,
    });
  });

  it('keeps clocks that go ahead apart from fresh files', () => {
    const [future, today] = survey(items).ages;
    expect([future?.files, today?.files]).toEqual([1, 0]);
  });

  it('names folders that are too wide, by what is directly in them', () => {
    const many = Array.from({ length: WIDE }, (_, n) => item({ id: 10 + n, folder: 2, name: `${n}` }));
    const folder = item({ id: 2, name: 'wide', kind: 'folder' });
    expect(survey([folder, ...many]).wide).toEqual([]);
    const one = survey([folder, ...many, item({ id: 3, folder: 2, name: 'sub', kind: 'folder' })]);
    expect(one.wide).toEqual([{ path: 'wide', value: WIDE + 1 }]);
    expect(one.wideFolders).toBe(1);
  });

  it('shows large folders only, and no more than can be seen', () => {
    const folders = Array.from({ length: 100 }, (_, n) =>
      item({ id: 10 + n, name: `f${n}`, kind: 'folder' }),
    );
    const files = folders.map(({ id }, n) => item({ id: id + 1_000, folder: id, size: n === 0 ? 1 : 1_000 }));
    const { tree } = survey([...folders, ...files]);
    expect(tree.folders).toHaveLength(40);
    expect(tree.folders.some(({ name }) => name === 'f0')).toBe(false);
    expect(tree.files).toBe(100);
  });
});

describe('the sums of a survey', () => {
  const anything = fc.array(
    fc.record({
      kind: fc.constantFrom('file' as const, 'folder' as const, 'link' as const, 'special' as const),
      size: fc.nat(1e12),
      folder: fc.nat(20),
      name: fc.string({ minLength: 1 }),
      outcome: fc.constantFrom(
        'planned' as const,
        'present' as const,
        'failed' as const,
        'left-out' as const,
      ),
      modified: fc.integer({ min: -1e13, max: 1e13 }),
    }),
  );

  it('are those of the items, in every picture', () => {
    fc.assert(
      fc.property(anything, (list) => {
        const items = list.map((one, n) => item({ ...one, id: n + 2, folder: Math.min(one.folder, n + 1) }));
        const files = items.filter(({ kind }) => kind === 'file');
        const bytes = files.reduce((sum, { size }) => sum + size, 0);
        const result = survey(items);
        const total = readinessStates.map((state) => result.readiness[state]).reduce(addTally, noTally);
        expect(total).toMatchObject({ files: files.length, bytes });
        expect(total.files + total.folders + total.others).toBe(items.length);
        for (const bins of [result.sizes, result.ages, result.depths, result.pathLengths]) {
          expect(bins.reduce((sum, bin) => sum + bin.files, 0)).toBe(files.length);
          expect(bins.reduce((sum, bin) => sum + bin.bytes, 0)).toBe(bytes);
        }
        const typed = result.types.reduce((sum, row) => sum + row.files, result.otherTypes.files);
        expect(typed).toBe(files.length);
        expect(result.tree).toMatchObject({ files: files.length, bytes });
      }),
    );
  });
});
