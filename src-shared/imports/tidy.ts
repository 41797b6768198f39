import { type Draft, draftFields } from './draft.ts';
import type { Fault } from './fault.ts';

/** Everything that Unicode counts as white space, and the marks that spreadsheets and browsers leave: no-break and zero-width spaces. */
const EDGES = /^[\s\u200b\ufeff]+|[\s\u200b\ufeff]+$/g;
const QUOTED = /^(["'])(.*)\1$/s;

/** A draft with its cells as they were meant, and what was changed for that. */
export function tidy(draft: Draft): { readonly draft: Draft; readonly faults: readonly Fault[] } {
  const faults: Fault[] = [];
  const cells = { ...draft.cells };
  for (const field of draftFields) {
    const given = cells[field];
    const told = (code: Fault['code']): void => {
      faults.push({ code, line: draft.line, column: field, given });
    };
    const unspaced = given.replace(EDGES, '');
    const bare = unspaced.replace(QUOTED, '$2').replace(EDGES, '');
    if (bare !== unspaced) told('import-quotes');
    else if (unspaced !== given && unspaced !== '') told('import-stray-spaces');
    cells[field] = bare;
  }
  return { draft: { ...draft, cells }, faults };
}
