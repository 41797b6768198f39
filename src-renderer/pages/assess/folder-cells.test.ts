import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { FolderNode } from '../../../src-shared/survey/folder-tree.ts';
import { cellsOf, chainTo } from './folder-cells.ts';

const node = (name: string, bytes: number, folders: readonly FolderNode[] = []): FolderNode => ({
  ...{ name, files: 1, changes: 0, blocked: 0, folders },
  bytes: bytes + folders.reduce((sum, folder) => sum + folder.bytes, 0),
});

const tree = fc
  .array(fc.tuple(fc.nat(9), fc.array(fc.nat(9), { maxLength: 5 })), { maxLength: 8 })
  .map((tops) =>
    node(
      '',
      3,
      tops.map(([own, inner], at) =>
        node(
          `top ${at}`,
          own,
          inner.map((bytes, no) => node(`in ${no}`, bytes)),
        ),
      ),
    ),
  );

it('gives every folder an area as large as its share, and none beside the map', () => {
  fc.assert(
    fc.property(tree, (root) => {
      const cells = cellsOf(root, '');
      const top = cells.filter(({ level }) => level === 1);
      expect(top.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(root.bytes);
      for (const { x, y, width, height } of cells) {
        expect(Math.min(x, y)).toBeGreaterThanOrEqual(-1e-6);
        expect(Math.max(x + width, y + height)).toBeLessThanOrEqual(100 + 1e-6);
      }
    }),
  );
});

it('finds the way to a folder, as far as the map knows it', () => {
  const root = node('', 0, [node('a', 0, [node('b', 5)])]);
  expect(chainTo(root, 'a/b').map(({ path }) => path)).toEqual(['', 'a', 'a/b']);
  expect(chainTo(root, 'a/gone').map(({ path }) => path)).toEqual(['', 'a']);
  expect(chainTo(root, undefined).map(({ path }) => path)).toEqual(['']);
});
