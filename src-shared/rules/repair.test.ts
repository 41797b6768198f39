import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_NAME, nameKey, planName, type Replacement, replacements } from './names.ts';
import { FolderNames, type NameWish } from './repair.ts';

const place = { kind: 'file', atLibraryRoot: false } as const;

interface Sibling {
  readonly name: string;
  readonly kept?: string | undefined;
  readonly given?: string | undefined;
}

/** As a scan does it: batch by batch, then those that waited. Names that cannot be planned are not in the answer. */
function repair(
  siblings: readonly Sibling[],
  replacement: Replacement = 'look-alike',
  batch = 1_000,
): Map<string, string | undefined> {
  const names = new FolderNames();
  for (const { name, kept } of siblings) if (kept !== undefined) names.expect(kept, name);
  const wishes = siblings.flatMap(({ name, kept, given }): NameWish[] => {
    if (kept !== undefined) return [{ name, wanted: kept, by: 'copy' }];
    if (given !== undefined) return [{ name, wanted: given, by: 'plan' }];
    const planned = planName(name, place, replacement);
    return planned.ok ? [{ name, wanted: planned.name, by: 'rules' }] : [];
  });
  const plan = new Map<string, string | undefined>();
  const waiting: NameWish[] = [];
  for (let at = 0; at < wishes.length; at += batch) {
    const some = wishes.slice(at, at + batch);
    if (names.takeAll(some)) {
      for (const { name, wanted } of some) plan.set(name, wanted);
      continue;
    }
    const taken = names.take(some);
    for (const [{ name }, answer] of taken.settled) plan.set(name, answer.name);
    waiting.push(...taken.waiting);
  }
  for (const [{ name }, answer] of names.settle(waiting, { complete: true, number: true })) {
    plan.set(name, answer.name);
  }
  return plan;
}

const named = (...names: string[]): Sibling[] => names.map((name) => ({ name }));

/** Names that are alike, of few letters and of every length, so that many of them meet. */
const parts = fc.constantFrom(
  ...['a', 'A', 'b', ':', '：', '?', '*', '_', ' ', '.', ' (2)', ' (3)', '~', '.txt', '.TXT', 'é', 'e\u0301'],
  ...[
    'CON',
    'con',
    '_vti_',
    '😀',
    '.an ending of 17.',
    'x'.repeat(120),
    'X'.repeat(124),
    '𝒳'.repeat(60),
    '\u0007',
  ],
);
const name = fc.array(parts, { minLength: 1, maxLength: 6 }).map((some) => some.join(''));
const siblings = fc.uniqueArray(name, { maxLength: 30 });

describe('the names of a folder', () => {
  it.each([
    ['in upper and lower case', ['Report.docx', 'REPORT.DOCX'], { 'Report.docx': 'Report (2).docx' }],
    ['that need no change come first', ['a:b.txt', 'a：b.txt'], { 'a:b.txt': 'a：b (2).txt' }],
    ['that look like a number already', ['a', 'A', 'A (2)', 'a (3)'], { a: 'a (4)' }],
    ['in two normal forms', ['e\u0301.txt', 'é.txt'], { 'é.txt': 'é (2).txt' }],
    ['without an ending', ['.Profile', '.profile'], { '.profile': '.profile (2)' }],
    [
      'with a dot that begins no ending',
      ['v1. of the whole plan', 'V1. of the whole plan'],
      {
        'v1. of the whole plan': 'v1. of the whole plan (2)',
      },
    ],
  ])('%s', (_, given, changes) => {
    const all = Object.fromEntries(given.map((one) => [one, one]));
    expect(Object.fromEntries(repair(named(...given)))).toEqual({ ...all, ...changes });
  });

  it('are given numbers within the length that is allowed, and keep their ending', () => {
    const long = `${'n'.repeat(251)}.txt`;
    const plan = repair(named(long, long.toUpperCase()));
    expect(plan.get(long)).toBe(`${'n'.repeat(247)} (2).txt`);
    const pairs = `${'😀'.repeat(127)}a`;
    expect(repair(named(pairs, pairs.toUpperCase())).get(pairs)).toBe(`${'😀'.repeat(125)} (2)`);
  });

  it('that a copy has stay, whatever else comes', () => {
    const plan = repair([{ name: 'B.txt' }, { name: 'a.txt', kept: 'b.txt' }, { name: 'b (2).txt' }]);
    expect(Object.fromEntries(plan)).toEqual({
      'a.txt': 'b.txt',
      'B.txt': 'B (3).txt',
      'b (2).txt': 'b (2).txt',
    });
  });

  it('that a plan gives come before those of the rules, and are not changed again', () => {
    const plan = repair([
      { name: 'a:b' },
      { name: 'x', given: 'a：b' },
      { name: 'y', given: 'z' },
      { name: 'Z' },
    ]);
    expect(Object.fromEntries(plan)).toEqual({ 'a:b': 'a：b (2)', x: 'a：b', y: undefined, Z: 'Z' });
  });

  it('are refused where no numbers are to be given', () => {
    const names = new FolderNames();
    const wishes: NameWish[] = named('a', 'A').map(({ name }) => ({ name, wanted: name, by: 'rules' }));
    const { settled, waiting } = names.take(wishes);
    expect(settled.map(([{ name }]) => name)).toEqual(['A']);
    expect(names.settle(waiting, { complete: true, number: false })).toEqual([
      [waiting[0], { name: undefined, other: 'A' }],
    ]);
  });

  it('of what has a copy and has not come yet are not given away; of what is gone they can be wanted and not found', () => {
    const names = new FolderNames();
    names.expect('a.txt', 'a.txt');
    const wish: NameWish = { name: 'A.txt', wanted: 'A.txt', by: 'rules' };
    expect(names.take([wish])).toEqual({ settled: [], waiting: [wish] });
    expect(names.settle([wish], { complete: false, number: true })).toEqual([
      [wish, { name: 'A (2).txt', other: 'a.txt' }],
    ]);
    names.refuse('A (2).txt');
    expect(names.settle([wish], { complete: true, number: true })[0]?.[1].name).toBe('A.txt');
    const twin: NameWish = { name: 'á.txt', wanted: 'a.txt', by: 'rules' };
    expect(names.settle([twin], { complete: true, number: true })[0]?.[1].name).toBe('a (3).txt');
  });

  it('become valid, unique, no longer than allowed, and lead back to the source', () => {
    fc.assert(
      fc.property(siblings, fc.constantFrom(...replacements), (given, replacement) => {
        const plan = repair(named(...given), replacement);
        const planned = [...plan.values()].filter((one) => one !== undefined);
        expect(planned.length).toBe(given.filter((one) => planName(one, place).ok).length);
        for (const one of planned) {
          expect(planName(one, place, replacement)).toMatchObject({ ok: true, changed: false });
          expect(one.length).toBeLessThanOrEqual(MAX_NAME);
        }
        expect(new Set(planned.map(nameKey)).size).toBe(planned.length);
        const back = new Map([...plan].map(([from, to]) => [to, from]));
        for (const [from, to] of plan) expect(back.get(to)).toBe(from);
      }),
      { numRuns: 2_000 },
    );
  });

  it('are the same again, in whatever order and batches they come, and stay as they are once repaired', () => {
    fc.assert(
      fc.property(
        siblings,
        fc.integer({ min: 1, max: 10 }),
        fc.infiniteStream(fc.nat()),
        (given, batch, order) => {
          // Which of two unchanged twins is the first is known only within a batch.
          const keys = new Set<string>();
          const some = given.filter((one) => keys.size < keys.add(nameKey(one)).size);
          const plan = repair(named(...some));
          const places = new Map(some.map((one) => [one, order.next().value]));
          const shuffled = some.toSorted((a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0));
          expect(new Map([...repair(named(...shuffled), 'look-alike', batch)].sort())).toEqual(
            new Map([...plan].sort()),
          );
          const done = [...plan.values()].filter((one) => one !== undefined);
          expect([...repair(named(...done))].every(([from, to]) => from === to)).toBe(true);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('stay with those that have a copy when siblings come and go', () => {
    fc.assert(
      fc.property(siblings, siblings, fc.integer({ min: 1, max: 10 }), (first, others, batch) => {
        const copied = repair(named(...first));
        const later = [...new Set([...others, ...first.filter((_, i) => i % 3 > 0)])].map((name) => ({
          name,
          kept: copied.get(name),
        }));
        const plan = repair(later, 'look-alike', batch);
        for (const { name, kept } of later) if (kept !== undefined) expect(plan.get(name)).toBe(kept);
        const planned = [...plan.values()].filter((one) => one !== undefined);
        expect(new Set(planned.map(nameKey)).size).toBe(planned.length);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('proposals for names that are too long', () => {
  const propose = (name: string, most = MAX_NAME): string | undefined =>
    new FolderNames().propose(name, most, { kind: 'file' }, 'look-alike');

  it('keep the ending and what there is room for', () => {
    expect(propose(`${'n'.repeat(300)}.docx`)).toBe(`${'n'.repeat(250)}.docx`);
    expect(propose(`a name that is: rather long.docx`, 20)).toBe('a name that is：.docx');
    expect(propose(`${'word '.repeat(60)}`, 20)).toBe('word word word word');
    expect(propose('a name that is rather long.docx', 15)).toBeUndefined();
    expect(propose(`\ud83d${'n'.repeat(300)}`)).toBeUndefined();
  });

  it('are no name that anything else of the folder has', () => {
    const names = new FolderNames();
    const long = 'n'.repeat(300);
    names.avoid('N'.repeat(255));
    const first = names.propose(long, MAX_NAME, { kind: 'file' }, 'look-alike');
    expect(first).toBe(`${'n'.repeat(251)} (2)`);
    expect(names.propose(`${long}m`, MAX_NAME, { kind: 'file' }, 'look-alike')).toBe(
      `${'n'.repeat(251)} (3)`,
    );
  });

  it('are valid and short enough, whatever the name', () => {
    fc.assert(
      fc.property(name, fc.integer({ min: 0, max: 300 }), (given, most) => {
        const proposed = propose(given.repeat(5), most);
        if (proposed === undefined) return;
        expect(planName(proposed, place)).toMatchObject({ ok: true, changed: false });
        expect(proposed.length).toBeLessThanOrEqual(Math.min(most, MAX_NAME));
      }),
    );
  });
});
