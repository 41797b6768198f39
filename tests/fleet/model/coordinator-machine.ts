import { type Coordinator, openCoordinator } from '../../../src-main/fleet/coordinator/coordinator.ts';
import type { FleetStore } from '../../../src-main/store/fleet-store.ts';
import type { RunResults } from '../../../src-main/store/run-results.ts';
import { ok } from '../../../src-shared/model/problem.ts';
import type { Host } from './line.ts';
import {
  type FleetDatabase,
  openFleetStoreIn,
  openResultsIn,
  pools,
  type ResultsDatabase,
} from './memory-stores.ts';
import { Clock, type DeathAtCall, Program } from './program.ts';
import type { World } from './world.ts';

/** Stands between the coordinator and its stores. */
export interface Between {
  store(store: FleetStore): FleetStore;
  results(results: RunResults): RunResults;
}

export const nothingBetween: Between = { store: (store) => store, results: (results) => results };

/** The machine that the coordinator runs on, or does not. */
export class CoordinatorMachine {
  readonly clock: Clock;
  program: Program | undefined;
  /** Undefined while it is down or starting. */
  coordinator: Coordinator | undefined;
  readonly #world: World;
  readonly #watch: Between;
  readonly #between: ((program: Program) => Between) | undefined;
  readonly #fleet: FleetDatabase = pools.fleet.take();
  readonly #results = new Map<string, ResultsDatabase>();
  #ids = 0;

  constructor(parts: {
    world: World;
    /** What is written and taken is looked at here. */
    watch: Between;
    between?: ((program: Program) => Between) | undefined;
  }) {
    this.#world = parts.world;
    this.#watch = parts.watch;
    this.#between = parts.between;
    this.clock = new Clock(parts.world);
  }

  get host(): Host | undefined {
    const { program, coordinator } = this;
    return program && coordinator && { program, fleet: coordinator.fleet, gone: coordinator.gone };
  }

  start(): void {
    if (this.program !== undefined) return;
    const program = new Program(this.#world, 'coordinator');
    program.onDeath = () => {
      this.program = undefined;
      this.coordinator = undefined;
    };
    this.program = program;
    this.#world.say('coordinator', () => 'starts');
    void this.#open(program).then(
      (coordinator) => {
        if (program.alive) this.coordinator = coordinator;
      },
      (error: unknown) => this.#world.violate('the coordinator starts', String(error)),
    );
  }

  kill(): void {
    this.program?.kill();
  }

  killAtCall(death: DeathAtCall, then: () => void): void {
    this.program?.dieAt(death, then);
  }

  clear(): void {
    pools.fleet.giveBack(this.#fleet);
    for (const results of this.#results.values()) pools.results.giveBack(results);
    this.#results.clear();
  }

  #open(program: Program): Promise<Coordinator> {
    const between = this.#between?.(program) ?? nothingBetween;
    return openCoordinator({
      store: this.#watch.store(between.store(openFleetStoreIn(this.#fleet, program))),
      now: this.clock.now,
      steady: program.steady,
      newId: () => {
        this.#ids += 1;
        return `made-${this.#ids}`;
      },
      openResults: async (run) => {
        const database = this.#results.get(run) ?? pools.results.take();
        this.#results.set(run, database);
        const results = between.results(openResultsIn(database, program));
        return ok({ results: this.#watch.results(results), notices: [] });
      },
    });
  }
}
