import type { Statement } from 'better-sqlite3';
import type { Offer, Scope } from '../../../src-shared/contract/fleet.ts';
import { stillToDo } from '../../../src-shared/model/counts.ts';
import { type ItemId, outcomes, ROOT_ITEM } from '../../../src-shared/model/item.ts';
import type { Desk } from './desk.ts';
import type { Folders } from './folders.ts';
import { COPIED, type ItemRow, LISTING, MAKING, STATE } from './item-state.ts';
import { OfferedFiles } from './offered-files.ts';
import type { Plans } from './plans.ts';
import { ScopeWriter } from './scope-writer.ts';

/** Folders that are looked at for one call. Many more are seldom there, and a share of these is enough for anybody. */
const FOLDERS_SEEN = 2_000;
/** Files of one piece: some seconds of work for one machine, and some hundred kilobytes in a beat. */
const MOST_FILES = 1_000;
/** Bytes of one piece: a minute or two on a fast line. */
const MOST_BYTES = 4 * 1024 ** 3;
/** Less than this is not worth a unit: it is done before another machine has opened what it needs. */
const FEWEST_FILES = 8;
const FEWEST_BYTES = 64 * 1024 ** 2;

/** An offer with its scope as JSON. It is read by whoever asks: reading it here would bring zod into the thread. */
export type WrittenOffer = Omit<Offer, 'scope'> & { readonly scope: string };

/** Where the unit stands in its task. */
export type UnitPlace = Pick<Scope, 'path' | 'destinationPath'>;

/**
 * Pieces of the unit that are given back. What is offered is done by nobody until it is taken, and forgotten then: nothing of it was
 * ever told, and a listing that is repeated does not find it again, since only what a finished listing found is offered.
 */
export class Offers {
  readonly #desk: Desk;
  readonly #folders: Folders;
  readonly #files: OfferedFiles;
  readonly #scopes: ScopeWriter;
  readonly #unlisted: Statement<[number, number, number, number], number>;
  readonly #all: Statement<[], WrittenOffer>;
  readonly #sums: Statement<[], { offers: number; last: number; files: number; bytes: number }>;
  readonly #save: Statement;
  readonly #saveItem: Statement;
  readonly #items: Statement<[number], number>;
  readonly #first: Statement<[number], number>;
  readonly #drop: Statement;
  readonly #dropItems: Statement;
  readonly #dropItem: Statement;

  constructor(desk: Desk, folders: Folders, plans: Plans) {
    const { database } = desk;
    this.#desk = desk;
    this.#folders = folders;
    this.#files = new OfferedFiles(desk, folders, plans);
    this.#scopes = new ScopeWriter(desk);
    // The oldest are the highest in the tree. What this run made has nothing in it; in a dry run, what it would make. One that a process listed
    // in part before it was killed is no such: what it has recorded of it is worked on here.
    const planned = outcomes.indexOf('planned');
    this.#unlisted = database
      .prepare<[number, number, number, number], number>(
        `SELECT folder.item FROM folder CROSS JOIN item ON item.id = folder.item
         WHERE folder.listing = ${LISTING.toDo} AND folder.item >= ? AND item.run = ? AND item.state = ${STATE.settled}
           AND item.outcome IN (${COPIED}, ${planned}) AND folder.making IN (${MAKING.made}, ${MAKING.none}) AND folder.item <> ${ROOT_ITEM}
           AND NOT EXISTS (SELECT 1 FROM item AS child WHERE child.parent = folder.item AND child.run = ?) ORDER BY folder.item LIMIT ?`,
      )
      .pluck();
    this.#all = database.prepare('SELECT no, scope, files, bytes FROM offer ORDER BY no');
    this.#sums = database.prepare(
      'SELECT count(*) AS offers, coalesce(max(no), 0) AS last, coalesce(sum(files), 0) AS files, coalesce(sum(bytes), 0) AS bytes FROM offer',
    );
    this.#save = database.prepare('INSERT INTO offer (no, scope, files, bytes) VALUES (?, ?, ?, ?)');
    this.#saveItem = database.prepare('INSERT INTO offered (no, item) VALUES (?, ?)');
    this.#items = database.prepare<[number], number>('SELECT item FROM offered WHERE no = ?').pluck();
    this.#first = database.prepare<[number], number>('SELECT min(no) FROM offer WHERE no <= ?').pluck();
    this.#drop = database.prepare('DELETE FROM offer WHERE no = ?');
    this.#dropItems = database.prepare('DELETE FROM offered WHERE no = ?');
    this.#dropItem = database.prepare('DELETE FROM item WHERE id = ?');
  }

  all(): readonly WrittenOffer[] {
    return this.#all.all();
  }

  /** Offers that are not taken yet. */
  get open(): number {
    return this.#sums.get()?.offers ?? 0;
  }

  /** The highest number that was ever given to an offer here. */
  get last(): number {
    return Math.max(this.#sums.get()?.last ?? 0, Number(this.#desk.meta('offers taken') ?? 0));
  }

  /**
   * Offers further pieces until `wanted` are open, if there is so much: an even share for each of what nobody has begun, and one
   * share is kept. Folders that are not listed come first, since with them goes the work of listing.
   */
  make(wanted: number, place: UnitPlace): void {
    const pieces = wanted - this.open;
    if (pieces <= 0 || this.#desk.meta('finished') === 1) return;
    const folders = this.#foldersFor(pieces);
    const limits = this.#limitsFor(pieces);
    for (let piece = 0; piece < pieces; piece++) {
      const whole = folders[piece] ?? [];
      const files = limits ? this.#files.some(limits) : [];
      if (whole.length + files.length > 0) this.#offer(whole, files, place);
    }
  }

  /** Forgets one offer up to this number, as taken. To be called until it says true. */
  takenStep(upTo: number): boolean {
    const no = this.#first.get(upTo);
    if (typeof no !== 'number') {
      if (upTo > Number(this.#desk.meta('offers taken') ?? 0)) this.#desk.saveMeta('offers taken', upTo);
      return true;
    }
    for (const item of this.#items.all(no)) this.#forget(this.#desk.itemOfRun(item));
    this.#dropItems.run(no);
    this.#drop.run(no);
    this.#desk.saveMeta('offers taken', Math.max(no, Number(this.#desk.meta('offers taken') ?? 0)));
    return false;
  }

  #forget(row: ItemRow): void {
    const desk = this.#desk;
    const folder = this.#folders.get(row.id);
    if (folder?.listing === LISTING.offered) {
      this.#folders.save({ ...folder, listing: LISTING.none }, folder);
      return;
    }
    desk.book(row, -1);
    desk.setFindings(row.id, 0, []);
    this.#dropItem.run(row.id);
  }

  /** For each piece its folders, the highest first, dealt out by turns. The last hand is kept. */
  #foldersFor(pieces: number): readonly (readonly ItemId[])[] {
    const desk = this.#desk;
    const from = Number(desk.meta('first of run') ?? 1);
    const free = this.#unlisted
      .all(from, desk.mark, desk.mark, FOLDERS_SEEN + desk.given.list.size)
      .filter((item) => !desk.given.list.has(item));
    const hands = Array.from({ length: pieces + 1 }, (): ItemId[] => []);
    free.forEach((item, i) => {
      hands[i % hands.length]?.push(item);
    });
    // Nothing else is left to do here: the first is kept.
    if (free.length <= pieces && this.#left().files === 0 && desk.given.list.size === 0) hands.shift();
    return hands.slice(0, pieces);
  }

  /** What a piece may have of files; undefined where it is not worth it. */
  #limitsFor(pieces: number): { readonly files: number; readonly bytes: number } | undefined {
    const left = this.#left();
    const files = Math.min(MOST_FILES, Math.floor(left.files / (pieces + 1)));
    const bytes = Math.min(MOST_BYTES, left.bytes / (pieces + 1));
    if (files < 1 || (files < FEWEST_FILES && bytes < FEWEST_BYTES)) return undefined;
    return { files, bytes };
  }

  /** Files to copy that nobody has begun, as far as the counters know. */
  #left(): { readonly files: number; readonly bytes: number } {
    const desk = this.#desk;
    const { files, bytes } = stillToDo(desk.accounts.counts((no) => desk.codeText(no)));
    const offered = this.#sums.get();
    const free = Math.max(0, files - (offered?.files ?? 0) - desk.given.copy.size);
    return { files: free, bytes: files === 0 ? 0 : Math.max(0, bytes - (offered?.bytes ?? 0)) };
  }

  #offer(whole: readonly ItemId[], files: readonly ItemRow[], place: UnitPlace): void {
    const desk = this.#desk;
    const no = this.last + 1;
    const scope = this.#scopes.scopeOf(whole, files, place);
    const bytes = files.reduce((sum, { size }) => sum + size, 0);
    this.#save.run(no, JSON.stringify(scope), files.length, bytes);
    for (const item of whole) {
      const folder = this.#folders.get(item);
      if (!folder) throw new Error(`item ${item} is no folder`);
      this.#folders.save({ ...folder, listing: LISTING.offered }, folder);
      this.#saveItem.run(no, item);
    }
    for (const row of files) {
      desk.update({ ...row, state: STATE.offered });
      this.#saveItem.run(no, row.id);
    }
  }
}
