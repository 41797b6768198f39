import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { seededRandom } from '../../src-practice/random.ts';
import type { ItemFilter } from '../../src-shared/contract/console-types.ts';
import type { ResultRow } from '../../src-shared/contract/fleet.ts';
import { addsUp, noTally } from '../../src-shared/model/counts.ts';
import { openRunResults } from './open-run-results.ts';
import type { RunResults, UnitResults } from './run-results.ts';
import { need, testFolder } from './test-folder.ts';

const UNIT: UnitResults = { unit: 'unit', generation: 1, path: '' };
const [A, B] = ['a', 'b'].map((unit): UnitResults => ({ ...UNIT, unit })) as [UnitResults, UnitResults];

function row(seq: number, facts: Partial<ResultRow> = {}): ResultRow {
  return {
    seq,
    item: seq + 1,
    parent: 1,
    name: `file ${seq}`,
    kind: 'file',
    size: 10,
    modified: 5_000,
    outcome: 'copied',
    grade: 'identical',
    findings: [],
    ...facts,
  };
}

async function open(file: string): Promise<RunResults> {
  const { results } = need(await openRunResults({ file, now: () => 0 }));
  onTestFinished(() => results.close());
  return results;
}

async function all(results: RunResults, filter: ItemFilter, limit = 3) {
  const items = [];
  let cursor: string | undefined;
  for (;;) {
    const page = await results.page(filter, cursor, limit);
    items.push(...page.items);
    if (page.total !== null && page.cursor === null) expect(items).toHaveLength(page.total);
    if (page.cursor === null) return items;
    cursor = page.cursor;
  }
}

describe('results of a run', () => {
  it('are taken once each, in order, and not beyond a gap', async () => {
    const file = join(testFolder(), 'run.db');
    const results = await open(file);
    const found = { ...noTally, files: 9, bytes: 90 };
    expect(await results.take(UNIT, [row(1), row(2), row(4)], found)).toBe(2);
    expect(await results.take(UNIT, [row(1), row(2), row(3), row(4)], found)).toBe(4);
    expect(await results.take(UNIT, [row(2, { outcome: 'failed' })], found)).toBe(4);
    expect(await results.take(UNIT, [], found)).toBe(4);
    const counts = await results.counts();
    expect(counts.found).toEqual(found);
    expect(counts.byOutcome.copied).toEqual({ files: 4, folders: 0, others: 0, bytes: 40 });
    await results.close();
    const again = await open(file);
    expect(await again.counts()).toEqual(counts);
    expect(await again.take(UNIT, [row(5)], found)).toBe(5);
  });

  it('keep the last word about an item that is told twice in one beat, among others', async () => {
    const results = await open(join(testFolder(), 'run.db'));
    const found = { ...noTally, files: 40, bytes: 400 };
    const first = Array.from({ length: 30 }, (_, i) => row(i + 1, { outcome: undefined, grade: undefined }));
    const again = row(31, { item: 7, name: 'file 6', outcome: 'failed', grade: undefined });
    const rest = Array.from({ length: 9 }, (_, i) => row(i + 32, { item: i + 40 }));
    expect(await results.take(UNIT, [...first, again, ...rest], found)).toBe(40);
    const { byOutcome } = await results.counts();
    expect([byOutcome.copied.files, byOutcome.failed.files]).toEqual([9, 1]);
    const items = await all(results, {});
    expect(items.map(({ item }) => item)).toEqual([7, ...Array.from({ length: 9 }, (_, i) => i + 40)]);
  });

  it('keep the last word about an item, and what several units found together', async () => {
    const results = await open(join(testFolder(), 'run.db'));
    const found = { ...noTally, files: 2, folders: 1, bytes: 20 };
    await results.take(
      A,
      [
        row(1, {
          kind: 'folder',
          size: 0,
          outcome: undefined,
          grade: undefined,
          findings: [{ code: 'name-changed' }],
        }),
      ],
      found,
    );
    expect((await results.counts()).byCode).toEqual({});
    await results.take(
      A,
      [
        row(2, {
          item: 2,
          kind: 'folder',
          size: 0,
          name: 'file 1',
          grade: 'present',
          findings: [{ code: 'name-changed' }],
        }),
        row(3, { parent: 2 }),
      ],
      found,
    );
    await results.take(
      A,
      [
        row(4, {
          item: 4,
          name: 'file 3',
          parent: 2,
          outcome: 'failed',
          grade: 'differs',
          findings: [{ code: 'content-differs', detail: 'x' }],
        }),
      ],
      found,
    );
    await results.take(B, [row(1)], found);
    const { byOutcome, byGrade, byCode, ...counts } = await results.counts();
    expect(counts.found).toEqual({ files: 4, folders: 2, others: 0, bytes: 40 });
    expect(byOutcome.copied).toEqual({ files: 1, folders: 1, others: 0, bytes: 10 });
    expect(byOutcome.failed).toEqual({ files: 1, folders: 0, others: 0, bytes: 10 });
    expect([byGrade.identical.files, byGrade.differs.files, byGrade.present.files]).toEqual([1, 1, 0]);
    expect(byCode).toEqual({
      'name-changed': { items: 1, bytes: 0 },
      'content-differs': { items: 1, bytes: 10 },
    });
    const items = await all(results, {});
    expect(items.map(({ path, outcome }) => [path, outcome])).toEqual([
      ['file 1', 'copied'],
      ['file 1/file 3', 'failed'],
      ['file 1', 'copied'],
    ]);
    expect(new Set(items.map(({ item }) => item)).size).toBe(3);
  });

  it('come in pages, by what one asks for', async () => {
    const results = await open(join(testFolder(), 'run.db'));
    const outcomes = ['copied', 'present', 'failed', 'left-out'] as const;
    const rows = Array.from({ length: 40 }, (_, i) => {
      const outcome = outcomes[i % 4] ?? 'copied';
      const grade =
        outcome === 'copied' ? (i % 8 ? ('rewritten' as const) : ('identical' as const)) : undefined;
      const findings =
        outcome === 'failed'
          ? [{ code: 'read-failed' as const, detail: 'first' }, { code: 'read-failed' as const }]
          : [];
      const kind = outcome === 'left-out' ? ('link' as const) : ('file' as const);
      return row(i + 1, {
        outcome,
        grade,
        findings,
        kind,
        size: kind === 'link' ? 0 : 10,
        name: i === 7 ? 'ÜBER.txt' : `file ${i}`,
      });
    });
    const gone = row(41, {
      outcome: undefined,
      grade: undefined,
      findings: [{ code: 'deleted-at-source' }],
      modified: 1_999.7,
    });
    await results.take(UNIT, [...rows, gone], noTally);
    expect(await all(results, {})).toHaveLength(41);
    expect((await all(results, {})).map(({ item }) => item)).toEqual(
      Array.from({ length: 41 }, (_, i) => i + 2),
    );
    const counted = async (filter: ItemFilter) => (await all(results, filter)).length;
    expect(await Promise.all(outcomes.map((outcome) => counted({ outcome })))).toEqual([10, 10, 10, 10]);
    expect(await counted({ grade: 'rewritten' })).toBe(5);
    expect(await counted({ kind: 'link' })).toBe(10);
    expect(await counted({ kind: 'file', outcome: 'copied' })).toBe(10);
    expect(await counted({ kind: 'link', outcome: 'copied' })).toBe(0);
    expect(await counted({ code: 'read-failed' })).toBe(10);
    expect(await counted({ code: 'read-failed', outcome: 'copied' })).toBe(0);
    expect(await counted({ code: 'name-changed' })).toBe(0);
    expect((await all(results, { text: 'über' })).map(({ path }) => path)).toEqual(['ÜBER.txt']);
    expect(await counted({ text: 'FILE', outcome: 'failed' })).toBe(10);
    expect(await all(results, { code: 'deleted-at-source' })).toEqual([
      {
        item: 42,
        path: 'file 41',
        kind: 'file',
        size: 10,
        modified: 1_000,
        outcome: null,
        grade: null,
        destinationName: null,
        findings: [{ code: 'deleted-at-source' }],
      },
    ]);
    await expect(results.page({}, 'nonsense', 3)).rejects.toMatchObject({ problem: { code: 'bad-request' } });
  });

  it('are found by what they are by now, wherever they are', async () => {
    const results = await open(join(testFolder(), 'run.db'));
    const random = seededRandom('pages');
    const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
    const grown = new Map<number, ResultRow>();
    const rows = Array.from({ length: 3_000 }, (_, i): ResultRow => {
      // Many are told a second time, as something else.
      const item = random() < 0.3 ? 2 + Math.floor(random() * 2_000) : i + 2;
      const outcome = random() < 0.01 ? 'failed' : pick(['copied', 'present'] as const);
      const findings = random() < 0.05 ? [{ code: pick(['name-changed', 'odd-time'] as const) }] : [];
      const kind = random() < 0.02 ? 'folder' : 'file';
      const name = pick(['50% off', '50 percent', 'a_b', 'axb', 'ÄÖ']);
      const grade = pick(['identical', 'rewritten'] as const);
      const told = row(i + 1, { item, outcome, findings, kind, name, grade });
      grown.set(item, told);
      return told;
    });
    await results.take(UNIT, rows, noTally);
    const filters: ItemFilter[] = [
      ...[
        {},
        { outcome: 'failed' as const },
        { outcome: 'present' as const },
        { grade: 'rewritten' as const },
      ],
      { kind: 'folder', outcome: 'failed' },
      { kind: 'folder', grade: 'identical', outcome: 'copied' },
      { code: 'odd-time' },
      { code: 'odd-time', outcome: 'failed' },
      { code: 'name-changed', kind: 'folder' },
      ...[{ text: '50%' }, { text: 'A_B' }, { text: 'äö', outcome: 'failed' as const }, { text: 'none' }],
    ];
    for (const filter of filters) {
      const wanted = [...grown.values()]
        .filter(({ outcome, grade, kind, name, findings }) =>
          [
            filter.outcome === undefined || outcome === filter.outcome,
            filter.grade === undefined || grade === filter.grade,
            filter.kind === undefined || kind === filter.kind,
            filter.code === undefined || findings.some(({ code }) => code === filter.code),
            name.toLowerCase().includes((filter.text ?? '').toLowerCase()),
          ].every(Boolean),
        )
        .map(({ item }) => item);
      const found = (await all(results, filter, 40)).map(({ item }) => item);
      expect(found, JSON.stringify(filter)).toEqual(wanted.toSorted((a, b) => a - b));
    }
  });

  it('are looked for to the end, however far apart they are', async () => {
    const results = await open(join(testFolder(), 'run.db'));
    const far = [1, 40_000, 120_000].map((item, i) => row(i + 1, { item: item + 1, outcome: 'failed' }));
    await results.take(UNIT, far, noTally);
    // One in each of more stretches than are looked at in one step.
    const between = Array.from({ length: 450 }, (_, i) => row(i + 4, { item: 300 + i * 256 }));
    await results.take(UNIT, between, noTally);
    expect(await all(results, { outcome: 'failed' }, 2)).toHaveLength(3);
    expect(await all(results, { text: 'file 453' })).toHaveLength(1);
    expect(await all(results, {}, 100)).toHaveLength(453);
  });

  it.skipIf(process.platform === 'win32')(
    'say so when a page cannot be read, and are read when it can',
    async () => {
      const file = join(testFolder(), 'run.db');
      const results = await open(file);
      await results.take(UNIT, [row(1)], noTally);
      renameSync(file, `${file}.away`);
      await expect(all(results, {})).rejects.toMatchObject({ problem: { code: 'store-unusable' } });
      renameSync(`${file}.away`, file);
      expect(await all(results, {})).toHaveLength(1);
    },
  );

  it('go on from where a unit is when the file was damaged, and say so', async () => {
    const file = join(testFolder(), 'run.db');
    writeFileSync(file, 'no database '.repeat(500));
    const { results, notices } = need(await openRunResults({ file, now: () => 0 }));
    expect(notices.map(({ code }) => code)).toEqual(['store-corrupt']);
    expect(await results.take(UNIT, [row(500), row(501)], noTally)).toBe(501);
    await results.close();
    const again = await open(file);
    expect(await again.take(UNIT, [row(502)], noTally)).toBe(502);
    expect(await all(again, {})).toHaveLength(3);
  });
});

describe('a unit that another machine begins anew', () => {
  const of = (generation: number, path = ''): UnitResults => ({ unit: 'unit', generation, path });
  const folder = (seq: number, facts: Partial<ResultRow> = {}) =>
    row(seq, { kind: 'folder', size: 0, name: 'Sub', grade: 'present', ...facts });
  const told = async (results: RunResults) =>
    (await all(results, {})).map(({ path, outcome, grade }) => [path, outcome, grade]);

  /** Sub with two files, and one beside it that failed: five are found, four are told. */
  async function first(results: RunResults): Promise<void> {
    await results.take(
      of(1),
      [
        folder(1),
        row(2, { parent: 2, grade: 'rewritten', findings: [{ code: 'name-changed' }] }),
        row(3, { parent: 2 }),
        row(4, { outcome: 'failed', grade: 'missing', findings: [{ code: 'file-in-use' }] }),
      ],
      { files: 4, folders: 1, others: 0, bytes: 40 },
    );
  }

  it('counts nothing of what was told before, until it is told again or the unit ends', async () => {
    const file = join(testFolder(), 'run.db');
    const results = await open(file);
    await first(results);
    await results.beginAnew(of(2));
    await results.beginAnew(of(2));
    expect(await results.counts()).toMatchObject({
      found: noTally,
      byCode: {},
      byOutcome: { copied: noTally },
    });
    expect(await told(results)).toEqual([]);
    expect([await results.taken(of(1)), await results.taken(of(2))]).toEqual([0, 0]);
    expect((await results.survey(0, 99)).items).toEqual([]);
    await results.end(of(2), 'stopped');
    const counts = await results.counts();
    // What failed was not tried again; what was copied is there.
    expect(counts.found).toEqual({ files: 2, folders: 1, others: 0, bytes: 20 });
    expect(counts.byOutcome.copied).toEqual(counts.found);
    expect(counts.byGrade).toMatchObject({
      rewritten: { files: 1 },
      identical: { files: 1 },
      missing: { files: 0 },
    });
    expect(counts.byCode).toEqual({ 'name-changed': { items: 1, bytes: 10 } });
    await results.end(of(2), 'stopped');
    expect(await results.counts()).toEqual(counts);
    await results.close();
    expect(await (await open(file)).counts()).toEqual(counts);
  });

  it('keeps copied with its grade what is found there as it was copied, under other numbers, and believes the new word of all else', async () => {
    const results = await open(join(testFolder(), 'run.db'));
    await first(results);
    const found = { files: 4, folders: 1, others: 0, bytes: 41 };
    const seen = { outcome: 'present', grade: 'size-equal' } as const;
    await results.take(of(2), [row(1, { item: 2, name: 'file 4', outcome: 'copied' })], found);
    await results.take(
      of(2),
      [
        folder(2, { item: 9, outcome: 'present' }),
        row(3, { item: 10, name: 'file 2', parent: 9, ...seen }),
        // Changed since it was copied, so the copy that is there is somebody else's.
        row(4, { item: 11, name: 'file 3', parent: 9, size: 11, ...seen }),
        // Said twice, as a listing at the end does.
        row(5, { item: 10, name: 'file 2', parent: 9, ...seen }),
        row(6, { item: 12, name: 'new', ...seen }),
      ],
      found,
    );
    expect(await told(results)).toEqual([
      ['file 4', 'copied', 'identical'],
      ['Sub', 'copied', 'present'],
      ['Sub/file 2', 'copied', 'rewritten'],
      ['Sub/file 3', 'present', 'size-equal'],
      ['new', 'present', 'size-equal'],
    ]);
    expect((await results.counts()).byCode).toEqual({ 'name-changed': { items: 1, bytes: 10 } });
    await results.end(of(2), 'done');
    const counts = await results.counts();
    expect(addsUp(counts, true)).toBe(true);
    expect(counts.byOutcome.copied).toEqual({ files: 2, folders: 1, others: 0, bytes: 20 });
  });

  it('can be begun anew again and again: what the first one copied is not forgotten', async () => {
    const results = await open(join(testFolder(), 'run.db'));
    await first(results);
    const seen = { outcome: 'present', grade: 'size-equal' } as const;
    const two = { files: 1, folders: 1, others: 0, bytes: 10 };
    await results.take(of(2), [folder(1, seen), row(2, { parent: 2, ...seen })], two);
    // The third is told nothing of file 3, which the first had copied, and finds file 2 as the second did.
    await results.take(
      of(3),
      [folder(1, { item: 5, ...seen }), row(2, { item: 6, parent: 5, ...seen })],
      two,
    );
    await results.end(of(3), 'done');
    expect((await told(results)).toSorted()).toEqual([
      ['Sub', 'copied', 'present'],
      ['Sub/file 2', 'copied', 'rewritten'],
      ['Sub/file 3', 'copied', 'identical'],
    ]);
    expect(addsUp(await results.counts(), true)).toBe(true);
  });

  it('counts once what had ended before, when nobody learned of that end', async () => {
    const results = await open(join(testFolder(), 'run.db'));
    const seen = { outcome: 'present', grade: 'size-equal' } as const;
    const two = { files: 1, folders: 1, others: 0, bytes: 10 };
    const again = [folder(1, seen), row(2, { parent: 2, ...seen })];
    await first(results);
    await results.take(of(2), again, two);
    // A kill comes after this, and before it is written down with the unit: its machine is gone, another one begins.
    await results.end(of(2), 'done');
    await results.take(of(3), again, two);
    expect(addsUp(await results.counts(), false)).toBe(true);
    await results.end(of(3), 'done');
    expect((await told(results)).toSorted()).toEqual([
      ['Sub', 'copied', 'present'],
      ['Sub/file 2', 'copied', 'rewritten'],
      ['Sub/file 3', 'copied', 'identical'],
    ]);
    const counts = await results.counts();
    expect(counts.found).toEqual({ files: 2, folders: 1, others: 0, bytes: 20 });
    expect(addsUp(counts, true)).toBe(true);
  });

  it('takes back what had failed with it, when it was set aside and nobody learned of that', async () => {
    const results = await open(join(testFolder(), 'run.db'));
    const branch = { unit: 'branch', generation: 1, path: 'Sub/Deep' };
    await results.take(branch, [row(1)], { files: 5, folders: 2, others: 1, bytes: 77 });
    await results.end(branch, 'set-aside');
    const next = { ...branch, generation: 2 };
    await results.take(next, [row(1), row(2)], { ...noTally, files: 2, bytes: 20 });
    await results.end(next, 'done');
    const counts = await results.counts();
    expect(counts.found).toEqual({ ...noTally, files: 2, bytes: 20 });
    expect(counts.byCode).toEqual({});
    expect(addsUp(counts, true)).toBe(true);
  });

  it('tells paths below its folder, also to a survey', async () => {
    const results = await open(join(testFolder(), 'run.db'));
    await results.take(UNIT, [folder(1), folder(2, { name: 'Deep', parent: 2 })], noTally);
    const branch = { unit: 'branch', generation: 1, path: 'Sub/Deep' };
    await results.take(branch, [row(1), folder(2, { name: 'More' }), row(3, { parent: 3 })], noTally);
    expect((await all(results, {})).map(({ path }) => path)).toEqual([
      ...['Sub', 'Sub/Deep', 'Sub/Deep/file 1', 'Sub/Deep/More', 'Sub/Deep/More/file 3'],
    ]);
    const { items } = await results.survey(0, 99);
    const [, deep, one, more, three] = items;
    expect([one?.folder, more?.folder, three?.folder]).toEqual([deep?.id, deep?.id, more?.id]);
  });

  it('counts what is known to be in it from the beginning, and what it told when it has ended', async () => {
    const results = await open(join(testFolder(), 'run.db'));
    const part = { unit: 'part', generation: 1, path: 'Wide' };
    await results.expect([{ of: part, files: 3, bytes: 30 }]);
    await results.expect([{ of: part, files: 3, bytes: 30 }]);
    expect((await results.counts()).found).toEqual({ ...noTally, files: 3, bytes: 30 });
    await results.take(part, [row(1)], { ...noTally, files: 1, bytes: 10 });
    expect((await results.counts()).found.files).toBe(3);
    await results.beginAnew({ ...part, generation: 2 });
    expect((await results.counts()).found.files).toBe(3);
    await results.take({ ...part, generation: 2 }, [row(1)], { ...noTally, files: 2, bytes: 20 });
    await results.take({ ...part, generation: 2 }, [row(2)], { ...noTally, files: 2, bytes: 20 });
    await results.end({ ...part, generation: 2 }, 'done');
    const counts = await results.counts();
    expect(counts.found).toEqual({ ...noTally, files: 2, bytes: 20 });
    expect(addsUp(counts, true)).toBe(true);
  });

  it('has failed with all that it left undone when it is set aside', async () => {
    const results = await open(join(testFolder(), 'run.db'));
    const branch = { unit: 'branch', generation: 1, path: 'Sub/Deep' };
    await results.take(branch, [row(1)], { files: 5, folders: 2, others: 1, bytes: 77 });
    await results.end(branch, 'set-aside');
    const counts = await results.counts();
    expect(addsUp(counts, true)).toBe(true);
    expect(counts.byOutcome.failed).toEqual({ files: 4, folders: 3, others: 1, bytes: 67 });
    expect(counts.byCode['unit-set-aside']).toEqual({ items: 8, bytes: 67 });
    const [failed] = (await results.page({ outcome: 'failed' }, undefined, 9)).items;
    expect(failed).toMatchObject({
      path: 'Sub/Deep',
      kind: 'folder',
      findings: [{ code: 'unit-set-aside' }],
    });
  });
});
