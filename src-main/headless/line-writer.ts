import type { ProgressOutput } from './progress-printer.ts';
import { fitted } from './progress-text.ts';

/** A terminal is drawn no more often than this, a log gets a line this often, in milliseconds. */
const DRAW_EVERY = 200;
const LOG_EVERY = 10_000;
const CLEAR_LINE = '\r\u001b[2K';

/** One line of progress: redrawn on a terminal, a line every ten seconds elsewhere. */
export class LineWriter {
  readonly #output: ProgressOutput;
  readonly #now: () => number;
  #drawn = false;
  #last: number;

  constructor(output: ProgressOutput, now: () => number) {
    this.#output = output;
    this.#now = now;
    // What is over within seconds needs no line in a log.
    this.#last = output.isTTY === true ? Number.NEGATIVE_INFINITY : now();
  }

  /** @param text asked for only when it is shown */
  show(text: () => string): void {
    const now = this.#now();
    const isTerminal = this.#output.isTTY === true;
    if (now - this.#last < (isTerminal ? DRAW_EVERY : LOG_EVERY)) return;
    this.#last = now;
    if (isTerminal) this.#output.write(`${CLEAR_LINE}${fitted(text(), this.#output.columns || 80)}`);
    else this.#output.write(`${text()}\n`);
    this.#drawn = isTerminal;
  }

  clear(): void {
    if (this.#drawn) this.#output.write(CLEAR_LINE);
    this.#drawn = false;
  }
}
