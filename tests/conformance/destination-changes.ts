import { describe, expect, it } from 'vitest';
import type { Move, RemoteItem } from '../../src-main/destination/destination.ts';
import {
  bytesOf,
  codeOf,
  type DestinationStage,
  hashOf,
  must,
  newFile,
  seconds,
  times,
  upload,
} from './destination-steps.ts';

/** What every destination has to do with what is there already: removals, moves, and the times of folders. */
export function describeChanges(at: DestinationStage): void {
  describe('what is removed', () => {
    const removal = ({ id, name, tag }: RemoteItem) => ({ kind: 'file', id, name, tag }) as const;

    it('is a file as it was left, and one that is gone is no problem', async () => {
      const item = await upload(at.destination, newFile(at.root, 'removed', 5), bytesOf(5));
      must(await at.destination.remove(removal(item)));
      expect(await at.fixture.look('removed')).toBeUndefined();
      must(await at.destination.remove(removal(item)));
      await upload(at.destination, newFile(at.root, 'removed', 5), bytesOf(5));
    });

    it('is no file that somebody edited', async () => {
      const item = await upload(at.destination, newFile(at.root, 'not removed', 5), bytesOf(5));
      await at.fixture.edit('not removed', 'by hand');
      expect(codeOf(await at.destination.remove(removal(item)))).toBe('edited-at-destination');
      expect(await at.fixture.look('not removed')).toMatchObject({ size: 7 });
    });

    it('is no file that somebody holds open', async ({ skip }) => {
      const { lock, unlock } = at.fixture;
      if (!lock || !unlock) return skip();
      const item = await upload(at.destination, newFile(at.root, 'held', 5), bytesOf(5));
      await lock('held');
      const now = must(await at.destination.findById(item.id));
      expect(codeOf(await at.destination.remove(removal(now ?? item)))).toBe('destination-locked');
      await unlock('held');
      expect(await at.fixture.look('held')).toMatchObject({ size: 5 });
    });

    it('is a folder when nothing is in it, under the name and in the place that it had', async () => {
      const folder = must(await at.destination.makeFolder(at.root, 'removed folder', times)).item;
      const item = await upload(at.destination, newFile(folder.id, 'inside', 5), bytesOf(5));
      const as = { kind: 'folder', id: folder.id, name: folder.name, parent: at.root } as const;
      expect(codeOf(await at.destination.remove(as))).toBe('folder-not-empty');
      must(await at.destination.remove(removal(item)));
      expect(codeOf(await at.destination.remove({ ...as, name: 'another' }))).toBe('edited-at-destination');
      expect(codeOf(await at.destination.remove({ ...as, parent: 'x' }))).toBe('edited-at-destination');
      must(await at.destination.remove(as));
      must(await at.destination.remove(as));
      expect(await at.fixture.look('removed folder')).toBeUndefined();
    });
  });

  describe('what is moved', () => {
    const fileMove = (item: RemoteItem, to: Partial<Move['to']>): Move => {
      const from = { parent: item.parent, name: item.name };
      return { kind: 'file', id: item.id, tag: item.tag, times, from, to: { ...from, ...to } };
    };
    const folderMove = (item: RemoteItem, to: Partial<Move['to']>): Move => {
      const from = { parent: item.parent, name: item.name };
      return { kind: 'folder', id: item.id, from, to: { ...from, ...to } };
    };
    const newFolder = async (name: string, parent = at.root) =>
      must(await at.destination.makeFolder(parent, name, times)).item;

    it('is a file, under another name and into another folder, the same item in the same version', async () => {
      const bytes = bytesOf(7);
      const item = await upload(at.destination, newFile(at.root, 'to move', 7), bytes);
      const renamed = must(await at.destination.move(fileMove(item, { name: 'moved' })));
      expect(renamed).toMatchObject({ id: item.id, name: 'moved', parent: at.root, hash: item.hash });
      const folder = await newFolder('new place');
      const both = must(
        await at.destination.move(fileMove(renamed, { parent: folder.id, name: 'MOVED.txt' })),
      );
      expect(both).toMatchObject({ id: item.id, name: 'MOVED.txt', parent: folder.id, size: 7 });
      expect(must(await at.destination.findById(item.id))).toEqual(both);
      expect(await at.fixture.look('new place/MOVED.txt')).toEqual({
        ...{ kind: 'file', size: 7, ...seconds, versions: 1, hash: hashOf(bytes) },
      });
      expect(await at.fixture.look('to move')).toBeUndefined();
      const cased = must(await at.destination.move(fileMove(both, { name: 'moved.txt' })));
      expect(cased.name).toBe('moved.txt');
    });

    it('is no file that somebody edited, and none that is gone', async () => {
      const item = await upload(at.destination, newFile(at.root, 'not moved', 5), bytesOf(5));
      await at.fixture.edit('not moved', 'by hand');
      const order = fileMove(item, { name: 'moved all the same' });
      expect(codeOf(await at.destination.move(order))).toBe('edited-at-destination');
      expect(await at.fixture.look('not moved')).toMatchObject({ size: 7 });
      await at.fixture.remove('not moved');
      expect(codeOf(await at.destination.move(order))).toBe('copy-missing');
    });

    it('takes nobody’s place', async () => {
      const item = await upload(at.destination, newFile(at.root, 'moves', 5), bytesOf(5));
      await at.fixture.edit('in the way', 'theirs');
      const order = fileMove(item, { name: 'IN THE WAY' });
      expect(codeOf(await at.destination.move(order))).toBe('occupied-at-destination');
      expect(await at.fixture.look('in the way')).toMatchObject({ size: 6 });
      expect(await at.fixture.look('moves')).toMatchObject({ size: 5 });
    });

    it('is told as it is when it stands at its new place already', async () => {
      const item = await upload(at.destination, newFile(at.root, 'first', 5), bytesOf(5));
      const order = fileMove(item, { name: 'second' });
      const moved = must(await at.destination.move(order));
      expect(must(await at.destination.move(order))).toEqual(moved);
      const folder = await newFolder('first folder');
      const rename = folderMove(folder, { name: 'second folder' });
      expect(must(await at.destination.move(rename))).toMatchObject({ id: folder.id, name: 'second folder' });
      expect(must(await at.destination.move(rename))).toMatchObject({ id: folder.id, name: 'second folder' });
    });

    it('is a folder with all that is in it, if it stands where it was left', async () => {
      const [folder, target] = [await newFolder('full folder'), await newFolder('target')];
      const inside = await upload(at.destination, newFile(folder.id, 'goes along', 5), bytesOf(5));
      const order = folderMove(folder, { parent: target.id, name: 'moved folder' });
      must(await at.destination.move(order));
      expect(await at.fixture.look('target/moved folder/goes along')).toMatchObject({ size: 5, versions: 1 });
      expect(must(await at.destination.findById(inside.id))?.tag).toBe(inside.tag);
      const elsewhere = { ...order, to: { parent: at.root, name: 'elsewhere' } };
      expect(codeOf(await at.destination.move(elsewhere))).toBe('edited-at-destination');
      const gone = { ...elsewhere, id: `${folder.id.slice(0, -1)}${folder.id.endsWith('A') ? 'B' : 'A'}` };
      expect(codeOf(await at.destination.move(gone))).toBe('copy-missing');
    });

    it('is no file that somebody holds open', async ({ skip }) => {
      const { lock, unlock } = at.fixture;
      if (!lock || !unlock) return skip();
      const item = await upload(at.destination, newFile(at.root, 'open to move', 5), bytesOf(5));
      await lock('open to move');
      const now = must(await at.destination.findById(item.id)) ?? item;
      expect(codeOf(await at.destination.move(fileMove(now, { name: 'x' })))).toBe('destination-locked');
      await unlock('open to move');
    });
  });

  describe('the time of a folder', () => {
    it('is set for many at once, each with its own result, in order', async () => {
      const made: RemoteItem[] = [];
      for (let i = 0; i < 3; i += 1) {
        made.push(must(await at.destination.makeFolder(at.root, `dated ${i}`, times)).item);
      }
      const [first, second, third] = made;
      if (!first || !second || !third) throw new Error('no folders');
      await at.fixture.remove('dated 1');
      const later = times.modified + 86_400_000;
      const asked = made.map(({ id, name }) => ({ id, name, modified: later }));
      const results = await at.destination.dateFolders(asked);
      expect(results.map(codeOf)).toEqual(['ok', 'copy-missing', 'ok']);
      for (const name of ['dated 0', 'dated 2']) {
        const kept = { created: seconds.created, modified: seconds.modified + 86_400_000 };
        expect(await at.fixture.look(name)).toMatchObject({ kind: 'folder', ...kept });
      }
      const refused = await at.destination.dateFolders(asked, { admit: () => false });
      expect(refused.map(codeOf)).toEqual(['stopped-by-you', 'stopped-by-you', 'stopped-by-you']);
    });
  });
}
