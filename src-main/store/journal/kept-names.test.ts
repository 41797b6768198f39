import { describe, expect, it } from 'vitest';
import { ROOT_ITEM } from '../../../src-shared/model/item.ts';
import { begin, copied, entry, list, Rig } from './journal-rig.ts';

const failed = {
  do: 'settle',
  outcome: 'failed',
  grade: undefined,
  code: 'name-collision',
  remote: undefined,
} as const;

describe('names at the destination', () => {
  it('belong to what this run has recorded, except to what failed', async () => {
    const journal = await new Rig().begun();
    await journal.recordEntries(ROOT_ITEM, [
      entry('a:b', { destinationName: 'a：b' }),
      entry('twin', { decision: failed, destinationName: 'proposed' }),
    ]);
    expect(await journal.keptNames(ROOT_ITEM)).toEqual({
      names: [{ name: 'a:b', destinationName: 'a：b' }],
      next: undefined,
    });
    const known = await journal.lookUp(ROOT_ITEM, ['a:b', 'twin', 'new']);
    expect(known.map(({ keptName }) => keptName)).toEqual(['a：b', undefined, undefined]);
  });

  it('are kept with copies in every later run, and what stands there is looked up under them', async () => {
    const journal = await new Rig().begun();
    await list(journal, [entry('A', { destinationName: 'A (2)' }), entry('gone'), entry('failed')]);
    const files = await journal.takeFiles(3);
    for (const { item, path } of files) {
      await journal.settle([path === 'failed' ? { item, outcome: 'failed', findings: [] } : copied(item)]);
    }
    await journal.finish(0);
    await begin(journal, 1);
    await journal.recordRemote({
      first: true,
      items: [
        {
          id: 'x',
          parent: 'root',
          name: 'a (2)',
          kind: 'file',
          size: 1,
          modified: 0,
          tag: 't',
          hash: undefined,
        },
      ],
      deleted: [],
      mark: 'm',
    });
    const [a, other, failing] = await journal.lookUp(ROOT_ITEM, [
      { name: 'A', destinationName: 'A', kind: 'file' },
      { name: 'gone', kind: 'folder' },
      'failed',
    ]);
    expect(a).toMatchObject({ keptName: 'A (2)', theirs: { id: 'x' } });
    expect(other?.keptName).toBeUndefined();
    expect(failing?.keptName).toBeUndefined();
    const { names } = await journal.keptNames(ROOT_ITEM);
    expect(names.map(({ destinationName }) => destinationName).sort()).toEqual(['A (2)', 'gone']);
  });

  it('are kept where an upload was left under way', async () => {
    const journal = await new Rig().begun();
    await list(journal, [entry('a:b', { destinationName: 'a：b' })]);
    const [file] = await journal.takeFiles(1);
    if (!file) throw new Error('no file');
    const { item, fingerprint } = file;
    await journal.saveUploads([{ item, token: 't', expires: 9, offset: 0, fingerprint }]);
    await begin(journal, 1);
    expect((await journal.keptNames(ROOT_ITEM)).names).toEqual([{ name: 'a:b', destinationName: 'a：b' }]);
    expect((await journal.lookUp(ROOT_ITEM, ['a:b']))[0]?.keptName).toBe('a：b');
  });

  it('come page by page, none twice', async () => {
    const journal = await new Rig().begun();
    const all = Array.from({ length: 10_001 }, (_, i) => `file ${i}`);
    await list(
      journal,
      all.map((name) => entry(name)),
    );
    const seen: string[] = [];
    let page = await journal.keptNames(ROOT_ITEM);
    for (;;) {
      seen.push(...page.names.map(({ name }) => name));
      if (!page.next) break;
      page = await journal.keptNames(ROOT_ITEM, page.next);
    }
    expect(seen.sort()).toEqual(all.sort());
  });
});
