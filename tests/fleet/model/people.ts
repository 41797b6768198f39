import type { RunOrder } from '../../../src-main/fleet/coordinator/orders.ts';
import { isComplete } from '../../../src-shared/model/run.ts';
import { defaultSettings } from '../../../src-shared/model/settings.ts';
import type { CoordinatorMachine } from './coordinator-machine.ts';
import type { Watch } from './watch.ts';
import type { World } from './world.ts';

const LOOK_EVERY_MS = 2_000;

/** People at the screen of the coordinator: they order this and that, and in the end they want the task to be done. */
export class People {
  /** The task is done, and all is as it has to be. */
  content = false;
  readonly #world: World;
  readonly #machine: CoordinatorMachine;
  readonly #watch: Watch;
  #task: string | undefined;
  /** They have ordered a pause, and leave it at that for now. */
  #leaves = true;

  constructor(world: World, machine: CoordinatorMachine, watch: Watch) {
    this.#world = world;
    this.#machine = machine;
    this.#watch = watch;
  }

  async begin(): Promise<void> {
    const { coordinator } = this.#machine;
    if (this.#task !== undefined) return;
    if (coordinator === undefined) {
      this.#world.after(LOOK_EVERY_MS, () => void this.begin());
      return;
    }
    const { id } = await coordinator.addTask({
      name: 'Share',
      source: '/share',
      destination: 'https://contoso.sharepoint.com/sites/x',
      settings: defaultSettings,
    });
    this.#task = id;
    await this.order('start');
  }

  async order(order: RunOrder): Promise<void> {
    const { coordinator } = this.#machine;
    if (coordinator === undefined || this.#task === undefined) return;
    const done = await coordinator.order(this.#task, order);
    this.#world.say('people', () => `${order}: ${done.ok ? done.value.state : done.problem.code}`);
  }

  /** They look again and again: what was stopped is begun anew, and what is done is held against what there was to do. */
  keepLooking(): void {
    if (this.content) return;
    // A coordinator that dies meanwhile never answers: whoever waits for it looks again all the same.
    this.#world.after(LOOK_EVERY_MS, () => this.keepLooking());
    void this.#look();
  }

  /** From now on they end every pause. */
  seeItThrough(): void {
    this.#leaves = false;
  }

  /** What they see now. */
  get seen(): string {
    const row = this.#task === undefined ? undefined : this.#machine.coordinator?.task(this.#task);
    if (row?.ok !== true) return row?.problem.code ?? 'nothing';
    const { state, counts } = row.value;
    return `${state}, ${counts.found.files} found, ${counts.byOutcome.copied.files} copied`;
  }

  async #look(): Promise<void> {
    const { coordinator } = this.#machine;
    if (this.#task === undefined && !this.#leaves) await this.begin();
    if (coordinator === undefined || this.#task === undefined || coordinator.isWorking()) return;
    const row = coordinator.task(this.#task);
    if (!row.ok) {
      this.#world.violate('the task is there', row.problem.code);
      return;
    }
    const { state, run } = row.value;
    if (state === 'ready' || state === 'stopped') await this.order('start');
    else if (isComplete(state) && run !== null) {
      await this.#watch.completed(coordinator, row.value, run.id);
      this.content = true;
    } else if (state === 'paused' && !this.#leaves) await this.order('resume');
    else if (state === 'failed') this.#world.violate('no run fails', JSON.stringify(run?.problem));
  }
}
