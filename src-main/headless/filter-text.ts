import { type Filters, filtersSet } from '../../src-shared/model/filters.ts';
import { bytes, utcForPeople } from '../report/format.ts';
import { visible } from '../report/hostile-text.ts';

const words: Readonly<Record<keyof Filters, string>> = {
  modifiedFrom: 'only files changed on or after',
  modifiedBefore: 'only files changed before',
  createdFrom: 'only files created on or after',
  createdBefore: 'only files created before',
  minBytes: 'only files of at least',
  maxBytes: 'only files of at most',
  onlyExtensions: 'only extensions',
  skipExtensions: 'not extensions',
  onlyNames: 'only names',
  skipNames: 'not names',
  skipFolders: 'not folders',
  skipHidden: 'nothing hidden',
  skipOffline: 'no offline files',
  listFolders: 'folders that are left out are looked into',
};

/** The filters that hold, a line each, for a terminal. */
export function filterText(filters: Filters): string {
  const lines = filtersSet(filters).map((key) => [words[key], valueText(key, filters)].join(' ').trim());
  return `Filter: ${lines.join('\n        ')}\n`;
}

function valueText(key: keyof Filters, filters: Filters): string {
  const value = filters[key];
  if (typeof value === 'object' && value !== null) return value.map(visible).join(', ');
  if (typeof value !== 'number') return '';
  return key === 'minBytes' || key === 'maxBytes' ? bytes(value) : momentText(value);
}

/** A day as it was said, else the moment. */
function momentText(at: number): string {
  const date = new Date(at);
  if (date.getHours() + date.getMinutes() + date.getSeconds() + date.getMilliseconds() > 0)
    return utcForPeople(at);
  // Swedes write days as ISO does.
  return new Intl.DateTimeFormat('sv').format(date);
}
