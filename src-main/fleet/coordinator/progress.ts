import { type Counts, settled, stillToDo, type Tally } from '../../../src-shared/model/counts.ts';
import type { Live } from '../../../src-shared/model/live.ts';
import type { ProgressMark } from '../../../src-shared/model/progress-fall.ts';

/**
 * How much of a run is done, 0..1; null until something was found. The one definition: half of the weight is files,
 * half is bytes. A file costs time by itself (requests, some 50 ms each) and so does every byte; either alone would
 * stand at 99 % for hours, with a million small files or with one huge one.
 * Without bytes files decide alone, without files all items do. It falls only when more is found.
 * @param bytesDone see {@link bytesDoneOf}
 */
export function progressOf(counts: Counts, bytesDone: number): number | null {
  const { found } = counts;
  const done = settled(counts);
  if (found.files === 0) {
    const items = itemsOf(found);
    return items === 0 ? null : share(itemsOf(done), items);
  }
  const files = share(done.files, found.files);
  return found.bytes === 0 ? files : (files + share(bytesDone, found.bytes)) / 2;
}

/**
 * Bytes that are done: those of files with an outcome, and of those in flight what the destination has already.
 * Never less than `before`, so that an upload which has to start again does not turn progress back.
 * @param inFlight bytes that the destination has of files in flight
 */
export function bytesDoneOf(before: number, counts: Counts, inFlight: number): number {
  return Math.max(before, Math.min(counts.found.bytes, settled(counts).bytes + inFlight));
}

/** What the destination has of a unit's files in flight. */
export function bytesInFlightOf(live: Live): number {
  return live.inFlight.reduce((sum, file) => sum + Math.min(file.sent, file.size), 0);
}

/** What is remembered of progress, so that it can be said why it fell. */
export function markOf({ found }: Counts, progress: number): ProgressMark {
  return { progress, items: itemsOf(found), bytes: found.bytes };
}

/** What is left, for a forecast. Folders and others cost time as files do. */
export function restOf(
  counts: Counts,
  bytesDone: number,
): { readonly files: number; readonly bytes: number } {
  return {
    files: Math.max(0, itemsOf(stillToDo(counts))),
    bytes: Math.max(0, counts.found.bytes - bytesDone),
  };
}

export function itemsOf(tally: Tally): number {
  return tally.files + tally.folders + tally.others;
}

function share(part: number, whole: number): number {
  return Math.min(1, Math.max(0, part / whole));
}
