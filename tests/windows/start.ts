import { startHere } from './this-windows.ts';
import type { Windows } from './windows.ts';
import { obstacleToWine, startWine } from './wine.ts';

/** Why there is no Windows here, neither real nor Wine; undefined when there is. */
export function obstacle(): string | undefined {
  return process.platform === 'win32' ? undefined : obstacleToWine();
}

export function startWindows(): Promise<Windows> {
  return process.platform === 'win32' ? startHere() : startWine();
}
