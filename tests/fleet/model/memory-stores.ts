import { createSecretKey } from 'node:crypto';
import { readMigrations } from '../../../src-main/store/database/migrate.ts';
import { type FleetProcedures, serveFleet } from '../../../src-main/store/fleet/serve-fleet.ts';
import type { FleetStore } from '../../../src-main/store/fleet-store.ts';
import { type JournalProcedures, serveJournal } from '../../../src-main/store/journal/serve-journal.ts';
import type { Journal } from '../../../src-main/store/journal.ts';
import { storeOver } from '../../../src-main/store/open-fleet-store.ts';
import { journalOver } from '../../../src-main/store/open-journal.ts';
import { resultsOver } from '../../../src-main/store/open-run-results.ts';
import { type PagesProcedures, servePages } from '../../../src-main/store/results/pages.ts';
import { type ResultsProcedures, serveResults } from '../../../src-main/store/results/taking.ts';
import type { RunResults } from '../../../src-main/store/run-results.ts';
import type { Answering, Procedures } from '../../../src-main/store/thread/procedures.ts';
import { type InProcess, MemoryDatabase } from './memory-database.ts';
import type { Program } from './program.ts';

const migrationsOf = (name: string) =>
  readMigrations(new URL(`../../../src-main/store/migrations/${name}/`, import.meta.url));

/** Databases that nobody uses now. */
class Pool<P extends Procedures> {
  readonly #free: MemoryDatabase<P>[] = [];
  readonly #make: () => MemoryDatabase<P>;

  constructor(make: () => MemoryDatabase<P>) {
    this.#make = make;
  }

  /** One with nothing in it. */
  take(): MemoryDatabase<P> {
    const database = this.#free.pop() ?? this.#make();
    database.empty();
    return database;
  }

  giveBack(database: MemoryDatabase<P>): void {
    this.#free.push(database);
  }
}

export type FleetDatabase = MemoryDatabase<FleetProcedures>;
export type JournalDatabase = MemoryDatabase<JournalProcedures>;
export type ResultsDatabase = MemoryDatabase<ResultsProcedures & PagesProcedures>;

const [fleetSteps, journalSteps, resultsSteps] = ['fleet', 'journal', 'results'].map(migrationsOf);

export const pools = {
  fleet: new Pool<FleetProcedures>(
    () => new MemoryDatabase(fleetSteps ?? [], (database) => serveFleet(database, fleetSteps ?? [])),
  ),
  journal: new Pool<JournalProcedures>(() => new MemoryDatabase(journalSteps ?? [], serveJournal)),
  results: new Pool<ResultsProcedures & PagesProcedures>(
    () =>
      new MemoryDatabase(resultsSteps ?? [], (database) => {
        const writer = serveResults(database, false);
        return { ...writer, procedures: { ...writer.procedures, ...servePages(database).procedures } };
      }),
  ),
};

/** A database as a program reaches it. */
function answering<P extends Procedures>(program: Program, opened: InProcess<P>): Answering<P> {
  let closing = false;
  return {
    call: (name, ...args) => program.ask(() => opened.call(name, ...args)),
    // Where it would be copied to is no file here, and nobody restores it.
    backUp: () => program.ask(() => undefined),
    get closing() {
      return closing;
    },
    async close() {
      closing = true;
    },
  };
}

export function openFleetStoreIn(database: FleetDatabase, program: Program): FleetStore {
  return storeOver(answering(program, database.open()), 'fleet.db.backup', () => undefined);
}

export function openResultsIn(database: ResultsDatabase, program: Program): RunResults {
  const both = answering(program, database.open());
  return resultsOver(both, { get: async () => both, close: async () => undefined });
}

const KEY = createSecretKey(new Uint8Array(32).fill(7));

export function openJournalIn(database: JournalDatabase, program: Program): Journal {
  return journalOver(answering(program, database.open()), KEY);
}
