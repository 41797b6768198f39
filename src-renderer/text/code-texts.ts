import { isCode, lookUp } from '../../src-shared/catalogue/catalogue.ts';
import type { CatalogueEntry } from '../../src-shared/catalogue/entry.ts';
import { deCodes } from './de-codes.ts';
import type { Locale } from './format.ts';

/**
 * Everything about a code, its texts in the language asked for. Undefined for a code that this version does not
 * know (a machine may be newer than the page): the caller says so instead of showing nothing.
 */
export function codeEntry(locale: Locale, code: string): CatalogueEntry | undefined {
  if (!isCode(code)) return undefined;
  const entry = lookUp(code);
  return locale === 'de' ? { ...entry, ...deCodes[code] } : entry;
}
