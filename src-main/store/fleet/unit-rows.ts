import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { type Scope, scopeSchema } from '../../../src-shared/contract/fleet.ts';
import { runSchema } from '../../../src-shared/model/task.ts';
import { usageSchema } from '../../../src-shared/model/usage.ts';
import type { OfferedUnit, RunUnits, Unit, UnitChanges } from '../fleet-store.ts';

const json = z.string().transform((text): unknown => JSON.parse(text));
const failuresSchema = z.array(z.object({ machine: z.string(), problem: runSchema.shape.problem.unwrap() }));

const unitRow = z.object({
  id: z.string(),
  run: z.string(),
  path: z.string(),
  epoch: z.number(),
  generation: z.number(),
  offers_taken: z.number(),
  holder: z.string().nullable(),
  lease_until: z.number().nullable(),
  state: z.enum(['free', 'held', 'done', 'stopped', 'set-aside']),
  failures: json.pipe(failuresSchema),
  usage: json.pipe(usageSchema),
});

function readUnit(row: unknown): Unit {
  const { offers_taken, lease_until, ...unit } = unitRow.parse(row);
  return { ...unit, offersTaken: offers_taken, leaseUntil: lease_until };
}

function readScope(text: string): Scope {
  return scopeSchema.parse(JSON.parse(text));
}

const COLUMNS = 'id, run, path, epoch, generation, offers_taken, holder, lease_until, state, failures, usage';

/** How the names of settings begin that are the facts of a run. */
export const RUN_FACTS = 'run-facts:';

function factsKey(run: string): string {
  return `${RUN_FACTS}${run}`;
}

/** The procedures for units. `addUnit` is for whoever makes a run in the same transaction. */
export function unitRows(database: Database) {
  const ofRun = database.prepare(
    `SELECT ${COLUMNS} FROM unit WHERE run = ? AND no > coalesce((SELECT no FROM unit WHERE id = ?), 0) ORDER BY no LIMIT ?`,
  );
  const one = database.prepare(`SELECT ${COLUMNS} FROM unit WHERE id = ?`);
  const fresh = database.prepare(
    `SELECT ${COLUMNS} FROM unit WHERE run = ? AND state = 'free' AND epoch = 0 ORDER BY no LIMIT ?`,
  );
  const add = database.prepare(
    `INSERT INTO unit (${COLUMNS}, scope, parent, offer) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (parent, offer) WHERE parent IS NOT NULL DO NOTHING`,
  );
  const save = database.prepare(
    `UPDATE unit SET epoch = ?, generation = ?, offers_taken = ?, holder = ?, lease_until = ?, state = ?, failures = ?, usage = ?
     WHERE id = ?`,
  );
  const scope = database.prepare<[string], string | null>('SELECT scope FROM unit WHERE id = ?').pluck();
  const given = database
    .prepare<[string], string>('SELECT scope FROM unit WHERE parent = ? ORDER BY no')
    .pluck();
  const saveUploads = database.prepare('UPDATE unit SET uploads = ? WHERE id = ?');
  const uploads = database
    .prepare<[string], Uint8Array | null>('SELECT uploads FROM unit WHERE id = ?')
    .pluck();
  const facts = database.prepare<[string], string>('SELECT value FROM setting WHERE key = ?').pluck();
  const saveFacts = database.prepare(
    'INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  );
  const runUnits = unitsOfRuns(database);

  const insert = (unit: Unit, offered?: { of: Unit; offer: number; scope: Scope }): void => {
    const { id, run, path, epoch, generation, offersTaken, holder, leaseUntil, state } = unit;
    add.run(
      ...[id, run, path, epoch, generation, offersTaken, holder, leaseUntil, state],
      ...[JSON.stringify(unit.failures), JSON.stringify(unit.usage)],
      ...(offered === undefined
        ? [null, null, null]
        : [JSON.stringify(offered.scope), offered.of.id, offered.offer]),
    );
  };
  const update = (unit: Unit): void => {
    const { id, epoch, generation, offersTaken, holder, leaseUntil, state, failures, usage } = unit;
    const told = [JSON.stringify(failures), JSON.stringify(usage)];
    save.run(epoch, generation, offersTaken, holder, leaseUntil, state, ...told, id);
  };

  return {
    addUnit: (unit: Unit): void => insert(unit),
    procedures: {
      units(run: string, { after, limit }: { after: string | undefined; limit: number }): readonly Unit[] {
        return ofRun.all(run, after ?? null, limit).map(readUnit);
      },
      runUnits,
      freshUnits(run: string, limit: number, without: readonly string[]): readonly Unit[] {
        const known = new Set(without);
        const rows = fresh.all(run, limit + known.size).map(readUnit);
        return rows.filter(({ id }) => !known.has(id)).slice(0, limit);
      },
      unit(id: string): Unit | undefined {
        const row = one.get(id);
        return row === undefined ? undefined : readUnit(row);
      },
      saveUnits({ units = [], facts }: UnitChanges): void {
        for (const unit of units) update(unit);
        if (facts !== undefined) saveFacts.run(factsKey(facts.run), facts.text);
      },
      takeOffers(giver: Unit, offered: readonly OfferedUnit[]): void {
        for (const { unit, offer, scope } of offered) insert(unit, { of: giver, offer, scope });
        update(giver);
      },
      scopeOf(id: string): Scope | null {
        const text = scope.get(id);
        return text === undefined || text === null ? null : readScope(text);
      },
      givenAway: (id: string): readonly Scope[] => given.all(id).map(readScope),
      saveSealedUploads(id: string, sealed: Uint8Array | null): void {
        saveUploads.run(sealed, id);
      },
      sealedUploads: (id: string): Uint8Array | null => uploads.get(id) ?? null,
      runFacts: (runs: readonly string[]): readonly { run: string; text: string }[] =>
        runs.flatMap((run) => {
          const text = facts.get(factsKey(run));
          return text === undefined ? [] : [{ run, text }];
        }),
    },
  };
}

function unitsOfRuns(database: Database) {
  const states = database.prepare<[string], { state: Unit['state']; fresh: number; units: number }>(
    'SELECT state, epoch = 0 AS fresh, count(*) AS units FROM unit WHERE run = ? GROUP BY state, epoch = 0',
  );
  const inWork = database.prepare(
    `SELECT ${COLUMNS} FROM unit WHERE run = ? AND state IN ('free', 'held') AND epoch > 0 ORDER BY no`,
  );
  const setAside = database.prepare(
    `SELECT ${COLUMNS} FROM unit WHERE run = ? AND state = 'set-aside' ORDER BY no`,
  );
  return (runs: readonly string[]): readonly RunUnits[] =>
    runs.map((run) => {
      const counted = states.all(run);
      const count = (state: Unit['state'], only?: (row: { fresh: number }) => boolean): number =>
        counted
          .filter((row) => row.state === state && (only?.(row) ?? true))
          .reduce((sum, { units }) => sum + units, 0);
      const never = (row: { fresh: number }) => row.fresh === 1;
      const begun = count('held') + count('free') - count('free', never);
      return {
        run,
        inWork: begun === 0 ? [] : inWork.all(run).map(readUnit),
        fresh: count('free', never),
        done: count('done'),
        stopped: count('stopped'),
        setAside:
          count('set-aside') === 0
            ? []
            : setAside.all(run).map((row) => {
                const { path, failures } = readUnit(row);
                return { path, failures };
              }),
      };
    });
}
