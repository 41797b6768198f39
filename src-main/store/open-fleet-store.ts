import { Worker } from 'node:worker_threads';
import { ok, type Problem, ProblemError, type Result } from '../../src-shared/model/problem.ts';
import type { FleetProcedures } from './fleet/serve-fleet.ts';
import type { FleetStore } from './fleet-store.ts';
import type { Answering } from './thread/procedures.ts';
import { threadLimits } from './thread/thread-limits.ts';
import { WriterThread } from './thread/writer-thread.ts';

export interface FleetStoreOrder {
  /** `fleet.db`; its backup is `<file>.backup` */
  readonly file: string;
  readonly now: () => number;
  readonly maxPages?: number | undefined;
  /** Backs it up again and again while it is open; `failed` is told why that was not possible. */
  readonly backUps?: { readonly everyMs: number; readonly failed: (problem: Problem) => void } | undefined;
}

/**
 * Opens the coordinator's database, or begins it. Codes: store-newer, store-in-use, store-unusable, store-disk-full,
 * store-corrupt. A notice says what was done about a damaged file: store-restored (from the last backup), or
 * store-corrupt (begun anew).
 *
 * The methods reject with a ProblemError for what is foreseen (store-disk-full, store-corrupt, not-found).
 */
export async function openFleetStore(
  order: FleetStoreOrder,
): Promise<Result<{ readonly store: FleetStore; readonly notices: readonly Problem[] }>> {
  const { file, maxPages } = order;
  const backup = `${file}.backup`;
  const worker = new Worker(new URL('./fleet-worker.ts', import.meta.url), threadLimits);
  const opened = await WriterThread.open<FleetProcedures>(worker, {
    file,
    backup,
    maxPages,
    now: order.now(),
  });
  if (!opened.ok) return opened;
  const { thread, notices } = opened.value;
  const timer = order.backUps && keepBackingUp(thread, backup, order.backUps);
  return ok({ store: storeOver(thread, backup, () => clearInterval(timer)), notices });
}

function keepBackingUp(
  thread: WriterThread<FleetProcedures>,
  backup: string,
  { everyMs, failed }: NonNullable<FleetStoreOrder['backUps']>,
): NodeJS.Timeout {
  const once = async (): Promise<void> => {
    try {
      await thread.backUp(backup);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      failed(error.problem);
    }
  };
  return setInterval(() => void once(), everyMs).unref();
}

/** @param closing called when it is closed, before its last backup */
export function storeOver(
  thread: Answering<FleetProcedures>,
  backup: string,
  closing: () => void,
): FleetStore {
  return {
    machines: () => thread.call('machines'),
    saveMachine: (machine) => thread.call('saveMachine', machine),
    members: () => thread.call('members'),
    saveMember: (member) => thread.call('saveMember', member),
    removeMember: (machine) => thread.call('removeMember', machine),
    addInvitation: (invitation, now) => thread.call('addInvitation', invitation, now),
    invitation: (id) => thread.call('invitation', id),
    spendInvitation: (id, member) => thread.call('spendInvitation', id, member),
    clearInvitations: () => thread.call('clearInvitations'),
    addTask: (task) => thread.call('addTask', task),
    task: (id) => thread.call('task', id),
    tasks: (page) => thread.call('tasks', page),
    setSettings: (task, settings) => thread.call('setSettings', task, settings),
    setArchived: (task, at) => thread.call('setArchived', task, at),
    addRun: (run, unit) => thread.call('addRun', run, unit),
    run: (id) => thread.call('run', id),
    runs: (task) => thread.call('runs', task),
    lastRuns: (tasks) => thread.call('lastRuns', tasks),
    setRunState: (run, state, facts) => thread.call('setRunState', run, state, facts),
    addPace: (run, row) => thread.call('addPace', run, row),
    pace: (run) => thread.call('pace', run),
    units: (run) => thread.call('units', run),
    saveUnit: (unit) => thread.call('saveUnit', unit),
    setting: (key) => thread.call('setting', key),
    saveSetting: (key, value) => thread.call('saveSetting', key, value),
    addEvent: (event) => thread.call('addEvent', event),
    events: (page) => thread.call('events', page),
    backUp: () => thread.backUp(backup),
    async close() {
      closing();
      try {
        if (!thread.closing) await thread.backUp(backup);
      } finally {
        await thread.close();
      }
    },
  };
}
