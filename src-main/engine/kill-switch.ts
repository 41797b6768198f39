/**
 * For tests: a process that is killed at a certain call. What it calls from then on never answers, and the call itself
 * had its effect or had not; everything outside (files, databases, the destination) stays as it is.
 */
export class KillSwitch {
  readonly killed: Promise<void>;
  readonly #at: number;
  readonly #afterEffect: boolean;
  #calls = 0;
  #kill: () => void = () => undefined;

  /** @param at the number of the call; @param afterEffect whether that call still has its effect */
  constructor(at: number, afterEffect: boolean) {
    this.#at = at;
    this.#afterEffect = afterEffect;
    this.killed = new Promise((resolve) => {
      this.#kill = resolve;
    });
  }

  get calls(): number {
    return this.#calls;
  }

  /** The same thing, as the process that is going to be killed sees it. */
  wrap<T extends object>(target: T): T {
    return new Proxy(target, {
      get: (_, key) => {
        const member: unknown = Reflect.get(target, key);
        if (typeof member !== 'function') return member;
        return (...args: unknown[]): unknown => this.#call(() => member.apply(target, args));
      },
    });
  }

  #call(call: () => unknown): unknown {
    this.#calls += 1;
    if (this.#calls < this.#at) return call();
    if (this.#calls === this.#at) {
      // What it says in the end, nobody is there to hear.
      if (this.#afterEffect) void Promise.resolve(call()).catch(() => undefined);
      this.#kill();
    }
    return neverAnswers;
  }
}

/** Both a promise and a stream that nothing ever comes of. */
const neverAnswers = Object.assign(new Promise<never>(() => undefined), {
  [Symbol.asyncIterator]: () => ({ next: () => neverAnswers }),
});
