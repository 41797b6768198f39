import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addsUp } from '../../src-shared/model/counts.ts';
import { failed, ok } from '../../src-shared/model/problem.ts';
import type { Source, SourceEntry } from '../source/source.ts';
import { EngineRig } from './engine-rig.ts';

const FRAGMENT = 327_680;
const content: Record<string, string> = Object.fromEntries(
  Array.from({ length: 60 }, (_, i) => [`d${i % 6}/e${i % 2}/f${i}`, `content ${i}`]),
);
let rig: EngineRig;
beforeEach(async () => {
  rig = await EngineRig.make();
  rig.settings = { fragmentBytes: FRAGMENT, parallelFiles: 4 };
  await rig.write(content);
  await rig.write({ 'd1/large.bin': 'L'.repeat(5 * FRAGMENT + 3) });
});
afterEach(() => rig.end());

const CALLS = ['list', 'entries', 'open', 'read'] as const;

/** A source that goes away at a call, answers nothing for a while, and is looked at five times before it is there again. */
class Unsteady {
  away = 0;
  outages = 0;
  readonly #at: Set<number>;
  readonly #calls: readonly (typeof CALLS)[number][];
  readonly #vanishes: boolean;
  #call = 0;

  /** @param vanishes what cannot be reached looks as if it were gone */
  constructor(at: readonly number[], calls: readonly (typeof CALLS)[number][], vanishes = false) {
    this.#at = new Set(at);
    this.#calls = calls;
    this.#vanishes = vanishes;
  }

  #isAway(call: (typeof CALLS)[number]): boolean {
    if (this.#calls.includes(call) && this.#at.has(++this.#call)) {
      this.away = 5;
      this.outages += 1;
    }
    return this.away > 0;
  }

  wrap(source: Source): Source {
    const lost = (kind: 'file' | 'folder', where: string) =>
      failed(this.#vanishes ? (`${kind}-vanished` as const) : 'read-failed', { where, detail: 'EIO' });
    const self = this;
    return {
      root: source.root,
      async probe() {
        if (self.away > 0) self.away -= 1;
        return self.away > 0 ? failed('source-missing', { where: source.root }) : source.probe();
      },
      async *list(path) {
        if (self.#isAway('list')) {
          yield lost('folder', path);
          return;
        }
        for await (const batch of source.list(path)) {
          if (batch.ok && batch.value.length > 0 && self.#isAway('entries')) {
            const problem = self.#vanishes ? ('file-vanished' as const) : ('read-failed' as const);
            yield ok(batch.value.map((entry): SourceEntry => ({ ...entry, size: 0, modified: 0, problem })));
          } else yield batch;
        }
      },
      async open(path) {
        if (self.#isAway('open')) return lost('file', path);
        const opened = await source.open(path);
        if (!opened.ok) return opened;
        const file = opened.value;
        return ok({
          fingerprint: () => file.fingerprint(),
          read: async (into: Uint8Array, offset: number) =>
            self.#isAway('read') ? lost('file', path) : file.read(into, offset),
          close: () => file.close(),
        });
      },
      close: () => source.close(),
    };
  }
}

describe('a source that goes away and comes back (stand-in destination)', () => {
  it.each([
    ['while folders are listed', [3, 9], ['list'], false],
    ['so that they look gone', [3, 9], ['list'], true],
    ['between a listing and its entries', [2, 7], ['entries'], false],
    ['so that entries look gone', [2, 7], ['entries'], true],
    ['while files are opened', [1, 30], ['open'], false],
    ['so that files look gone', [1, 30], ['open'], true],
    ['while files are read', [5, 50], ['read'], false],
    ['anywhere, again and again', [1, 10, 20, 40, 60, 80], ['list', 'entries', 'open', 'read'], false],
  ] as const)('%s: everything is copied, and nothing was found wrong', async (_, at, calls, vanishes) => {
    const unsteady = new Unsteady(at, calls, vanishes);
    rig.wrapSource = (source) => unsteady.wrap(source);
    const { end, counts, items } = await rig.run(0);
    expect(end).toEqual({ how: 'done' });
    expect(unsteady.outages).toBe(at.length);
    expect(rig.destination.tree()).toMatchObject(content);
    expect(rig.destination.at('d1/large.bin')).toMatchObject({ size: 5 * FRAGMENT + 3, versions: 1 });
    expect(counts.found.files).toBe(61);
    expect(counts.byOutcome.copied.files).toBe(61);
    expect(counts.byCode).toEqual({});
    expect(Object.values(items).filter((item) => !item.startsWith('copied'))).toEqual([]);
    expect(addsUp(counts, true)).toBe(true);
    expect(rig.destination.openSessions).toBe(0);
  });

  it('says nothing of what it could not see as gone at the source, in a later run either', async () => {
    await rig.run(0);
    for (const calls of [['list'], ['entries']] as const) {
      const unsteady = new Unsteady([2, 6], calls, true);
      rig.wrapSource = (source) => unsteady.wrap(source);
      const { end, counts } = await rig.run(calls[0] === 'list' ? 1 : 2);
      expect(end).toEqual({ how: 'done' });
      expect(counts.byOutcome.present.files).toBe(61);
      expect(counts.byCode).toEqual({});
    }
  });

  it('lists a folder anew that failed although the source was there, and takes it as it is after the third time', async () => {
    let tries = 0;
    rig.wrapSource = (source) => ({
      ...source,
      async *list(path) {
        if (path !== 'd3') yield* source.list(path);
        else if (++tries < 3 || rig.givenNames.has('for ever'))
          yield failed('read-failed', { detail: 'EIO' });
        else yield* source.list(path);
      },
    });
    expect((await rig.run(0)).counts.byOutcome.copied.files).toBe(61);
    expect(tries).toBe(3);
    rig.givenNames.set('for ever', 'x');
    const { items, counts } = await rig.run(1);
    expect(tries).toBe(6);
    expect(items['d3']).toBe('failed read-failed');
    expect(counts.byCode['deleted-at-source']).toBeUndefined();
  });
});
