import type { Database, Statement } from 'better-sqlite3';
import { lessTally, noTally, type Tally } from '../../../src-shared/model/counts.ts';
import type { Accounts } from '../database/accounts.ts';
import type { UnitResults } from '../run-results.ts';

/** States of a generation, as in migrations/results. */
export const TELLS = 0;
export const SET_ASIDE = 1;
export const ENDED = 2;

/** A unit in one of its generations. */
export interface UnitRow extends Tally {
  readonly no: number;
  readonly name: string;
  readonly generation: number;
  readonly path: string;
  readonly state: number;
  readonly taken: number;
  readonly known_files: number;
  readonly known_bytes: number;
}

/** What a unit counts as found: until it has ended, no less than what was known to be in it. */
function foundOf({ state, files, folders, others, bytes, known_files, known_bytes }: UnitRow): Tally {
  if (state === SET_ASIDE) return noTally;
  if (state === ENDED) return { files, folders, others, bytes };
  return { files: Math.max(files, known_files), folders, others, bytes: Math.max(bytes, known_bytes) };
}

/** The units that told results, and what they found together: that is kept as the counter `found`. */
export class ResultUnits {
  readonly #accounts: Accounts;
  readonly #all: Statement<[], UnitRow>;
  readonly #of: Statement<[string], UnitRow>;
  readonly #save: Statement;
  /** By name, the newest generation of each. */
  readonly #newest = new Map<string, UnitRow>();
  #last = -1;

  constructor(database: Database, accounts: Accounts) {
    this.#accounts = accounts;
    this.#all = database.prepare('SELECT * FROM unit ORDER BY generation');
    this.#of = database.prepare('SELECT * FROM unit WHERE name = ? ORDER BY generation');
    this.#save = database.prepare(
      `INSERT INTO unit VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (no) DO UPDATE SET state = excluded.state, taken = excluded.taken, files = excluded.files,
         folders = excluded.folders, others = excluded.others, bytes = excluded.bytes,
         known_files = excluded.known_files, known_bytes = excluded.known_bytes`,
    );
    this.reload();
  }

  /** The newest generation of a unit. */
  newest(unit: string): UnitRow | undefined {
    return this.#newest.get(unit);
  }

  /** Generations that are set aside, newest first. */
  aside(unit: string): readonly UnitRow[] {
    return this.#of
      .all(unit)
      .filter(({ state }) => state === SET_ASIDE)
      .toReversed();
  }

  /** Generations that count: the one that tells, and those that have ended. */
  counting(unit: string): readonly UnitRow[] {
    return this.#of.all(unit).filter(({ state }) => state !== SET_ASIDE);
  }

  begin(
    { unit, generation, path }: UnitResults,
    taken: number,
    known: Pick<Tally, 'files' | 'bytes'>,
  ): UnitRow {
    const row = { no: this.#last + 1, name: unit, generation, path, state: TELLS, taken };
    return this.save({ ...row, ...noTally, known_files: known.files, known_bytes: known.bytes });
  }

  /** Writes a generation as it is now, and counts what it found by now. */
  save(row: UnitRow, before?: UnitRow): UnitRow {
    const { no, name, generation, path, state, taken, files, folders, others, bytes } = row;
    const known = [row.known_files, row.known_bytes];
    this.#save.run(no, name, generation, path, state, taken, files, folders, others, bytes, ...known);
    const more = lessTally(foundOf(row), before === undefined ? noTally : foundOf(before));
    this.#accounts.add('found', more, 1);
    this.#last = Math.max(this.#last, no);
    if (generation >= (this.#newest.get(name)?.generation ?? 0)) this.#newest.set(name, row);
    return row;
  }

  /** Reads from the database what is kept in memory: something was undone. */
  reload(): void {
    this.#newest.clear();
    this.#last = -1;
    for (const row of this.#all.all()) {
      this.#newest.set(row.name, row);
      this.#last = Math.max(this.#last, row.no);
    }
  }
}
