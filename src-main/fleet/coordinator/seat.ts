import { failed, ProblemError, type Result } from '../../../src-shared/model/problem.ts';
import type { Coordinator } from './coordinator.ts';

/**
 * The place of the coordinator in a process. Whoever sits there may be asked to rest, and another one, opened anew over the same store, may go on:
 * for everybody else in the process it is one coordinator. While it rests nothing is granted, taken or changed; what it knows is still told.
 */
export class Seat {
  /** Whoever sits here now. */
  readonly coordinator: Coordinator;
  readonly #open: () => Promise<Coordinator>;
  #sitting: Coordinator;
  #resting = false;
  /** What was asked and may still write. A beat may have several steps, and close would come between them. */
  readonly #underWay = new Set<Promise<unknown>>();
  /** Aborted when another one has sat down: whoever waits for something looks again. */
  #changed = new AbortController();

  static async take(open: () => Promise<Coordinator>): Promise<Seat> {
    return new Seat(open, await open());
  }

  private constructor(open: () => Promise<Coordinator>, first: Coordinator) {
    this.#open = open;
    this.#sitting = first;
    this.coordinator = this.#forwarding();
  }

  /** Lets it rest: what is under way ends and is written down, once. */
  async rest(): Promise<void> {
    if (this.#resting) return;
    this.#resting = true;
    await Promise.allSettled(this.#underWay);
    await this.#sitting.close();
  }

  /** Another one goes on from what is in the store. */
  async goOn(): Promise<void> {
    this.#sitting = await this.#open();
    this.#resting = false;
    this.#changed.abort();
    this.#changed = new AbortController();
  }

  async #tracked<T>(asked: Promise<T>): Promise<T> {
    this.#underWay.add(asked);
    try {
      return await asked;
    } finally {
      this.#underWay.delete(asked);
    }
  }

  #forwarding(): Coordinator {
    const now = (): Coordinator => this.#sitting;
    const unlessResting = <T>(ask: (coordinator: Coordinator) => Promise<Result<T>>): Promise<Result<T>> =>
      this.#resting ? Promise.resolve(failed('fleet-moving')) : this.#tracked(ask(now()));
    const orThrow = <T>(ask: (coordinator: Coordinator) => Promise<T>): Promise<T> =>
      this.#resting ? Promise.reject(new ProblemError({ code: 'fleet-moving' })) : this.#tracked(ask(now()));
    return {
      fleet: {
        // For an agent it is as if the beat were lost.
        beat: async (beat) =>
          this.#resting ? failed('coordinator-away') : this.#tracked(now().fleet.beat(beat)),
        alarm: (alarm) => now().fleet.alarm?.(alarm),
      },
      addTask: (wish) => orThrow((coordinator) => coordinator.addTask(wish)),
      order: (task, order) => unlessResting((coordinator) => coordinator.order(task, order)),
      setFilters: (task, filters) => unlessResting((coordinator) => coordinator.setFilters(task, filters)),
      setGentle: (task, gentle) => unlessResting((coordinator) => coordinator.setGentle(task, gentle)),
      setRules: (task, rules) => unlessResting((coordinator) => coordinator.setRules(task, rules)),
      setBandwidth: (machine, bandwidth) =>
        unlessResting((coordinator) => coordinator.setBandwidth(machine, bandwidth)),
      setPlan: (task, plan) => unlessResting((coordinator) => coordinator.setPlan(task, plan)),
      setMachineRules: (machine, rules) =>
        unlessResting((coordinator) => coordinator.setMachineRules(machine, rules)),
      items: (...asked) => unlessResting((coordinator) => coordinator.items(...asked)),
      account: (run) => unlessResting((coordinator) => coordinator.account(run)),
      note: (task, facts) => orThrow((coordinator) => coordinator.note(task, facts)),
      task: (id) => now().task(id),
      plan: (task) => now().plan(task),
      nextEnd: (task) => AbortSignal.any([now().nextEnd(task), this.#changed.signal]),
      tasks: (page) => now().tasks(page),
      runs: (task) => now().runs(task),
      pace: (run) => now().pace(run),
      overview: () => now().overview(),
      series: () => now().series(),
      events: (page) => now().events(page),
      gone: (machine) => now().gone(machine),
      isWorking: () => now().isWorking(),
      lastSeen: (machine) => now().lastSeen(machine),
      machines: () => now().machines(),
      // One that rests has written everything down, and what is in the store may be another's by now.
      close: async () => (this.#resting ? undefined : now().close()),
    };
  }
}
