import { userInfo } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { generateShare } from '../../src-practice/share/share.ts';
import { addsUp } from '../../src-shared/model/counts.ts';
import { practiceRig } from './practice-rig.ts';

it('files name their owner as author and editor in the end, practice tenant and a real share', async () => {
  const rig = await practiceRig();
  try {
    const root = join(rig.folder, 'share');
    const now = Date.UTC(2026, 8, 1);
    await generateShare({ directory: root, seed: 'authors', files: 70, oddities: false, now });
    // All files here are of whoever runs the test; by number, where the account has no name.
    const { username, uid } = userInfo();
    rig.people = new Map([
      [username.toLowerCase(), 'alice@contoso.example'],
      [String(uid), 'alice@contoso.example'],
    ]);
    const { end, counts } = await rig.run(0, root, { authors: true });
    expect(end).toEqual({ how: 'done' });
    expect(addsUp(counts, true)).toBe(true);
    expect(counts.byCode['author-not-set']).toBeUndefined();
    const files = [...(await rig.stored()).values()].filter(({ kind }) => kind === 'file');
    expect(files).toHaveLength(counts.found.files);
    for (const { path, author, editor, versions, size } of files) {
      expect({ path, author, editor }).toEqual({
        ...{ path, author: 'alice@contoso.example', editor: 'alice@contoso.example' },
      });
      if (size > 0) expect(versions, path).toBe(1);
    }
    // The copies are ours as before: a second run finds them so, and does nothing.
    await rig.graph.tenant.control.resetStats();
    const second = await rig.run(1, root, { authors: true });
    expect(second.counts.byOutcome.present.files).toBe(counts.found.files);
    expect(second.counts.byCode['newer-at-destination']).toBeUndefined();
    const { byKind } = await rig.graph.tenant.control.stats();
    expect(byKind['restBatch']).toBeUndefined();
    expect(byKind['createUploadSession']).toBeUndefined();
  } finally {
    await rig.end();
  }
});
