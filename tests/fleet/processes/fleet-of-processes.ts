import { join } from 'node:path';
import type { TaskRow } from '../../../src-shared/contract/console-types.ts';
import type { TaskSettings } from '../../../src-shared/model/settings.ts';
import type { Rehearsal } from '../../support/rehearsal.ts';
import { MachineProcess } from './machine-process.ts';
import { patience } from './patience.ts';

export interface FleetPlace {
  /** Machines besides the coordinator. */
  readonly helpers: number;
  /** The address at which the coordinator listens. */
  readonly listen?: string;
  /** Called with the port of the coordinator, before anybody joins. */
  readonly onListening?: (port: number) => Promise<void>;
  /** Other names of the coordinator. */
  readonly alsoAt?: readonly string[];
  /** What starts a process where a helper stands. */
  readonly prefixOf?: (helper: number) => readonly string[];
}

/** A coordinator and machines that have joined it, each a process of its own, with the connections between them as in earnest. */
export class FleetOfProcesses {
  readonly coordinator: MachineProcess;
  readonly helpers: readonly MachineProcess[];
  readonly #stage: Rehearsal;

  static async make(stage: Rehearsal, place: FleetPlace): Promise<FleetOfProcesses> {
    const fleet = new FleetOfProcesses(stage, place);
    try {
      await fleet.#join(place);
    } catch (error) {
      await fleet.close();
      throw error;
    }
    return fleet;
  }

  private constructor(stage: Rehearsal, { helpers, prefixOf }: FleetPlace) {
    const { tenant, folder } = stage;
    this.#stage = stage;
    const signIn = [
      ...['--tenant', tenant.tenantId, '--client-id', tenant.apps.headless],
      ...['--certificate', join(folder, 'app.pem'), '--cloud', join(folder, 'cloud.json')],
    ];
    this.coordinator = new MachineProcess('coordinator', { folder, signIn });
    this.helpers = Array.from({ length: helpers }, (_, no) => {
      const prefix = prefixOf?.(no);
      return new MachineProcess(`helper-${no}`, { folder, signIn, ...(prefix ? { prefix } : {}) });
    });
  }

  get machines(): readonly MachineProcess[] {
    return [this.coordinator, ...this.helpers];
  }

  /** How many machines are connected, as the coordinator sees it. */
  async connected(): Promise<number> {
    const machines = await this.coordinator.ask((client) => client.fleet.machines());
    return machines.filter(({ connected }) => connected).length;
  }

  /** Waits until so many are; all when not said. */
  async together(count = this.helpers.length): Promise<void> {
    await patience(`${count} machines are connected`, async () =>
      (await this.connected()) >= count ? true : undefined,
    );
  }

  /** Makes a task of a folder and starts it. Returns its id. */
  async give(
    source: string,
    name: string,
    settings: Partial<TaskSettings> = {},
    at = this.coordinator,
  ): Promise<string> {
    const destination = this.#stage.address(name);
    const task = await at.ask(async ({ tasks }) => {
      const made = await tasks.create({ source, destination, name, settings });
      if (!made.ok) throw new Error(`${made.problem.code} ${made.problem.detail}`);
      return made.value.id;
    });
    await at.ask(({ tasks }) => tasks.order({ task, order: 'start' }));
    return task;
  }

  async row(task: string, at = this.coordinator): Promise<TaskRow> {
    const row = await at.ask(({ tasks }) => tasks.get({ task }));
    if (!row.ok) throw new Error(row.problem.code);
    return row.value;
  }

  /** How many machines work on something now. */
  async working(at = this.coordinator): Promise<number> {
    const overview = await at.ask(async (client) => {
      for await (const now of await client.overview.watch()) return now;
      throw new Error('the coordinator is closing');
    });
    return overview.agents.filter(({ state }) => state === 'working').length;
  }

  /** Waits until it is so of a task, for ten minutes at most. */
  until(
    task: string,
    what: string,
    isSo: (row: TaskRow) => boolean,
    at = this.coordinator,
  ): Promise<TaskRow> {
    return patience(
      what,
      async () => {
        const row = await this.row(task, at);
        return isSo(row) ? row : undefined;
      },
      600_000,
    );
  }

  /** What was written down of a task, oldest first. */
  async events(task: string) {
    const page = await this.coordinator.ask(({ events }) => events.page({ task, limit: 200 }));
    return page.reverse();
  }

  async close(): Promise<void> {
    await Promise.all(this.machines.map((machine) => machine.kill()));
  }

  async #join({ listen = '127.0.0.1', alsoAt = [], onListening }: FleetPlace): Promise<void> {
    await this.coordinator.start();
    const promoted = await this.coordinator.ask(({ fleet }) =>
      fleet.promote({ host: listen, port: 0, addresses: [listen, ...alsoAt] }),
    );
    if (!promoted.ok) throw new Error(promoted.problem.code);
    await onListening?.(promoted.value.listener?.port ?? 0);
    await Promise.all(
      this.helpers.map(async (helper) => {
        const invited = await this.coordinator.ask(({ fleet }) =>
          fleet.invite({ minutes: 10, accept: true }),
        );
        if (!invited.ok) throw new Error(invited.problem.code);
        const joined = await helper.say('join', invited.value.invitation);
        if (joined.code !== 0) throw new Error(joined.stderr);
        await helper.start();
      }),
    );
    await this.together();
  }
}
