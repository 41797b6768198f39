import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { neverBack } from '../../src-main/basics/never-back.ts';
import { sleep } from '../../src-main/basics/sleep.ts';
import type { Destination } from '../../src-main/destination/destination.ts';
import { openGraphDestination } from '../../src-main/destination/graph/graph-destination.ts';
import { SignInBudgets } from '../../src-main/destination/graph/sign-in-budgets.ts';
import { Agent } from '../../src-main/fleet/agent/agent.ts';
import { createAlarm } from '../../src-main/fleet/agent/alarm.ts';
import { runBeats } from '../../src-main/fleet/agent/beat-loop.ts';
import { LeasedBudget } from '../../src-main/fleet/agent/leased-budget.ts';
import type { UnitOpeners } from '../../src-main/fleet/agent/openers.ts';
import { type Coordinator, openCoordinator } from '../../src-main/fleet/coordinator/coordinator.ts';
import { openFleetStore } from '../../src-main/store/open-fleet-store.ts';
import { signInByCertificate } from '../../src-main/tenant/sign-in.ts';
import type { PracticeOptions } from '../../src-practice/tenant/options.ts';
import { type SpawnedTenant, spawnPracticeTenant } from '../../src-practice/tenant/spawn.ts';
import type { Ring } from '../../src-shared/contract/budget.ts';
import type { FleetContract } from '../../src-shared/contract/fleet.ts';
import { failed } from '../../src-shared/model/problem.ts';
import { must } from '../conformance/destination-steps.ts';

const LIBRARY = '/sites/finance/Shared Documents';

/** One agent, with gates, ledgers and connections of its own, and a line to the coordinator. */
export interface BudgetAgent {
  readonly destination: Destination;
  /** It hears and says nothing from now on. */
  cutOff(): void;
}

/** A practice tenant in a process of its own, a coordinator, and agents in this process that beat and ask the tenant. */
export interface BudgetRig {
  readonly tenant: SpawnedTenant;
  readonly coordinator: Coordinator;
  /**
   * @param way milliseconds that whatever is said takes on its way to the coordinator, and as long back
   * @param tenantName what its admin calls the tenant; its id when absent
   */
  agent(way: number, random: () => number, tenantName?: string): Promise<BudgetAgent>;
  close(): Promise<void>;
}

export async function startBudgetRig(options: PracticeOptions): Promise<BudgetRig> {
  const folder = await mkdtemp(join(tmpdir(), 'convoy-budget-'));
  const tenant = await spawnPracticeTenant(options);
  const { pem } = await tenant.control.certificate();
  const { store } = must(await openFleetStore({ file: join(folder, 'fleet.db'), now: Date.now }));
  const rings = new Map<string, (ring?: Ring) => void>();
  const coordinator = await openCoordinator({
    ...{ store, now: Date.now, steady: () => performance.now(), newId: () => randomUUID() },
    openResults: async () => failed('not-found'),
    onRing: (machine, ring) => rings.get(machine)?.(ring),
  });
  const ends: (() => Promise<void>)[] = [];

  return {
    tenant,
    coordinator,
    async agent(way, random, tenantName) {
      const [machine, session] = [`machine-${rings.size}`, randomUUID()];
      const closing = new AbortController();
      let cut = false;
      const fleet = lineTo(coordinator.fleet, way, () => cut);
      const alarm = createAlarm(sleep);
      const budgets = new SignInBudgets();
      const clock = { now: Date.now, steady: () => performance.now(), random, sleep };
      const onNews = (): void => alarm.ring();
      const budget = new LeasedBudget({ ...clock, budgets, machine, session, fleet, onNews });
      const agent = new Agent({
        ...{ ...clock, machine, session, fleet, budget, onNews, openers: nothingToOpen, slots: 0 },
        name: machine,
        onBug: (error) => {
          throw error;
        },
      });
      rings.set(machine, (ring) => {
        void later(way, () => {
          if (cut) return;
          if (ring !== undefined) budget.ring(ring);
          alarm.ring();
        });
      });
      const signIn = {
        ...{ cloud: tenant.cloud, tenant: tenantName ?? tenant.tenantId, certificatePem: pem },
        clientId: tenant.apps.headless,
      };
      const tokens = must(signInByCertificate(signIn));
      const address = `https://${tenant.hostName}${LIBRARY}`;
      const opened = { ...clock, cloud: tenant.cloud, now: neverBack(Date.now), write: true };
      const destination = must(await openGraphDestination({ ...opened, tokens, budgets, address }));
      await agent.beat();
      const beats = runBeats(agent, { ...clock, alarm, signal: closing.signal, onBug: thrown });
      ends.push(async () => {
        closing.abort();
        await beats;
        await agent.close();
        await destination.close();
      });
      return {
        destination,
        cutOff: () => {
          cut = true;
        },
      };
    },
    async close() {
      await Promise.all(ends.map((end) => end()));
      await coordinator.close();
      await store.close();
      await tenant.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function thrown(error: unknown): void {
  throw error;
}

/** A line on which everything takes its time, and is lost when it is cut. */
function lineTo(fleet: FleetContract, way: number, isCut: () => boolean): FleetContract {
  return {
    async beat(beat) {
      await sleep(way);
      if (isCut()) return failed('service-unreachable');
      const answer = await fleet.beat(structuredClone(beat));
      await sleep(way);
      return isCut() ? failed('service-unreachable') : answer;
    },
    alarm: (alarm) => {
      void later(way, () => {
        if (!isCut()) fleet.alarm?.(structuredClone(alarm));
      });
    },
  };
}

async function later(ms: number, act: () => void): Promise<void> {
  await sleep(ms);
  act();
}

const none = async () => failed('not-found');
const nothingToOpen: UnitOpeners = {
  openJournal: none,
  openSource: none,
  openDestination: none,
  dropJournal: async () => undefined,
  openGivenNames: none,
  openPeople: none,
  startUnit: () => {
    throw new Error('there are no units here');
  },
};
