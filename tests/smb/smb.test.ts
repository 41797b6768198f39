import { mkdir, rm, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunningUnit } from '../../src-main/engine/unit.ts';
import { addsUp } from '../../src-shared/model/counts.ts';
import { type PracticeRig, practiceRig } from '../engine/practice-rig.ts';
import { readTree } from '../support/tree.ts';
import { type FileServer, fileServer, type Mount, mountShare, until } from './file-server.ts';
import { obstacle } from './needs.ts';

const FOLDERS = 12;
const FILES = 12;
/** Bytes: enough for the second outage to come before they are read. */
const LARGE = 12_000_000;
const reason = await obstacle();

const small = (folder: number, file: number): string => `d${folder % 4}/e${folder}/f${file}.txt`;

/** Notes how often a unit began to wait for its source. */
function watch(unit: RunningUnit): { readonly waits: () => number; end(): void } {
  const since = new Set<number>();
  const timer = setInterval(() => {
    const waitsFor = unit.live().waitsFor;
    if (waitsFor) since.add(waitsFor.since);
  }, 10);
  return { waits: () => since.size, end: () => clearInterval(timer) };
}

describe.skipIf(reason !== undefined)(`a real file server${reason ? ` [skipped: ${reason}]` : ''}`, () => {
  let rig: PracticeRig;
  let server: FileServer;
  let mount: Mount;

  const write = async (path: string, content: string | Uint8Array, at = 1_700_000_000) => {
    const full = join(server.share, path);
    await mkdir(dirname(full), { recursive: true });
    await writeFile(full, content);
    await utimes(full, at, at);
  };

  beforeAll(async () => {
    rig = await practiceRig();
    server = await fileServer(rig.folder);
    for (let folder = 0; folder < FOLDERS; folder++)
      for (let file = 0; file < FILES; file++) await write(small(folder, file), `${folder} and ${file}`);
    for (const name of ['one', 'two']) await write(`large/${name}.bin`, Buffer.alloc(LARGE, name));
    await server.start();
    mount = await mountShare(rig.folder, server.port);
  }, 60_000);
  afterAll(async () => {
    await mount?.end();
    await server?.stop();
    await rig?.end();
  }, 60_000);

  it('goes away twice while it is copied, with files that change, appear, vanish and are locked: nothing is lost', async () => {
    const lasting = await server.lock(small(3, 3));
    const passing = await server.lock(small(5, 5));
    const vanished = [small(7, 1), small(7, 2)];
    let waits = 0;

    const away = async (unit: RunningUnit, meanwhile: () => Promise<void>) => {
      await server.stop();
      const waiting = () => unit.live().waitsFor?.code === 'waiting-for-source';
      await until(waiting, () => `it does not wait: ${JSON.stringify(unit.live())}`);
      await meanwhile();
      await server.start();
      await until(() => unit.live().waitsFor === null, 'it does not go on');
    };
    const { end, counts } = await rig.run(
      0,
      mount.path,
      { parallelFiles: 2, fragmentBytes: 327_680 },
      async (unit) => {
        const watched = watch(unit);
        await until(() => unit.live().phase === 'scanning', 'it does not begin');
        await away(unit, async () => {
          await write(small(1, 1), 'changed while the server was away', 1_700_000_100);
          await write('late/appeared.txt', 'new');
        });
        await until(() => unit.live().bytesSent > 0, 'it copies nothing');
        await away(unit, async () => {
          await passing();
          for (const path of vanished) await rm(join(server.share, path));
        });
        await unit.ended;
        waits = watched.waits();
        watched.end();
      },
    );
    await lasting();

    expect(end).toEqual({ how: 'done' });
    expect(waits).toBe(2);
    expect(addsUp(counts, true)).toBe(true);
    // Whether what changed was seen before or after is chance; what can be said of it is not.
    const said = Object.keys(counts.byCode);
    expect(['read-failed', 'file-vanished', 'deleted-at-source']).toEqual(expect.arrayContaining(said));
    expect(counts.byCode['read-failed']?.items).toBe(1);

    const stored = await rig.stored();
    const there = (await readTree(server.share)).filter(
      ({ path }) => path !== small(3, 3) && path !== small(1, 1) && path !== 'late/appeared.txt',
    );
    expect(there).toHaveLength(FOLDERS * FILES + 2 - vanished.length - 2);
    for (const { path, size, sha256 } of there) {
      expect(stored.get(path)?.original, path).toMatchObject({ size, sha256 });
    }
  }, 240_000);

  it('is copied to the last file by the next run, which knows what is gone', async () => {
    const { end, counts } = await rig.run(1, mount.path);
    expect(end).toEqual({ how: 'done' });
    expect(addsUp(counts, true)).toBe(true);
    expect(counts.byOutcome.failed.files).toBe(0);
    const stored = await rig.stored();
    for (const { path, size, sha256 } of await readTree(server.share)) {
      expect(stored.get(path)?.original, path).toMatchObject({ size, sha256 });
    }
  }, 240_000);
});
