import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leaveOut } from '../../src-shared/rules/leave-out.ts';
import { nameKey, planName } from '../../src-shared/rules/names.ts';
import { MAX_PATH, pathLength } from '../../src-shared/rules/paths.ts';
import { seededRandom } from '../random.ts';
import { createContents } from './content.ts';
import { planOddities } from './oddities.ts';
import { nameOf, oddityKinds, type PlannedEntry, parentOf, treatments } from './plan.ts';
import { impossibleOn } from './platform.ts';
import { planShare } from './share.ts';
import { fileSizes, MEDIAN_BYTES } from './sizes.ts';

const NOW = Date.UTC(2026, 10, 22);
const LIBRARY = 'sites/practice/Shared Documents';
const everything = { leaveOutSystem: true, leaveOutTemporary: true };
const options = (seed: string, files: number) => ({
  seed,
  files,
  totalBytes: files * 80_000,
  oddities: true,
  largeFiles: { count: 2, bytes: 1_000 },
  now: NOW,
});

const kindOf = (entry: PlannedEntry): 'file' | 'folder' | 'link' | 'special' => {
  switch (entry.type) {
    case 'hard-link':
      return 'file';
    case 'pipe':
    case 'socket':
      return 'special';
    default:
      return entry.type;
  }
};

const nameIsKept = (entry: PlannedEntry): boolean => {
  const atLibraryRoot = parentOf(entry.path) === '';
  const plan = planName(nameOf(entry.path), {
    kind: entry.type === 'folder' ? 'folder' : 'file',
    atLibraryRoot,
  });
  return plan.ok && !plan.changed;
};

describe('planShare', () => {
  it('names nothing twice, in a flat folder of thousands of scans either', () => {
    const paths = planShare({ ...options('crowded', 30_000), oddities: false }).map((entry) => entry.path);
    expect(new Set(paths.map(nameKey)).size).toBe(paths.length);
  });

  it('gives the same plan for the same options, and another one for another seed', () => {
    expect(planShare(options('one', 400))).toEqual(planShare(options('one', 400)));
    expect(planShare(options('two', 400))).not.toEqual(planShare(options('one', 400)));
  });

  it('has as many files as asked for, parents before children, and no path twice', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 8 }), fc.integer({ min: 150, max: 1_500 }), (seed, files) => {
        const plan = planShare(options(seed, files));
        const seen = new Set(['']);
        for (const entry of plan) {
          expect(seen.has(parentOf(entry.path))).toBe(true);
          expect(seen.has(entry.path)).toBe(false);
          seen.add(entry.path);
        }
        const regular = plan.filter((entry) => kindOf(entry) === 'file');
        expect(regular.length).toBe(files + 2);
      }),
      { numRuns: 20 },
    );
  });

  it('gives what is not called odd a name and a path that SharePoint takes, and no twin', () => {
    const keys = new Set<string>();
    for (const entry of planShare(options('names', 3_000))) {
      const key = parentOf(entry.path) + nameKey(nameOf(entry.path));
      if (entry.odd === undefined) {
        expect({ path: entry.path, kept: nameIsKept(entry) }).toEqual({ path: entry.path, kept: true });
        expect(pathLength(`${LIBRARY}/${entry.path}`)).toBeLessThanOrEqual(MAX_PATH);
      }
      if (entry.odd?.twinOf === undefined) expect(keys.has(key)).toBe(false);
      keys.add(key);
    }
  });

  it('looks like an office: half of the files small, some deep, one folder wide', () => {
    const plan = planShare({ ...options('shape', 5_000), oddities: false });
    const sizes = plan
      .flatMap((entry) => (entry.type === 'file' ? [entry.size] : []))
      .toSorted((a, b) => a - b);
    expect(sizes[2_500]).toBeGreaterThan(MEDIAN_BYTES * 0.8);
    expect(sizes[2_500]).toBeLessThan(MEDIAN_BYTES * 1.2);
    expect(Math.max(...plan.map((entry) => entry.path.split('/').length))).toBeGreaterThanOrEqual(6);
    expect(
      plan.filter((entry) => parentOf(entry.path) === 'Operations/Scanner').length,
    ).toBeGreaterThanOrEqual(500);
    expect(plan.every((entry) => entry.modified < NOW)).toBe(true);
  });
});

describe('fileSizes', () => {
  it('never weighs more than it may', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.integer({ min: 1, max: 400 }),
        fc.integer({ min: 40, max: 200_000 }),
        (seed, n, each) => {
          const sizes = fileSizes(seededRandom(seed), n, n * each);
          expect(sizes.length).toBe(n);
          expect(Math.min(...sizes)).toBeGreaterThanOrEqual(40);
          // A file of 40 bytes cannot be made smaller to make up for another.
          expect(sizes.reduce((total, size) => total + size, 0)).toBeLessThanOrEqual(
            n * Math.max(each, 40) + n * 40,
          );
        },
      ),
    );
  });
});

describe('planOddities', () => {
  const plan = planOddities(NOW);

  it('has every kind and every treatment', () => {
    expect(new Set(plan.flatMap((entry) => entry.odd?.kind ?? []))).toEqual(new Set(oddityKinds));
    expect(new Set(plan.flatMap((entry) => entry.odd?.treatment ?? []))).toEqual(new Set(treatments));
  });

  it.each(plan.filter((entry) => entry.odd !== undefined).map((entry) => [entry.path, entry] as const))(
    'is treated by the rules as it says: %s',
    (_path, entry) => {
      const { treatment, code, kind, twinOf } = entry.odd ?? {};
      const left = leaveOut(
        { name: nameOf(entry.path), kind: kindOf(entry), hidden: false, system: false },
        everything,
      );
      if (treatment === 'left-out') expect(left).toBe(code);
      else expect(left).toBeUndefined();
      if (treatment === 'as-is') expect(nameIsKept(entry)).toBe(true);
      if (treatment === 'renamed') {
        // A twin has nothing wrong with its name but that of the other.
        expect([nameIsKept(entry), code]).toEqual([twinOf !== undefined, 'name-changed']);
      }
      expect(pathLength(`${LIBRARY}/${entry.path}`) > MAX_PATH).toBe(kind === 'path-too-long');
      if (twinOf !== undefined) expect(nameKey(twinOf)).toBe(nameKey(entry.path));
      if (treatment === 'cannot') expect(code).toBeDefined();
    },
  );

  it('knows what Windows cannot hold', () => {
    const names = plan
      .filter((entry) => impossibleOn('win32', entry) === undefined)
      .map((entry) => nameOf(entry.path));
    expect(
      names.filter((name) => /["*:<>?\\|]|[ .]$|^(con|prn|aux|nul|com1|lpt9)(\.|$)/i.test(name)),
    ).toEqual([]);
    expect(plan.every((entry) => impossibleOn('linux', entry) === undefined)).toBe(true);
  });
});

describe('createContents', () => {
  it('makes the same bytes again, and others for another path, seed or revision', () => {
    const contents = createContents('c');
    const bytes = contents.bytes('a/b', 3_000_000);
    expect(bytes.length).toBe(3_000_000);
    expect(createContents('c').bytes('a/b', 3_000_000).equals(bytes)).toBe(true);
    expect(contents.bytes('a/c', 3_000_000).equals(bytes)).toBe(false);
    expect(contents.bytes('a/b', 3_000_000, 1).equals(bytes)).toBe(false);
    expect(createContents('d').bytes('a/b', 3_000_000).equals(bytes)).toBe(false);
  });

  it('makes files of every length, and no two fragments of an upload alike', () => {
    const contents = createContents('c');
    for (const size of [0, 1, 31, 32, 33, 1_048_583, 1_048_616]) {
      expect(contents.bytes('x', size).length).toBe(size);
    }
    const fragment = 10 * 327_680;
    const bytes = contents.bytes('video', 4 * fragment);
    const parts = [0, 1, 2, 3].map((at) =>
      bytes.subarray(at * fragment, (at + 1) * fragment).toString('latin1'),
    );
    expect(new Set(parts).size).toBe(4);
  });
});
