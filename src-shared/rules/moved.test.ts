import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isAsLeft, isSameFolder } from './moved.ts';

it('knows a copy that was moved by time and size, and one that SharePoint rewrote by its time', () => {
  const file = { name: 'a.txt', size: 10, modified: 60_500 };
  expect(isAsLeft(file, { size: 10, modified: 60_000 })).toBe(true);
  expect(isAsLeft(file, { size: 11, modified: 60_000 })).toBe(false);
  expect(isAsLeft(file, { size: 10, modified: 90_000 })).toBe(false);
  expect(isAsLeft({ ...file, name: 'a.docx' }, { size: 1_234, modified: 60_000 })).toBe(true);
  expect(isAsLeft({ ...file, name: 'a.docx' }, { size: 10, modified: 90_000 })).toBe(false);
});

it('takes a folder for the one that it was by at least half of what is in it, and an empty one never', () => {
  fc.assert(
    fc.property(fc.nat(1_000), fc.nat(1_000), (children, same) => {
      expect(isSameFolder({ children, same })).toBe(children > 0 && same >= children / 2);
    }),
  );
});
