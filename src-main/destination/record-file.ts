import { appendFile } from 'node:fs/promises';
import type { RecordedCall } from './recording.ts';

/** Lines that are written at once, and time until fewer are, in milliseconds. */
const LINES = 500;
const LATEST = 1_000;

/**
 * Writes calls to a file, a JSON object a line, appended. Never holds up who calls; what cannot be written is told once, and from then on nothing
 * is written.
 */
export class RecordFile {
  readonly #file: string;
  readonly #failed: (error: unknown) => void;
  #lines: string[] = [];
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();
  #broken = false;

  constructor(file: string, failed: (error: unknown) => void) {
    this.#file = file;
    this.#failed = failed;
  }

  note({ at, ...call }: RecordedCall): void {
    if (this.#broken) return;
    this.#lines.push(`${JSON.stringify({ at: new Date(at).toISOString(), ...call })}\n`);
    if (this.#lines.length >= LINES) this.#write();
    else this.#timer ??= setTimeout(() => this.#write(), LATEST).unref();
  }

  /** All that was noted is written, or could not be. */
  async close(): Promise<void> {
    this.#write();
    await this.#writing;
  }

  #write(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const text = this.#lines.join('');
    this.#lines = [];
    if (text === '') return;
    this.#writing = this.#writing.then(async () => {
      if (this.#broken) return;
      try {
        await appendFile(this.#file, text, { mode: 0o600 });
      } catch (error) {
        this.#broken = true;
        this.#failed(error);
      }
    });
  }
}
