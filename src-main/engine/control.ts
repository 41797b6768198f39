import type { Order } from '../../src-shared/contract/fleet.ts';
import type { Problem } from '../../src-shared/model/problem.ts';
import { sleep } from '../basics/sleep.ts';
import type { EngineEnvironment, RunningUnit } from './unit.ts';
import type { Slot } from './waits.ts';

/** How long a slot that may not write waits before it asks again. */
const LEASE_POLL_MS = 250;

/**
 * Orders, as the work sees them. Work asks at every border (before it takes something up, before it writes) and
 * is held there while the unit is paused or its lease in doubt; a hard stop aborts what is under way as well.
 */
export class Control {
  readonly #env: EngineEnvironment;
  readonly #abort = new AbortController();
  readonly #end = new AbortController();
  #state: RunningUnit['state'] = 'running';
  #finishing = false;
  #problem: Problem | undefined;
  /** Pieces of work that are under way and not held at a border. */
  #busy = 0;
  #held: (() => void)[] = [];
  readonly #onEnding: (() => void)[] = [];
  readonly #onChange: (() => void)[] = [];

  constructor(env: EngineEnvironment) {
    this.#env = env;
  }

  /** Calls back once nothing new may be begun any more. */
  onEnding(call: () => void): void {
    this.#onEnding.push(call);
  }

  /** Calls back after every order, and when the unit fails. */
  onChange(call: () => void): void {
    this.#onChange.push(call);
  }

  get state(): RunningUnit['state'] {
    return this.#state;
  }

  /** Aborted as soon as nothing more may be done: by `stop`, or because the unit failed. */
  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** Nothing more may be done, or nothing new may be begun. */
  get ending(): boolean {
    return this.#finishing || this.#abort.signal.aborted;
  }

  /** Why the unit fails, if it does. */
  get problem(): Problem | undefined {
    return this.#problem;
  }

  order(order: Order): void {
    if (this.#state === 'ended') return;
    if (order === 'stop') {
      this.#state = 'stopping';
      this.#abort.abort();
    } else if (this.#state === 'stopping') {
      // It goes one way: who wants to work again starts a new run.
      return;
    } else if (order === 'finish') {
      this.#state = 'stopping';
      this.#finishing = true;
    } else if (order === 'work') {
      this.#state = 'running';
    } else if (this.#state === 'running') {
      this.#state = 'pausing';
      this.#notePause();
    }
    this.#noteChange();
  }

  /** The unit cannot go on. The first reason counts: what follows from it says less. */
  fail(problem: Problem): void {
    if (this.#abort.signal.aborted) return;
    this.#problem = problem;
    this.#state = 'stopping';
    this.#abort.abort();
    this.#noteChange();
  }

  ended(): void {
    this.#state = 'ended';
  }

  /** Runs a piece of work, which counts until it is done or held at a border. */
  async busy<T>(work: () => Promise<T>): Promise<T> {
    this.#busy += 1;
    try {
      return await work();
    } finally {
      this.#busy -= 1;
      this.#notePause();
    }
  }

  /** Before something new is taken up; not within {@link busy}. False: take up nothing more. */
  async mayStart(slot: Slot): Promise<boolean> {
    while (!this.ending && this.#isPause()) await this.#hold(slot);
    return !this.ending;
  }

  /** Within {@link busy}, before something is tried again: waits out a pause. False: take up nothing more. */
  async mayGoOn(slot: Slot): Promise<boolean> {
    while (!this.ending && this.#isPause()) await this.aside(() => this.#hold(slot));
    return !this.ending;
  }

  /**
   * Whether those who wait until the source may be read are to wait no longer, since that holds back a pause or an end.
   * @param closed nothing is read for hours; what is begun is not finished for so long either
   */
  turnsAway(closed: boolean): boolean {
    return this.signal.aborted || this.#isPause() || (this.#finishing && closed);
  }

  /** Before each call that writes, within {@link busy}. Waits out a pause and a lease in doubt. False: write nothing more. */
  async mayWrite(slot: Slot): Promise<boolean> {
    while (!this.signal.aborted && (this.#isPause() || !this.#env.mayWrite())) {
      await this.aside(() => (this.#isPause() ? this.#hold(slot) : this.sleep(LEASE_POLL_MS)));
    }
    return !this.signal.aborted;
  }

  /** Within {@link busy}: waits for something while which this piece of work does not count. */
  async aside(wait: () => Promise<void>): Promise<void> {
    this.#busy -= 1;
    this.#notePause();
    try {
      await wait();
    } finally {
      this.#busy += 1;
    }
  }

  sleep(ms: number): Promise<void> {
    return (this.#env.sleep ?? sleep)(ms, this.signal);
  }

  /** For what is waited for before anything is begun: ends as soon as nothing new may be begun. */
  sleepBefore(ms: number): Promise<void> {
    return (this.#env.sleep ?? sleep)(ms, this.#end.signal);
  }

  #isPause(): boolean {
    return this.#state === 'pausing' || this.#state === 'paused';
  }

  #hold(slot: Slot): Promise<void> {
    return slot.during(
      'paused',
      () =>
        new Promise((resolve) => {
          this.#held.push(resolve);
        }),
    );
  }

  #release(): void {
    if (this.#isPause()) return;
    const held = this.#held;
    this.#held = [];
    for (const go of held) go();
  }

  #noteChange(): void {
    this.#release();
    this.#noteEnding();
    for (const call of this.#onChange) call();
  }

  #noteEnding(): void {
    if (!this.ending) return;
    this.#end.abort();
    for (const call of this.#onEnding.splice(0)) call();
  }

  #notePause(): void {
    if (this.#state === 'pausing' && this.#busy === 0) this.#state = 'paused';
  }
}
