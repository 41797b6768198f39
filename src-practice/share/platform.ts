import type { OddityKind, PlannedEntry } from './plan.ts';

/**
 * What Windows cannot hold, or would take for something else: `a:b` is a second stream of `a`, `CON` the console,
 * and an end of spaces or dots is cut off.
 */
const notOnWindows: ReadonlySet<OddityKind> = new Set([
  'forbidden-character',
  'edge-space-or-dot',
  'reserved-name',
  'device-name-with-extension',
  'name-not-unicode',
  'pipe',
  'socket',
  'unreadable-file',
  'unreadable-folder',
]);

/** macOS keeps names as Unicode and refuses bytes that are none. */
const notOnMac: ReadonlySet<OddityKind> = new Set(['name-not-unicode']);

/** Why an entry cannot be made on a platform; `undefined` when it can, as far as is known beforehand. */
export const impossibleOn = (platform: NodeJS.Platform, entry: PlannedEntry): string | undefined => {
  const kind = entry.odd?.kind;
  if (kind === undefined) return undefined;
  const impossible =
    platform === 'win32' ? notOnWindows.has(kind) : platform === 'darwin' && notOnMac.has(kind);
  return impossible ? `not possible on ${platform}` : undefined;
};
