import { expect, it } from 'vitest';
import { givenAway } from './given-away.ts';

const file = (folder: number, name: string) => ({
  ...{ folder, name, size: 1, modified: 1, created: 1, findings: [] },
});
const folder = (path: string, whole: boolean) => ({ path, destinationPath: path, whole });

it('names a branch by its folder, below the folder of the unit that it was part of', () => {
  const branch = { path: 'a/b/c', destinationPath: 'a/b/c' };
  expect(givenAway(undefined, branch)).toEqual([{ path: 'a/b/c' }]);
  expect(givenAway({ path: 'a', destinationPath: 'a_' }, branch)).toEqual([{ path: 'b/c' }]);
});

it('names the files of a part folder by folder, and folders that went as a whole', () => {
  const part = {
    folders: [folder('', false), folder('x', true), folder('y/z ', false), folder('only on the way', false)],
    files: [file(0, 'one'), file(2, 'two '), file(0, 'three')],
  };
  const piece = { path: 'a/b', destinationPath: 'a/b', part };
  expect(givenAway({ path: 'a', destinationPath: 'a' }, piece)).toEqual([
    { path: 'b', files: ['one', 'three'] },
    { path: 'b/x' },
    { path: 'b/y/z ', files: ['two '] },
  ]);
  expect(givenAway(piece, { ...piece, part: { ...part, files: [] } })).toEqual([{ path: 'x' }]);
});

it('refuses a piece of something else', () => {
  expect(() =>
    givenAway({ path: 'a', destinationPath: 'a' }, { path: 'ab/c', destinationPath: 'ab/c' }),
  ).toThrow('ab/c is not below a');
});
