import { describe, expect, it } from 'vitest';
import type { RemoteItem } from '../../src-main/destination/destination.ts';
import {
  allChanges,
  bytesOf,
  codeOf,
  type DestinationStage,
  hashOf,
  must,
  newFile,
  readAll,
  times,
  upload,
} from './destination-steps.ts';

/** What every destination tells of what is there: the bytes of a file, items by id and name, listings and changes. */
export function describeReading(at: DestinationStage): void {
  describe('the bytes of a file', () => {
    const PIECE = 8 * 1_048_576;
    it.each([0, 1, 1_000, PIECE, PIECE + 7])('of %i come as they were stored', async (size) => {
      const name = `read ${size}`;
      const bytes = bytesOf(size);
      const item =
        size === 0
          ? must(await at.destination.putEmpty(newFile(at.root, name, 0)))
          : await upload(at.destination, newFile(at.root, name, size), bytes);
      expect(hashOf(must(await readAll(at.destination, item)))).toBe(hashOf(bytes));
      const from = Math.floor(size / 2);
      // Compared as a whole: byte by byte takes an assertion half a minute.
      expect(must(await readAll(at.destination, item, from)).equals(bytes.subarray(from))).toBe(true);
    });

    it('do not come of what is gone, or is another by now', async () => {
      const item = await upload(at.destination, newFile(at.root, 'read once', 9), bytesOf(9));
      await at.fixture.edit('read once', 'nine here');
      expect(codeOf(await readAll(at.destination, item))).toBe('edited-at-destination');
      await at.fixture.remove('read once');
      expect(codeOf(await readAll(at.destination, item))).toBe('copy-missing');
      expect(must(await at.destination.findById(item.id))).toBeUndefined();
    });
  });

  describe('what is there', () => {
    it('is found by its id', async () => {
      const item = await upload(at.destination, newFile(at.root, 'by id', 5), bytesOf(5));
      expect(must(await at.destination.findById(item.id))).toEqual(item);
    });

    it('is found by its name, in any case, or is not', async () => {
      const item = await upload(at.destination, newFile(at.root, 'Find Me', 5), bytesOf(5));
      expect(must(await at.destination.find(at.root, 'find me'))).toMatchObject({
        id: item.id,
        name: 'Find Me',
      });
      expect(must(await at.destination.find(at.root, 'find nobody'))).toBeUndefined();
    });

    it('is told of one folder without what is below that, or that there is no such folder', async () => {
      const top = must(await at.destination.makeFolder(at.root, 'one level', times)).item;
      const below = must(await at.destination.makeFolder(top.id, 'below', times)).item;
      await upload(at.destination, newFile(top.id, 'child', 3), bytesOf(3));
      await upload(at.destination, newFile(below.id, 'grandchild', 3), bytesOf(3));
      const children: RemoteItem[] = [];
      for await (const page of at.destination.children(top.id)) children.push(...must(page));
      expect(children.map(({ name, kind, parent }) => [name, kind, parent]).sort()).toEqual([
        ['below', 'folder', top.id],
        ['child', 'file', top.id],
      ]);
      for await (const page of at.destination.children(below.id)) must(page);
      const pages = at.destination.children('01NOWHERE')[Symbol.asyncIterator]();
      const first = await pages.next();
      expect(first.done ? undefined : codeOf(first.value)).toBe('copy-missing');
    });

    it('is listed in full, with hashes and parents', async () => {
      const folder = must(await at.destination.makeFolder(at.root, 'listed', times)).item;
      const bytes = bytesOf(9);
      const item = await upload(at.destination, newFile(folder.id, 'inside', 9), bytes);
      const { items, mark } = await allChanges(at.destination, undefined);
      expect(mark).toBeDefined();
      expect(items.get('listed')).toMatchObject({ id: folder.id, parent: at.root, kind: 'folder' });
      expect(items.get('inside')).toEqual({ ...item, parent: folder.id });
    });

    it('is told by its changes since a mark', async () => {
      const start = await allChanges(at.destination, 'now');
      expect(start.items.size).toBe(0);
      const nothing = await allChanges(at.destination, start.mark);
      expect(nothing).toMatchObject({ items: new Map(), deleted: [] });
      const folder = must(await at.destination.makeFolder(at.root, 'changed', times)).item;
      const item = await upload(at.destination, newFile(folder.id, 'new', 9), bytesOf(9));
      await at.fixture.edit('changed/theirs too', 'x');
      const found = must(await at.destination.find(folder.id, 'theirs too'));
      const first = await allChanges(at.destination, nothing.mark);
      expect([...first.items.keys()].sort()).toEqual(['changed', 'new', 'theirs too']);
      await at.fixture.remove('changed/new');
      await at.fixture.edit('changed/theirs too', 'xy');
      const second = await allChanges(at.destination, first.mark);
      expect(second.deleted).toContain(item.id);
      expect(second.items.get('theirs too')).toMatchObject({ id: found?.id, size: 2 });
      expect(second.items.get('theirs too')?.tag).not.toBe(found?.tag);
    });
  });
}
