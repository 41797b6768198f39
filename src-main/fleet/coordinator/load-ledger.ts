import { isEnded } from '../../../src-shared/model/run.ts';
import type { TaskSettings } from '../../../src-shared/model/settings.ts';
import type { Clocks } from '../../basics/clocks.ts';
import type { FleetStore } from '../../store/fleet-store.ts';
import { foundAgain } from './lease.ts';
import { Ledger } from './ledger.ts';
import { newRunEntry } from './run-entry.ts';
import { createSharing, sharingNoughts } from './share-equal.ts';
import { noFacts, type RunFacts, runFactsSchema } from './usage.ts';

/** Tasks to a page of the load: enough to be quick, few enough to be small. */
const PAGE = 500;

/** Reads the ledger from the store when the coordinator starts. */
export async function loadLedger(store: FleetStore, { now, steady }: Clocks): Promise<Ledger> {
  const ledger = new Ledger(steady);
  for (const machine of await store.machines()) ledger.machines.set(machine.id, machine);
  for (const { machine, rules } of await store.machineRules()) ledger.rules.set(machine, rules);
  const settingsOf = createSharing<TaskSettings>();
  const plans = new Map((await store.plans()).map(({ task, plan }) => [task, plan]));
  let before: string | undefined;
  do {
    const tasks = await store.tasks({ before, limit: PAGE, shelf: 'all' });
    for (const { archivedAt, ...task } of tasks)
      ledger.addTask({ ...task, settings: settingsOf(task.settings) }, archivedAt, plans.get(task.id));
    await loadRuns(
      store,
      ledger,
      tasks.map(({ id }) => id),
      now(),
    );
    before = tasks.length === PAGE ? tasks.at(-1)?.id : undefined;
  } while (before !== undefined);
  return ledger;
}

async function loadRuns(
  store: FleetStore,
  ledger: Ledger,
  tasks: readonly string[],
  now: number,
): Promise<void> {
  const runs = await store.lastRuns(tasks);
  const facts = new Map((await store.runFacts(runs.map(({ id }) => id))).map(({ run, text }) => [run, text]));
  const going = runs.filter(({ state }) => !isEnded(state)).map(({ id }) => id);
  const units = new Map((await store.runUnits(going)).map((one) => [one.run, one]));
  for (const run of runs) {
    const entry = newRunEntry(run, sharingNoughts(parseFacts(facts.get(run.id))));
    const task = ledger.tasks.get(run.task);
    if (task === undefined) throw new Error(`run ${run.id} has no task`);
    ledger.setLast(task, entry);
    const of = units.get(run.id);
    if (of === undefined) continue;
    entry.unloaded = of.fresh;
    entry.done = of.done;
    entry.stopped = of.stopped;
    entry.setAside = of.setAside;
    for (const unit of of.inWork) ledger.addUnit(entry, foundAgain(unit, ledger.openedAt), now);
    ledger.placeRun(entry);
  }
}

/** What is kept of a run beside its state; that of a run which has told nothing yet when there is none. */
export async function readFacts(store: FleetStore, run: string): Promise<RunFacts> {
  const [kept] = await store.runFacts([run]);
  return parseFacts(kept?.text);
}

function parseFacts(text: string | undefined): RunFacts {
  return text === undefined ? noFacts : runFactsSchema.parse(JSON.parse(text));
}
