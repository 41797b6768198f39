import Sqlite from 'better-sqlite3';
import { emptyCounts } from '../../src-shared/model/counts.ts';
import { defaultSettings } from '../../src-shared/model/settings.ts';
import { noUsage } from '../../src-shared/model/usage.ts';

/** How much there is in the database of a large fleet. */
export interface Fill {
  readonly tasks: number;
  readonly units: number;
  /** Machines that hold a unit each. */
  readonly agents: number;
  /** Runs that they work on. */
  readonly runs: number;
}

/** A machine and the unit that it holds. */
export interface Held {
  readonly machine: string;
  readonly unit: string;
}

/** A lease that is not over before anybody could beat. */
const LEASE_MS = 30_000;

/** Fills a fleet's database as many finished runs leave it, with some that are being worked on. It is not open elsewhere. */
export function fillFleet(file: string, { tasks, units, agents, runs }: Fill, now: number): Held[] {
  const database = new Sqlite(file);
  const addTask = database.prepare(
    'INSERT INTO task (id, name, source, destination, settings, created_at) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const addRun = database.prepare('INSERT INTO run VALUES (?, ?, 0, ?, ?, ?, NULL)');
  const addUnit = database.prepare(
    `INSERT INTO unit (id, run, path, epoch, generation, offers_taken, holder, lease_until, state, failures, usage)
     VALUES (?, ?, ?, 1, 1, 0, ?, ?, ?, '[]', ?)`,
  );
  const addFacts = database.prepare('INSERT INTO setting (key, value) VALUES (?, ?)');
  const settings = JSON.stringify(defaultSettings);
  const usage = JSON.stringify(noUsage);
  const counts = emptyCounts();
  const done = {
    ...counts,
    found: { ...counts.found, files: 10_000, bytes: 5e9 },
    byOutcome: { ...counts.byOutcome, copied: { ...counts.found, files: 10_000, bytes: 5e9 } },
    byCode: { 'name-changed': { items: 12, bytes: 1e6 } },
  };
  const facts = (of: typeof counts) => JSON.stringify({ counts: of, spent: noUsage, stopHow: null });
  const held: Held[] = [];
  database.transaction(() => {
    const each = Math.floor(units / tasks);
    for (let no = 0; no < tasks; no += 1) {
      const works = no < runs;
      const run = `run-${no}`;
      addTask.run(
        `task-${no}`,
        `Share ${no}`,
        `\\\\server\\share ${no}`,
        `https://contoso/${no}`,
        settings,
        now,
      );
      addRun.run(run, `task-${no}`, works ? 'running' : 'complete', now - 1e6, works ? null : now);
      addFacts.run(`run-facts:${run}`, facts(works ? counts : done));
      const holders = works ? Math.ceil(agents / runs) : 0;
      for (let unit = 0; unit < each; unit += 1) {
        const machine = unit < holders && held.length < agents ? `machine-${held.length}` : undefined;
        const id = `unit-${no}-${unit}`;
        const state = machine === undefined ? 'done' : 'held';
        addUnit.run(
          id,
          run,
          `folder ${unit}`,
          machine ?? 'before',
          machine ? now + LEASE_MS : null,
          state,
          usage,
        );
        if (machine !== undefined) held.push({ machine, unit: id });
      }
    }
  })();
  database.close();
  return held;
}
