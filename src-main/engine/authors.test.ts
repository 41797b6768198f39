import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addsUp } from '../../src-shared/model/counts.ts';
import { failed, ok, type Result } from '../../src-shared/model/problem.ts';
import type { Owner } from '../source/source.ts';
import { EngineRig } from './engine-rig.ts';

let rig: EngineRig;
/** Whose a file is, by its path. */
let owners: (path: string) => Result<Owner>;
beforeEach(async () => {
  rig = await EngineRig.make();
  rig.settings = { authors: true };
  owners = (path) => ok([`CONTOSO\\${path.at(-1) ?? ''}`, 'S-1-5-21-9']);
  rig.people = new Map([
    ['contoso\\a', 'alice@contoso.com'],
    ['contoso\\b', 'bob@contoso.com'],
  ]);
  rig.wrapSource = (source) => ({
    ...source,
    list: (path) => source.list(path),
    owner: async (path) => owners(path),
  });
});
afterEach(() => rig.end());

const authorsOf = (): Record<string, string | undefined> =>
  Object.fromEntries(
    [...rig.destination.items.values()].flatMap((item) =>
      item.kind === 'file' ? [[rig.destination.pathOf(item), item.author]] : [],
    ),
  );
const asked = (): number => rig.destination.calls.get('setAuthors') ?? 0;

describe('authors (stand-in destination)', () => {
  it('are the owners at the source by the list of people; nothing is asked where they are not wanted', async () => {
    await rig.write({ 'x/1a': 'one', 'x/2b': 'two' });
    rig.settings = {};
    await rig.run(0);
    expect(asked()).toBe(0);
    rig.settings = { authors: true };
    // What earlier runs copied gets its author the first time that authors are wanted.
    const { counts, end } = await rig.run(1);
    expect(end).toEqual({ how: 'done' });
    expect(authorsOf()).toEqual({ 'x/1a': 'alice@contoso.com', 'x/2b': 'bob@contoso.com' });
    expect(counts.byCode).toEqual({});
    const before = asked();
    await rig.run(2);
    expect(asked()).toBe(before);
  });

  it('leave copies ours: what the source changes later is replaced, and no other author is set', async () => {
    await rig.write({ '1a': 'one', '2b': 'two' });
    await rig.run(0);
    expect(authorsOf()).toEqual({ '1a': 'alice@contoso.com', '2b': 'bob@contoso.com' });
    await rig.write({ '1a': 'one more' }, 5);
    const before = asked();
    const { items } = await rig.run(1);
    expect(items).toMatchObject({ '1a': 'copied identical', '2b': 'present identical' });
    expect(asked()).toBe(before + 1);
    expect(authorsOf()).toEqual({ '1a': 'alice@contoso.com', '2b': 'bob@contoso.com' });
  });

  it('are a finding where the list has nobody, and set once it has', async () => {
    await rig.write({ '1a': 'one', '3c': 'three' });
    const first = await rig.run(0);
    expect(first.items).toMatchObject({
      '1a': 'copied identical',
      '3c': 'copied identical owner-not-mapped',
    });
    expect(first.counts.byCode).toMatchObject({ 'owner-not-mapped': { items: 1 } });
    expect(addsUp(first.counts, true)).toBe(true);
    const before = asked();
    await rig.run(1);
    expect(asked()).toBe(before);
    rig.people = new Map([...rig.people, ['s-1-5-21-9', 'nora@contoso.com']]);
    await rig.run(2);
    expect(authorsOf()).toEqual({ '1a': 'alice@contoso.com', '3c': 'nora@contoso.com' });
  });

  it('that the destination does not know are a finding of each file, asked for once, and tried again in the next run', async () => {
    await rig.write(Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`${i}b`, 'x'])));
    rig.destination.strangers.add('bob@contoso.com');
    const { counts } = await rig.run(0);
    expect(counts.byCode).toMatchObject({ 'person-unknown-at-destination': { items: 500 } });
    expect(asked()).toBeLessThan(25);
    rig.destination.strangers.clear();
    await rig.run(1);
    expect(Object.values(authorsOf()).every((author) => author === 'bob@contoso.com')).toBe(true);
  });

  it('are not set on what a colleague edited or had there before', async () => {
    rig.destination.plant('root', '9a', 'one', Date.UTC(2023, 4, 6, 7, 0));
    Object.assign(rig.destination.root, { empty: false });
    await rig.write({ '9a': 'one', '1a': 'mine' });
    rig.destination.fault = (kind, name) => {
      const item = rig.destination.at('1a');
      if (kind === 'setAuthors' && name === '1a' && item) rig.destination.edit(item.id, 'theirs', Date.now());
      return undefined;
    };
    const { items } = await rig.run(0);
    expect(items).toMatchObject({ '1a': 'copied identical author-not-set', '9a': 'present size-equal' });
    expect(authorsOf()).toEqual({ '1a': undefined, '9a': undefined });
  });

  it('that may not be set, or whose owner cannot be read, are findings and no failures', async () => {
    await rig.write({ '1a': 'one', '2b': 'two' });
    owners = (path) =>
      path === '2b' ? failed('access-list-unreadable', { detail: 'no' }) : ok(['contoso\\a']);
    rig.destination.fault = (kind) => (kind === 'setAuthors' ? { code: 'authors-not-permitted' } : undefined);
    const { items, end } = await rig.run(0);
    expect(end).toEqual({ how: 'done' });
    expect(items).toEqual({
      '1a': 'copied identical authors-not-permitted',
      '2b': 'copied identical owner-unreadable',
    });
  });

  it.each([1, 2, 3])('are right after kills, seed %d', async (seed) => {
    await rig.write(
      Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`${i}${i % 2 ? 'a' : 'b'}`, `${i}`])),
    );
    await rig.killedRuns(0, 6, (kill) => 1 + ((seed * 11 + kill * 17) % 70));
    const { end, counts } = await rig.run(0);
    expect(end).toEqual({ how: 'done' });
    expect(counts.byCode).toEqual({});
    const authors = Object.entries(authorsOf());
    expect(authors).toHaveLength(30);
    for (const [path, author] of authors) {
      expect(author).toBe(path.endsWith('a') ? 'alice@contoso.com' : 'bob@contoso.com');
    }
    const next = await rig.run(1);
    expect(next.counts.byOutcome.present.files).toBe(30);
  });
});
