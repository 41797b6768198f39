import type { ColumnMeaning } from '../../src-shared/imports/columns.ts';
import type { GroupFix } from '../imports/fixes.ts';
import type { RowState } from '../imports/issue-groups.ts';
import type { Format } from './format.ts';

/** The words of the page on which a list becomes tasks. */
export const importEn = (f: Format) => ({
  title: 'Import',
  button: 'Import a list',
  intro:
    'A list of shares becomes tasks. Every row is checked before anything is made, and can be put right here.',
  drop: 'Drop a list here, or anywhere on the window',
  dropNow: 'Drop it: its rows are shown and checked, and nothing is made yet',
  forms:
    'CSV, TSV or JSON, up to 50,000 rows: Migration Manager’s, SPMT’s and Mover’s columns, sources alone, or our own. Rows copied from Excel can be pasted with Ctrl+V.',
  choose: 'Choose a file',
  template: 'Download a template',
  pasted: 'Pasted rows',
  reading: 'The list is being read',
  broken: 'The list could not be worked on',
  rows: (n: number) => f.plural(n, { one: '# row', other: '# rows' }),
  facts: (encoding: string, delimiter: string) => `${encoding}, ${delimiter}`,
  delimiters: { ',': 'commas', ';': 'semicolons', '\t': 'tabs' },
  json: 'JSON',
  undo: 'Undo',
  redo: 'Do again',
  corrected: 'Download corrected CSV',
  discard: 'Discard the list',
  discardTitle: 'Discard the list?',
  discardBody: 'Its rows are gone, with what was put right in them. Tasks that were made of it stay.',
  columns: 'Columns',
  column: (n: number, name: string) => (name === '' ? `Column ${n}` : `Column ${n}: ${name}`),
  meanings: {
    source: 'Source',
    site: 'Destination',
    library: 'Library',
    folder: 'Folder',
    name: 'Name',
    'none-allowed': 'Must be empty',
    'not-used': 'Not used',
    unknown: 'Not used',
  } satisfies Record<ColumnMeaning, string>,
  headed: 'The first row names the columns',
  grid: 'Rows of the list',
  line: 'Line',
  state: 'State',
  states: {
    error: 'Not in order',
    remark: 'In order, with a remark',
    plain: 'In order',
    ready: 'Both ends are there',
  } satisfies Record<RowState, string>,
  all: 'All',
  noRows: 'No row is in this view.',
  hint: 'Arrow keys move, Enter or F2 changes a cell, Ctrl+Z takes back.',
  cell: (column: string, line: number) => `${column}, line ${line}`,
  issues: 'What is to be said',
  noIssues: 'Nothing: every row is in order as far as can be told without asking both its ends.',
  show: (n: number) => f.plural(n, { one: 'Show # row', other: 'Show # rows' }),
  fixes: {
    mend: (n: number) => f.plural(n, { one: 'Put # row right', other: 'Put # rows right' }),
    remove: (n: number) => f.plural(n, { one: 'Take # row out', other: 'Take # rows out' }),
  } satisfies Record<GroupFix, (n: number) => string>,
  ends: 'Ask both ends',
  endsBody: 'Opens every source and looks up every site, four rows at a time.',
  passing: {
    ends: (done: string, all: string) => `${done} of ${all} rows were asked`,
    tasks: (done: string, all: string) => `${done} of ${all} tasks`,
  },
  stop: 'Stop',
  create: (n: number) => f.plural(n, { one: 'Create # task', other: 'Create # tasks' }),
  createSome: (n: number, left: number) =>
    `${f.plural(n, { one: 'Create # task', other: 'Create # tasks' })}, ${f.plural(left, { one: 'keep # row here', other: 'keep # rows here' })}`,
  nothingToCreate: 'No row is in order yet',
  made: (n: number) => f.plural(n, { one: '# task is made.', other: '# tasks are made.' }),
  left: 'What is left is kept here, also when the page is loaded again.',
  toTasks: 'Go to the tasks',
});
export type ImportText = ReturnType<typeof importEn>;
