import { truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addsUp } from '../../src-shared/model/counts.ts';
import { failed, ok, ProblemError } from '../../src-shared/model/problem.ts';
import { QuickXorHash } from '../../src-shared/rules/quick-xor-hash.ts';
import type { Source, SourceFile } from '../source/source.ts';
import { EngineRig } from './engine-rig.ts';

const FRAGMENT = 327_680;
let rig: EngineRig;
beforeEach(async () => {
  rig = await EngineRig.make();
  rig.settings = { fragmentBytes: FRAGMENT };
});
afterEach(() => rig.end());

describe('files that do not let themselves be read (stand-in destination)', () => {
  it.each([
    ['file-in-use', 3],
    ['file-unreadable', 3],
    ['read-failed', 3],
  ] as const)('%s: tried %d times, then failed, and nothing is there', async (code, tries) => {
    await rig.write({ 'bad.txt': 'x', 'good.txt': 'x' });
    let opened = 0;
    rig.wrapSource = (source) =>
      withOpen(source, async (path) => {
        if (path !== 'bad.txt') return source.open(path);
        opened += 1;
        return failed(code, { where: path });
      });
    const { items, counts, end } = await rig.run(0);
    expect(end).toEqual({ how: 'done' });
    expect(items).toEqual({ 'bad.txt': `failed ${code}`, 'good.txt': 'copied identical' });
    expect(opened).toBe(tries);
    expect(rig.destination.tree()).toEqual({ 'good.txt': 'x' });
    expect(addsUp(counts, true)).toBe(true);
  });

  it('copies a file that was locked for a while', async () => {
    await rig.write({ 'bad.txt': 'x' });
    let opened = 0;
    rig.wrapSource = (source) =>
      withOpen(source, async (path) => (++opened < 3 ? failed('file-in-use') : source.open(path)));
    expect((await rig.run(0)).items).toEqual({ 'bad.txt': 'copied identical' });
  });

  it('waits no hour for a file that was put back when the clock is set back by one', async () => {
    await rig.write({ 'bad.txt': 'x' });
    let back = 0;
    let longest = 0;
    rig.env = {
      now: () => Date.now() - back,
      sleep: async (ms) => {
        longest = Math.max(longest, ms);
        await new Promise((resolve) => setImmediate(resolve));
      },
    };
    let opened = 0;
    rig.wrapSource = (source) =>
      withOpen(source, async (path) => (++opened < 3 ? failed('file-in-use') : source.open(path)));
    rig.wrapJournal = (journal) =>
      new Proxy(journal, {
        get(target, key) {
          // By now it is noted when the file may be tried again.
          if (key === 'putBack') back = 3_600_000;
          const member: unknown = Reflect.get(target, key);
          return typeof member === 'function' ? member.bind(target) : member;
        },
      });
    expect((await rig.run(0)).items).toEqual({ 'bad.txt': 'copied identical' });
    expect(longest).toBeLessThan(60_000);
  });

  it.each([
    ['small', 100],
    ['large', 3 * FRAGMENT],
  ])('keeps no mixed copy of a %s file that changes while it is read', async (_, size) => {
    await rig.write({ 'busy.txt': new Uint8Array(size) });
    rig.wrapSource = (source) =>
      withFiles(source, (file) => {
        let looks = 0;
        return {
          ...file,
          fingerprint: async () => {
            const print = await file.fingerprint();
            looks += 1;
            return print.ok ? ok({ ...print.value, modified: print.value.modified + looks }) : print;
          },
        };
      });
    const { items } = await rig.run(0);
    expect(items).toEqual({ 'busy.txt': 'failed file-changed-while-read' });
    expect(rig.destination.tree()).toEqual({});
    expect(rig.destination.openSessions).toBe(0);
  });

  it('notices when a large file is cut while it is read', async () => {
    await rig.write({ 'cut.bin': new Uint8Array(4 * FRAGMENT) });
    let cut = false;
    rig.destination.fault = async (kind) => {
      if (kind === 'send' && !cut) await truncate(join(rig.tree, 'cut.bin'), FRAGMENT + 1);
      cut ||= kind === 'send';
      return undefined;
    };
    const { items } = await rig.run(0);
    expect(items).toEqual({ 'cut.bin': 'copied identical' });
    expect(rig.destination.at('cut.bin')).toMatchObject({ size: FRAGMENT + 1, versions: 1 });
  });

  it('copies a file as it is now when it changed since it was listed', async () => {
    await rig.write({ 'a.txt': 'before', 'empty.txt': 'before', 'filled.txt': '' });
    rig.wrapJournal = (journal) => ({
      ...journal,
      async takeFiles(limit) {
        const files = await journal.takeFiles(limit);
        if (files.length > 0) {
          await rig.write({ 'a.txt': 'after it', 'empty.txt': '', 'filled.txt': 'now' }, 1);
        }
        return files;
      },
    });
    const { items, counts } = await rig.run(0);
    expect(rig.destination.tree()).toEqual({ 'a.txt': 'after it', 'empty.txt': '', 'filled.txt': 'now' });
    expect(Object.values(items)).toEqual(['copied identical', 'copied identical', 'copied identical']);
    expect(addsUp(counts, true)).toBe(true);
  });
});

describe('a destination that fails (stand-in destination)', () => {
  it('sends a large file in fragments, and hashes it as it goes', async () => {
    await rig.write({ 'large.bin': seededBytes(5 * FRAGMENT + 77) });
    const { counts } = await rig.run(0);
    expect(counts.byGrade.identical.files).toBe(1);
    expect(rig.destination.calls.get('send')).toBe(6);
  });

  it('sends the hash of a file with its last fragment, so that a copy is recognised when the answer is lost', async () => {
    const large = seededBytes(3 * FRAGMENT + 1);
    await rig.write({ 'small.txt': 'small', 'large.bin': large });
    await rig.stopAfterSends(2, 0);
    await rig.run(0);
    const hash = (bytes: Uint8Array): string => new QuickXorHash().update(bytes).toBase64();
    expect(Object.fromEntries(rig.destination.hashes)).toEqual({
      'small.txt': hash(Buffer.from('small')),
      'large.bin': hash(large),
    });
  });

  it('opens another upload when the service forgot one in the middle', async () => {
    await rig.write({ 'large.bin': seededBytes(5 * FRAGMENT) });
    let sent = 0;
    rig.destination.fault = (kind) => {
      if (kind === 'send' && ++sent === 3) rig.destination.forgetUploads();
      return undefined;
    };
    expect((await rig.run(0)).items).toEqual({ 'large.bin': 'copied identical' });
    expect(rig.destination.at('large.bin')).toMatchObject({ versions: 1 });
  });

  it('knows its own copy again when the answer to the last byte was lost', async () => {
    await rig.write({ 'a.txt': 'hello', 'b.docx': 'document', 'large.bin': seededBytes(2 * FRAGMENT) });
    rig.destination.rewrite = (name, content) =>
      name.endsWith('.docx') ? Buffer.concat([content, Buffer.from('!')]) : content;
    rig.destination.loseAnswer = () => true;
    const { items } = await rig.run(0);
    expect(items).toEqual({
      'a.txt': 'copied identical',
      'b.docx': 'copied rewritten rewritten-by-service',
      'large.bin': 'copied identical',
    });
    expect([...rig.destination.items.values()].map((item) => item.versions)).toEqual([1, 1, 1]);
  });

  it('knows a new version of its own copy again when the answer was lost', async () => {
    await rig.write({ 'a.txt': 'one' });
    await rig.run(0);
    await rig.write({ 'a.txt': 'two!' }, 1);
    rig.destination.loseAnswer = () => true;
    expect((await rig.run(1)).items).toEqual({ 'a.txt': 'copied identical' });
    expect(rig.destination.at('a.txt')).toMatchObject({ versions: 2 });
  });

  it('leaves what somebody put there in the meantime, and frees the name of its upload', async () => {
    await rig.write({ 'a.txt': 'mine' });
    rig.destination.fault = (kind) => {
      if (kind === 'send') rig.destination.plant('root', 'a.txt', 'theirs', 0);
      return undefined;
    };
    expect((await rig.run(0)).items).toEqual({ 'a.txt': 'failed occupied-at-destination' });
    expect(rig.destination.tree()).toEqual({ 'a.txt': 'theirs' });
    expect(rig.destination.openSessions).toBe(0);
  });

  it.each(['destination-locked', 'service-error'] as const)(
    '%s: tries again, then fails the item',
    async (code) => {
      await rig.write({ 'bad.txt': 'x', 'good.txt': 'x' });
      let tries = 0;
      rig.destination.fault = (kind, about) => {
        if (kind !== 'send' || about !== 'bad.txt') return undefined;
        tries += 1;
        return { code };
      };
      const { items } = await rig.run(0);
      expect(items).toEqual({ 'bad.txt': `failed ${code}`, 'good.txt': 'copied identical' });
      expect(tries).toBe(3);
      expect(rig.destination.openSessions).toBe(0);
    },
  );

  it('fails what is below a folder that cannot be made, and nothing else', async () => {
    await rig.write({ 'bad/a.txt': 'x', 'bad/sub/b.txt': 'x', 'good/c.txt': 'x' });
    rig.destination.fault = (kind, about) =>
      kind === 'makeFolder' && about === 'bad' ? { code: 'refused-by-service' } : undefined;
    const { items, counts } = await rig.run(0);
    expect(items).toEqual({
      bad: 'failed refused-by-service',
      'bad/a.txt': 'failed below-failed-folder',
      'bad/sub': 'failed below-failed-folder',
      'bad/sub/b.txt': 'failed below-failed-folder',
      good: 'copied present',
      'good/c.txt': 'copied identical',
    });
    expect(addsUp(counts, true)).toBe(true);
  });

  it.each(['quota-full', 'sign-in-expired', 'destination-access-denied'] as const)(
    '%s ends the unit, and the rest is copied once that is mended',
    async (code) => {
      await rig.write(Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`f${i}`, `${i}`])));
      let sent = 0;
      rig.destination.fault = (kind) => (kind === 'send' && ++sent > 10 ? { code } : undefined);
      const first = await rig.run(0);
      expect(first.end).toMatchObject({ how: 'failed', problem: { code } });
      expect(first.counts.byOutcome.failed.files).toBe(0);
      rig.destination.fault = () => undefined;
      const second = await rig.run(0);
      expect(second.end).toEqual({ how: 'done' });
      expect(second.counts.byOutcome.copied.files).toBe(30);
      expect([...rig.destination.items.values()].every((item) => item.versions === 1)).toBe(true);
    },
  );

  it('goes on by itself when the service can be reached again', async () => {
    await rig.write({ 'a.txt': 'x', 'sub/b.txt': 'x' });
    let calls = 0;
    rig.destination.fault = () => (++calls % 2 === 0 ? { code: 'service-unreachable' } : undefined);
    expect((await rig.run(0)).counts.byOutcome.copied.files).toBe(2);
  });

  it('gives up when it cannot be reached for long', async () => {
    await rig.write({ 'a.txt': 'x' });
    let clock = Date.now();
    const start = clock;
    rig.env = {
      now: () => clock,
      sleep: async (ms) => {
        clock += ms;
      },
    };
    rig.destination.fault = (kind) => (kind === 'changes' ? undefined : { code: 'service-unreachable' });
    const { end } = await rig.run(0);
    expect(end).toMatchObject({ how: 'failed', problem: { code: 'service-unreachable' } });
    expect(clock - start).toBeGreaterThan(10 * 60_000);
  });
});

describe('a machine that fails (stand-in destination)', () => {
  it.each([
    ['a full disk', new ProblemError({ code: 'store-disk-full', where: 'task.db' }), 'store-disk-full'],
    ['a mistake in the program', new TypeError('x is not a function'), 'unexpected'],
  ])('%s ends the unit with that, and what was done is known at the next start', async (_, error, code) => {
    await rig.write(Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`f${i}`, `${i}`])));
    rig.settings = { parallelFiles: 2 };
    let settled = 0;
    rig.wrapJournal = (journal) => ({
      ...journal,
      settle(some) {
        settled += some.length;
        return settled > 20 ? Promise.reject(error) : journal.settle(some);
      },
    });
    expect((await rig.run(0)).end).toMatchObject({ how: 'failed', problem: { code } });
    await rig.closeJournal();
    rig.wrapJournal = (journal) => journal;
    const { end, counts } = await rig.run(0);
    expect(end).toEqual({ how: 'done' });
    expect(counts.byOutcome.copied.files).toBe(30);
    expect([...rig.destination.items.values()].every((item) => item.versions === 1)).toBe(true);
  });
});

function withOpen(source: Source, open: Source['open']): Source {
  return {
    root: source.root,
    probe: () => source.probe(),
    list: (path) => source.list(path),
    close: () => source.close(),
    open,
  };
}

function withFiles(source: Source, wrap: (file: SourceFile) => SourceFile): Source {
  return withOpen(source, async (path) => {
    const file = await source.open(path);
    if (!file.ok) return file;
    const plain: SourceFile = {
      fingerprint: () => file.value.fingerprint(),
      read: (into, offset) => file.value.read(into, offset),
      close: () => file.value.close(),
    };
    return ok(wrap(plain));
  });
}

function seededBytes(length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let i = 0, x = 1; i < length; i++) {
    x = (x * 1_103_515_245 + 12_345) & 0x7fff_ffff;
    bytes[i] = x >> 16;
  }
  return bytes;
}
