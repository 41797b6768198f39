import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { addsUp } from '../../src-shared/model/counts.ts';
import { failed } from '../../src-shared/model/problem.ts';
import { EngineRig, timeOf } from './engine-rig.ts';

let rig: EngineRig;
beforeEach(async () => {
  rig = await EngineRig.make();
});
afterEach(() => rig.end());

describe('a first run (stand-in destination)', () => {
  it('copies a tree, verifies it and accounts for all of it', async () => {
    await rig.write({ 'a.txt': 'hello', 'sub/b.txt': 'world', 'sub/deep/empty': '', 'nothing/': '' });
    const { end, counts, items } = await rig.run(0);
    expect(end).toEqual({ how: 'done' });
    expect(rig.destination.tree()).toEqual({
      'a.txt': 'hello',
      nothing: null,
      sub: null,
      'sub/b.txt': 'world',
      'sub/deep': null,
      'sub/deep/empty': '',
    });
    expect(items).toEqual({
      'a.txt': 'copied identical',
      nothing: 'copied present',
      sub: 'copied present',
      'sub/b.txt': 'copied identical',
      'sub/deep': 'copied present',
      'sub/deep/empty': 'copied identical',
    });
    expect(addsUp(counts, true)).toBe(true);
    expect(rig.destination.openSessions).toBe(0);
  });

  it('carries times along, and writes each item once', async () => {
    await rig.write({ 'a.txt': 'hello' }, 5);
    await rig.run(0);
    expect(rig.destination.at('a.txt')).toMatchObject({ modified: timeOf(5), versions: 1 });
  });

  it('opens the uploads of small files many at once', async () => {
    await rig.write(Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`f${i}`, `content ${i}`])));
    const { counts } = await rig.run(0);
    expect(counts.byOutcome.copied.files).toBe(100);
    // Some 25; on a busy machine lanes find fewer files ready.
    expect(rig.destination.calls.get('open')).toBeLessThanOrEqual(50);
    expect(rig.destination.calls.get('send')).toBe(100);
  });

  it('says what it leaves out, changes and cannot copy', async () => {
    const long = 'n'.repeat(200);
    await rig.write({
      'Thumbs.db': 'x',
      '~$lock.docx': 'x',
      'draft.tmp': 'x',
      'a:b.txt': 'x',
      'Twin.txt': 'first',
      'twin.txt': 'second',
      [`${long}/${long}.txt`]: 'x',
      '$RECYCLE.BIN/deleted': 'x',
    });
    await symlink('Twin.txt', join(rig.tree, 'link'));
    const { items, counts } = await rig.run(0);
    expect(items).toEqual({
      'Thumbs.db': 'left-out system-left-out',
      '~$lock.docx': 'left-out temporary-left-out',
      'draft.tmp': 'left-out temporary-left-out',
      'a:b.txt': 'copied identical name-changed',
      'Twin.txt': 'copied identical',
      'twin.txt': 'copied identical name-changed',
      [long]: 'copied present',
      [`${long}/${long}.txt`]: 'failed path-too-long',
      '$RECYCLE.BIN': 'left-out system-left-out',
      link: 'left-out link-left-out',
    });
    expect(rig.destination.tree()).toMatchObject({
      'a：b.txt': 'x',
      'Twin.txt': 'first',
      'twin (2).txt': 'second',
    });
    expect(addsUp(counts, true)).toBe(true);
  });

  it('reports names that SharePoint refuses instead of changing them, when told so', async () => {
    rig.settings = { names: 'fail' };
    await rig.write({ 'a:b.txt': 'x', 'c.txt': 'x' });
    const { items } = await rig.run(0);
    expect(items).toEqual({ 'a:b.txt': 'failed name-not-allowed', 'c.txt': 'copied identical' });
  });

  it('finds its way round what is there already', async () => {
    rig.destination.plant('root', 'same.txt', 'hello', timeOf(0) + 900);
    rig.destination.plant('root', 'other.txt', 'something else', timeOf(0));
    rig.destination.plant('root', 'folder', undefined, timeOf(0));
    rig.destination.plant('root', 'kind', undefined, timeOf(0));
    Object.assign(rig.destination.root, { empty: false });
    await rig.write({ 'same.txt': 'hello', 'other.txt': 'mine', 'folder/new.txt': 'x', kind: 'a file' });
    const { items } = await rig.run(0);
    expect(items).toEqual({
      'same.txt': 'present size-equal',
      'other.txt': 'failed occupied-at-destination',
      folder: 'present present',
      'folder/new.txt': 'copied identical',
      kind: 'failed kind-differs',
    });
    expect(rig.destination.tree()['other.txt']).toBe('something else');
  });
});

describe('a dry run (stand-in destination)', () => {
  it('lists and judges everything and writes nothing', async () => {
    rig.settings = { dryRun: true };
    await rig.write({ 'a.txt': 'hello', 'sub/b.txt': 'world', 'Thumbs.db': 'x' });
    const { end, counts } = await rig.run(0);
    expect(end).toEqual({ how: 'done' });
    expect(rig.destination.writes).toEqual([]);
    expect(counts.byOutcome.planned).toEqual({ files: 2, folders: 1, others: 0, bytes: 10 });
    expect(counts.byOutcome['left-out'].files).toBe(1);
    expect(addsUp(counts, true)).toBe(true);
    rig.settings = {};
    expect((await rig.run(1)).counts.byOutcome.copied.files).toBe(2);
  });

  it('says of everything below a folder that cannot be made that it would fail', async () => {
    rig.settings = { dryRun: true, names: 'fail' };
    await rig.write({ 'bad: folder/sub/a.txt': 'x', 'good/b.txt': 'x' });
    const { counts } = await rig.run(0);
    expect(counts.byOutcome.failed).toMatchObject({ files: 1, folders: 2 });
    expect(counts.byOutcome.planned).toMatchObject({ files: 1, folders: 1 });
    expect(addsUp(counts, true)).toBe(true);
  });

  it('goes over everything again, and says what is gone since the last time', async () => {
    rig.settings = { dryRun: true };
    await rig.write({ 'a.txt': 'hello', 'sub/b.txt': 'world' });
    await rig.run(0);
    await rig.remove('a.txt');
    await rig.write({ 'c.txt': 'new' });
    const { end, counts } = await rig.run(1);
    expect(end).toEqual({ how: 'done' });
    expect(counts.byOutcome.planned).toMatchObject({ files: 2, folders: 1 });
    expect(addsUp(counts, true)).toBe(true);
  });
});

describe('a source that is not what it should be (stand-in destination)', () => {
  it('ends the unit when its root is missing', async () => {
    const { end } = await rig.run(0);
    expect(end).toMatchObject({ how: 'failed', problem: { code: 'source-missing' } });
  });

  it('does not take an empty mount point for a share whose files were all deleted', async () => {
    await rig.write({ 'a.txt': 'hello', 'sub/b.txt': 'x' });
    await rig.run(0);
    await rig.remove('a.txt');
    await rig.remove('sub');
    for (const run of [1, 2]) {
      const { end, counts } = await rig.run(run);
      expect(end).toMatchObject({ how: 'failed', problem: { code: 'source-changed-identity' } });
      expect(counts.byCode['deleted-at-source']).toBeUndefined();
    }
  });

  it('waits when the share goes away in the middle, and lays the blame on no file', async () => {
    await rig.write(Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`f${i}`, 'x'])));
    let gone = false;
    rig.wrapSource = (source) => ({
      root: source.root,
      list: (path) => source.list(path),
      close: () => source.close(),
      probe: async () => (gone ? failed('source-missing') : source.probe()),
      open: async (path) => {
        gone = true;
        return failed('file-vanished', { where: path });
      },
    });
    const { end, counts } = await rig.run(0, async (unit) => {
      await vi.waitFor(() => expect(unit.live().waitsFor).toMatchObject({ code: 'waiting-for-source' }));
      unit.order('stop');
    });
    expect(end).toEqual({ how: 'stopped' });
    expect(counts.byOutcome.failed.files).toBe(0);
  });

  it('reports a folder that cannot be read, and copies the rest', async () => {
    await rig.write({ 'good/a.txt': 'x', 'bad/b.txt': 'x' });
    rig.wrapSource = (source) => ({
      root: source.root,
      probe: () => source.probe(),
      open: (path) => source.open(path),
      close: () => source.close(),
      async *list(path) {
        if (path === 'bad') yield failed('folder-unreadable', { where: path, detail: 'EACCES' });
        else yield* source.list(path);
      },
    });
    const { end, items, counts } = await rig.run(0);
    expect(end).toEqual({ how: 'done' });
    expect(items).toEqual({
      good: 'copied present',
      'good/a.txt': 'copied identical',
      bad: 'failed folder-unreadable',
    });
    expect(addsUp(counts, true)).toBe(true);
  });

  it('copies what it saw of a folder whose listing broke off, and takes nothing for deleted', async () => {
    await rig.write({ 'half/a.txt': 'x', 'half/b.txt': 'x' });
    await rig.run(0);
    await rig.write({ 'half/a.txt': 'changed' }, 1);
    rig.wrapSource = (source) => ({
      root: source.root,
      probe: () => source.probe(),
      open: (path) => source.open(path),
      close: () => source.close(),
      async *list(path) {
        if (path !== 'half') return yield* source.list(path);
        for await (const batch of source.list(path)) {
          yield batch.ok ? { ok: true, value: batch.value.filter(({ name }) => name === 'a.txt') } : batch;
        }
        yield failed('read-failed', { where: path, detail: 'EIO' });
      },
    });
    const { items, counts } = await rig.run(1);
    expect(items['half']).toBe('failed read-failed');
    expect(items['half/a.txt']).toBe('copied identical');
    expect(counts.byCode['deleted-at-source']).toBeUndefined();
    expect(addsUp(counts, true)).toBe(true);
  });
});
