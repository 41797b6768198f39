import { createSecretKey, type KeyObject } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import { openUploadSchema } from '../../src-shared/contract/fleet.ts';
import { ok, type Problem, ProblemError, type Result } from '../../src-shared/model/problem.ts';
import type { FleetProcedures } from './fleet/serve-fleet.ts';
import type { FleetStore } from './fleet-store.ts';
import { type KeyKeeper, seal, unseal } from './secrets.ts';
import type { Answering } from './thread/procedures.ts';
import { threadLimits } from './thread/thread-limits.ts';
import { WriterThread } from './thread/writer-thread.ts';

export interface FleetStoreOrder {
  /** `fleet.db`; its backup is `<file>.backup` */
  readonly file: string;
  readonly now: () => number;
  readonly maxPages?: number | undefined;
  /** Whose key uploads under way are sealed with; without it none are kept. */
  readonly keys?: KeyKeeper | undefined;
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
  return ok({ store: storeOver(thread, backup, () => clearInterval(timer), order.keys), notices });
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

const uploadsSchema = z.array(openUploadSchema);

/**
 * @param closing called when it is closed, before its last backup
 * @param keys whose key uploads under way are sealed with; without it none are kept
 */
export function storeOver(
  thread: Answering<FleetProcedures>,
  backup: string,
  closing: () => void,
  keys?: KeyKeeper,
): FleetStore {
  let known: KeyObject | undefined;
  const keyNow = async (): Promise<KeyObject | undefined> => {
    if (known !== undefined || keys === undefined) return known;
    const key = await keys.key();
    if (!key.ok) throw new ProblemError(key.problem);
    known = createSecretKey(key.value);
    return known;
  };
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
    units: (run, page) => thread.call('units', run, page),
    runUnits: (runs) => thread.call('runUnits', runs),
    freshUnits: (run, limit, without) => thread.call('freshUnits', run, limit, without),
    unit: (id) => thread.call('unit', id),
    saveUnits: (changes) => thread.call('saveUnits', changes),
    takeOffers: (giver, offered) => thread.call('takeOffers', giver, offered),
    scopeOf: (unit) => thread.call('scopeOf', unit),
    givenAway: (unit) => thread.call('givenAway', unit),
    async saveUploads(unit, uploads) {
      const key = await keyNow();
      if (key === undefined) return;
      const sealed = uploads.length === 0 ? null : seal(key, JSON.stringify(uploads), `uploads of ${unit}`);
      await thread.call('saveSealedUploads', unit, sealed);
    },
    async uploads(unit) {
      const sealed = await thread.call('sealedUploads', unit);
      const key = sealed ? await keyNow() : undefined;
      const text = key && sealed ? unseal(key, sealed, `uploads of ${unit}`) : undefined;
      return text === undefined ? [] : uploadsSchema.parse(JSON.parse(text));
    },
    runFacts: (runs) => thread.call('runFacts', runs),
    plans: () => thread.call('plans'),
    savePlan: (task, plan) => thread.call('savePlan', task, plan),
    machineRules: () => thread.call('machineRules'),
    saveMachineRules: (machine, rules) => thread.call('saveMachineRules', machine, rules),
    setting: (key) => thread.call('setting', key),
    saveSetting: (key, value) => thread.call('saveSetting', key, value),
    addEvent: (event) => thread.call('addEvent', event),
    events: (page) => thread.call('events', page),
    handedCounts: () => thread.call('handedCounts'),
    handOver: (settings) => thread.call('handOver', settings),
    lookAtHandedOver: (from) => thread.call('lookAtHandedOver', from),
    takeOver: (from, self, former, settings) => thread.call('takeOver', from, self, former, settings),
    copyTo: (to) => thread.backUp(to),
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
