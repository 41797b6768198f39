import { describe, expect, it } from 'vitest';
import {
  bytesOf,
  codeOf,
  type DestinationStage,
  FRAGMENT,
  hashOf,
  must,
  newFile,
  openOne,
  seconds,
  sendAll,
  times,
  upload,
} from './destination-steps.ts';

/** What every destination has to do with the uploads of files: new ones, new versions and empty files. */
export function describeUploads(at: DestinationStage): void {
  describe('uploads', () => {
    it.each([1, 1000, FRAGMENT, FRAGMENT + 1, 3 * FRAGMENT + 5])(
      'of %i bytes arrive with their times, in one version',
      async (size) => {
        const bytes = bytesOf(size);
        const item = await upload(at.destination, newFile(at.root, `file of ${size}`, size), bytes);
        expect(item).toMatchObject({
          ...{ name: `file of ${size}`, kind: 'file', size, parent: at.root },
          ...{ modified: seconds.modified, hash: hashOf(bytes) },
        });
        const stored = await at.fixture.look(`file of ${size}`);
        expect(stored).toEqual({ kind: 'file', size, ...seconds, versions: 1, hash: hashOf(bytes) });
      },
    );

    it.each(["it's 100% #1 + &.txt", 'Ünï 😀.txt', 'a;b,c=d@e!f(g)[h]{i}~$.txt', 'Q3： plan？.txt'])(
      'keep the name %j',
      async (odd) => {
        const item = await upload(at.destination, newFile(at.root, odd, 3), bytesOf(3));
        expect(item.name).toBe(odd);
        expect(must(await at.destination.find(at.root, odd))?.id).toBe(item.id);
      },
    );

    it('are opened many at once, each with its own result, in order', async () => {
      await at.fixture.edit('taken', 'x');
      const requests = [
        newFile(at.root, 'batch 1', 5),
        newFile(at.root, 'taken', 5),
        newFile(at.root, 'batch 3', 5),
        newFile(at.root, 'what?', 5),
      ];
      const results = await at.destination.openUploads(requests);
      expect(results.map(codeOf)).toEqual(['ok', 'occupied-at-destination', 'ok', 'refused-by-service']);
      for (const [i, result] of results.entries()) {
        if (result.ok) must(await sendAll(at.destination, result.value, bytesOf(5, i)));
      }
      expect((await at.fixture.look('batch 3'))?.hash).toBe(hashOf(bytesOf(5, 2)));
      const full = Array.from({ length: at.destination.openAtOnce }, (_, i) =>
        newFile(at.root, `full ${i}`, 1),
      );
      const opened = await at.destination.openUploads(full);
      expect(opened.every((one) => one.ok)).toBe(true);
      for (const one of opened) must(await at.destination.cancel(must(one)));
    });

    it('never take the place of what is there', async () => {
      await at.fixture.edit('theirs', 'theirs');
      const [result] = await at.destination.openUploads([newFile(at.root, 'THEIRS', 4)]);
      expect(codeOf(result)).toBe('occupied-at-destination');
      const session = await openOne(at.destination, newFile(at.root, 'race', 4));
      await at.fixture.edit('race', 'they were quicker');
      expect(codeOf(await sendAll(at.destination, session, bytesOf(4)))).toBe('occupied-at-destination');
      expect((await at.fixture.look('race'))?.size).toBe(17);
    });

    it('go on where they stopped, also with nothing but the token', async () => {
      const bytes = bytesOf(2 * FRAGMENT + 7);
      const session = await openOne(at.destination, newFile(at.root, 'resumed', bytes.length));
      must(
        await at.destination.send(session, {
          offset: 0,
          total: bytes.length,
          bytes: bytes.subarray(0, FRAGMENT),
        }),
      );
      const later = { token: session.token, expires: session.expires };
      const state = must(await at.destination.resume(later));
      if (state.done) throw new Error('done too early');
      expect(state.next).toBe(FRAGMENT);
      must(await sendAll(at.destination, state.session, bytes, state.next));
      expect((await at.fixture.look('resumed'))?.hash).toBe(hashOf(bytes));
    });

    it('that are finished are recognised when they are resumed', async () => {
      const bytes = bytesOf(77);
      const session = await openOne(at.destination, newFile(at.root, 'finished', bytes.length));
      const item = must(await sendAll(at.destination, session, bytes));
      expect(must(await at.destination.resume(session))).toMatchObject({ done: true, item: { id: item.id } });
      expect(await sendAll(at.destination, session, bytes)).toMatchObject({
        ok: true,
        value: { id: item.id },
      });
      expect((await at.fixture.look('finished'))?.versions).toBe(1);
    });

    it('that were given up free their name, and are lost', async () => {
      const session = await openOne(at.destination, newFile(at.root, 'given up', 10));
      must(await at.destination.cancel(session));
      must(await at.destination.cancel(session));
      expect(codeOf(await at.destination.resume(session))).toBe('session-lost');
      const whole = { offset: 0, total: 10, bytes: bytesOf(10) };
      expect(codeOf(await at.destination.send(session, whole))).toBe('session-lost');
      await upload(at.destination, newFile(at.root, 'given up', 10), bytesOf(10));
    });

    it('tell a lost upload from somebody else’s file of that name', async () => {
      const session = await openOne(at.destination, newFile(at.root, 'not ours', 4));
      must(await at.destination.cancel(session));
      await at.fixture.edit('not ours', 'four');
      expect(codeOf(await at.destination.resume(session))).toBe('session-lost');
    });

    it('skip what has arrived already', async () => {
      const bytes = bytesOf(FRAGMENT + 5);
      const session = await openOne(at.destination, newFile(at.root, 'skips', bytes.length));
      const first = { offset: 0, total: bytes.length, bytes: bytes.subarray(0, FRAGMENT) };
      must(await at.destination.send(session, first));
      expect(must(await at.destination.send(session, first))).toMatchObject({ done: false, next: FRAGMENT });
      must(await sendAll(at.destination, session, bytes, FRAGMENT));
    });
  });

  describe('new versions', () => {
    it('replace the item that is still the same', async () => {
      const item = await upload(at.destination, newFile(at.root, 'versions', 5), bytesOf(5));
      const replace = { id: item.id, tag: item.tag };
      const newer = await upload(
        at.destination,
        {
          ...newFile(at.root, 'versions', 6),
          replace,
          times: { ...times, modified: times.modified + 60_000 },
        },
        bytesOf(6),
      );
      expect(newer.id).toBe(item.id);
      expect(newer.tag).not.toBe(item.tag);
      expect(await at.fixture.look('versions')).toMatchObject({
        ...{ size: 6, versions: 2, modified: seconds.modified + 60_000 },
      });
    });

    it('are refused when it is not', async () => {
      const item = await upload(at.destination, newFile(at.root, 'edited', 5), bytesOf(5));
      const replace = { id: item.id, tag: item.tag };
      const request = { ...newFile(at.root, 'edited', 6), replace };
      const session = await openOne(at.destination, request);
      await at.fixture.edit('edited', 'by hand');
      expect(codeOf(await sendAll(at.destination, session, bytesOf(6)))).toBe('edited-at-destination');
      const [second] = await at.destination.openUploads([request]);
      expect(codeOf(second)).toBe('edited-at-destination');
      expect(codeOf(await at.destination.putEmpty({ ...request, size: 0 }))).toBe('edited-at-destination');
      expect((await at.fixture.look('edited'))?.size).toBe(7);
      await at.fixture.remove('edited');
      const [third] = await at.destination.openUploads([request]);
      expect(codeOf(third)).toBe('edited-at-destination');
    });

    it('wait for nobody who holds the file open', async ({ skip }) => {
      const { lock, unlock } = at.fixture;
      if (!lock || !unlock) return skip('nobody can be had here who holds a file open');
      const item = await upload(at.destination, newFile(at.root, 'open', 5), bytesOf(5));
      await lock('open');
      const request = {
        ...newFile(at.root, 'open', 6),
        replace: { id: item.id, tag: must(await at.destination.find(at.root, 'open'))?.tag ?? '' },
      };
      const [result] = await at.destination.openUploads([request]);
      expect(codeOf(result)).toBe('destination-locked');
      await unlock('open');
    });
  });

  describe('empty files', () => {
    it('are written with their times', async () => {
      const item = must(await at.destination.putEmpty(newFile(at.root, 'empty', 0)));
      expect(item).toMatchObject({ name: 'empty', kind: 'file', size: 0, modified: seconds.modified });
      expect(await at.fixture.look('empty')).toMatchObject({ kind: 'file', size: 0, ...seconds });
      expect(codeOf(await at.destination.putEmpty(newFile(at.root, 'empty', 0)))).toBe(
        'occupied-at-destination',
      );
    });

    it('replace what is still the same', async () => {
      const item = await upload(at.destination, newFile(at.root, 'emptied', 5), bytesOf(5));
      const replace = { id: item.id, tag: item.tag };
      must(await at.destination.putEmpty({ ...newFile(at.root, 'emptied', 0), replace }));
      expect(await at.fixture.look('emptied')).toMatchObject({ size: 0, ...seconds });
    });
  });
}
