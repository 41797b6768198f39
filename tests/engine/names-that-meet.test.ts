import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addsUp } from '../../src-shared/model/counts.ts';
import { type PracticeRig, practiceRig } from './practice-rig.ts';

const FILES = [
  'readme.txt',
  'README.txt',
  'Café.txt'.normalize('NFC'),
  'Café.txt'.normalize('NFD'),
  'a:b.txt',
  'a：b.txt',
  'Plans/one.txt',
  'plans/ONE.txt',
];

describe.runIf(process.platform === 'linux')('twins of a share in the practice tenant', () => {
  let rig: PracticeRig;
  let share: string;
  const write = async (path: string): Promise<void> => {
    await mkdir(dirname(join(share, path)), { recursive: true });
    await writeFile(join(share, path), `this is ${path}`);
  };
  /** Path at the destination, in what version: the size says which file it is. */
  const stored = async (): Promise<Record<string, string>> => {
    const files = [...(await rig.stored())].filter(([, { kind }]) => kind === 'file');
    return Object.fromEntries(
      files.map(([path, { versions, original }]) => [path, `${original?.sha256 ?? ''} v${versions}`]),
    );
  };

  beforeAll(async () => {
    rig = await practiceRig();
    share = join(rig.folder, 'share');
    for (const path of FILES) await write(path);
  });
  afterAll(() => rig.end());

  it('are all copied, each under a name of its own, and a second run copies nothing', async () => {
    const { end, counts } = await rig.run(0, share);
    expect(end).toEqual({ how: 'done' });
    expect(addsUp(counts, true)).toBe(true);
    expect(counts.byOutcome.copied.files).toBe(FILES.length);
    expect(counts.byCode['name-changed']?.items).toBe(4);
    const first = await stored();
    expect(Object.keys(first).sort()).toEqual(
      [
        'README.txt',
        'readme (2).txt',
        'Café.txt'.normalize('NFD'),
        'Café (2).txt'.normalize('NFC'),
        'a：b.txt',
        'a：b (2).txt',
        'Plans/one.txt',
        'plans (2)/ONE.txt',
      ].sort(),
    );
    const again = await rig.run(1, share);
    expect(again.counts.byOutcome.copied).toMatchObject({ files: 0, folders: 0 });
    expect(again.counts.byOutcome.present.files).toBe(FILES.length);
    expect(await stored()).toEqual(first);
  });

  it('keep their names when one goes and another comes; nothing is overwritten and no version is made', async () => {
    const before = await stored();
    await rm(join(share, 'readme.txt'));
    await rm(join(share, 'a：b.txt'));
    for (const path of ['Readme.txt', 'A：B.txt', 'a：b (2).txt', 'PLANS/two.txt']) await write(path);
    const { end, counts } = await rig.run(2, share);
    expect(end).toEqual({ how: 'done' });
    expect(addsUp(counts, true)).toBe(true);
    expect(counts.byCode['deleted-at-source']?.items).toBe(2);
    // The name of this one is that of a copy whose file is gone: it stays, and the newcomer says so.
    expect(counts.byCode['occupied-at-destination']?.items).toBe(1);
    const after = await stored();
    expect(after).toMatchObject(before);
    const news = Object.keys(after).filter((path) => !(path in before));
    expect(news.sort()).toEqual(['PLANS (3)/two.txt', 'Readme (3).txt', 'a：b (2) (2).txt'].sort());
    expect(Object.values(after).every((one) => one.endsWith(' v1'))).toBe(true);
    const last = await rig.run(3, share);
    expect(last.counts.byOutcome.copied).toMatchObject({ files: 0, folders: 0 });
    expect(await stored()).toEqual(after);
  });
});
