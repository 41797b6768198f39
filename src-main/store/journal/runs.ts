import type { Statement } from 'better-sqlite3';
import { stillToDo } from '../../../src-shared/model/counts.ts';
import { ROOT_ITEM } from '../../../src-shared/model/item.ts';
import { ProblemError } from '../../../src-shared/model/problem.ts';
import type { PartFolder, RunProgress } from '../journal.ts';
import type { Desk } from './desk.ts';
import type { Folders } from './folders.ts';
import { FOLDER, LISTING, MAKING, NEWEST, NEWEST_BEFORE, runMark, STATE, UNLISTED } from './item-state.ts';
import { LentFolders } from './lent-folders.ts';
import type { Plans } from './plans.ts';

/** Rows that one step of a long procedure may touch, so that other calls have their turn in between. */
const STEP_ROWS = 5_000;

/** The beginning of runs, and how far one is. */
export class Runs {
  readonly #desk: Desk;
  readonly #folders: Folders;
  readonly #plans: Plans;
  readonly #lent: LentFolders;
  readonly #rests: readonly Statement[];
  readonly #oldestUntold: Statement<[], number>;

  constructor(desk: Desk, folders: Folders, plans: Plans) {
    this.#desk = desk;
    this.#folders = folders;
    this.#plans = plans;
    this.#lent = new LentFolders(desk, folders);
    this.#oldestUntold = desk.database
      .prepare<[], number>('SELECT seq FROM outbox ORDER BY seq LIMIT 1')
      .pluck();
    // What an earlier run left undone. Other states of items mean nothing once their run is over.
    this.#rests = [
      `UPDATE item SET state = ${STATE.rest} WHERE state = ${STATE.ready} ORDER BY size LIMIT ${STEP_ROWS}`,
      `UPDATE folder SET listing = ${LISTING.none} WHERE listing = ${LISTING.toDo} ORDER BY item LIMIT ${STEP_ROWS}`,
      `UPDATE item SET state = ${STATE.rest} WHERE state = ${STATE.offered} AND id IN (SELECT item FROM offered)`,
      `UPDATE folder SET listing = ${LISTING.none} WHERE listing = ${LISTING.offered} AND item IN (SELECT item FROM offered)`,
      `DELETE FROM offered`,
      `DELETE FROM offer`,
      `UPDATE folder SET making = ${MAKING.none} WHERE making = ${MAKING.ready} ORDER BY item LIMIT ${STEP_ROWS}`,
      `UPDATE remote SET regrade = 0 WHERE regrade = 1`,
      `DELETE FROM outbox WHERE seq IN (SELECT seq FROM outbox LIMIT ${STEP_ROWS})`,
      `DELETE FROM again`,
      `DELETE FROM missing WHERE item IN (SELECT item FROM missing LIMIT ${STEP_ROWS})`,
      `DELETE FROM newcomer WHERE item IN (SELECT item FROM newcomer LIMIT ${STEP_ROWS})`,
    ].map((sql) => desk.database.prepare(sql));
  }

  /** To be called until it answers with the progress: what an earlier run left is tidied in steps. */
  begin(
    run: number,
    now: number,
    acknowledged: number,
    part?: readonly PartFolder[],
  ): RunProgress | undefined {
    const desk = this.#desk;
    if (run < desk.run) {
      const detail = `run ${run} is over, run ${desk.run} has begun`;
      throw new ProblemError({ code: 'wrong-state', detail });
    }
    if (run > desk.run || desk.meta('anew') === 1) {
      desk.accounts.clear(['uploads']);
      desk.saveMeta('run mark', Math.max(desk.mark + 1, runMark(run)));
      desk.saveMeta('run', run);
      desk.saveMeta('anew', 0);
      desk.saveMeta('begun at', now);
      desk.saveMeta(NEWEST_BEFORE, desk.meta(NEWEST) ?? 0);
      desk.saveMeta('finished', 0);
      desk.saveMeta('tidying', 1);
      desk.saveMeta('first of run', this.#nextItem());
    }
    if (desk.meta('tidying') === 1 && !this.#tidy(part)) return undefined;
    desk.numberFrom(acknowledged);
    // Whoever worked on it before in this process does so no longer.
    for (const given of Object.values(desk.given)) given.clear();
    return this.progress();
  }

  #nextItem(): number {
    return (this.#desk.database.prepare<[], number>('SELECT max(id) FROM item').pluck().get() ?? 0) + 1;
  }

  /** True when all is tidy, and the root is there to be listed. */
  #tidy(part: readonly PartFolder[] | undefined): boolean {
    if (this.#plans.restoreSome(STEP_ROWS)) return false;
    for (const rest of this.#rests) if (rest.run().changes >= STEP_ROWS) return false;
    const desk = this.#desk;
    const root = desk.item(ROOT_ITEM);
    const fresh = { run: desk.mark, state: STATE.waiting, outcome: null, grade: null };
    if (root) desk.update({ ...root, ...fresh });
    else {
      desk.insert([
        {
          parent: 0,
          name: '',
          kind: FOLDER,
          pass: UNLISTED,
          there: null,
          size: 0,
          modified: 0,
          file_id: null,
          remote: null,
          destination_name: null,
          ...fresh,
        },
      ]);
    }
    desk.setFindings(ROOT_ITEM, 0, []);
    const listing = part ? LISTING.none : LISTING.toDo;
    this.#folders.save({ item: ROOT_ITEM, listing, making: MAKING.waiting }, undefined);
    if (part) this.#lent.plan(part);
    desk.paths.forget();
    desk.saveMeta('tidying', 0);
    return true;
  }

  progress(): RunProgress {
    const { accounts } = this.#desk;
    const left = stillToDo(this.#counts());
    return {
      run: this.#desk.run,
      finished: this.#desk.meta('finished') === 1,
      knownBefore: this.#desk.knownBefore,
      foldersToList: accounts.counted('to list'),
      foldersToMake: accounts.counted('to make'),
      filesToCopy: left.files,
      bytesToCopy: left.bytes,
      uploads: accounts.counted('uploads'),
      untold: this.#untold(),
      takenOver: this.#desk.takenOver,
    };
  }

  #untold(): number {
    const oldest = this.#oldestUntold.get();
    return oldest === undefined ? 0 : this.#desk.accounts.counted('seq') - oldest + 1;
  }

  #counts() {
    return this.#desk.accounts.counts((no) => this.#desk.codeText(no));
  }
}
