import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeAuthors } from './destination-authors.ts';
import { describeChanges } from './destination-changes.ts';
import { describeReading } from './destination-reading.ts';
import {
  bytesOf,
  codeOf,
  type DestinationFixture,
  type DestinationStage,
  must,
  newFile,
  openOne,
  seconds,
  times,
  upload,
} from './destination-steps.ts';
import { describeUploads } from './destination-uploads.ts';

/** What every destination has to do. Run for each of them. */
export function destinationConformance(name: string, make: () => Promise<DestinationFixture>): void {
  describe(`a destination: ${name}`, () => {
    let fixture: DestinationFixture | undefined;
    const made = (): DestinationFixture => {
      if (!fixture) throw new Error('the destination is made before the first test');
      return fixture;
    };
    const at: DestinationStage = {
      get fixture() {
        return made();
      },
      get destination() {
        return made().destination;
      },
      get root() {
        return made().destination.root.id;
      },
    };
    beforeAll(async () => {
      fixture = await make();
    });
    afterAll(() => fixture?.end());

    describe('folders', () => {
      it('are made with their times, once', async () => {
        const first = must(await at.destination.makeFolder(at.root, 'Folder', times));
        expect(first).toMatchObject({
          existed: false,
          item: { name: 'Folder', kind: 'folder', parent: at.root },
        });
        expect(await at.fixture.look('Folder')).toMatchObject({ kind: 'folder', ...seconds });
        const again = must(await at.destination.makeFolder(at.root, 'FOLDER', times));
        expect(again).toMatchObject({ existed: true, item: { id: first.item.id, name: 'Folder' } });
      });

      it('do not take the place of a file', async () => {
        await at.fixture.edit('a file', 'x');
        expect(codeOf(await at.destination.makeFolder(at.root, 'a file', times))).toBe('kind-differs');
      });

      it('in a folder that is not there are refused', async () => {
        expect(codeOf(await at.destination.makeFolder('01NOWHERE', 'x', times))).toBe('refused-by-service');
      });
    });

    describeUploads(at);
    describeReading(at);
    describeChanges(at);
    describeAuthors(at);

    it('ends every call of somebody who stops with stopped-by-you', async () => {
      const options = { signal: AbortSignal.abort() };
      const session = {
        token: (await openOne(at.destination, newFile(at.root, 'stopped', 3))).token,
        expires: 0,
      };
      expect(codeOf(await at.destination.makeFolder(at.root, 'stopped', times, options))).toBe(
        'stopped-by-you',
      );
      const whole = { offset: 0, total: 3, bytes: bytesOf(3) };
      expect(codeOf(await at.destination.send(session, whole, options))).toBe('stopped-by-you');
      expect(codeOf(await at.destination.find(at.root, 'stopped', options))).toBe('stopped-by-you');
      const results = await at.destination.openUploads(
        [newFile(at.root, 'stopped 2', 3), newFile(at.root, 'stopped 3', 3)],
        options,
      );
      expect(results.map(codeOf)).toEqual(['stopped-by-you', 'stopped-by-you']);
      must(await at.destination.cancel(session));
    });

    it('writes nothing that is not admitted, and reads it all the same', async () => {
      const options = { admit: () => false };
      const item = await upload(at.destination, newFile(at.root, 'admitted', 3), bytesOf(3));
      const session = await openOne(at.destination, newFile(at.root, 'unsent', 3));
      const whole = { offset: 0, total: 3, bytes: bytesOf(3) };
      const calls = [
        at.destination.makeFolder(at.root, 'unmade', times, options),
        at.destination.putEmpty(newFile(at.root, 'unmade', 0), options),
        at.destination.send(session, whole, options),
        at.destination.cancel(session, options),
        at.destination.remove({ ...item, kind: 'file' }, options),
        at.destination.move(
          {
            ...{ kind: 'file', id: item.id, tag: item.tag, times },
            ...{ from: { parent: at.root, name: 'admitted' }, to: { parent: at.root, name: 'unmade' } },
          },
          options,
        ),
        at.destination.openUploads([newFile(at.root, 'unmade', 3)], options).then(([result]) => result),
        at.destination
          .openUploads([newFile(at.root, 'unmade', 3), newFile(at.root, 'unmade 2', 3)], options)
          .then(([result]) => result),
      ];
      for (const call of calls) expect(codeOf<unknown>(await call)).toBe('stopped-by-you');
      expect(must(await at.destination.find(at.root, 'unmade', options))).toBeUndefined();
      expect(must(await at.destination.find(at.root, 'admitted', options))?.id).toBe(item.id);
      expect(must(await at.destination.resume(session, options))).toMatchObject({ done: false, next: 0 });
      must(await at.destination.cancel(session));
    });

    it('counts what it asked', () => {
      const { requests, resourceUnits, throttledUntil } = at.destination.metrics();
      expect(requests).toBeGreaterThan(50);
      expect(resourceUnits).toBeGreaterThan(requests);
      expect(throttledUntil).toBeNull();
    });
  });
}
