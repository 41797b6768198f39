import type { TaskRow } from '../../src-shared/contract/console-types.ts';
import { fitted, progressText } from './progress-text.ts';

/** Where progress goes: a terminal, on which a line can be drawn over, or a file or pipe. */
export interface ProgressOutput {
  write(text: string): unknown;
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
}

/** How often a log gets a line. */
const LOG_EVERY_MS = 10_000;
/** Something was found, or it waits for longer than a beat. */
function isWorthALine({ counts, reason, state }: TaskRow): boolean {
  const waits = state === 'waiting' && reason !== null && reason.code !== 'waiting-for-agent';
  return counts.found.files > 0 || waits;
}

const CLEAR_LINE = '\r\u001b[2K';

/** Shows progress: one line that is redrawn on a terminal, a plain line every ten seconds elsewhere. */
export class ProgressPrinter {
  readonly #output: ProgressOutput;
  readonly #now: () => number;
  #drawn = false;
  #lastLine = Number.NEGATIVE_INFINITY;

  constructor(output: ProgressOutput, now: () => number) {
    this.#output = output;
    this.#now = now;
  }

  show(row: TaskRow): void {
    this.#show(progressText(row, this.#now()), isWorthALine(row));
  }

  /** Shows what is going on besides a run. */
  note(line: string): void {
    this.#show(line, true);
  }

  #show(line: string, isWorthALine: boolean): void {
    const now = this.#now();
    if (this.#output.isTTY) {
      this.#output.write(`${CLEAR_LINE}${fitted(line, this.#output.columns || 80)}`);
      this.#drawn = true;
    } else if (isWorthALine && now - this.#lastLine >= LOG_EVERY_MS) {
      this.#output.write(`${line}\n`);
      this.#lastLine = now;
    }
  }

  /** Makes room for other text; the next {@link show} draws below it. */
  clear(): void {
    if (this.#drawn) this.#output.write(CLEAR_LINE);
    this.#drawn = false;
  }
}
