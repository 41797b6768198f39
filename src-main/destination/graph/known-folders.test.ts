import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KnownFolders } from './known-folders.ts';

describe('the known folders of a drive', () => {
  it('are what was said last of each, like a map', () => {
    const id = fc.nat(40).map((n) => `01${n}`);
    const said = fc.constantFrom(true, false, undefined);
    fc.assert(
      fc.property(fc.array(fc.tuple(id, said), { maxLength: 200 }), (steps) => {
        const known = new KnownFolders();
        const map = new Map<string, boolean | undefined>();
        for (const [folder, inside] of steps) {
          if (inside === undefined) known.doubt(folder);
          else known.set(folder, inside);
          map.set(folder, inside);
        }
        for (let n = 0; n <= 41; n++) expect(known.get(`01${n}`)).toBe(map.get(`01${n}`));
      }),
    );
  });

  it('are told apart, ids of one form that differ in a letter included', () => {
    const known = new KnownFolders();
    const idOf = (n: number) => `01LWZ3KDF${n.toString(36).toUpperCase().padStart(25, 'A')}`;
    for (let n = 0; n < 200_000; n++) known.set(idOf(n), n % 3 === 0);
    for (let n = 0; n < 200_000; n++) if (known.get(idOf(n)) !== (n % 3 === 0)) expect.fail(idOf(n));
    for (let n = 200_000; n < 400_000; n++) if (known.get(idOf(n)) !== undefined) expect.fail(idOf(n));
  });
});
