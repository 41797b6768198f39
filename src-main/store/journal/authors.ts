import type { Statement } from 'better-sqlite3';
import type { ItemId } from '../../../src-shared/model/item.ts';
import type { AuthorlessCopy, AuthorVerdict } from '../journal.ts';
import { packCopy } from './copies.ts';
import type { Desk } from './desk.ts';
import { COPIED, type ItemRow, ORIGIN, PRESENT, STATE } from './item-state.ts';
import { packId, unpackRemote } from './pack-remote.ts';
import { join } from './paths.ts';

/** Items looked at in one step, so that other calls have their turn in between. */
const STEP_ITEMS = 20_000;

/** `author_due.wait` */
const WAIT = { no: 0, nextRun: 1, otherPeople: 2 } as const;

/** Keys of `meta`: the run that copies were gathered for and how far that came, the list of people that it was with, and whether all was ever gathered. */
const OF = 'authors of';
const TO = 'authors to';
const PEOPLE = 'authors people';
const GATHERED = 'authors gathered';

/** Copies that Convoy made and whose author is still who migrated them. */
export class Authorless {
  readonly #desk: Desk;
  readonly #gather: Statement<[number, number, number, number]>;
  readonly #last: Statement<[], number>;
  readonly #wake: Statement<[number]>;
  readonly #some: Statement<[number], number>;
  readonly #drop: Statement<[number]>;
  readonly #defer: Statement<[number, number]>;
  readonly #forgetTheirs: Statement<[Buffer]>;

  constructor(desk: Desk) {
    const { database } = desk;
    this.#desk = desk;
    // What this run copied; and what it found as an earlier one had left it, where authors were not wanted then.
    this.#gather = database.prepare(
      `INSERT OR REPLACE INTO author_due SELECT id, ${WAIT.no} FROM item
       WHERE id > ? AND id <= ? AND run = ? AND state = ${STATE.settled} AND kind = 0 AND there = 1
         AND (outcome = ${COPIED} OR (? AND outcome = ${PRESENT}))
         AND NOT EXISTS (SELECT 1 FROM found WHERE found.item = item.id)`,
    );
    this.#last = database.prepare<[], number>('SELECT max(id) FROM item').pluck();
    this.#wake = database.prepare(
      `UPDATE author_due SET wait = ${WAIT.no} WHERE wait = ${WAIT.nextRun} OR (? AND wait = ${WAIT.otherPeople})`,
    );
    this.#some = database
      .prepare<[number], number>(`SELECT item FROM author_due WHERE wait = ${WAIT.no} ORDER BY item LIMIT ?`)
      .pluck();
    this.#drop = database.prepare('DELETE FROM author_due WHERE item = ?');
    this.#defer = database.prepare('UPDATE author_due SET wait = ? WHERE item = ?');
    this.#forgetTheirs = database.prepare('DELETE FROM remote WHERE id = ?');
  }

  /** To be called until it says true: then all that is to be done in this run is known. */
  gatherStep(people: string): boolean {
    const desk = this.#desk;
    if (desk.meta(OF) !== desk.mark) {
      this.#wake.run(desk.meta(PEOPLE) === people ? 0 : 1);
      desk.saveMeta(OF, desk.mark);
      desk.saveMeta(TO, 0);
      desk.saveMeta(PEOPLE, people);
    }
    const at = Number(desk.meta(TO) ?? 0);
    if (at < (this.#last.get() ?? 0)) {
      this.#gather.run(at, at + STEP_ITEMS, desk.mark, desk.meta(GATHERED) === 1 ? 0 : 1);
      desk.saveMeta(TO, at + STEP_ITEMS);
      return false;
    }
    desk.saveMeta(GATHERED, 1);
    return true;
  }

  take(limit: number): readonly AuthorlessCopy[] {
    const desk = this.#desk;
    const copies: AuthorlessCopy[] = [];
    while (copies.length === 0) {
      const some = this.#some.all(limit);
      if (some.length === 0) break;
      for (const item of some) {
        const copy = this.#copyOf(desk.item(item));
        if (copy) copies.push(copy);
        else this.#drop.run(item);
      }
    }
    return copies;
  }

  /** Undefined: not seen in this run, or no copy of it any more. */
  #copyOf(row: ItemRow | undefined): AuthorlessCopy | undefined {
    const desk = this.#desk;
    if (!row?.remote || row.run !== desk.mark || row.state !== STATE.settled || row.there !== 1) {
      return undefined;
    }
    const { id, tag } = unpackRemote(row.remote, desk.drives);
    if (tag === undefined) return undefined;
    const path = join(desk.paths.of(row.parent).path, row.name);
    return { item: row.id, path, id, name: row.destination_name ?? row.name, tag, modified: row.modified };
  }

  settle(verdicts: readonly AuthorVerdict[]): void {
    for (const { item, tag, finding, again } of verdicts) {
      if (again === undefined) this.#drop.run(item);
      else this.#defer.run(WAIT[again], item);
      if (tag !== undefined) this.#retag(item, tag);
      if (finding === undefined) continue;
      const desk = this.#desk;
      const row = desk.itemOfRun(item);
      desk.book(row, -1);
      desk.setFindings(item, ORIGIN.end, [finding]);
      desk.book(row, 1);
      desk.tell(item);
    }
  }

  /** It is our copy as much as before, under another tag. */
  #retag(item: ItemId, tag: string): void {
    const desk = this.#desk;
    const row = desk.itemOfRun(item);
    if (!row.remote) throw new Error(`item ${item} has no copy`);
    const { id } = unpackRemote(row.remote, desk.drives);
    desk.update({ ...row, remote: packCopy(desk, { id, tag }) });
    this.#forgetTheirs.run(packId(id, desk.drives));
  }
}
