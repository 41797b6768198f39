import type { Statement } from 'better-sqlite3';
import type { Fingerprint, ItemId } from '../../../src-shared/model/item.ts';
import type { Desk } from './desk.ts';
import { type ItemRow, LEFT_OUT, packFileId } from './item-state.ts';

export interface PlanRow {
  readonly item: number;
  readonly created: number;
  readonly replace_id: string | null;
  readonly replace_tag: string | null;
  readonly old_size: number | null;
  readonly old_modified: number | null;
  readonly old_file_id: string | null;
  readonly old_outcome: number | null;
  readonly old_grade: number | null;
}

/** What planned items have besides; see the table `plan`. */
export class Plans {
  readonly #get: Statement<[number], PlanRow>;
  readonly #some: Statement<[number], PlanRow>;
  readonly #save: Statement;
  readonly #drop: Statement;
  readonly #restore: Statement;

  constructor(desk: Desk) {
    const columns = `item, created, replace_id, replace_tag, old_size, old_modified, CAST(old_file_id AS TEXT) AS old_file_id, old_outcome, old_grade`;
    this.#get = desk.database.prepare(`SELECT ${columns} FROM plan WHERE item = ?`);
    this.#some = desk.database.prepare(`SELECT ${columns} FROM plan LIMIT ?`);
    this.#save = desk.database.prepare('INSERT OR REPLACE INTO plan VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)');
    this.#drop = desk.database.prepare('DELETE FROM plan WHERE item = ?');
    this.#restore = desk.database.prepare(
      `UPDATE item SET size = ?, modified = ?, file_id = ?, grade = ?, outcome = iif(outcome = ${LEFT_OUT}, ?, coalesce(outcome, ?)) WHERE id = ?`,
    );
  }

  get(item: ItemId): PlanRow | undefined {
    return this.#get.get(item);
  }

  drop(item: ItemId): void {
    this.#drop.run(item);
  }

  /**
   * Keeps time of creation and what to replace. `known` is the row as earlier runs left it, undefined when it is
   * of this run: then what was kept before stays.
   */
  save(
    item: ItemId,
    created: number,
    replace: { readonly id: string; readonly tag: string } | undefined,
    known: ItemRow | undefined,
  ): void {
    const kept = this.get(item);
    const old = known
      ? [known.size, known.modified, packFileId(known.file_id ?? undefined), known.outcome, known.grade]
      : [
          kept?.old_size ?? null,
          kept?.old_modified ?? null,
          packFileId(kept?.old_file_id ?? undefined),
          kept?.old_outcome ?? null,
          kept?.old_grade ?? null,
        ];
    this.#save.run(item, created, replace?.id ?? null, replace?.tag ?? null, ...old);
  }

  /**
   * Before a new run: copies that were to be replaced and were not are what they were, so that this run sees the
   * difference again. Returns false when nothing was left to do.
   */
  restoreSome(limit: number): boolean {
    const some = this.#some.all(limit);
    for (const plan of some) {
      if (plan.old_size !== null) {
        const fileId = packFileId(plan.old_file_id ?? undefined);
        this.#restore.run(
          plan.old_size,
          plan.old_modified,
          fileId,
          plan.old_grade,
          plan.old_outcome,
          plan.old_outcome,
          plan.item,
        );
      }
      this.drop(plan.item);
    }
    return some.length > 0;
  }
}

/** Of what our copy was made before this run, where a new one is planned. */
export function oldFingerprint(plan: PlanRow): Fingerprint | undefined {
  if (plan.old_size === null || plan.old_modified === null) return undefined;
  return fingerprintOf({ size: plan.old_size, modified: plan.old_modified, file_id: plan.old_file_id });
}

export function fingerprintOf(row: {
  readonly size: number;
  readonly modified: number;
  readonly file_id: string | null;
}): Fingerprint {
  return { size: row.size, modified: row.modified, fileId: row.file_id ?? undefined };
}
