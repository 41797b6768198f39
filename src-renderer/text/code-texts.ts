import { isCode, lookUp } from '../../src-shared/catalogue/catalogue.ts';
import type { CatalogueEntry } from '../../src-shared/catalogue/entry.ts';
import { visible } from '../parts/visible.ts';
import { deCodes } from './de-codes.ts';
import type { Messages } from './en.ts';
import type { Format, Locale } from './format.ts';

/** A reason on one line: what, where if that is known, and until when if it is certain. */
export function reasonText(
  t: Messages,
  f: Format,
  reason: {
    readonly code: string;
    readonly where?: string | undefined;
    readonly retryAt?: number | undefined;
  },
): string {
  const title = codeEntry(f.locale, reason.code)?.title ?? t.problem.unknown;
  if (reason.code === 'waiting-for-hours' && reason.retryAt !== undefined)
    return `${title}, ${t.problem.until(f.weekdayClock(reason.retryAt))}`;
  return reason.where === undefined ? title : `${title}: ${visible(reason.where)}`;
}

/**
 * Everything about a code, its texts in the language asked for. Undefined for a code that this version does not
 * know (a machine may be newer than the page): the caller says so instead of showing nothing.
 */
export function codeEntry(locale: Locale, code: string): CatalogueEntry | undefined {
  if (!isCode(code)) return undefined;
  const entry = lookUp(code);
  return locale === 'de' ? { ...entry, ...deCodes[code] } : entry;
}
