/** What stands in a cell. A moment is a date; nothing to say is null. */
export type Cell = string | number | Date | null;

export type Row = readonly Cell[];

/** Rows under names of columns, made while they are written: there may be millions of them. */
export interface Table {
  /** Short, for the tab of a sheet. */
  readonly name: string;
  /** Scripts rely on them: one is never renamed or moved, only added at the end. */
  readonly columns: readonly string[];
  readonly rows: AsyncIterable<Row>;
}

/** A column by its name and what stands in it, so that the two cannot come apart. */
export type Column<T> = readonly [name: string, cell: (of: T) => Cell];

/** Things as a table. */
export function tableOf<T>(name: string, columns: readonly Column<T>[], things: AsyncIterable<T>): Table {
  return { name, columns: columns.map(([title]) => title), rows: rowsOf(columns, things) };
}

async function* rowsOf<T>(columns: readonly Column<T>[], things: AsyncIterable<T>): AsyncGenerator<Row> {
  for await (const thing of things) yield columns.map(([, cell]) => cell(thing));
}

/** A moment, in milliseconds since 1970; null and what is no time stay empty. */
export function moment(at: number | null): Date | null {
  if (at === null) return null;
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? null : date;
}
