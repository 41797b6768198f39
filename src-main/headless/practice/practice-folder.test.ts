import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { generateShare } from '../../../src-practice/share/share.ts';
import { lockFolder } from '../../store/folder-lock.ts';
import { openPracticeFolder, placesIn } from './practice-folder.ts';
import { savePracticeState } from './practice-state.ts';

let folder: string;
let said: string[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'convoy-practice-folder-'));
  said = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const fresh = (keepShare = false) => ({ keepShare, say: (line: string) => void said.push(line) });

async function open(...args: [now: number, fresh?: ReturnType<typeof fresh>]) {
  const opened = await openPracticeFolder(folder, ...args);
  if (!opened.ok) throw new Error(opened.problem.code);
  opened.value.release();
  return opened.value.state;
}

/** What an earlier rehearsal left, and something of the user's beside it. */
async function used(): Promise<void> {
  const { share, tenant, machine } = placesIn(folder);
  await open(1_000);
  savePracticeState(folder, { httpPort: 4_000, httpsPort: 4_001, shareMadeAt: 1_000 });
  await generateShare({ directory: share, seed: 1, files: 3, oddities: false, now: 1_000 });
  mkdirSync(join(machine, 'work'), { recursive: true });
  writeFileSync(join(tenant, 'journal.ndjson'), 'x');
  writeFileSync(join(folder, 'of the user.txt'), 'x');
}

describe('the folder of rehearsals', () => {
  it('goes on from where the last one was', async () => {
    await used();
    expect(await open(2_000)).toEqual({ httpPort: 4_000, httpsPort: 4_001, shareMadeAt: 1_000 });
    expect(said).toEqual([]);
  });

  it('begins again when asked to: deletes what rehearsals made, says so, and nothing else', async () => {
    await used();
    expect(await open(2_000, fresh())).toEqual({ httpPort: 0, httpsPort: 0, shareMadeAt: 2_000 });
    expect(readdirSync(folder).sort()).toEqual(['lock.db', 'of the user.txt', 'practice.json']);
    expect(said).toEqual([
      `Beginning again. Deleted in ${folder}: journal and reports, all that the practice tenant holds, the practice share.`,
    ]);
  });

  it('keeps the share where another folder is going to be copied', async () => {
    await used();
    expect(await open(2_000, fresh(true))).toMatchObject({ shareMadeAt: 1_000 });
    expect(existsSync(placesIn(folder).share)).toBe(true);
    expect(existsSync(placesIn(folder).machine)).toBe(false);
    expect(said[0]).not.toContain('share');
  });

  it('never deletes in a folder that no rehearsal made', async () => {
    const { share, tenant, machine } = placesIn(folder);
    for (const path of [share, tenant, machine]) mkdirSync(path);
    writeFileSync(join(machine, 'thesis.doc'), 'x');
    expect(await openPracticeFolder(folder, 2_000, fresh())).toMatchObject({
      ok: false,
      problem: {
        code: 'store-unusable',
        where: folder,
        detail: expect.stringContaining('nothing was deleted'),
      },
    });
    expect(existsSync(join(machine, 'thesis.doc'))).toBe(true);
    expect(readdirSync(folder)).toHaveLength(3);
  });

  it('leaves a folder called "Practice share" that is not marked as one', async () => {
    await open(1_000);
    mkdirSync(placesIn(folder).share);
    writeFileSync(join(placesIn(folder).share, 'thesis.doc'), 'x');
    await open(2_000, fresh());
    expect(existsSync(join(placesIn(folder).share, 'thesis.doc'))).toBe(true);
  });

  it('has nothing to delete in a folder that is not there', async () => {
    rmSync(folder, { recursive: true });
    await open(1_000, fresh());
    expect(said).toEqual([]);
  });

  it('is not emptied under a machine that is open in it', async () => {
    await used();
    const lock = lockFolder(join(placesIn(folder).machine, 'lock.db'));
    expect(await openPracticeFolder(folder, 2_000, fresh())).toMatchObject({
      problem: { code: 'store-in-use', where: placesIn(folder).machine },
    });
    expect(existsSync(placesIn(folder).share)).toBe(true);
    if (lock.ok) lock.value.release();
    await open(2_000, fresh());
    expect(existsSync(placesIn(folder).machine)).toBe(false);
  });

  it('says what is the matter where there can be none', async () => {
    writeFileSync(join(folder, 'file'), '');
    expect(await openPracticeFolder(join(folder, 'file', 'x'), 1)).toMatchObject({
      ok: false,
      problem: { code: 'store-unusable', where: join(folder, 'file', 'x') },
    });
    mkdirSync(join(folder, 'practice.json'));
    expect(await openPracticeFolder(folder, 1)).toMatchObject({
      ok: false,
      problem: { code: 'store-unusable', where: folder },
    });
  });
});
