/** Time and chance as the destination uses them: handed in, so that tests hold them in their hands. */
export interface Time {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** 0 <= x < 1 */
  readonly random: () => number;
  /** Resolves after `ms` milliseconds, or as soon as the signal is aborted. Never rejects. */
  readonly sleep: (ms: number, signal?: AbortSignal | undefined) => Promise<void>;
}
