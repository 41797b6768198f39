import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { generateShare } from '../../src-practice/share/share.ts';
import { addsUp } from '../../src-shared/model/counts.ts';
import { practiceRig } from './practice-rig.ts';

it('names that lost uploads hold are waited for while all else is copied, practice tenant', async () => {
  const rig = await practiceRig({ sessionMinutes: 15 });
  try {
    const { control } = rig.graph.tenant;
    const root = join(rig.folder, 'share');
    const now = Date.UTC(2026, 8, 1);
    await generateShare({ directory: root, seed: 'lost', files: 60, oddities: false, now });
    await writeFile(join(root, 'not empty.txt'), 'x');
    // A batch of uploads is opened and the answer lost, as by a kill: nobody has their addresses.
    await control.setFaults({ loseSessionAnswers: true, script: [{ fault: 'cutAfter', kind: 'batch' }] });
    const { end, counts } = await rig.run(0, root, {}, async (unit) => {
      while (unit.live().waits['name-blocked'] === 0) await pause(20);
      const { sessionsOpen } = await control.stats();
      expect(sessionsOpen).toBeGreaterThan(0);
      const isFile = ({ kind }: { readonly kind: string }): boolean => kind === 'file';
      const copied = async (): Promise<number> => [...(await rig.stored()).values()].filter(isFile).length;
      while ((await copied()) < 61 - sessionsOpen) await pause(20);
      await control.advanceClock(15 * 60_000);
    });
    expect(end).toEqual({ how: 'done' });
    expect(addsUp(counts, true)).toBe(true);
    expect(counts.byOutcome.copied.files).toBe(counts.found.files);
    const stats = await control.stats();
    expect(stats.sessionsExpired).toBeGreaterThan(0);
    expect(stats.sessionsOpen).toBe(0);
    for (const { kind, versions, path, size } of (await rig.stored()).values()) {
      if (kind === 'file' && size > 0) expect(versions, path).toBe(1);
    }
  } finally {
    await rig.end();
  }
});
