import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Destination, Move, RemoteItem } from '../../src-main/destination/destination.ts';
import {
  allChanges,
  bytesOf,
  codeOf,
  type DestinationFixture,
  FRAGMENT,
  hashOf,
  must,
  newFile,
  openOne,
  readAll,
  seconds,
  sendAll,
  times,
  upload,
} from './destination-steps.ts';

/** What every destination has to do. Run for each of them. */
export function destinationConformance(name: string, make: () => Promise<DestinationFixture>): void {
  describe(`a destination: ${name}`, () => {
    let fixture: DestinationFixture;
    let destination: Destination;
    let root: string;
    beforeAll(async () => {
      fixture = await make();
      destination = fixture.destination;
      root = destination.root.id;
    });
    afterAll(() => fixture.end());

    describe('folders', () => {
      it('are made with their times, once', async () => {
        const first = must(await destination.makeFolder(root, 'Folder', times));
        expect(first).toMatchObject({
          existed: false,
          item: { name: 'Folder', kind: 'folder', parent: root },
        });
        expect(await fixture.look('Folder')).toMatchObject({ kind: 'folder', ...seconds });
        const again = must(await destination.makeFolder(root, 'FOLDER', times));
        expect(again).toMatchObject({ existed: true, item: { id: first.item.id, name: 'Folder' } });
      });

      it('do not take the place of a file', async () => {
        await fixture.edit('a file', 'x');
        expect(codeOf(await destination.makeFolder(root, 'a file', times))).toBe('kind-differs');
      });

      it('in a folder that is not there are refused', async () => {
        expect(codeOf(await destination.makeFolder('01NOWHERE', 'x', times))).toBe('refused-by-service');
      });
    });

    describe('uploads', () => {
      it.each([1, 1000, FRAGMENT, FRAGMENT + 1, 3 * FRAGMENT + 5])(
        'of %i bytes arrive with their times, in one version',
        async (size) => {
          const bytes = bytesOf(size);
          const item = await upload(destination, newFile(root, `file of ${size}`, size), bytes);
          expect(item).toMatchObject({
            ...{ name: `file of ${size}`, kind: 'file', size, parent: root },
            ...{ modified: seconds.modified, hash: hashOf(bytes) },
          });
          const stored = await fixture.look(`file of ${size}`);
          expect(stored).toEqual({ kind: 'file', size, ...seconds, versions: 1, hash: hashOf(bytes) });
        },
      );

      it.each(["it's 100% #1 + &.txt", 'Ünï 😀.txt', 'a;b,c=d@e!f(g)[h]{i}~$.txt', 'Q3： plan？.txt'])(
        'keep the name %j',
        async (odd) => {
          const item = await upload(destination, newFile(root, odd, 3), bytesOf(3));
          expect(item.name).toBe(odd);
          expect(must(await destination.find(root, odd))?.id).toBe(item.id);
        },
      );

      it('are opened many at once, each with its own result, in order', async () => {
        await fixture.edit('taken', 'x');
        const requests = [
          newFile(root, 'batch 1', 5),
          newFile(root, 'taken', 5),
          newFile(root, 'batch 3', 5),
          newFile(root, 'what?', 5),
        ];
        const results = await destination.openUploads(requests);
        expect(results.map(codeOf)).toEqual(['ok', 'occupied-at-destination', 'ok', 'refused-by-service']);
        for (const [i, result] of results.entries()) {
          if (result.ok) must(await sendAll(destination, result.value, bytesOf(5, i)));
        }
        expect((await fixture.look('batch 3'))?.hash).toBe(hashOf(bytesOf(5, 2)));
        const full = Array.from({ length: destination.openAtOnce }, (_, i) => newFile(root, `full ${i}`, 1));
        const opened = await destination.openUploads(full);
        expect(opened.every((one) => one.ok)).toBe(true);
        for (const one of opened) must(await destination.cancel(must(one)));
      });

      it('never take the place of what is there', async () => {
        await fixture.edit('theirs', 'theirs');
        const [result] = await destination.openUploads([newFile(root, 'THEIRS', 4)]);
        expect(codeOf(result)).toBe('occupied-at-destination');
        const session = await openOne(destination, newFile(root, 'race', 4));
        await fixture.edit('race', 'they were quicker');
        expect(codeOf(await sendAll(destination, session, bytesOf(4)))).toBe('occupied-at-destination');
        expect((await fixture.look('race'))?.size).toBe(17);
      });

      it('go on where they stopped, also with nothing but the token', async () => {
        const bytes = bytesOf(2 * FRAGMENT + 7);
        const session = await openOne(destination, newFile(root, 'resumed', bytes.length));
        must(
          await destination.send(session, {
            offset: 0,
            total: bytes.length,
            bytes: bytes.subarray(0, FRAGMENT),
          }),
        );
        const later = { token: session.token, expires: session.expires };
        const state = must(await destination.resume(later));
        if (state.done) throw new Error('done too early');
        expect(state.next).toBe(FRAGMENT);
        must(await sendAll(destination, state.session, bytes, state.next));
        expect((await fixture.look('resumed'))?.hash).toBe(hashOf(bytes));
      });

      it('that are finished are recognised when they are resumed', async () => {
        const bytes = bytesOf(77);
        const session = await openOne(destination, newFile(root, 'finished', bytes.length));
        const item = must(await sendAll(destination, session, bytes));
        expect(must(await destination.resume(session))).toMatchObject({ done: true, item: { id: item.id } });
        expect(await sendAll(destination, session, bytes)).toMatchObject({
          ok: true,
          value: { id: item.id },
        });
        expect((await fixture.look('finished'))?.versions).toBe(1);
      });

      it('that were given up free their name, and are lost', async () => {
        const session = await openOne(destination, newFile(root, 'given up', 10));
        must(await destination.cancel(session));
        must(await destination.cancel(session));
        expect(codeOf(await destination.resume(session))).toBe('session-lost');
        const whole = { offset: 0, total: 10, bytes: bytesOf(10) };
        expect(codeOf(await destination.send(session, whole))).toBe('session-lost');
        await upload(destination, newFile(root, 'given up', 10), bytesOf(10));
      });

      it('tell a lost upload from somebody else’s file of that name', async () => {
        const session = await openOne(destination, newFile(root, 'not ours', 4));
        must(await destination.cancel(session));
        await fixture.edit('not ours', 'four');
        expect(codeOf(await destination.resume(session))).toBe('session-lost');
      });

      it('skip what has arrived already', async () => {
        const bytes = bytesOf(FRAGMENT + 5);
        const session = await openOne(destination, newFile(root, 'skips', bytes.length));
        const first = { offset: 0, total: bytes.length, bytes: bytes.subarray(0, FRAGMENT) };
        must(await destination.send(session, first));
        expect(must(await destination.send(session, first))).toMatchObject({ done: false, next: FRAGMENT });
        must(await sendAll(destination, session, bytes, FRAGMENT));
      });
    });

    describe('new versions', () => {
      it('replace the item that is still the same', async () => {
        const item = await upload(destination, newFile(root, 'versions', 5), bytesOf(5));
        const replace = { id: item.id, tag: item.tag };
        const newer = await upload(
          destination,
          {
            ...newFile(root, 'versions', 6),
            replace,
            times: { ...times, modified: times.modified + 60_000 },
          },
          bytesOf(6),
        );
        expect(newer.id).toBe(item.id);
        expect(newer.tag).not.toBe(item.tag);
        expect(await fixture.look('versions')).toMatchObject({
          ...{ size: 6, versions: 2, modified: seconds.modified + 60_000 },
        });
      });

      it('are refused when it is not', async () => {
        const item = await upload(destination, newFile(root, 'edited', 5), bytesOf(5));
        const replace = { id: item.id, tag: item.tag };
        const request = { ...newFile(root, 'edited', 6), replace };
        const session = await openOne(destination, request);
        await fixture.edit('edited', 'by hand');
        expect(codeOf(await sendAll(destination, session, bytesOf(6)))).toBe('edited-at-destination');
        const [second] = await destination.openUploads([request]);
        expect(codeOf(second)).toBe('edited-at-destination');
        expect(codeOf(await destination.putEmpty({ ...request, size: 0 }))).toBe('edited-at-destination');
        expect((await fixture.look('edited'))?.size).toBe(7);
        await fixture.remove('edited');
        const [third] = await destination.openUploads([request]);
        expect(codeOf(third)).toBe('edited-at-destination');
      });

      it('wait for nobody who holds the file open', async ({ skip }) => {
        const { lock, unlock } = fixture;
        if (!lock || !unlock) return skip('nobody can be had here who holds a file open');
        const item = await upload(destination, newFile(root, 'open', 5), bytesOf(5));
        await lock('open');
        const request = {
          ...newFile(root, 'open', 6),
          replace: { id: item.id, tag: must(await destination.find(root, 'open'))?.tag ?? '' },
        };
        const [result] = await destination.openUploads([request]);
        expect(codeOf(result)).toBe('destination-locked');
        await unlock('open');
      });
    });

    describe('empty files', () => {
      it('are written with their times', async () => {
        const item = must(await destination.putEmpty(newFile(root, 'empty', 0)));
        expect(item).toMatchObject({ name: 'empty', kind: 'file', size: 0, modified: seconds.modified });
        expect(await fixture.look('empty')).toMatchObject({ kind: 'file', size: 0, ...seconds });
        expect(codeOf(await destination.putEmpty(newFile(root, 'empty', 0)))).toBe('occupied-at-destination');
      });

      it('replace what is still the same', async () => {
        const item = await upload(destination, newFile(root, 'emptied', 5), bytesOf(5));
        const replace = { id: item.id, tag: item.tag };
        must(await destination.putEmpty({ ...newFile(root, 'emptied', 0), replace }));
        expect(await fixture.look('emptied')).toMatchObject({ size: 0, ...seconds });
      });
    });

    describe('the bytes of a file', () => {
      const PIECE = 8 * 1_048_576;
      it.each([0, 1, 1_000, PIECE, PIECE + 7])('of %i come as they were stored', async (size) => {
        const name = `read ${size}`;
        const bytes = bytesOf(size);
        const item =
          size === 0
            ? must(await destination.putEmpty(newFile(root, name, 0)))
            : await upload(destination, newFile(root, name, size), bytes);
        expect(hashOf(must(await readAll(destination, item)))).toBe(hashOf(bytes));
        const from = Math.floor(size / 2);
        // Compared as a whole: byte by byte takes an assertion half a minute.
        expect(must(await readAll(destination, item, from)).equals(bytes.subarray(from))).toBe(true);
      });

      it('do not come of what is gone, or is another by now', async () => {
        const item = await upload(destination, newFile(root, 'read once', 9), bytesOf(9));
        await fixture.edit('read once', 'nine here');
        expect(codeOf(await readAll(destination, item))).toBe('edited-at-destination');
        await fixture.remove('read once');
        expect(codeOf(await readAll(destination, item))).toBe('copy-missing');
        expect(must(await destination.findById(item.id))).toBeUndefined();
      });
    });

    describe('what is removed', () => {
      const removal = ({ id, name, tag }: RemoteItem) => ({ kind: 'file', id, name, tag }) as const;

      it('is a file as it was left, and one that is gone is no problem', async () => {
        const item = await upload(destination, newFile(root, 'removed', 5), bytesOf(5));
        must(await destination.remove(removal(item)));
        expect(await fixture.look('removed')).toBeUndefined();
        must(await destination.remove(removal(item)));
        await upload(destination, newFile(root, 'removed', 5), bytesOf(5));
      });

      it('is no file that somebody edited', async () => {
        const item = await upload(destination, newFile(root, 'not removed', 5), bytesOf(5));
        await fixture.edit('not removed', 'by hand');
        expect(codeOf(await destination.remove(removal(item)))).toBe('edited-at-destination');
        expect(await fixture.look('not removed')).toMatchObject({ size: 7 });
      });

      it('is no file that somebody holds open', async ({ skip }) => {
        const { lock, unlock } = fixture;
        if (!lock || !unlock) return skip();
        const item = await upload(destination, newFile(root, 'held', 5), bytesOf(5));
        await lock('held');
        const now = must(await destination.findById(item.id));
        expect(codeOf(await destination.remove(removal(now ?? item)))).toBe('destination-locked');
        await unlock('held');
        expect(await fixture.look('held')).toMatchObject({ size: 5 });
      });

      it('is a folder when nothing is in it, under the name and in the place that it had', async () => {
        const folder = must(await destination.makeFolder(root, 'removed folder', times)).item;
        const item = await upload(destination, newFile(folder.id, 'inside', 5), bytesOf(5));
        const as = { kind: 'folder', id: folder.id, name: folder.name, parent: root } as const;
        expect(codeOf(await destination.remove(as))).toBe('folder-not-empty');
        must(await destination.remove(removal(item)));
        expect(codeOf(await destination.remove({ ...as, name: 'another' }))).toBe('edited-at-destination');
        expect(codeOf(await destination.remove({ ...as, parent: 'x' }))).toBe('edited-at-destination');
        must(await destination.remove(as));
        must(await destination.remove(as));
        expect(await fixture.look('removed folder')).toBeUndefined();
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
      const newFolder = async (name: string, parent = root) =>
        must(await destination.makeFolder(parent, name, times)).item;

      it('is a file, under another name and into another folder, the same item in the same version', async () => {
        const bytes = bytesOf(7);
        const item = await upload(destination, newFile(root, 'to move', 7), bytes);
        const renamed = must(await destination.move(fileMove(item, { name: 'moved' })));
        expect(renamed).toMatchObject({ id: item.id, name: 'moved', parent: root, hash: item.hash });
        const folder = await newFolder('new place');
        const both = must(
          await destination.move(fileMove(renamed, { parent: folder.id, name: 'MOVED.txt' })),
        );
        expect(both).toMatchObject({ id: item.id, name: 'MOVED.txt', parent: folder.id, size: 7 });
        expect(must(await destination.findById(item.id))).toEqual(both);
        expect(await fixture.look('new place/MOVED.txt')).toEqual({
          ...{ kind: 'file', size: 7, ...seconds, versions: 1, hash: hashOf(bytes) },
        });
        expect(await fixture.look('to move')).toBeUndefined();
        const cased = must(await destination.move(fileMove(both, { name: 'moved.txt' })));
        expect(cased.name).toBe('moved.txt');
      });

      it('is no file that somebody edited, and none that is gone', async () => {
        const item = await upload(destination, newFile(root, 'not moved', 5), bytesOf(5));
        await fixture.edit('not moved', 'by hand');
        const order = fileMove(item, { name: 'moved all the same' });
        expect(codeOf(await destination.move(order))).toBe('edited-at-destination');
        expect(await fixture.look('not moved')).toMatchObject({ size: 7 });
        await fixture.remove('not moved');
        expect(codeOf(await destination.move(order))).toBe('copy-missing');
      });

      it('takes nobody’s place', async () => {
        const item = await upload(destination, newFile(root, 'moves', 5), bytesOf(5));
        await fixture.edit('in the way', 'theirs');
        const order = fileMove(item, { name: 'IN THE WAY' });
        expect(codeOf(await destination.move(order))).toBe('occupied-at-destination');
        expect(await fixture.look('in the way')).toMatchObject({ size: 6 });
        expect(await fixture.look('moves')).toMatchObject({ size: 5 });
      });

      it('is told as it is when it stands at its new place already', async () => {
        const item = await upload(destination, newFile(root, 'first', 5), bytesOf(5));
        const order = fileMove(item, { name: 'second' });
        const moved = must(await destination.move(order));
        expect(must(await destination.move(order))).toEqual(moved);
        const folder = await newFolder('first folder');
        const rename = folderMove(folder, { name: 'second folder' });
        expect(must(await destination.move(rename))).toMatchObject({ id: folder.id, name: 'second folder' });
        expect(must(await destination.move(rename))).toMatchObject({ id: folder.id, name: 'second folder' });
      });

      it('is a folder with all that is in it, if it stands where it was left', async () => {
        const [folder, target] = [await newFolder('full folder'), await newFolder('target')];
        const inside = await upload(destination, newFile(folder.id, 'goes along', 5), bytesOf(5));
        const order = folderMove(folder, { parent: target.id, name: 'moved folder' });
        must(await destination.move(order));
        expect(await fixture.look('target/moved folder/goes along')).toMatchObject({ size: 5, versions: 1 });
        expect(must(await destination.findById(inside.id))?.tag).toBe(inside.tag);
        const elsewhere = { ...order, to: { parent: root, name: 'elsewhere' } };
        expect(codeOf(await destination.move(elsewhere))).toBe('edited-at-destination');
        const gone = { ...elsewhere, id: `${folder.id.slice(0, -1)}${folder.id.endsWith('A') ? 'B' : 'A'}` };
        expect(codeOf(await destination.move(gone))).toBe('copy-missing');
      });

      it('is no file that somebody holds open', async ({ skip }) => {
        const { lock, unlock } = fixture;
        if (!lock || !unlock) return skip();
        const item = await upload(destination, newFile(root, 'open to move', 5), bytesOf(5));
        await lock('open to move');
        const now = must(await destination.findById(item.id)) ?? item;
        expect(codeOf(await destination.move(fileMove(now, { name: 'x' })))).toBe('destination-locked');
        await unlock('open to move');
      });
    });

    describe('the time of a folder', () => {
      it('is set for many at once, each with its own result, in order', async () => {
        const made: RemoteItem[] = [];
        for (let i = 0; i < 3; i += 1) {
          made.push(must(await destination.makeFolder(root, `dated ${i}`, times)).item);
        }
        const [first, second, third] = made;
        if (!first || !second || !third) throw new Error('no folders');
        await fixture.remove('dated 1');
        const later = times.modified + 86_400_000;
        const asked = made.map(({ id, name }) => ({ id, name, modified: later }));
        const results = await destination.dateFolders(asked);
        expect(results.map(codeOf)).toEqual(['ok', 'copy-missing', 'ok']);
        for (const name of ['dated 0', 'dated 2']) {
          const kept = { created: seconds.created, modified: seconds.modified + 86_400_000 };
          expect(await fixture.look(name)).toMatchObject({ kind: 'folder', ...kept });
        }
        const refused = await destination.dateFolders(asked, { admit: () => false });
        expect(refused.map(codeOf)).toEqual(['stopped-by-you', 'stopped-by-you', 'stopped-by-you']);
      });
    });

    describe('what is there', () => {
      it('is found by its id', async () => {
        const item = await upload(destination, newFile(root, 'by id', 5), bytesOf(5));
        expect(must(await destination.findById(item.id))).toEqual(item);
      });

      it('is found by its name, in any case, or is not', async () => {
        const item = await upload(destination, newFile(root, 'Find Me', 5), bytesOf(5));
        expect(must(await destination.find(root, 'find me'))).toMatchObject({ id: item.id, name: 'Find Me' });
        expect(must(await destination.find(root, 'find nobody'))).toBeUndefined();
      });

      it('is told of one folder without what is below that, or that there is no such folder', async () => {
        const top = must(await destination.makeFolder(root, 'one level', times)).item;
        const below = must(await destination.makeFolder(top.id, 'below', times)).item;
        await upload(destination, newFile(top.id, 'child', 3), bytesOf(3));
        await upload(destination, newFile(below.id, 'grandchild', 3), bytesOf(3));
        const children: RemoteItem[] = [];
        for await (const page of destination.children(top.id)) children.push(...must(page));
        expect(children.map(({ name, kind, parent }) => [name, kind, parent]).sort()).toEqual([
          ['below', 'folder', top.id],
          ['child', 'file', top.id],
        ]);
        for await (const page of destination.children(below.id)) must(page);
        const pages = destination.children('01NOWHERE')[Symbol.asyncIterator]();
        const first = await pages.next();
        expect(first.done ? undefined : codeOf(first.value)).toBe('copy-missing');
      });

      it('is listed in full, with hashes and parents', async () => {
        const folder = must(await destination.makeFolder(root, 'listed', times)).item;
        const bytes = bytesOf(9);
        const item = await upload(destination, newFile(folder.id, 'inside', 9), bytes);
        const { items, mark } = await allChanges(destination, undefined);
        expect(mark).toBeDefined();
        expect(items.get('listed')).toMatchObject({ id: folder.id, parent: root, kind: 'folder' });
        expect(items.get('inside')).toEqual({ ...item, parent: folder.id });
      });

      it('is told by its changes since a mark', async () => {
        const start = await allChanges(destination, 'now');
        expect(start.items.size).toBe(0);
        const nothing = await allChanges(destination, start.mark);
        expect(nothing).toMatchObject({ items: new Map(), deleted: [] });
        const folder = must(await destination.makeFolder(root, 'changed', times)).item;
        const item = await upload(destination, newFile(folder.id, 'new', 9), bytesOf(9));
        await fixture.edit('changed/theirs too', 'x');
        const found = must(await destination.find(folder.id, 'theirs too'));
        const first = await allChanges(destination, nothing.mark);
        expect([...first.items.keys()].sort()).toEqual(['changed', 'new', 'theirs too']);
        await fixture.remove('changed/new');
        await fixture.edit('changed/theirs too', 'xy');
        const second = await allChanges(destination, first.mark);
        expect(second.deleted).toContain(item.id);
        expect(second.items.get('theirs too')).toMatchObject({ id: found?.id, size: 2 });
        expect(second.items.get('theirs too')?.tag).not.toBe(found?.tag);
      });
    });

    it('ends every call of somebody who stops with stopped-by-you', async () => {
      const options = { signal: AbortSignal.abort() };
      const session = { token: (await openOne(destination, newFile(root, 'stopped', 3))).token, expires: 0 };
      expect(codeOf(await destination.makeFolder(root, 'stopped', times, options))).toBe('stopped-by-you');
      const whole = { offset: 0, total: 3, bytes: bytesOf(3) };
      expect(codeOf(await destination.send(session, whole, options))).toBe('stopped-by-you');
      expect(codeOf(await destination.find(root, 'stopped', options))).toBe('stopped-by-you');
      const results = await destination.openUploads(
        [newFile(root, 'stopped 2', 3), newFile(root, 'stopped 3', 3)],
        options,
      );
      expect(results.map(codeOf)).toEqual(['stopped-by-you', 'stopped-by-you']);
      must(await destination.cancel(session));
    });

    it('writes nothing that is not admitted, and reads it all the same', async () => {
      const options = { admit: () => false };
      const item = await upload(destination, newFile(root, 'admitted', 3), bytesOf(3));
      const session = await openOne(destination, newFile(root, 'unsent', 3));
      const whole = { offset: 0, total: 3, bytes: bytesOf(3) };
      const calls = [
        destination.makeFolder(root, 'unmade', times, options),
        destination.putEmpty(newFile(root, 'unmade', 0), options),
        destination.send(session, whole, options),
        destination.cancel(session, options),
        destination.remove({ ...item, kind: 'file' }, options),
        destination.move(
          {
            ...{ kind: 'file', id: item.id, tag: item.tag, times },
            ...{ from: { parent: root, name: 'admitted' }, to: { parent: root, name: 'unmade' } },
          },
          options,
        ),
        destination.openUploads([newFile(root, 'unmade', 3)], options).then(([result]) => result),
        destination
          .openUploads([newFile(root, 'unmade', 3), newFile(root, 'unmade 2', 3)], options)
          .then(([result]) => result),
      ];
      for (const call of calls) expect(codeOf<unknown>(await call)).toBe('stopped-by-you');
      expect(must(await destination.find(root, 'unmade', options))).toBeUndefined();
      expect(must(await destination.find(root, 'admitted', options))?.id).toBe(item.id);
      expect(must(await destination.resume(session, options))).toMatchObject({ done: false, next: 0 });
      must(await destination.cancel(session));
    });

    it('counts what it asked', () => {
      const { requests, resourceUnits, throttledUntil } = destination.metrics();
      expect(requests).toBeGreaterThan(50);
      expect(resourceUnits).toBeGreaterThan(requests);
      expect(throttledUntil).toBeNull();
    });
  });
}
