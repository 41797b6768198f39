import { describe, expect, it } from 'vitest';
import type { RemoteItem } from '../../src-main/destination/destination.ts';
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

/** What every destination has to do about authors, where a person can be named who is known there. */
export function describeAuthors(at: DestinationStage): void {
  const wish = ({ id, name, tag }: RemoteItem, person: string) => ({
    ...{ id, name, tag, person, modified: times.modified },
  });

  describe('the author of a file', () => {
    it('is set with the editor, for many at once; content, times and versions stay', async ({ skip }) => {
      const { person } = at.fixture;
      if (!person) return skip();
      const files: RemoteItem[] = [];
      for (let i = 0; i < 4; i += 1) {
        files.push(await upload(at.destination, newFile(at.root, `by ${i}`, 7), bytesOf(7, i)));
      }
      await at.fixture.remove('by 2');
      const results = await at.destination.setAuthors(files.map((file) => wish(file, person)));
      expect(results.map(codeOf)).toEqual(['ok', 'ok', 'copy-missing', 'ok']);
      for (const i of [0, 1, 3]) {
        const stored = { kind: 'file', size: 7, ...seconds, versions: 1, hash: hashOf(bytesOf(7, i)) };
        expect(await at.fixture.look(`by ${i}`)).toEqual(stored);
        expect(await at.fixture.madeBy(`by ${i}`)).toEqual({ author: person, editor: person });
      }
      const { item, refused } = must(results[0] ?? { ok: false, problem: { code: 'unexpected' } });
      expect(refused).toBeUndefined();
      expect(must(await at.destination.findById(item.id))).toEqual(item);
      // It is ours as before: by its new tag it may be replaced and removed.
      expect(codeOf(await at.destination.remove({ ...item, kind: 'file' }))).toBe('ok');
    });

    it('may be set again, also by who did not hear that it was', async ({ skip }) => {
      const { person } = at.fixture;
      if (!person) return skip();
      const file = await upload(at.destination, newFile(at.root, 'twice', 5), bytesOf(5));
      await at.destination.setAuthors([wish(file, person)]);
      const [again] = await at.destination.setAuthors([wish(file, person)]);
      expect(codeOf(again)).toBe('ok');
      expect(await at.fixture.look('twice')).toMatchObject({ versions: 1, ...seconds });
      expect(await at.fixture.madeBy('twice')).toEqual({ author: person, editor: person });
    });

    it('is nobody whom the destination does not know: that is said, and the file stays as it was', async ({
      skip,
    }) => {
      const { person } = at.fixture;
      if (!person) return skip();
      const file = await upload(at.destination, newFile(at.root, 'by nobody', 5), bytesOf(5));
      const before = [await at.fixture.look('by nobody'), await at.fixture.madeBy('by nobody')];
      const stranger = `nobody.${Math.random().toString(36).slice(2)}@${person.split('@')[1] ?? ''}`;
      const [result] = await at.destination.setAuthors([wish(file, stranger)]);
      expect(result).toMatchObject({
        ok: true,
        value: { item: file, refused: { code: 'person-unknown-at-destination' } },
      });
      expect([await at.fixture.look('by nobody'), await at.fixture.madeBy('by nobody')]).toEqual(before);
    });

    it('is not set on a file that somebody edited, and not when it is not admitted any more', async ({
      skip,
    }) => {
      const { person } = at.fixture;
      if (!person) return skip();
      const file = await upload(at.destination, newFile(at.root, 'edited since', 5), bytesOf(5));
      const late = await at.destination.setAuthors([wish(file, person)], { admit: () => false });
      expect(late.map(codeOf)).toEqual(['stopped-by-you']);
      await at.fixture.edit('edited since', 'by hand');
      const [result] = await at.destination.setAuthors([wish(file, person)]);
      expect(codeOf(result)).toBe('edited-at-destination');
      expect((await at.fixture.madeBy('edited since'))?.author).not.toBe(person);
    });
  });
}
