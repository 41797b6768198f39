import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { QuickXorHash } from '../../../src-shared/rules/quick-xor-hash.ts';
import { type DifferenceLog, openDifferenceLog } from '../../store/difference-log.ts';
import type { TaskCopies, TaskCopy } from '../../store/task-copies.ts';
import { StandInDestination } from '../stand-in-destination.ts';
import { checkListing } from './check-listing.ts';
import { isChosen } from './deep-check.ts';
import { Statuses } from './statuses.ts';
import { tallyOf } from './tally.ts';
import { type Difference, differenceSchema } from './verification.ts';

const AT = 1_600_000_000_000;
let destination: StandInDestination;
let log: DifferenceLog<Difference>;
let copies: TaskCopy[];
beforeEach(() => {
  destination = new StandInDestination();
  log = openDifferenceLog((json) => differenceSchema.parse(json));
  copies = [];
});
afterEach(() => log.close());

/** A copy, as it was recorded when it was made. */
function copied(name: string, content: string, more: Partial<TaskCopy> = {}): TaskCopy {
  const { id, tag, parent } = destination.plant(more.parent ?? 'root', name, content, AT);
  const copy: TaskCopy = {
    item: copies.length + 2,
    kind: 'file',
    path: name,
    name,
    parent,
    id,
    tag,
    size: content.length,
    modified: AT,
    grade: 'identical',
    sentHash: new QuickXorHash().update(Buffer.from(content)).toBase64(),
    ...more,
  };
  copies.push(copy);
  return copy;
}

async function check(signal = new AbortController().signal) {
  const recorded: TaskCopies = {
    run: 0,
    finished: true,
    lastItem: copies.length + 1,
    after: (item, limit) => copies.filter((copy) => copy.item > item).slice(0, limit),
    byId: (id) => copies.find((copy) => copy.id === id),
    folderPath: () => undefined,
    close: () => undefined,
  };
  const statuses = new Statuses(recorded.lastItem);
  const work = { copies: recorded, destination, log, signal, progress: () => undefined };
  const listed = await checkListing(work, statuses);
  const { byVerdict, moved } = await tallyOf(recorded, statuses);
  const counts = Object.entries(byVerdict).flatMap(([verdict, { files }]) =>
    files > 0 ? [[verdict, files]] : [],
  );
  return { listed, counts: Object.fromEntries(counts), moved: moved.files, notes: [...log.all()] };
}

describe('the listing compared with what was recorded (stand-in destination)', () => {
  it('counts what is not ours, and takes the last mention of an item', async () => {
    const copy = copied('a.txt', 'hello');
    destination.plant('root', 'theirs.txt', 'x', AT);
    destination.touch(copy.id);
    const { listed, counts, notes } = await check();
    expect(listed).toMatchObject({ ok: true, value: { others: 1, notAsked: 0 } });
    expect(counts).toEqual({ identical: 1 });
    expect(notes).toEqual([]);
  });

  it('asks for what is not listed: it may be late, or gone', async () => {
    copied('late.txt', 'late');
    destination.vanish(copied('gone.txt', 'gone').id);
    destination.lists = (name) => name !== 'late.txt';
    const { counts, notes } = await check();
    expect(counts).toEqual({ identical: 1, missing: 1 });
    expect(notes).toMatchObject([{ path: 'gone.txt', verdict: 'missing', now: null }]);
  });

  it('goes by the tag where the service gives no hash', async () => {
    destination.tellsHash = () => false;
    copied('untouched.txt', 'one');
    copied('touched.txt', 'two', { tag: 'before' });
    expect((await check()).counts).toEqual({ identical: 1, 'size-equal': 1 });
  });

  it('begins again when its pages are forgotten in the middle, and gives up in the end', async () => {
    copied('a.txt', 'hello');
    let forgets = 2;
    destination.fault = (kind) =>
      kind === 'changes' && forgets-- > 0 ? { code: 'session-lost' } : undefined;
    expect((await check()).counts).toEqual({ identical: 1 });
    forgets = 3;
    expect((await check()).listed).toMatchObject({ ok: false, problem: { code: 'session-lost' } });
  });

  it('ends when it is stopped', async () => {
    copied('a.txt', 'hello');
    const stop = new AbortController();
    stop.abort();
    expect((await check(stop.signal)).listed).toMatchObject({ problem: { code: 'stopped-by-you' } });
  });
});

describe('a sample', () => {
  const chosen = (seed: string, share: number): number[] =>
    Array.from({ length: 5_000 }, (_, item) => item).filter((item) => isChosen(seed, item, share));

  it('has about the part that was asked for, the same for the same seed', () => {
    expect(chosen('x', 0.1).length).toBeGreaterThan(400);
    expect(chosen('x', 0.1).length).toBeLessThan(600);
    expect(chosen('x', 0.1)).toEqual(chosen('x', 0.1));
    expect(chosen('y', 0.1)).not.toEqual(chosen('x', 0.1));
    expect(chosen('x', 1)).toHaveLength(5_000);
  });

  it('grows with its part: who reads more reads the same again', () => {
    const large = new Set(chosen('x', 0.2));
    expect(chosen('x', 0.1).every((item) => large.has(item))).toBe(true);
  });
});
