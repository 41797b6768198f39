import { logNormal, seededRandom } from '../../../src-practice/random.ts';
import { AgentMachine } from './agent-machine.ts';
import { lengthOf, prepare, type Stage } from './befall.ts';
import { type Between, CoordinatorMachine } from './coordinator-machine.ts';
import { fair, Line } from './line.ts';
import { People } from './people.ts';
import type { Plan } from './plan.ts';
import type { Program } from './program.ts';
import { growTree } from './tree.ts';
import { VirtualDestination } from './virtual-destination.ts';
import { Watch } from './watch.ts';
import { type Violation, World } from './world.ts';

/** What came of a schedule. */
export interface Outcome {
  /** What was wrong; undefined when nothing was. */
  readonly violation: Violation | undefined;
  readonly trace: readonly string[];
  /** Things that happened. */
  readonly steps: number;
  /** Virtual milliseconds. */
  readonly ms: number;
}

/** When nothing ails any more, a run must come to its end within this time. */
const ENDS_WITHIN_MS = 400_000;
/** A request takes no longer in one way, so that it is over within the margin of a fence. */
const LONGEST_WAY_MS = 1_900;

export interface PlayOptions {
  /** Keeps what was said and done, for people. */
  readonly traced?: boolean | undefined;
  /** Stands between the coordinator and its stores, to break something. */
  readonly between?: ((program: Program) => Between) | undefined;
}

/** Plays a schedule to its end: faults, then quiet, and everything must come right. What was to happen after the end of the run happens no more. */
export async function play(plan: Plan, options: PlayOptions = {}): Promise<Outcome> {
  const schedule = new Schedule(plan, options);
  try {
    return await schedule.play();
  } finally {
    schedule.clear();
  }
}

class Schedule {
  readonly #plan: Plan;
  readonly #stage: Stage;

  constructor(plan: Plan, { traced, between }: PlayOptions) {
    this.#plan = plan;
    const world = new World(traced);
    const random = (what: string) => seededRandom(`${plan.seed}/${what}`);
    const requests = random('requests');
    const requestMs = () => Math.min(LONGEST_WAY_MS, logNormal(requests, plan.requestMs / 2, 1));
    const stores = random('stores');
    const storeMs = () => (plan.storeMs === 0 ? 0 : Math.floor(stores() ** 4 * plan.storeMs));
    const tree = growTree(random('tree'));
    const destination = new VirtualDestination(world);
    const watch = new Watch(world, tree, destination);
    const coordinator = new CoordinatorMachine({ world, watch, between });
    const machines = plan.lateness.map((lateness, no) => {
      const line = new Line({
        world,
        random: random(`line ${no}`),
        host: () => coordinator.host,
        watch: (beat, answer) => watch.answered(beat, answer),
      });
      return new AgentMachine({
        ...{ world, line, lateness, storeMs, random: random(`agent ${no}`) },
        ...{ ground: { tree, destination, requestMs }, name: `machine-${no + 1}` },
      });
    });
    const people = new People(world, coordinator, watch);
    this.#stage = { world, machines, coordinator, people, watch };
  }

  async play(): Promise<Outcome> {
    const { world, coordinator, machines, people } = this.#stage;
    coordinator.start();
    for (const machine of machines) machine.start();
    world.after(10, () => void people.begin());
    people.keepLooking();
    for (const fault of this.#plan.faults) prepare(this.#stage, fault);
    const quietFrom = Math.max(0, ...this.#plan.faults.map((fault) => fault.at + lengthOf(fault))) + 1;
    world.after(quietFrom, () => this.#heal());
    const latest = world.started + quietFrom + ENDS_WITHIN_MS;
    let steps = 0;
    while (world.violation === undefined && !people.content && (await world.step())) {
      steps += 1;
      if (world.now > latest) world.violate('the run does not end', people.seen);
    }
    return {
      violation: world.violation,
      trace: world.trace ?? [],
      steps,
      ms: world.now - world.started,
    };
  }

  clear(): void {
    for (const machine of this.#stage.machines) machine.clear();
    this.#stage.coordinator.clear();
  }

  /** Nothing ails any more: who can run runs, and messages arrive. Clocks stay as wrong as they are, and run right. */
  #heal(): void {
    const { world, coordinator, machines, people } = this.#stage;
    world.say('fault', () => 'nothing any more');
    coordinator.clock.run(1);
    coordinator.program?.goOn();
    coordinator.start();
    for (const machine of machines) {
      machine.clock.run(1);
      machine.line.weather = fair;
      Object.assign(machine.line.cut, { there: false, back: false });
      machine.program?.goOn();
      machine.start();
    }
    people.seeItThrough();
  }
}
