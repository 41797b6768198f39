import fc from 'fast-check';
import { expect, it } from 'vitest';
import { DuplicateCounter, groupOf, type SameFile } from './duplicates.ts';

const file: fc.Arbitrary<SameFile> = fc.record({
  path: fc.string(),
  fileId: fc.option(fc.integer({ min: 1, max: 4 }).map(String), { nil: undefined }),
  linked: fc.boolean(),
});

it('counts every file of a group once, however many names it has', () => {
  fc.assert(
    fc.property(fc.nat(1_000_000), fc.array(file, { minLength: 1, maxLength: 12 }), (size, names) => {
      const group = groupOf(size, names);
      expect(group.names).toBe(names.length);
      expect(group.files).toBeGreaterThanOrEqual(1);
      expect(group.files).toBeLessThanOrEqual(names.length);
      expect(group.spare).toBe((group.files - 1) * size);
      // Another name of a file that is there already changes nothing but the number of names.
      const twin: SameFile = { path: 'twin', fileId: '1', linked: true };
      const [once, twice] = [groupOf(size, [...names, twin]), groupOf(size, [...names, twin, twin])];
      expect(twice).toMatchObject({ files: once.files, spare: once.spare, names: once.names + 1 });
      // A file without a number is always one of its own.
      expect(groupOf(size, [...names, { ...twin, fileId: undefined }]).files).toBe(group.files + 1);
    }),
  );
});

it('adds groups up: names that are all one file are no duplicates', () => {
  const counter = new DuplicateCounter();
  const link = { path: 'a', fileId: '7', linked: true };
  const own = { path: 'b', fileId: '8', linked: false };
  expect(counter.add(groupOf(10, [link, { ...link, path: 'c' }]))).toBeUndefined();
  expect(counter.add(groupOf(10, [link, { ...link, path: 'c' }, own]))).toBe(1);
  expect(counter.result()).toEqual({
    groups: 1,
    files: 2,
    spare: 10,
    linkedNames: 2,
    largest: [{ size: 10, names: 3, files: 2, spare: 10, paths: ['a', 'c', 'b'] }],
  });
});
