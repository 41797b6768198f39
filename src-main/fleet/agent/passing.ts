import type { Code } from '../../../src-shared/catalogue/catalogue.ts';

/** What a source that is away says, and one that is back does not. */
const passing: ReadonlySet<Code> = new Set<Code>(['source-missing', 'source-unreachable']);

/** What keeps a machine from a source, so that another machine may do better. */
const ofSource: ReadonlySet<Code> = new Set<Code>([
  ...passing,
  'source-sign-in-refused',
  'source-root-unreadable',
  'source-not-a-folder',
]);

/** Asking again is worth it, and does no harm. */
export function isPassing(code: Code): boolean {
  return passing.has(code);
}

export function isOfSource(code: Code): boolean {
  return ofSource.has(code);
}
