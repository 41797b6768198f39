/**
 * A spreadsheet takes a cell that begins with one of these for a formula. `'` before it prevents that; a cell that has such a
 * `'` of its own gets one more, so that every name comes back as it was.
 */
const MARKED = /^'+[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/;

/** For a writer that marks formulas itself (`escape_formulas`): what has a mark already gets another. */
export function beforeMarking(cell: string): string {
  return MARKED.test(cell) ? `'${cell}` : cell;
}

export function withoutMark(cell: string): string {
  return MARKED.test(cell) ? cell.slice(1) : cell;
}
