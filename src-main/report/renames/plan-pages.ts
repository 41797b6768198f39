import type { Code } from '../../../src-shared/catalogue/catalogue.ts';
import type { RenameView } from '../../../src-shared/contract/assessments.ts';
import type { ItemRow } from '../../../src-shared/contract/console-types.ts';
import { failed, ok, type Result } from '../../../src-shared/model/problem.ts';
import type { Coordinator } from '../../fleet/coordinator/coordinator.ts';
import { readPairs } from '../../store/kept-pairs.ts';
import { csvPiece, type ItemPages } from '../csv-file.ts';
import type { NamesRoom } from './give-names.ts';
import { PLAN_COLUMNS, planRecord, RENAME_CODES, reasonOf } from './renames-csv.ts';

/** Rows of one piece of the file. */
const PIECE = 500;

export type PlanRoom = Pick<NamesRoom, 'namesFile'> & { readonly coordinator: Pick<Coordinator, 'account'> };

interface PlanPage {
  readonly items: readonly RenameView[];
  readonly cursor: string | null;
  readonly total: number | null;
}

/** A page of the repair plan of a run, with the names that were given since. Codes: not-found, bad-request, store-*. */
export async function planPage(
  room: PlanRoom,
  {
    run,
    cursor,
    limit,
  }: { readonly run: string; readonly cursor?: string | undefined; readonly limit: number },
): Promise<Result<PlanPage>> {
  const read = await readPlan(room, run, cursor, limit);
  if (!read.ok) return read;
  const { rows, given, counts } = read.value;
  const items = rows.map(([item, code]) => ({
    ...{ item: item.item, path: item.path, kind: item.kind, code, reason: reasonOf(item, code) },
    proposed: item.destinationName,
    given: given.get(item.path) ?? null,
  }));
  const total = RENAME_CODES.reduce((all, code) => all + (counts.byCode[code]?.items ?? 0), 0);
  return ok({ items, cursor: read.value.cursor, total });
}

/** A piece of the plan as CSV, in which names that were given stand for those of the rules. Codes as for {@link planPage}. */
export async function planCsv(
  room: PlanRoom,
  run: string,
  cursor: string | undefined,
): Promise<Result<{ readonly text: string; readonly cursor: string | null }>> {
  const read = await readPlan(room, run, cursor, PIECE);
  if (!read.ok) return read;
  const { rows, given } = read.value;
  const records = rows.map(([item, code]) =>
    planRecord(item, code, given.get(item.path) ?? item.destinationName),
  );
  const columns = cursor === undefined ? PLAN_COLUMNS : undefined;
  return ok({ text: csvPiece(columns, records), cursor: read.value.cursor });
}

async function readPlan(room: PlanRoom, run: string, cursor: string | undefined, limit: number) {
  const account = await room.coordinator.account(run);
  if (!account.ok) return account;
  const { task, results, counts } = account.value;
  const given = await readPairs(room.namesFile(task.id));
  if (!given.ok) return given;
  const [, at = '0', after] = /^(\d):(\d*)$/.exec(cursor ?? '0:') ?? [];
  if (after === undefined) return failed('bad-request', { detail: 'a cursor that no page has given' });
  const page = await rowsFrom(results, Number(at), after === '' ? undefined : after, limit);
  return ok({ ...page, given: given.value, counts });
}

/** The items of each code in turn. */
async function rowsFrom(
  results: ItemPages,
  from: number,
  after: string | undefined,
  limit: number,
): Promise<{ readonly rows: readonly (readonly [ItemRow, Code])[]; readonly cursor: string | null }> {
  const rows: (readonly [ItemRow, Code])[] = [];
  let next = after;
  for (let at = from; at < RENAME_CODES.length; at += 1) {
    const code = RENAME_CODES[at];
    if (code === undefined) break;
    const page = await results.page({ code }, next, limit - rows.length);
    rows.push(...page.items.map((item) => [item, code] as const));
    if (page.cursor !== null) return { rows, cursor: `${at}:${page.cursor}` };
    if (rows.length === limit && at + 1 < RENAME_CODES.length) return { rows, cursor: `${at + 1}:` };
    next = undefined;
  }
  return { rows, cursor: null };
}
