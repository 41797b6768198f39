import { type Filters, filtersSet } from '../../src-shared/model/filters.ts';
import type { Messages } from '../text/en.ts';
import type { Format } from '../text/format.ts';

/** The filters that are set, a phrase for each. */
export function filterWords(t: Messages, f: Format, filters: Filters): readonly string[] {
  return filtersSet(filters).map((key) => t.settings.filters.says[key](valueInWords(f, key, filters)));
}

function valueInWords(f: Format, key: keyof Filters, filters: Filters): string {
  const value = filters[key];
  if (typeof value === 'object' && value !== null) return value.join(', ');
  if (typeof value !== 'number') return '';
  return key === 'minBytes' || key === 'maxBytes' ? f.bytes(value) : f.dateTime(value);
}
