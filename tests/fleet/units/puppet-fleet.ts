import { openCoordinator } from '../../../src-main/fleet/coordinator/coordinator.ts';
import { storeOver } from '../../../src-main/store/open-fleet-store.ts';
import { resultsOver } from '../../../src-main/store/open-run-results.ts';
import type {
  Answer,
  Answering,
  Args,
  NameOf,
  Procedures,
} from '../../../src-main/store/thread/procedures.ts';
import { ok } from '../../../src-shared/model/problem.ts';
import { defaultSettings } from '../../../src-shared/model/settings.ts';
import type { InProcess } from '../model/memory-database.ts';
import { pools, type ResultsDatabase } from '../model/memory-stores.ts';
import { Puppet } from './puppet.ts';
import type { Place, Share } from './puppet-unit.ts';

/** A coordinator over databases in memory, and three machines; the coordinator can be killed at any time. */
export class PuppetFleet {
  now = 1_700_000_000_000;
  readonly place: Place = { there: new Set(), owners: new Map() };
  readonly puppets: readonly Puppet[];
  /** Machines that were rung, in order. */
  readonly rung: string[] = [];
  /** While there is one, results are written when it is settled. */
  disk: Promise<void> | undefined;
  /** Calls to results that wait for that. */
  waitingForDisk = 0;
  readonly #database = pools.fleet.take();
  readonly #results = new Map<string, ResultsDatabase>();
  #ids = 0;
  coordinator = this.#open();

  constructor(share: Share) {
    this.puppets = ['machine-a', 'machine-b', 'machine-c'].map((name) => new Puppet(name, share, this.place));
  }

  /** A share that is one folder with so many files. */
  static ofOneFolder(files: number): PuppetFleet {
    const names = Array.from({ length: files }, (_, no) => `file ${no}`);
    return new PuppetFleet(new Map([['', { folders: [], files: names }]]));
  }

  /** A task of the share; its id. */
  async addTask(): Promise<string> {
    const coordinator = await this.coordinator;
    const wish = { name: 'Share', source: '/share', destination: 'https://x', settings: defaultSettings };
    return (await coordinator.addTask(wish)).id;
  }

  async killCoordinator(): Promise<void> {
    await this.coordinator;
    this.coordinator = this.#open();
  }

  clear(): void {
    pools.fleet.giveBack(this.#database);
    for (const results of this.#results.values()) pools.results.giveBack(results);
  }

  async #written(): Promise<void> {
    this.waitingForDisk += 1;
    await this.disk;
    this.waitingForDisk -= 1;
  }

  #open() {
    return openCoordinator({
      store: storeOver(answering(this.#database.open()), 'none', () => undefined),
      now: () => this.now,
      steady: () => this.now,
      newId: () => `made-${++this.#ids}`,
      onRing: (machine) => this.rung.push(machine),
      openResults: async (run) => {
        const database = this.#results.get(run) ?? pools.results.take();
        this.#results.set(run, database);
        const both = answering(database.open(), () => this.#written());
        const results = resultsOver(both, { get: async () => both, close: async () => undefined });
        return ok({ results, notices: [] });
      },
    });
  }
}

function answering<P extends Procedures>(
  opened: InProcess<P>,
  written: () => Promise<void> | undefined = () => undefined,
): Answering<P> {
  return {
    async call<K extends NameOf<P>>(name: K, ...args: Args<P, K>): Promise<Answer<P, K>> {
      const answer = opened.call(name, ...args);
      await written();
      return answer;
    },
    backUp: async () => undefined,
    closing: false,
    close: async () => undefined,
  };
}
