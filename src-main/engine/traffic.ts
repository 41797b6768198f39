import type { Live } from '../../src-shared/model/live.ts';

/** A file on its way, as it is shown. */
export interface Passing {
  /** Bytes of it that the destination has acknowledged, all together. */
  sent(bytes: number): void;
  end(): void;
}

const SHOWN = 16;

/** What is on its way this moment, and how many bytes got there. */
export class Traffic {
  #bytesSent = 0;
  readonly #passing = new Set<{ path: string; sent: number; size: number }>();

  get bytesSent(): number {
    return this.#bytesSent;
  }

  /** The largest files in flight. */
  get inFlight(): Live['inFlight'] {
    return [...this.#passing]
      .sort((a, b) => b.size - a.size)
      .slice(0, SHOWN)
      .map((file) => ({ ...file }));
  }

  /** @param already bytes that an earlier process sent: shown, and not counted again */
  begin(path: string, size: number, already = 0): Passing {
    const file = { path, sent: already, size };
    this.#passing.add(file);
    return {
      sent: (bytes) => {
        this.#bytesSent += Math.max(0, bytes - file.sent);
        file.sent = bytes;
      },
      end: () => {
        this.#passing.delete(file);
      },
    };
  }
}
