import type { CatalogueEntry } from '../../../src-shared/catalogue/entry.ts';

/** What a catalogue entry says to people; the rest of it is the same in every language. */
export type CodeText = Pick<CatalogueEntry, 'title' | 'cause' | 'remedy'>;

/** Lets the German texts be written as a table, like the catalogue itself. */
export function text(title: string, cause: string, remedy: string): CodeText {
  return { title, cause, remedy };
}
