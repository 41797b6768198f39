import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Offer, Scope } from '../../src-shared/contract/fleet.ts';
import { addsUp } from '../../src-shared/model/counts.ts';
import { givenAway } from '../../src-shared/model/given-away.ts';
import { defaultSettings } from '../../src-shared/model/settings.ts';
import { EngineRig, timeOf } from './engine-rig.ts';
import { KillSwitch } from './kill-switch.ts';

const FRAGMENT = 327_680;
const HERE = { path: '', destinationPath: '' };

let rig: EngineRig;
beforeEach(async () => {
  rig = await EngineRig.make();
});
afterEach(() => rig.end());

/** The folder at the destination, as whoever gave the branch away has made it. */
function branch(path: string, destinationPath = path): Scope {
  let parent = 'root';
  for (const name of destinationPath.split('/'))
    parent = rig.destination.plant(parent, name, undefined, 0).id;
  return { path, destinationPath, destinationId: parent };
}

const file = (name: string, facts: object = {}) => ({
  ...{ folder: 0, name, size: 1, modified: timeOf(0), created: timeOf(0), findings: [] },
  ...facts,
});

describe('a unit that is a branch (stand-in destination, real journal and files)', () => {
  it('copies its folder to the counterpart and nothing else, and counts what is below it', async () => {
    await rig.write({ 'a/b /c/one': '1', 'a/b /two': '2', 'a/three': '3', 'a/b': 'a file', four: '4' });
    await rig.hold('unit-b', branch('a/b ', 'A/b_'));
    const { end, counts, items } = await rig.run(0);
    expect(end).toEqual({ how: 'done' });
    expect(rig.destination.tree()).toEqual({
      ...{ A: null, 'A/b_': null, 'A/b_/c': null, 'A/b_/c/one': '1', 'A/b_/two': '2' },
    });
    expect(items).toEqual({ c: 'copied present', 'c/one': 'copied identical', two: 'copied identical' });
    expect(counts.found).toMatchObject({ files: 2, folders: 1 });
    expect(rig.destination.calls.get('children') ?? 0).toBe(0);
  });

  it('asks rules that look at the whole share by its place in it', async () => {
    await rig.write({ 'a/b/keep/x': '1', 'a/b/drop/y': '2', 'a/b/forms/z': '3', 'a/b/named': '4' });
    rig.settings = { filters: { ...defaultSettings.filters, skipFolders: ['a/b/drop'] } };
    rig.givenNames.set('a/b/named', 'By Hand');
    await rig.hold('unit-b', branch('a/b'));
    const { items } = await rig.run(0);
    expect(items['drop']).toContain('left-out');
    expect(rig.destination.at('a/b/keep/x')).toBeDefined();
    expect(rig.destination.at('a/b/forms/z'), 'reserved at the root of a library only').toBeDefined();
    expect(rig.destination.at('a/b/By Hand')).toBeDefined();
  });

  it('has a path as long as it is at the destination', async () => {
    const long = 'l'.repeat(200);
    await rig.write({ [`${long}/${'n'.repeat(190)}`]: '1', [`${long}/short`]: '2' });
    await rig.hold('unit-l', branch(long));
    const { items } = await rig.run(0);
    expect(items['n'.repeat(190)]).toContain('path-too-long');
    expect(items['short']).toBe('copied identical');
  });

  it('fails as a folder where it is gone at the source, and says so', async () => {
    await rig.write({ other: '1' });
    await rig.hold('unit-g', branch('gone'));
    const { end, counts } = await rig.run(0);
    expect(end).toEqual({ how: 'done' });
    expect(counts.byOutcome.failed).toMatchObject({ folders: 1 });
    expect(Object.keys(counts.byCode)).toEqual(['folder-vanished']);
    expect(addsUp(counts, true)).toBe(true);
  });
});

describe('a unit that is a part', () => {
  it('copies the files that it names, as they were planned, and folders as a whole', async () => {
    await rig.write({
      'd/one': '1',
      'd/two': '2',
      'd/odd ': '3',
      'd/e/x': '4',
      'd/f/y': '5',
      'd/f/g/z': '6',
    });
    const d = branch('d');
    const id = (name: string) => rig.destination.plant(d.destinationId ?? '', name, undefined, 0).id;
    const part = {
      folders: [
        { path: '', destinationPath: '', destinationId: d.destinationId ?? '', whole: false },
        { path: 'e', destinationPath: 'E', destinationId: id('E'), whole: false },
        { path: 'f', destinationPath: 'f', destinationId: id('f'), whole: true },
      ],
      files: [
        file('two'),
        file('odd ', {
          destinationName: 'odd',
          findings: [{ code: 'name-changed' as const, detail: 'space' }],
        }),
        file('x', { folder: 1 }),
        file('gone since'),
      ],
    };
    await rig.hold('unit-p', { ...d, part });
    const { end, counts, items } = await rig.run(0);
    expect(end).toEqual({ how: 'done' });
    expect(items).toEqual({
      two: 'copied identical',
      'odd ': 'copied identical name-changed',
      'gone since': 'failed file-vanished',
      ...{ e: 'known', 'e/x': 'copied identical' },
      ...{ f: 'known', 'f/y': 'copied identical', 'f/g': 'copied present', 'f/g/z': 'copied identical' },
    });
    expect(rig.destination.tree()).toMatchObject({
      'd/two': '2',
      'd/odd': '3',
      'd/E/x': '4',
      'd/f/g/z': '6',
    });
    expect(rig.destination.at('d/one')).toBeUndefined();
    expect(counts.found).toMatchObject({ files: 6, folders: 1 });
  });
});

describe('giving back', () => {
  it('leaves the rest to others, and all of it together is the share, once', async () => {
    const content = Object.fromEntries(
      Array.from({ length: 120 }, (_, i) => [`d${i % 5}/e${i % 3}/f${i}`, `content ${i}`]),
    );
    await rig.write(content);
    rig.settings = { parallelFiles: 1 };
    const units: { readonly scope: Scope | undefined; readonly name: string }[] = [
      { scope: undefined, name: 'task' },
    ];
    let files = 0;
    let folders = 0;
    for (let unit = units.shift(), no = 0; unit; unit = units.shift()) {
      const { scope, name } = unit;
      expect(await rig.hold(name, scope)).toBe('begins');
      const journal = await rig.journal();
      const taken: Offer[] = [];
      const { end, counts } = await rig.run(0, async (running) => {
        for (;;) {
          if (taken.length < 3) await journal.makeOffers(2, scope ?? HERE);
          const offers = await journal.offers();
          taken.push(...offers);
          const last = offers.at(-1);
          if (last) await journal.offersTaken(last.no);
          if (running.state === 'ended') return;
          await new Promise((resolve) => setImmediate(resolve));
        }
      });
      expect(end).toEqual({ how: 'done' });
      expect(addsUp(counts, true)).toBe(true);
      files += counts.found.files;
      folders += counts.found.folders;
      expect(counts.byOutcome.copied.files).toBe(counts.found.files);
      for (const offer of taken) units.push({ scope: offer.scope, name: `unit-${no++}` });
    }
    expect({ files, folders }).toEqual({ files: 120, folders: 20 });
    expect(rig.destination.tree()).toMatchObject(content);
    for (const item of rig.destination.items.values()) expect(item.versions, item.name).toBe(1);
  });
});

describe('taking over', () => {
  it.each([1, 2, 3])('finds what the former holder did, and does the rest, once; seed %d', async (seed) => {
    const content = Object.fromEntries(
      Array.from({ length: 60 }, (_, i) => [`u/d${i % 4}/f${i}`, `content ${i}`]),
    );
    await rig.write({ ...content, 'u/given/x': 'not ours', 'u/d0/theirs': 'not ours' });
    rig.settings = { parallelFiles: 2 };
    const scope = branch('u');
    await rig.hold('first', scope, { except: [] });
    const kill = new KillSwitch(60 * seed, true);
    rig.wrapJournal = (journal) => kill.wrap(journal);
    rig.wrapDestination = (destination) => kill.wrap(destination);
    const unit = await rig.start(0);
    await Promise.race([kill.killed, unit.ended]);
    rig.wrapJournal = (journal) => journal;
    rig.wrapDestination = (destination) => destination;
    // What was being opened when the machine died is free again after its quarter of an hour.
    rig.destination.forgetUploads();
    const before = rig.destination.items.size;
    const away: Scope = { path: 'u/given', destinationPath: 'u/given' };
    const except = [...givenAway(scope, away), { path: 'd0', files: ['theirs'] }];
    expect(await rig.hold('second', scope, { epoch: 2, takeUp: 'take-over', except })).toBe('begins');
    const { end, counts, items } = await rig.run(0);
    expect(end).toEqual({ how: 'done' });
    expect(addsUp(counts, true)).toBe(true);
    expect(counts.found).toMatchObject({ files: 60, folders: 5 });
    expect(counts.byOutcome.failed).toMatchObject({ files: 0, folders: 0 });
    if (before > 3)
      expect(counts.byOutcome.present.files + counts.byOutcome.present.folders).toBeGreaterThan(0);
    expect(rig.destination.tree()).toMatchObject(content);
    for (const item of rig.destination.items.values()) expect(item.versions, item.name).toBe(1);
    expect(items['given']).toMatch(/^(copied|present)/);
    expect(items['given/x']).toBeUndefined();
    expect(items['d0/theirs']).toBeUndefined();
  });

  it('goes on with an upload that the former holder had under way, at the fragment', async () => {
    const big = 'B'.repeat(6 * FRAGMENT + 5);
    await rig.write({ 'u/big.bin': big, 'u/gone.bin': big });
    rig.settings = { fragmentBytes: FRAGMENT, parallelFiles: 1 };
    const scope = branch('u');
    await rig.hold('first', scope);
    await rig.stopAfterSends(3, 0);
    const uploads = await (await rig.journal()).uploadsUnderWay(1, 10);
    expect(uploads.length).toBeGreaterThan(0);
    const sent = () => rig.destination.writes.filter((write) => write.startsWith('fragment'));
    const before = sent();
    await rig.hold('second', scope, { epoch: 2, takeUp: 'take-over', uploads });
    const { end, counts } = await rig.run(0);
    expect(end).toEqual({ how: 'done' });
    expect(counts.byOutcome.copied.files).toBe(2);
    expect(rig.destination.tree()).toMatchObject({ 'u/big.bin': big, 'u/gone.bin': big });
    expect(sent(), 'no fragment twice').toHaveLength(12);
    expect(new Set(sent()).size).toBe(12);
    expect(before.length).toBeGreaterThan(0);
    expect(rig.destination.openSessions).toBe(0);
  });

  it('cancels such an upload where its file is gone', async () => {
    const big = 'B'.repeat(6 * FRAGMENT + 5);
    await rig.write({ 'u/big.bin': big });
    rig.settings = { fragmentBytes: FRAGMENT, parallelFiles: 1 };
    const scope = branch('u');
    await rig.hold('first', scope);
    await rig.stopAfterSends(3, 0);
    const uploads = await (await rig.journal()).uploadsUnderWay(1, 10);
    await rig.remove('u/big.bin');
    await rig.hold('second', scope, { epoch: 2, takeUp: 'take-over', uploads });
    expect(rig.destination.openSessions).toBe(1);
    expect((await rig.run(0)).end).toEqual({ how: 'done' });
    expect(rig.destination.openSessions).toBe(0);
  });
});
