import type { World } from './world.ts';

/** A clock on a wall: it may be set, and it may run too fast or too slow. */
export class Clock {
  readonly #world: World;
  /** It said `#said` when the true time was `#then`. */
  #said: number;
  #then: number;
  #rate = 1;

  constructor(world: World) {
    this.#world = world;
    this.#said = world.now;
    this.#then = world.now;
  }

  readonly now = (): number => Math.floor(this.#exactly());

  /** Sets it forward or (less than nought) back. */
  set(byMs: number): void {
    this.#said = this.#exactly() + byMs;
    this.#then = this.#world.now;
  }

  /** @param rate 1.01 gains one second in a hundred */
  run(rate: number): void {
    this.set(0);
    this.#rate = rate;
  }

  #exactly(): number {
    return this.#said + (this.#world.now - this.#then) * this.#rate;
  }
}

/** How a program dies at one of its next calls to a store. */
export interface DeathAtCall {
  /** 1: the next one. */
  readonly calls: number;
  /** The call is carried out, and nobody hears of it. */
  readonly done: boolean;
}

/**
 * A process on a machine, as far as it meets the world: its waits, its calls to stores, what comes from outside. Nothing of that
 * happens any more once it is dead; while it is stopped or its machine sleeps, it waits.
 */
export class Program {
  readonly world: World;
  readonly name: string;
  alive = true;
  asleep = false;
  /** How much later than asked its timers go off: 1 is at once. A busy machine lets them wait. */
  lateness: number;
  /** Told once, when it dies. */
  onDeath: () => void = () => undefined;
  /** How long a store takes to answer. */
  storeMs: () => number = () => 0;
  #sleepsSince = 0;
  #slept = 0;
  readonly #held: (() => void)[] = [];
  #death: (DeathAtCall & { readonly then: () => void }) | undefined;

  constructor(world: World, name: string, lateness = 1) {
    this.world = world;
    this.name = name;
    this.lateness = lateness;
  }

  /** Its clock that nobody sets; while its machine sleeps, it stands still. */
  readonly steady = (): number =>
    this.world.now - this.#slept - (this.asleep ? this.world.now - this.#sleepsSince : 0);

  /** Lets something happen to it after a while of true time. */
  after(ms: number, job: () => void): void {
    this.world.after(ms, () => this.now(job));
  }

  /** Lets something happen to it as soon as it runs. */
  now(job: () => void): void {
    if (!this.alive) return;
    if (this.asleep) this.#held.push(job);
    else job();
  }

  /** As the product waits: after `ms`, or as soon as the signal is aborted. */
  readonly sleep = (ms: number, signal: AbortSignal): Promise<void> => {
    if (!this.alive) return never();
    if (signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const done = (): void => {
        signal.removeEventListener('abort', done);
        resolve();
      };
      signal.addEventListener('abort', done);
      this.after(ms * this.lateness, done);
    });
  };

  /** A call to a store of its own: carried out at once, answered at once or after {@link storeMs}. */
  ask<T>(call: () => T): Promise<T> {
    if (!this.alive) return never();
    if (this.#death !== undefined) {
      const death = this.#death;
      this.#death = { ...death, calls: death.calls - 1 };
      if (death.calls <= 1) {
        if (death.done) call();
        this.kill();
        death.then();
        return never();
      }
    }
    // What it throws is what the promise is rejected with.
    return new Promise((resolve) => {
      const value = call();
      const ms = this.storeMs();
      if (ms === 0) resolve(value);
      else this.after(ms, () => resolve(value));
    });
  }

  /** A request to somebody outside: it gets there (whatever becomes of this program), and its answer comes back. */
  request<T>(going: number, happen: () => T, coming: number): Promise<T> {
    if (!this.alive) return never();
    return new Promise((resolve) => {
      this.world.after(going, () => {
        const value = happen();
        this.after(coming, () => resolve(value));
      });
    });
  }

  /** @param then called once it is dead by this */
  dieAt(death: DeathAtCall, then: () => void): void {
    this.#death = { ...death, then };
  }

  kill(): void {
    if (!this.alive) return;
    this.world.say(this.name, () => 'is killed');
    this.alive = false;
    this.#held.length = 0;
    this.onDeath();
  }

  stop(): void {
    if (this.asleep) return;
    this.asleep = true;
    this.#sleepsSince = this.world.now;
  }

  goOn(): void {
    if (!this.asleep) return;
    this.asleep = false;
    this.#slept += this.world.now - this.#sleepsSince;
    for (const job of this.#held.splice(0)) this.world.after(0, () => this.now(job));
  }
}

/** What a dead program waits for. */
function never<T>(): Promise<T> {
  return new Promise(() => undefined);
}
