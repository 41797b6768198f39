import type { Code } from '../../../src-shared/catalogue/catalogue.ts';
import type { ItemRow } from '../../../src-shared/contract/console-types.ts';
import { beforeMarking } from '../../../src-shared/rules/formula-mark.ts';
import { COLUMNS, type ItemPages, itemsOf, recordOf, writeCsv } from '../csv-file.ts';

/** What is or could be called otherwise. An item has at most one of these. */
export const RENAME_CODES: readonly Code[] = [
  'name-changed',
  'name-not-allowed',
  'name-collision',
  'name-too-long',
  'path-too-long',
];

/** Those of all item files, then those of the plan; see csv-file.ts for what scripts rely on. */
export const PLAN_COLUMNS = [...COLUMNS, 'name before', 'name after', 'reason'];

/**
 * The repair plan: every item with another name at the destination, and those that cannot be copied because of their name, with a
 * name that would do where there is one. It can be edited and given back (read-renames.ts).
 */
export async function writeRenamesCsv(file: string, results: ItemPages): Promise<void> {
  await writeCsv(file, PLAN_COLUMNS, records(results));
}

async function* records(results: ItemPages): AsyncGenerator<string[]> {
  for (const code of RENAME_CODES) {
    for await (const item of itemsOf(results, { code })) {
      yield planRecord(item, code, item.destinationName);
    }
  }
}

/** A row of the plan. @param after the name that it is to have; null where there is none */
export function planRecord(item: ItemRow, code: Code, after: string | null): string[] {
  const name = item.path.slice(item.path.lastIndexOf('/') + 1);
  return [...recordOf(item), name, after ?? '', reasonOf(item, code)].map(beforeMarking);
}

/** What is wrong with the name of an item. */
export function reasonOf({ findings }: ItemRow, code: Code): string {
  return findings.find((finding) => finding.code === code)?.detail ?? '';
}
