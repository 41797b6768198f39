import type { Statement } from 'better-sqlite3';
import type { Code } from '../../../src-shared/catalogue/catalogue.ts';
import { type ItemId, itemKinds } from '../../../src-shared/model/item.ts';
import type { FolderToList, JudgedEntry } from '../journal.ts';
import { collect } from './collect.ts';
import { forgetTheirs, packCopy, placeholder } from './copies.ts';
import type { Desk } from './desk.ts';
import type { FolderTimes } from './folder-times.ts';
import type { FolderRow, Folders } from './folders.ts';
import { FoundCopies } from './found.ts';
import {
  FOLDER,
  type ItemRow,
  LEFT_OUT,
  LISTING,
  MAKING,
  NEWEST,
  ORIGIN,
  STATE,
  UNLISTED,
} from './item-state.ts';
import { NewEntries } from './new-entries.ts';
import type { ReceivedEntries } from './pack-entries.ts';
import { packId } from './pack-remote.ts';
import type { Plans } from './plans.ts';
import { judge, makingOf, type Verdict } from './verdict.ts';

/** Folders to list, and what was found in them. */
export class Listing {
  readonly #desk: Desk;
  readonly #folders: Folders;
  readonly #plans: Plans;
  readonly #newEntries: NewEntries;
  readonly #times: FolderTimes;
  readonly #found: FoundCopies;
  readonly #forgetTheirs: (id: Buffer) => void;
  readonly #toList: Statement<[], number>;
  readonly #outcome: Statement<[number], number | null>;
  readonly #anyIn: Statement<[number]>;
  readonly #missingIn: Statement;
  readonly #missingBelow: Statement;
  readonly #dropFolder: Statement;
  readonly #dropAgain: Statement;
  readonly #dropHash: Statement;

  constructor(desk: Desk, folders: Folders, plans: Plans, times: FolderTimes) {
    const { database } = desk;
    this.#desk = desk;
    this.#folders = folders;
    this.#plans = plans;
    this.#newEntries = new NewEntries(desk, folders, plans);
    this.#times = times;
    this.#found = new FoundCopies(desk);
    this.#forgetTheirs = forgetTheirs(desk);
    // The youngest first: that is depth first, and the queue stays as short as the tree is deep.
    this.#toList = database
      .prepare<[], number>(`SELECT item FROM folder WHERE listing = ${LISTING.toDo} ORDER BY item DESC`)
      .pluck();
    this.#outcome = database
      .prepare<[number], number | null>('SELECT outcome FROM item WHERE id = ?')
      .pluck();
    this.#anyIn = database.prepare('SELECT 1 FROM item WHERE parent = ? LIMIT 1');
    this.#missingIn = database.prepare(
      `INSERT OR IGNORE INTO missing SELECT id FROM item WHERE parent = ? AND run <> ? AND state <> ${STATE.gone}`,
    );
    this.#missingBelow = database.prepare(
      'INSERT OR IGNORE INTO missing SELECT id FROM item WHERE parent = ?',
    );
    this.#dropFolder = database.prepare('DELETE FROM folder WHERE item = ?');
    this.#dropAgain = database.prepare('DELETE FROM again WHERE item = ?');
    this.#dropHash = database.prepare('DELETE FROM sent WHERE item = ?');
  }

  takeFolders(limit: number): readonly FolderToList[] {
    const desk = this.#desk;
    const taken: ItemId[] = [];
    collect(() => this.#toList.iterate(), limit, desk.given.list, taken);
    for (const item of taken) desk.give('list', item);
    return taken.map((item) => ({
      item,
      ...desk.paths.of(item),
      ...this.#leftOut(item),
      ...this.#remoteId(item),
    }));
  }

  #remoteId(item: ItemId): { readonly remoteId?: string } {
    const remoteId = this.#desk.takenOver ? this.#desk.remoteId(item) : undefined;
    return remoteId === undefined ? {} : { remoteId };
  }

  /** Of a folder that is left out and listed all the same: the code that it is left out under. */
  #leftOut(item: ItemId): { readonly leftOut?: Code } {
    if (this.#outcome.get(item) !== LEFT_OUT) return {};
    const said = this.#desk.findings(item, ORIGIN.listing);
    const leftOut = said.find(({ code }) => code !== 'left-out-copy-stays')?.code;
    if (leftOut === undefined) throw new Error(`item ${item} is left out for no reason`);
    return { leftOut };
  }

  recordEntries(folder: ItemId, entries: ReceivedEntries): void {
    this.#desk.itemOfRun(folder);
    const parent = this.#folders.get(folder);
    if (!parent) throw new Error(`item ${folder} is no folder`);
    this.#noteBirths(entries);
    // In a folder that nothing is known of no name needs to be looked up.
    const nothingKnown = this.#anyIn.get(folder) === undefined;
    const fresh = new Map<string, number>();
    const twice: number[] = [];
    entries.names.forEach((name, i) => {
      const known = nothingKnown ? undefined : this.#desk.find(folder, name);
      const moved = known ? undefined : this.#moved(entries, i);
      if (known) this.#record(parent, entries.entry(i), known);
      else if (moved) this.#recordMoved(parent, entries.entry(i), moved);
      else if (fresh.has(name)) twice.push(i);
      else fresh.set(name, i);
    });
    this.#newEntries.record(parent, entries, [...fresh.values()]);
    for (const i of twice) {
      const known = this.#desk.find(folder, entries.name(i));
      if (known) this.#record(parent, entries.entry(i), known);
    }
  }

  /** What was born after all that an earlier run saw was not there then: it is nothing that was moved. */
  #noteBirths(entries: ReceivedEntries): void {
    let newest = Number(this.#desk.meta(NEWEST) ?? 0);
    const before = newest;
    for (let i = 0; i < entries.names.length; i++) newest = Math.max(newest, entries.created(i));
    if (newest > before) this.#desk.saveMeta(NEWEST, newest);
  }

  endListing(folder: ItemId): void {
    const row = this.#folders.get(folder);
    this.#desk.takeBack('list', folder);
    // One that was given up in the middle says nothing about what it did not show.
    if (row?.listing !== LISTING.toDo) return;
    this.#folders.save({ ...row, listing: LISTING.done }, row);
    // In a first run, there is nothing that could be missing.
    if (this.#desk.knownBefore) this.#missingIn.run(folder, this.#desk.mark);
  }

  /** Undefined also when the item was seen under its old path in this run after all: then the entry is one that was never seen. */
  #moved(entries: ReceivedEntries, i: number): ItemRow | undefined {
    const decision = entries.decision(i);
    if (decision.do !== 'settle' || decision.movedFrom === undefined) return undefined;
    const row = this.#desk.item(decision.movedFrom);
    return row?.run === this.#desk.mark ? undefined : row;
  }

  #recordMoved(parent: FolderRow, entry: JudgedEntry, moved: ItemRow): void {
    const row = { ...moved, parent: parent.item, name: entry.name };
    this.#desk.place(row);
    this.#record(parent, entry, row);
  }

  #record(parent: FolderRow, entry: JudgedEntry, known: ItemRow): void {
    const desk = this.#desk;
    const again = known.run === desk.mark ? known : undefined;
    // What has become another kind of thing within the run fails when its turn comes, and the next run sees what it is.
    if (again && (again.state === STATE.settled || again.kind !== itemKinds.indexOf(entry.kind))) return;
    const verdict = judge(parent, { ...entry, folder: entry.kind === 'folder' });
    if (again) desk.book(again, -1);
    const saved = this.#rowOf(parent, entry, verdict, known);
    if (known.kind !== saved.kind) this.#dropOtherKind(known);
    if (verdict.remote) this.#found.note(known.id, known, verdict.remote.id, true);
    else if (known.there !== null && saved.there === null) this.#found.forget(known.id);
    desk.update(saved);
    desk.book(saved, 1, desk.setFindings(saved.id, ORIGIN.listing, verdict.findings));
    this.#plan(entry, saved, known, again);
    // It is taken for a copy by its looks: what was sent once says nothing about it.
    const { decision } = entry;
    if (verdict.remote && !(decision.do === 'settle' && decision.movedFrom)) this.#dropHash.run(known.id);
    if (saved.kind === FOLDER) this.#saveFolder(parent, saved, verdict, again);
    if (verdict.making === MAKING.made && known.modified !== saved.modified) this.#times.note(saved);
    if (verdict.state === STATE.settled) {
      // An upload that was left is kept: it is to be cancelled.
      this.#dropAgain.run(saved.id);
      desk.tell(saved.id);
    } else if (saved.kind === FOLDER && !again) desk.tell(saved.id);
  }

  #rowOf(parent: FolderRow, entry: JudgedEntry, verdict: Verdict, known: ItemRow): ItemRow {
    const desk = this.#desk;
    const kind = itemKinds.indexOf(entry.kind);
    const leaves = entry.decision.do === 'copy' && entry.decision.leavesCopy === true;
    const copy = known.kind === kind && !leaves ? known : undefined;
    const row = {
      id: known.id,
      parent: parent.item,
      name: entry.name,
      kind,
      state: verdict.state,
      run: desk.mark,
      outcome: verdict.outcome,
      grade: verdict.grade,
      pass: copy?.pass ?? UNLISTED,
      there: copy?.there ?? null,
      size: entry.size,
      modified: entry.modified,
      file_id: entry.fileId ?? null,
      remote: copy?.remote ?? null,
      destination_name: entry.destinationName ?? null,
    };
    if (known.destination_name !== row.destination_name) desk.paths.forget();
    if (verdict.remote) {
      this.#forgetTheirs(packId(verdict.remote.id, desk.drives));
      return { ...row, there: 1, remote: packCopy(desk, verdict.remote) };
    }
    if (row.there !== null) return row;
    // Where nothing is planned, nothing will come in its place.
    return { ...row, remote: verdict.state === STATE.settled ? null : placeholder(desk, entry.created) };
  }

  /**
   * Until there is a new copy, it is kept what the old one was made of: else the next run would take this entry's
   * size and time for those of the copy.
   */
  #plan(entry: JudgedEntry, saved: ItemRow, known: ItemRow, again: ItemRow | undefined): void {
    const { decision } = entry;
    const copied = saved.there !== null && !again ? known : undefined;
    const leftOut = decision.do === 'settle' && decision.outcome === 'left-out' && saved.kind !== FOLDER;
    if (decision.do === 'settle' && decision.remote) {
      this.#plans.drop(saved.id);
    } else if (decision.do === 'settle' || saved.state === STATE.settled) {
      const differs = copied && (copied.size !== saved.size || copied.modified !== saved.modified);
      // That it is left out says nothing about its copy, which is what it was when it is left out no more.
      if (differs || (copied && leftOut)) this.#plans.save(saved.id, entry.created, undefined, copied);
    } else if (saved.there !== null || decision.replace) {
      this.#plans.save(saved.id, entry.created, decision.replace, copied);
    }
  }

  #saveFolder(parent: FolderRow, saved: ItemRow, verdict: Verdict, again: ItemRow | undefined): void {
    const before = again && this.#folders.get(saved.id);
    const settled = verdict.state === STATE.settled;
    const making = makingOf(parent, verdict, saved.there);
    const row = { item: saved.id, listing: verdict.listing, making };
    this.#folders.save(before && !settled ? { ...before, item: saved.id } : row, before);
    if (before && making === MAKING.made) this.#folders.freeChildren(saved.id);
  }

  /** A file where a folder was, or the other way round: what was known is about something else. */
  #dropOtherKind(known: ItemRow): void {
    this.#plans.drop(known.id);
    this.#dropAgain.run(known.id);
    if (known.kind !== FOLDER) return;
    this.#dropFolder.run(known.id);
    this.#missingBelow.run(known.id);
    this.#desk.paths.forget();
  }
}
