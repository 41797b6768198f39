/** More than these are not waited for by anybody who keeps to the turns. */
const MOST_UNHEARD = 4;

/**
 * What two machines say to each other in turns, within a connection that carries other things as well. It ends with the connection, and is not
 * gone on with over another one.
 */
export class Conversation<Says, Hears> {
  readonly #send: (say: Says) => void;
  readonly #heard: Hears[] = [];
  #wake: (() => void) | undefined;
  #over = false;

  constructor(send: (say: Says) => void) {
    this.#send = send;
  }

  get over(): boolean {
    return this.#over;
  }

  say(say: Says): void {
    if (!this.#over) this.#send(say);
  }

  /** The next that is said; undefined when it is over, or nothing was said for so long. */
  async next(patienceMs: number): Promise<Hears | undefined> {
    if (this.#heard.length === 0 && !this.#over) {
      await new Promise<void>((resolve) => {
        const late = setTimeout(resolve, patienceMs);
        this.#wake = () => {
          clearTimeout(late);
          resolve();
        };
      });
      this.#wake = undefined;
    }
    return this.#over ? undefined : this.#heard.shift();
  }

  hear(heard: Hears): void {
    this.#heard.push(heard);
    if (this.#heard.length > MOST_UNHEARD) this.end();
    else this.#wake?.();
  }

  end(): void {
    this.#over = true;
    this.#wake?.();
  }
}
