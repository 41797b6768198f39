import { type Assumptions, defaultAssumptions, type Measured, unitsBesideFiles } from './forecast.ts';

/** What a run copied, and in which time. */
export interface CopiedRun {
  readonly files: number;
  readonly folders: number;
  readonly bytes: number;
  readonly resourceUnits: number;
  /** Milliseconds during which a machine worked on it, with all waiting for the tenant and the file server. */
  readonly workedMs: number;
  /** Milliseconds since 1970. */
  readonly endedAt: number;
}

/** Rates of finished runs, and what they were taken from. */
export interface MeasuredRates extends Measured {
  readonly runs: number;
  readonly files: number;
  readonly bytes: number;
  /** Seconds of work. */
  readonly seconds: number;
  /** When the newest of the runs ended, in milliseconds since 1970. */
  readonly newest: number;
}

/** A run that copied less, or was shorter, says more about its beginning and its end than about a rate. */
const LEAST = { files: 100, workedMs: 10_000 };
/** Older runs say little about the tenant of today. */
const MOST_RUNS = 5;

/** Whether a run copied enough to measure something by it. */
export function isTelling(run: CopiedRun): boolean {
  return run.files >= LEAST.files && run.workedMs >= LEAST.workedMs;
}

/**
 * The rates of finished runs, all their work together; undefined where none copied enough.
 *
 * A run that was held up by its bytes says nothing about the most files a second, and the other way round: such a rate can only
 * have been higher than what was seen. So the rate that held the runs up is taken as measured, and of the other one only what
 * exceeds the assumption.
 * @param runs newest first
 */
export function measuredRates(
  runs: readonly CopiedRun[],
  assumed: Assumptions = defaultAssumptions,
): MeasuredRates | undefined {
  const telling = runs.filter(isTelling).slice(0, MOST_RUNS);
  const [newest] = telling;
  if (newest === undefined) return undefined;
  const sum = (of: (run: CopiedRun) => number): number => telling.reduce((total, run) => total + of(run), 0);
  const [files, folders, bytes] = [sum((r) => r.files), sum((r) => r.folders), sum((r) => r.bytes)];
  const seconds = sum(({ workedMs }) => workedMs) / 1_000;
  const heldUpByBytes = bytes / assumed.agentBytesPerSecond > files / assumed.agentFilesPerSecond;
  const [bytesPerSecond, filesPerSecond] = [bytes / seconds, files / seconds];
  const units = sum(({ resourceUnits }) => resourceUnits) - unitsBesideFiles({ files, folders });
  return {
    runs: telling.length,
    files,
    bytes,
    seconds,
    newest: newest.endedAt,
    agentBytesPerSecond: heldUpByBytes
      ? bytesPerSecond
      : Math.max(bytesPerSecond, assumed.agentBytesPerSecond),
    agentFilesPerSecond: heldUpByBytes
      ? Math.max(filesPerSecond, assumed.agentFilesPerSecond)
      : filesPerSecond,
    // Nothing was counted where the service did not say what its requests cost.
    ...(units > 0 ? { unitsPerFile: units / files } : {}),
  };
}
