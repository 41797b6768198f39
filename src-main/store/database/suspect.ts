import { existsSync, rmSync, writeFileSync } from 'node:fs';

/**
 * A database in which damage was met while it was in use closes like any other. The mark sees to it that it is
 * examined when it is opened again, and replaced then.
 */
export function markSuspect(file: string): void {
  writeFileSync(markOf(file), '');
}

export function isSuspect(file: string): boolean {
  return existsSync(markOf(file));
}

export function clearSuspicion(file: string): void {
  rmSync(markOf(file), { force: true });
}

function markOf(file: string): string {
  return `${file}.suspect`;
}
