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
const PLAN_COLUMNS = [...COLUMNS, 'name before', 'name after', 'reason'];

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
      yield [...recordOf(item), ...planOf(item, code)].map(beforeMarking);
    }
  }
}

function planOf(item: ItemRow, code: Code): string[] {
  const name = item.path.slice(item.path.lastIndexOf('/') + 1);
  const reason = item.findings.find((finding) => finding.code === code)?.detail ?? '';
  return [name, item.destinationName ?? '', reason];
}
