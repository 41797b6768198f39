import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ChangeCounter, type Changes } from './changes.ts';
import type { SurveyItem } from './survey.ts';

const base: SurveyItem = {
  id: 2,
  folder: 1,
  name: 'x',
  kind: 'file',
  size: 10,
  modified: 1_000,
  outcome: 'planned',
  destinationName: null,
  codes: [],
};

function compare(before: readonly SurveyItem[], now: readonly SurveyItem[]): Changes {
  const counter = new ChangeCounter();
  const ids = [...new Set([...before, ...now].map(({ id }) => id))].sort((a, b) => a - b);
  for (const id of ids) {
    counter.add(
      before.find((item) => item.id === id),
      now.find((item) => item.id === id),
    );
  }
  return counter.result();
}

describe('what changed between two looks', () => {
  it('tells new, changed, gone and unchanged files apart, and by how much they grew', () => {
    const before = [
      { ...base, id: 2, name: 'same' },
      { ...base, id: 3, name: 'grown' },
      { ...base, id: 4, name: 'touched' },
      { ...base, id: 5, name: 'gone', size: 70 },
    ];
    const now = [
      { ...base, id: 2, name: 'same' },
      { ...base, id: 3, name: 'grown', size: 25 },
      { ...base, id: 4, name: 'touched', modified: 9_000 },
      { ...base, id: 6, name: 'new', size: 5 },
    ];
    expect(compare(before, now)).toMatchObject({
      same: { files: 1, bytes: 10 },
      changed: { files: 2, bytes: 35 },
      grownBy: 15,
      gone: { files: 1, bytes: 70 },
      added: { files: 1, bytes: 5 },
      moved: { files: 0 },
      largest: {
        added: [{ path: 'new', value: 5 }],
        changed: [{ path: 'grown', value: 25 }, { path: 'touched' }],
        gone: [{ path: 'gone', value: 70 }],
      },
    });
  });

  it('takes a renamed folder for files that moved, and a renamed file too; not one with another time', () => {
    const before = [
      { ...base, id: 2, name: 'old', kind: 'folder' as const, size: 0 },
      { ...base, id: 3, folder: 2, name: 'a.txt', size: 11 },
      { ...base, id: 4, name: 'draft.txt', size: 12 },
      { ...base, id: 5, name: 'other.txt', size: 13 },
      { ...base, id: 6, name: 'empty', size: 0 },
    ];
    const now = [
      { ...base, id: 7, name: 'new', kind: 'folder' as const, size: 0 },
      { ...base, id: 8, folder: 7, name: 'a.txt', size: 11 },
      { ...base, id: 9, name: 'final.txt', size: 12 },
      { ...base, id: 10, folder: 7, name: 'other.txt', size: 13, modified: 5_000 },
      { ...base, id: 11, folder: 7, name: 'empty', size: 0 },
    ];
    expect(compare(before, now)).toMatchObject({
      moved: { files: 2, bytes: 23 },
      gone: { files: 2, folders: 1, bytes: 13 },
      added: { files: 2, folders: 1, bytes: 13 },
    });
  });

  it('never calls gone what lies in a folder that could not be read', () => {
    const folder = { ...base, id: 2, name: 'closed', kind: 'folder' as const, size: 0 };
    const below = { ...base, id: 3, folder: 2, name: 'deeper', kind: 'folder' as const, size: 0 };
    const file = { ...base, id: 4, folder: 3, name: 'a', size: 9 };
    const shut: SurveyItem = { ...folder, outcome: 'failed', codes: ['folder-unreadable'] };
    expect(compare([folder, below, file], [shut])).toMatchObject({
      unseen: { files: 1, folders: 1, bytes: 9 },
      gone: { files: 0, folders: 0 },
      newlyBlocked: { folders: 1 },
    });
    expect(compare([shut], [folder, below, file])).toMatchObject({
      added: { files: 1, folders: 1 },
      firstSeen: { files: 1, folders: 1, bytes: 9 },
      noLongerBlocked: { folders: 1 },
    });
  });

  it('takes a number that has another name for another item', () => {
    const result = compare([{ ...base, name: 'a', size: 1 }], [{ ...base, name: 'b', size: 2 }]);
    expect(result).toMatchObject({ added: { files: 1 }, gone: { files: 1 }, same: { files: 0 } });
  });

  it('accounts for every item of both looks, whatever they are', () => {
    const items = fc.uniqueArray(
      fc.record({
        id: fc.integer({ min: 2, max: 40 }),
        name: fc.constantFrom('a', 'b', 'c'),
        size: fc.nat(3),
        modified: fc.constantFrom(0, 1_000),
      }),
      { selector: ({ id }) => id },
    );
    fc.assert(
      fc.property(items, items, (one, other) => {
        const [before, now] = [one, other].map((list) => list.map((item) => ({ ...base, ...item })));
        const { same, changed, added, gone, moved } = compare(before ?? [], now ?? []);
        expect(same.files + changed.files + added.files + moved.files).toBe(other.length);
        expect(same.files + changed.files + gone.files + moved.files).toBe(one.length);
      }),
    );
  });
});
