import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it } from 'vitest';
import { ROOT_ITEM } from '../../src-shared/model/item.ts';
import { ProblemError } from '../../src-shared/model/problem.ts';
import { begin, copied, entry, list, names, Rig } from './journal/journal-rig.ts';
import { openJournal } from './open-journal.ts';
import { need } from './test-folder.ts';

describe('a journal', () => {
  it('takes a tree from listing to results, and the sums are right at each step', async () => {
    const journal = await new Rig().begun();
    await list(journal, [
      entry('a.txt'),
      entry('sub', { kind: 'folder', destinationName: 'sub_', findings: [{ code: 'name-changed' }] }),
    ]);
    const [sub] = await journal.takeFolders(5);
    expect(sub).toEqual({ item: 3, path: 'sub', destinationPath: 'sub_', depth: 1 });
    await journal.recordEntries(3, [entry('b.txt', { size: 5 })]);
    await journal.endListing(3);
    expect(await journal.progress()).toMatchObject({
      foldersToList: 0,
      foldersToMake: 1,
      filesToCopy: 2,
      bytesToCopy: 15,
    });
    expect(names(await journal.takeFiles(5))).toEqual(['a.txt']);
    const [folder] = await journal.takeFoldersToMake(5);
    expect(folder).toMatchObject({
      item: 3,
      path: 'sub',
      name: 'sub_',
      parentRemoteId: 'root',
      created: 500.25,
    });
    await journal.folderMade(3, { id: 'sub-id', existed: false });
    const [b] = await journal.takeFiles(5);
    expect(b).toMatchObject({ path: 'sub/b.txt', parentRemoteId: 'sub-id', created: 500.25, attempts: 0 });
    await journal.settle([copied(2), copied(4, { fingerprint: { size: 7, modified: 2 } })]);
    const counts = await journal.counts();
    expect(counts.found).toEqual({ files: 2, folders: 1, others: 0, bytes: 17 });
    expect(counts.byOutcome.copied).toEqual(counts.found);
    expect(counts.byCode).toEqual({ 'name-changed': { items: 1, bytes: 0 } });
    await journal.finish(1);
    const rows = await journal.outbox(10);
    expect(rows.map(({ seq, name, outcome }) => [seq, name, outcome])).toEqual([
      [1, 'sub', 'copied'],
      [2, 'sub', 'copied'],
      [3, 'a.txt', 'copied'],
      [4, 'b.txt', 'copied'],
    ]);
    await journal.acknowledge(3);
    expect((await journal.outbox(10)).map(({ seq }) => seq)).toEqual([4]);
  });

  it('goes on after a restart: gives out again what was not done, resumes uploads first, disturbs nothing settled', async () => {
    const rig = new Rig();
    const first = await rig.begun();
    const entries = ['a', 'b', 'c', 'd'].map((name, i) => entry(name, { size: i + 1 }));
    const [root] = await first.takeFolders(1);
    await first.recordEntries(root?.item ?? 0, entries);
    await first.takeFiles(4);
    await first.settle([copied(2)]);
    const token = 'https://upload.example/secret-token';
    const upload = {
      item: 3,
      token,
      expires: 9,
      offset: 0,
      fingerprint: { size: 1, modified: 2.5, fileId: '18446744073709551615' },
    };
    await first.saveUploads([upload]);
    await first.saveProgress(upload.item, 320, 99);
    await first.close();
    expect(readFileSync(rig.file).includes('secret-token')).toBe(false);

    const second = await rig.begun();
    expect(await second.takeFolders(5)).toMatchObject([{ item: ROOT_ITEM }]);
    const known = await second.lookUp(ROOT_ITEM, ['a', 'b', 'z']);
    expect(known.map(({ settledInThisRun, ours }) => [settledInThisRun, ours?.outcome])).toEqual([
      [true, 'copied'],
      [false, undefined],
      [false, undefined],
    ]);
    await second.recordEntries(
      ROOT_ITEM,
      entries.map((one) => ({ ...one, size: 3 })),
    );
    await second.endListing(ROOT_ITEM);
    expect((await second.counts()).found).toEqual({ files: 4, folders: 0, others: 0, bytes: 1 + 3 * 3 });
    const files = await second.takeFiles(4);
    expect(files).toHaveLength(3);
    expect(files[0]).toMatchObject({ item: upload.item, upload: { ...upload, offset: 320, expires: 99 } });
    await second.settle(files.map(({ item }) => copied(item)));
    expect(await second.progress()).toMatchObject({ uploads: 0, filesToCopy: 0 });
  });

  it('gives files out from both ends, and those put back after all others', async () => {
    const journal = await new Rig().begun();
    await list(
      journal,
      Array.from({ length: 8 }, (_, i) => entry(`f${i}`, { size: i })),
    );
    expect(names(await journal.takeFiles(4))).toEqual(['f7', 'f0', 'f6', 'f1']);
    await journal.putBack(9);
    await journal.putBack(2);
    expect(names(await journal.takeFiles(3))).toEqual(['f5', 'f2', 'f4']);
    const last = await journal.takeFiles(9);
    expect(last.map(({ path, attempts }) => [path, attempts])).toEqual([
      ['f3', 0],
      ['f7', 1],
      ['f0', 1],
    ]);
    await journal.putBack(9);
    expect(await journal.takeFiles(9)).toMatchObject([{ path: 'f7', attempts: 2 }]);
    await journal.putBack(9, 0);
    expect(await journal.takeFiles(9)).toMatchObject([{ path: 'f7', attempts: 2 }]);
    await journal.putBack(4, 0);
    expect(await journal.takeFiles(9)).toMatchObject([{ path: 'f2', attempts: 0 }]);
  });

  it('keeps uploads of files that are copied no more, so that they can be cancelled', async () => {
    const journal = await new Rig().begun();
    await list(
      journal,
      ['gone', 'left', 'done'].map((name, i) => entry(name, { size: i + 1 })),
    );
    const files = await journal.takeFiles(3);
    const uploads = files.map(({ item, fingerprint }) => {
      return { item, token: `token ${item}`, expires: 9, offset: 0, fingerprint };
    });
    await journal.saveUploads(uploads);
    await journal.begin(1, 0, 0);
    await journal.folderMade(ROOT_ITEM, { id: 'root', existed: true });
    const leftOut = {
      outcome: 'left-out',
      grade: undefined,
      code: 'temporary-left-out',
      remote: undefined,
    } as const;
    await list(journal, [
      entry('left', { size: 2, decision: { do: 'settle', ...leftOut } }),
      entry('done', { size: 3 }),
    ]);
    const [done] = await journal.takeFiles(3);
    await journal.settle([copied(done?.item ?? 0)]);
    const left = await journal.uploadsLeft(9);
    const expected = uploads.filter(({ item }) => item !== done?.item).toSorted((a, b) => a.item - b.item);
    expect(left).toEqual(expected);
    for (const { item } of left) await journal.dropUpload(item);
    expect(await journal.uploadsLeft(9)).toEqual([]);
  });

  it('fails all below a folder that cannot be made, also what is found later, and lists it all the same', async () => {
    const journal = await new Rig().begun();
    await list(journal, [entry('bad', { kind: 'folder' })]);
    await list(journal, [entry('x'), entry('deep', { kind: 'folder' })]);
    const [bad] = await journal.takeFoldersToMake(5);
    await journal.folderFailed(bad?.item ?? 0, 'refused-by-service', 'no');
    await list(journal, [entry('y'), entry('deeper', { kind: 'folder' })]);
    await list(journal, [entry('z')]);
    expect(await journal.takeFoldersToMake(5)).toEqual([]);
    const { found, byOutcome, byCode } = await journal.counts();
    expect(byOutcome.failed).toEqual(found);
    expect(found).toEqual({ files: 3, folders: 3, others: 0, bytes: 30 });
    expect(byCode).toMatchObject({ 'refused-by-service': { items: 1 }, 'below-failed-folder': { items: 5 } });
    await journal.finish(1);
  });

  it('refuses to end a run in which something is left to do, and to go back to an earlier one', async () => {
    const journal = await new Rig().begun(1);
    await expect(journal.finish(1)).rejects.toMatchObject({ problem: { code: 'wrong-state' } });
    await expect(journal.begin(0, 1, 0)).rejects.toBeInstanceOf(ProblemError);
  });
});

describe('the thread of a journal', () => {
  it('answers callers in the order in which they called', async () => {
    const journal = await new Rig().begun();
    await list(
      journal,
      Array.from({ length: 50 }, (_, i) => entry(`f${i}`)),
    );
    const files = await journal.takeFiles(50);
    const order: number[] = [];
    await Promise.all(
      files.map(async ({ item }, n) => {
        await journal.settle([copied(item)]);
        order.push(n);
      }),
    );
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect((await journal.outbox(100)).map(({ item }) => item)).toEqual(files.map(({ item }) => item));
  });

  it('says store-disk-full, loses nothing that it confirmed, and goes on when there is room', async () => {
    const rig = new Rig();
    await (await rig.begun()).close();
    const small = await rig.open({ maxPages: 60 });
    await begin(small, 0);
    await small.takeFolders(1);
    let recorded = 0;
    let problem: unknown;
    while (problem === undefined) {
      const entries = Array.from({ length: 50 }, (_, i) => entry(`file number ${recorded + i}`));
      try {
        await small.recordEntries(ROOT_ITEM, entries);
        recorded += entries.length;
      } catch (error) {
        problem = error;
      }
    }
    expect(problem instanceof ProblemError && problem.problem).toMatchObject({
      code: 'store-disk-full',
      where: rig.file,
    });
    expect((await small.counts()).found.files).toBe(recorded);
    await small.close();
    const roomy = await rig.begun();
    expect((await roomy.counts()).found.files).toBe(recorded);
    await roomy.takeFolders(1);
    await roomy.recordEntries(ROOT_ITEM, [entry('one more')]);
    expect((await roomy.counts()).found.files).toBe(recorded + 1);
  });

  it('says what is wrong with the file it was to open', async () => {
    const rig = new Rig();
    writeFileSync(rig.file, 'not a database, though of some length '.repeat(200));
    const { journal, notices } = need(await openJournal({ file: rig.file, keys: rig.keys, now: () => 0 }));
    expect(notices.map(({ code }) => code)).toEqual(['store-corrupt']);
    await journal.close();
    await journal.close();
    await expect(journal.counts()).rejects.toThrow(/closed/);
    const nowhere = await openJournal({ file: join(rig.file, 'x.db'), keys: rig.keys, now: () => 0 });
    expect(nowhere).toMatchObject({ ok: false, problem: { code: 'store-unusable' } });
  });

  it('has all that it confirmed when the process is killed', async () => {
    const rig = new Rig();
    const here = (name: string) => new URL(name, import.meta.url).href;
    const script = `
      import { openJournal } from '${here('./open-journal.ts')}';
      import { keyFile } from '${here('./key-file.ts')}';
      const [file, key] = process.argv.slice(2);
      const opened = await openJournal({ file, keys: keyFile(key), now: () => 0 });
      const { journal } = opened.value;
      await journal.begin(0, 0, 0);
      await journal.takeFolders(1);
      const facts = { kind: 'file', size: 1, modified: 1, created: 1, findings: [], decision: { do: 'copy' } };
      for (let n = 0; ; n++) {
        await journal.recordEntries(1, [{ name: 'f' + n, ...facts }]);
        console.log(n);
      }`;
    const program = join(rig.folder, 'writer.mjs');
    writeFileSync(program, script);
    const args = [program, rig.file, join(rig.folder, 'key')];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    let last = -1;
    for await (const line of createInterface(child.stdout)) {
      last = Number(line);
      if (last === 200) child.kill('SIGKILL');
    }
    if (child.exitCode === null && child.signalCode === null) await once(child, 'close');
    expect(last).toBeGreaterThanOrEqual(200);
    const journal = await rig.begun();
    const { files } = (await journal.counts()).found;
    // What was written and not yet told may be there besides: one call was under way.
    expect(files === last + 1 || files === last + 2).toBe(true);
    const known = await journal.takeFiles(1_000);
    expect(known).toHaveLength(files);
  });
});
