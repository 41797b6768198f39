import type { Coordinator } from '../../../src-main/fleet/coordinator/coordinator.ts';
import type { FleetStore, Unit } from '../../../src-main/store/fleet-store.ts';
import type { RunResults } from '../../../src-main/store/run-results.ts';
import type { TaskRow } from '../../../src-shared/contract/console-types.ts';
import type { Beat, BeatAnswer } from '../../../src-shared/contract/fleet.ts';
import { addsUp } from '../../../src-shared/model/counts.ts';
import type { Result } from '../../../src-shared/model/problem.ts';
import type { Between } from './coordinator-machine.ts';
import type { Tree } from './tree.ts';
import type { VirtualDestination } from './virtual-destination.ts';
import type { World } from './world.ts';

const MORE_THAN_ALL = 10_000;

/** What must be true at any moment, and in the end. Who may write where is watched over by the destination. */
export class Watch implements Between {
  /** A journal that lost its end finds again what it had told of: until it has, a unit has found less than it has told. */
  powerWasCut = false;
  readonly #world: World;
  readonly #tree: Tree;
  readonly #destination: VirtualDestination;
  readonly #epochs = new Map<string, Unit>();
  readonly #acknowledged = new Map<string, number>();
  /** What is to happen when a machine has lost a unit to another, once. */
  readonly #whenReplaced = new Map<string, (() => void)[]>();

  constructor(world: World, tree: Tree, destination: VirtualDestination) {
    this.#world = world;
    this.#tree = tree;
    this.#destination = destination;
  }

  store(store: FleetStore): FleetStore {
    return {
      ...store,
      saveUnits: async (changes) => {
        await store.saveUnits(changes);
        for (const unit of changes.units ?? []) this.#written(unit);
      },
      takeOffers: async (giver, offered) => {
        await store.takeOffers(giver, offered);
        this.#written(giver);
      },
    };
  }

  /** The coordinator counts after whatever it took. */
  results(results: RunResults): RunResults {
    return {
      ...results,
      counts: async () => {
        const counts = await results.counts();
        if (!this.powerWasCut && !addsUp(counts, false))
          this.#world.violate('sums add up', JSON.stringify(counts));
        return counts;
      },
    };
  }

  /** Does something when a machine has lost a unit to another. */
  whenReplaced(machine: string, job: () => void): void {
    this.#whenReplaced.set(machine, [...(this.#whenReplaced.get(machine) ?? []), job]);
  }

  #written(unit: Unit): void {
    const before = this.#epochs.get(unit.id);
    this.#epochs.set(unit.id, unit);
    if (before === undefined) return;
    if (before.holder !== null && unit.state === 'held' && unit.holder !== before.holder) {
      for (const job of this.#whenReplaced.get(before.holder) ?? []) job();
      this.#whenReplaced.delete(before.holder);
    }
    if (unit.epoch < before.epoch)
      this.#world.violate('epochs only rise', `${unit.id} from ${before.epoch} to ${unit.epoch}`);
    // A unit whose journal is lost is let go without a holder: nobody goes on with it.
    const another = unit.holder !== before.holder && unit.holder !== null;
    if (unit.epoch === before.epoch && another && before.holder !== null)
      this.#world.violate(
        'each holder has an epoch of its own',
        `${unit.id}: ${before.holder}, ${unit.holder}`,
      );
  }

  /** The coordinator has answered a beat. */
  answered(beat: Beat, answer: Result<BeatAnswer>): void {
    if (!answer.ok) {
      this.#world.violate('no beat is refused', `${answer.problem.code} ${answer.problem.detail ?? ''}`);
      return;
    }
    for (const { unit, held, acknowledged } of answer.value.units) {
      if (!held) continue;
      const claim = beat.units.find((each) => each.unit === unit);
      const key = `${unit} ${claim?.epoch}`;
      const before = this.#acknowledged.get(key) ?? 0;
      if (acknowledged < before)
        this.#world.violate('what is safe stays safe', `${unit}: ${before}, then ${acknowledged}`);
      this.#acknowledged.set(key, acknowledged);
    }
  }

  /** The last run is complete: everything has been found, is accounted for once, and is there. */
  async completed(coordinator: Coordinator, { counts, state }: TaskRow, run: string): Promise<void> {
    const files = this.#tree.nodes.filter(({ kind }) => kind === 'file').map(({ path }) => path);
    const { copied, present } = counts.byOutcome;
    if (state !== 'complete' || !addsUp(counts, true) || copied.files + present.files !== files.length)
      this.#world.violate(
        'everything is counted',
        `${state}, ${files.length} files: ${JSON.stringify(counts)}`,
      );
    const page = await coordinator.items(run, {}, undefined, MORE_THAN_ALL);
    const told = page.ok ? page.value.items.map(({ path }) => path) : [];
    this.#same('results', told);
    this.#same('copies', [...this.#destination.stored.keys()]);
  }

  #same(what: string, paths: readonly string[]): void {
    const left = new Map(this.#tree.nodes.map(({ path }) => [path, 0]));
    for (const path of paths) left.set(path, (left.get(path) ?? 1) + 1);
    const wrong = [...left].filter(([, times]) => times !== 1);
    if (wrong.length > 0) this.#world.violate(`every item is once in the ${what}`, JSON.stringify(wrong));
  }
}
