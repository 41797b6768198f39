import { expect, vi } from 'vitest';
import type { TaskRow } from '../../src-shared/contract/console-types.ts';
import type { RunState } from '../../src-shared/model/run.ts';
import type { Unit } from '../store/fleet-store.ts';
import type { TaskOrder } from './coordinator/orders.ts';
import { FleetRig } from './fleet-rig.ts';

/** How long tests wait for something to be so, and how often they look. */
export const WAIT = { timeout: 50_000, interval: 5 };

/** One task on a rig, with what tests of the fleet say about it. A rig is used for many: opening its databases takes longer than a test does. */
export class Story {
  readonly rig: FleetRig;
  task = '';

  static async begin(): Promise<Story> {
    return new Story(await FleetRig.make());
  }

  private constructor(rig: FleetRig) {
    this.rig = rig;
  }

  /** A new task and a new agent. */
  async anew(): Promise<void> {
    await this.rig.anew();
    this.task = (await this.rig.addTask()).id;
  }

  row(): TaskRow {
    const result = this.rig.coordinator.task(this.task);
    if (!result.ok) throw new Error(result.problem.code);
    return result.value;
  }

  async order(...orders: TaskOrder[]): Promise<TaskRow> {
    for (const one of orders) {
      const result = await this.rig.coordinator.order(this.task, one);
      if (!result.ok) throw new Error(`${one}: ${result.problem.code} ${result.problem.detail}`);
    }
    return this.row();
  }

  /** Beats until the run is in that state, or it is so. */
  beatUntil(state: RunState | ((now: TaskRow) => boolean)): Promise<TaskRow> {
    return vi.waitFor(async () => {
      await this.rig.beat();
      const now = this.row();
      expect(typeof state === 'function' ? state(now) : now.state === state, now.state).toBe(true);
      return now;
    }, WAIT);
  }

  /** Starts a run and lets the agent list the share and copy two files; more only when the gate lets it. */
  async startAndCopyTwo(): Promise<TaskRow> {
    await this.order('start');
    this.rig.gate.give(3);
    return this.beatUntil(({ counts }) => counts.byOutcome.copied.files === 2);
  }

  async unit(): Promise<Unit> {
    const [first] = await this.rig.store.units(this.row().run?.id ?? '', { after: undefined, limit: 9 });
    if (first === undefined) throw new Error('no unit');
    return first;
  }

  /** Kinds of the task's events, oldest first. */
  async eventKinds(): Promise<string[]> {
    const events = await this.rig.coordinator.events({ task: this.task, limit: 100 });
    return events.map(({ facts }) => facts.kind).reverse();
  }
}
