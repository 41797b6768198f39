import type { Live } from '../../../src-shared/model/live.ts';

interface Followed {
  readonly since: number;
  /** Bytes that were sent when it was first seen. */
  readonly from: number;
  sent: number;
  readonly size: number;
}

/** A speed of less time than this says nothing. */
const LEAST_MS = 10_000;

/**
 * Follows the files in flight: one file goes no faster than its own upload, however many others could go beside it, so the last
 * huge one decides about the end.
 */
export class FilesInFlight {
  #files = new Map<string, Followed>();

  note(inFlight: Live['inFlight'], now: number): void {
    this.#files = new Map(
      inFlight.map(({ path, sent, size }) => {
        const before = this.#files.get(path);
        // What begins again is a new upload.
        if (before === undefined || sent < before.sent) return [path, { since: now, from: sent, sent, size }];
        before.sent = sent;
        return [path, before];
      }),
    );
  }

  /** The one that takes longest at its own speed; undefined while none has been on its way for long enough. */
  slowest(now: number): { readonly bytesLeft: number; readonly bytesPerSecond: number } | undefined {
    const known = [...this.#files.values()]
      .filter(({ since, from, sent }) => now - since >= LEAST_MS && sent > from)
      .map(({ since, from, sent, size }) => ({
        bytesLeft: Math.max(0, size - sent),
        bytesPerSecond: (sent - from) / ((now - since) / 1_000),
      }));
    return known.sort((a, b) => b.bytesLeft / b.bytesPerSecond - a.bytesLeft / a.bytesPerSecond)[0];
  }
}
