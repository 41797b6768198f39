import type { Filters } from '../../src-shared/model/filters.ts';

/** The words of the filters. A filter that the model gains has to get them before the screen compiles again. */
export interface FiltersText {
  readonly title: string;
  readonly none: string;
  readonly intro: string;
  readonly groups: Readonly<Record<'files' | 'names' | 'folders' | 'modified' | 'created' | 'size', string>>;
  readonly label: Readonly<Record<keyof Filters, string>>;
  readonly help: Readonly<Partial<Record<keyof Filters, string>>>;
  /** What the filter says, where it is set; `value` is a day, a size or a list. */
  readonly says: Sayings;
  readonly set: (count: string, one: boolean) => string;
  readonly noSize: string;
  readonly emptyRange: string;
}

type Sayings = Readonly<Record<keyof Filters, (value: string) => string>>;

/** Switches are said by their label, all else by label and value, where there is no better sentence. */
export function sayings(label: FiltersText['label'], better: Partial<Sayings>): Sayings {
  return {
    modifiedFrom: (value) => `${label.modifiedFrom}: ${value}`,
    modifiedBefore: (value) => `${label.modifiedBefore}: ${value}`,
    createdFrom: (value) => `${label.createdFrom}: ${value}`,
    createdBefore: (value) => `${label.createdBefore}: ${value}`,
    minBytes: (value) => `${label.minBytes}: ${value}`,
    maxBytes: (value) => `${label.maxBytes}: ${value}`,
    onlyExtensions: (value) => `${label.onlyExtensions}: ${value}`,
    skipExtensions: (value) => `${label.skipExtensions}: ${value}`,
    onlyNames: (value) => `${label.onlyNames}: ${value}`,
    skipNames: (value) => `${label.skipNames}: ${value}`,
    skipFolders: (value) => `${label.skipFolders}: ${value}`,
    skipHidden: () => label.skipHidden,
    skipOffline: () => label.skipOffline,
    listFolders: () => label.listFolders,
    ...better,
  };
}

const label: FiltersText['label'] = {
  modifiedFrom: 'Changed on or after',
  modifiedBefore: 'Changed before',
  createdFrom: 'Created on or after',
  createdBefore: 'Created before',
  minBytes: 'At least',
  maxBytes: 'At most',
  onlyExtensions: 'Only these extensions',
  skipExtensions: 'Not these extensions',
  onlyNames: 'Only these names',
  skipNames: 'Not these names',
  skipFolders: 'Not these folders',
  skipHidden: 'Leave out what is hidden',
  skipOffline: 'Leave out offline files',
  listFolders: 'Look into folders that are left out',
};

export const filtersEn: FiltersText = {
  title: 'What is left out',
  none: 'No filters',
  intro:
    'A file is copied when every filter lets it through. What is left out is counted and listed in the report.',
  groups: {
    files: 'Kinds of files',
    names: 'Names of files',
    folders: 'Folders',
    modified: 'Last change',
    created: 'Creation',
    size: 'Size',
  },
  label,
  help: {
    minBytes: 'Such as 1 KB',
    maxBytes: 'Such as 2 GB',
    onlyExtensions: 'Such as docx; Enter adds it.',
    skipExtensions: 'Such as mp4; a dot alone: none.',
    onlyNames: '* stands for anything.',
    skipNames: 'Such as *backup*',
    skipFolders: 'By name (Archive, *old*), or by path below the source (/Projects/2009).',
    skipHidden: 'Files and folders that Windows marks as hidden.',
    skipOffline: 'Their content is on tape or in a cloud; reading would fetch it.',
    listFolders: 'To list and count all that is left behind in them; takes longer.',
  },
  says: sayings(label, {
    minBytes: (value) => `Files of at least ${value}`,
    maxBytes: (value) => `Files of at most ${value}`,
  }),
  set: (count, one) => (one ? '1 filter' : `${count} filters`),
  noSize: 'A size, such as 10 MB',
  emptyRange: 'Nothing can be in this range.',
};
