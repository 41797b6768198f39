import type { Code } from '../catalogue/catalogue.ts';
import { filterCodes } from './filters.ts';

const leftOutCodes: ReadonlySet<string> = new Set<Code>([
  'link-left-out',
  'special-left-out',
  'system-left-out',
  'temporary-left-out',
  ...filterCodes,
]);

/** Whether the code says why an item was left out. Every item that was left out has exactly one of these. */
export function isLeftOutCode(code: string): boolean {
  return leftOutCodes.has(code);
}
