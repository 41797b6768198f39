import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { scopeSchema } from '../../../src-shared/contract/fleet.ts';
import { addsUp } from '../../../src-shared/model/counts.ts';
import { givenAway } from '../../../src-shared/model/given-away.ts';
import { ROOT_ITEM } from '../../../src-shared/model/item.ts';
import type { JudgedEntry, Settlement } from '../journal.ts';
import { InProcessJournal } from './in-process.ts';
import { told } from './journal-rig.ts';
import { packEntries } from './pack-entries.ts';
import { recount } from './recount.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'convoy-journal-laws-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ops = ['list', 'make', 'copy', 'remote', 'verify', 'tell', 'offer', 'give', 'kill', 'run'] as const;
const daily = [
  ...(['list', 'list', 'list', 'make', 'make', 'copy', 'remote', 'verify', 'tell'] as const),
  ...(['offer', 'offer', 'give', 'kill'] as const),
];
const step = fc.record({
  // A new run is rare: trees have to grow before anything can go wrong in them.
  op: fc.oneof(
    { weight: 1, arbitrary: fc.constant('run' as const) },
    { weight: 30, arbitrary: fc.constantFrom(...daily) },
  ),
  seed: fc.integer({ min: 0, max: 2 ** 31 }),
});

/** Whoever works on a journal, without sense or care, but by its rules. */
class Worker {
  journal: InProcessJournal;
  run = 0;
  acknowledged = 0;
  #files = 0;
  #random: () => number = () => 0;
  /** Given out by this process and not given back or done. */
  #held = new Set<number>();
  /** Offers that were seen, by number, as they were seen. */
  #offers = new Map<number, string>();
  /** What was offered in this run, by path: nobody works on it any more. */
  #away = { files: new Set<string>(), folders: new Set<string>() };
  #taken = 0;

  constructor() {
    this.journal = new InProcessJournal(this.#file());
    this.#begin(0);
  }

  #file(): string {
    this.#files += 1;
    return join(folder, `${process.pid}-${uniqueNumber()}-${this.#files}.db`);
  }

  #begin(run: number): void {
    this.run = run;
    this.#held.clear();
    while (!this.journal.call('beginStep', run, 0, 0));
    this.journal.call('folderMade', ROOT_ITEM, { id: 'root', existed: true });
  }

  do(op: (typeof ops)[number], seed: number): void {
    this.#random = randomFrom(seed);
    if (op === 'kill') this.#kill();
    else if (op === 'run') this.#nextRun();
    else this[op]();
    this.check();
  }

  #kill(): void {
    this.journal = this.journal.killed(this.#file());
    this.#begin(this.run);
  }

  #nextRun(): void {
    if (this.#random() < 0.5) this.finish();
    this.acknowledged = 0;
    this.#offers.clear();
    this.#away = { files: new Set(), folders: new Set() };
    this.#begin(this.run + 1);
  }

  offer(): void {
    this.journal.call('makeOffers', 1 + this.#pick(3), { path: 'unit', destinationPath: 'unit_' });
    this.#seeOffers();
  }

  #seeOffers(): void {
    for (const { no, scope: told, files, bytes } of this.journal.call('offers')) {
      const scope = scopeSchema.parse(JSON.parse(told));
      const seen = this.#offers.get(no);
      if (seen !== undefined) expect(told, 'an offer stays as it is').toBe(seen);
      else expect(no, 'numbers rise').toBeGreaterThan(Math.max(this.#taken, ...this.#offers.keys()));
      if (seen !== undefined) continue;
      this.#offers.set(no, told);
      const named = scope.part?.files ?? [];
      expect(files).toBe(named.length);
      expect(bytes).toBe(named.reduce((sum, { size }) => sum + size, 0));
      for (const away of givenAway({ path: 'unit', destinationPath: 'unit_' }, scope)) {
        const paths = away.files?.map((name) => (away.path === '' ? name : `${away.path}/${name}`));
        for (const path of paths ?? [away.path]) {
          const set = paths ? this.#away.files : this.#away.folders;
          expect(set.has(path), `${path} was offered twice`).toBe(false);
          set.add(path);
        }
      }
    }
  }

  give(): void {
    const open = this.journal.call('offers').map(({ no }) => no);
    const upTo = open[this.#pick(open.length)];
    if (upTo === undefined) return;
    this.#giveUpTo(upTo);
    expect(this.journal.call('offers').map(({ no }) => no)).toEqual(open.filter((no) => no > upTo));
  }

  #giveUpTo(upTo: number): void {
    const before = this.journal.call('counts').found.files;
    const taken = this.journal.call('offers').filter(({ no }) => no <= upTo);
    while (!this.journal.call('offersTakenStep', upTo));
    const files = taken.reduce((sum, offer) => sum + offer.files, 0);
    expect(this.journal.call('counts').found.files).toBe(before - files);
    this.#taken = Math.max(this.#taken, upTo);
  }

  #holdNew(item: number): void {
    expect(this.#held.has(item), `item ${item} was given out twice`).toBe(false);
    this.#held.add(item);
  }

  list(): void {
    for (const { item, depth, path } of this.journal.call('takeFolders', 1 + this.#pick(3))) {
      this.#holdNew(item);
      expect(this.#away.folders.has(path), `${path} is somebody else's to list`).toBe(false);
      const entries = Array.from({ length: this.#pick(8) }, () => this.#entry(depth));
      this.journal.call(
        'lookUp',
        item,
        entries.map(({ name }) => name),
      );
      this.#followMoves(item, entries);
      this.journal.call('recordEntries', item, packEntries(entries));
      if (this.#random() < 0.2) this.journal.call('recordEntries', item, packEntries(entries));
      if (this.#random() < 0.15 && item !== ROOT_ITEM) this.journal.call('settle', [failure(item)]);
      else this.journal.call('endListing', item);
      this.#held.delete(item);
    }
  }

  /** Some of what was elsewhere before keeps its copy: no two entries the same, and none that this run has seen. */
  #followMoves(folder: number, entries: JudgedEntry[]): void {
    const found = this.journal.call('findMoved', folder, entries);
    const taken = new Set<number>();
    entries.forEach((entry, i) => {
      const copy = found[i]?.find(({ item }) => !taken.has(item));
      if (!copy || this.#random() < 0.3) return;
      taken.add(copy.item);
      const remote = entry.kind === 'file' ? { id: copy.id, tag: 'moved', hash: undefined } : undefined;
      const settled = {
        do: 'settle',
        outcome: 'present',
        grade: 'present',
        code: undefined,
        remote,
      } as const;
      entries[i] = { ...entry, decision: { ...settled, movedFrom: copy.item } };
    });
  }

  #entry(depth: number): JudgedEntry {
    const kind = this.#pick(3) === 0 && depth < 4 ? 'folder' : this.#pick(12) === 0 ? 'link' : 'file';
    const name = `${kind === 'link' ? 'l' : 'n'}${this.#pick(7)}`;
    const settled = kind === 'link' || this.#random() < 0.25;
    const present = kind !== 'link' && this.#random() < 0.7;
    const remote =
      this.#random() < 0.5
        ? { id: `id ${this.#pick(15)}`, tag: `t${this.#pick(3)}`, hash: undefined }
        : undefined;
    return {
      name,
      kind,
      size: kind === 'file' ? this.#pick(100) : 0,
      modified: this.#pick(5) + 0.25,
      created: this.#pick(5),
      fileId: this.#random() < 0.5 ? String(this.#pick(20)) : undefined,
      destinationName: this.#random() < 0.2 ? `${name}_` : undefined,
      findings: this.#random() < 0.3 ? [{ code: 'name-changed', detail: 'x' }] : [],
      decision: settled
        ? present
          ? { do: 'settle', outcome: 'present', grade: 'present', code: undefined, remote }
          : { do: 'settle', outcome: 'left-out', grade: undefined, code: 'link-left-out', remote: undefined }
        : { do: 'copy', replace: this.#random() < 0.2 ? { id: 'x', tag: 'y' } : undefined },
    };
  }

  make(): void {
    for (const { item, parentRemoteId } of this.journal.call('takeFoldersToMake', 1 + this.#pick(3))) {
      expect(parentRemoteId).not.toBe('');
      this.#holdNew(-item);
      const chance = this.#random();
      if (chance < 0.1) continue;
      if (chance < 0.25) this.journal.call('folderFailed', item, 'refused-by-service', 'no');
      else this.journal.call('folderMade', item, { id: `folder ${item}`, existed: chance > 0.7 });
      this.#held.delete(-item);
    }
  }

  copy(): void {
    for (const { item, fingerprint, path } of this.journal.call('takeFiles', 1 + this.#pick(5))) {
      this.#holdNew(item);
      expect(this.#away.files.has(path), `${path} is somebody else's to copy`).toBe(false);
      const chance = this.#random();
      if (chance < 0.3) {
        const token = new Uint8Array([1, 2, 3]);
        this.journal.call('saveUploads', [
          { item, token, expires: 1, offset: 0, size: 1, modified: 1, file_id: null },
        ]);
      }
      if (chance > 0.1 && chance < 0.2) continue;
      this.#held.delete(item);
      if (chance < 0.4) this.journal.call('putBack', item);
      else this.journal.call('settle', [this.#settlement(item, fingerprint.size)]);
    }
  }

  #settlement(item: number, size: number): Settlement {
    if (this.#random() < 0.3) return failure(item);
    const hash = this.#random() < 0.5 ? 'hash' : undefined;
    return {
      item,
      outcome: 'copied',
      grade: hash ? 'identical' : 'size-equal',
      findings: this.#random() < 0.2 ? [{ code: 'session-lost' }, { code: 'name-changed' }] : [],
      fingerprint: { size: size + this.#pick(2), modified: 7, fileId: undefined },
      remote: { id: `copy ${item}`, tag: `t${this.#pick(3)}`, hash },
      sentHash: 'hash',
    };
  }

  remote(): void {
    const ids = Array.from(
      { length: this.#pick(8) },
      () =>
        [`copy ${this.#pick(15)}`, `id ${this.#pick(15)}`, `folder ${this.#pick(15)}`][this.#pick(3)] ?? '',
    );
    const items = ids.map((id) => ({
      id,
      parent: ['root', `folder ${this.#pick(15)}`][this.#pick(2)] ?? '',
      name: `N${this.#pick(7)}`,
      kind: id.startsWith('folder') ? ('folder' as const) : ('file' as const),
      size: this.#pick(100),
      modified: this.#pick(10_000),
      tag: `t${this.#pick(3)}`,
      hash: this.#random() < 0.5 ? 'hash' : undefined,
    }));
    const deleted = this.#random() < 0.3 ? [`folder ${this.#pick(15)}`, `copy ${this.#pick(15)}`] : [];
    const mark = this.#random() < 0.5 ? 'mark' : undefined;
    this.journal.call('recordRemote', { items, deleted, mark, first: this.#random() < 0.3 });
  }

  verify(): void {
    this.journal.call('regrade', 10);
    for (const { item } of this.journal.call('takeUnlistedStep', 5).items) {
      if (this.#random() < 0.5) this.journal.call('settle', [failure(item)]);
    }
  }

  tell(): void {
    const last = told(this.journal, 10).at(this.#pick(10));
    if (!last) return;
    this.journal.call('acknowledge', last.seq);
    this.acknowledged = last.seq;
  }

  /** Works until nothing is left, and ends the run. */
  finish(): void {
    this.#kill();
    for (let left = true; left; ) {
      const folders = this.journal.call('takeFolders', 10);
      for (const { item } of folders) this.journal.call('endListing', item);
      const makes = this.journal.call('takeFoldersToMake', 10);
      for (const { item } of makes)
        this.journal.call('folderMade', item, { id: `folder ${item}`, existed: false });
      const files = this.journal.call('takeFiles', 10);
      for (const { item } of files) this.journal.call('settle', [this.#settlement(item, 1)]);
      left = folders.length + makes.length + files.length > 0;
    }
    const last = this.journal.call('offers').at(-1);
    if (last) {
      expect(() => this.journal.call('finishStep', 1), 'not before it is taken').toThrow();
      this.#giveUpTo(last.no);
    }
    while (!this.journal.call('finishStep', 1));
    expect(addsUp(this.journal.call('counts'), true)).toBe(true);
    expect(this.journal.call('progress')).toMatchObject({
      finished: true,
      foldersToList: 0,
      foldersToMake: 0,
      filesToCopy: 0,
      uploads: 0,
    });
    this.check();
  }

  check(): void {
    const counts = this.journal.call('counts');
    expect(counts).toEqual(recount(this.journal.database));
    expect(addsUp(counts, false)).toBe(true);
    const numbers = told(this.journal, 1_000).map(({ seq }) => seq);
    expect(numbers).toEqual(numbers.map((_, i) => this.acknowledged + 1 + i));
    const { uploads } = this.journal.call('progress');
    expect(uploads).toBe(this.journal.database.prepare('SELECT count(*) FROM upload').pluck().get());
  }

  #pick(below: number): number {
    return Math.floor(this.#random() * below);
  }
}

function failure(item: number): Settlement {
  const findings = [{ code: 'read-failed' as const }];
  return { item, outcome: 'failed', grade: undefined, findings, fingerprint: undefined, remote: undefined };
}

function randomFrom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

let numbers = 0;
function uniqueNumber(): number {
  numbers += 1;
  return numbers;
}

it('keeps its sums, loses no result number and gives nothing out twice, whatever is done and whenever it is killed', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 20, maxLength: 80, size: 'max' }), (steps) => {
      const worker = new Worker();
      try {
        for (const { op, seed } of steps) worker.do(op, seed);
        worker.finish();
      } finally {
        worker.journal.database.close();
      }
    }),
    { numRuns: 40 },
  );
});
