import type { Times } from '../destination/destination.ts';

/** The first and last moment that SharePoint keeps without complaint; milliseconds since 1970. */
export const EARLIEST = 0;
export const LATEST = Date.UTC(2100, 0, 1);

export function isOdd(time: number): boolean {
  return !(time >= EARLIEST && time < LATEST);
}

/** The nearest time that can be kept. */
export function clampTime(time: number): number {
  return Math.min(LATEST - 1_000, Math.max(EARLIEST, time || 0));
}

/** The times that a copy is to carry. A creation that cannot be true (1601 on many NAS) becomes the modification. */
export function timesToKeep(created: number, modified: number): Times {
  const kept = clampTime(modified);
  return { created: isOdd(created) ? kept : created, modified: kept };
}

/** In words, for a finding; undefined when both times are in range. */
export function oddTimes(created: number, modified: number): string | undefined {
  if (!isOdd(created) && !isOdd(modified)) return undefined;
  const odd = [
    ...(isOdd(modified) ? [`modified ${inWords(modified)}`] : []),
    ...(isOdd(created) ? [`created ${inWords(created)}`] : []),
  ];
  return odd.join(', ');
}

function inWords(time: number): string {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? String(time) : date.toISOString().slice(0, 10);
}
