import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ok, type Result } from '../../src-shared/model/problem.ts';
import { type ItemPages, writeItemsCsv } from './csv-file.ts';
import { writeRenamesCsv } from './renames/renames-csv.ts';
import { type RunFigures, runSummary } from './run-summary.ts';
import { summaryHtml } from './summary-html.ts';
import { diskProblem, writeWhole } from './write-whole.ts';

/** The files of a report, in the order in which they are of interest. */
export const REPORT_FILES = [
  'summary.html',
  'summary.json',
  'items.csv',
  'failures.csv',
  'renames.csv',
] as const;

/**
 * Writes the report of a run, ended or not. Each file takes its place when it is complete, so that an older report
 * is never half overwritten. Codes: store-disk-full, store-unusable, and those of the results.
 * @param order.folder is made when it is missing
 * @returns names of the files in the folder
 */
export async function writeReport(
  order: RunFigures & {
    readonly results: ItemPages;
    /** The same results, as they are read for the list of all items; `results` if not given. */
    readonly all?: ItemPages;
    readonly folder: string;
    readonly now: number;
  },
): Promise<Result<{ folder: string; files: string[] }>> {
  const { results, all = results, folder, now } = order;
  try {
    await mkdir(folder, { recursive: true });
    await writeWhole(join(folder, 'summary.html'), summaryHtml(order, now));
    await writeWhole(join(folder, 'summary.json'), `${JSON.stringify(runSummary(order), undefined, 2)}\n`);
    await writeItemsCsv(join(folder, 'items.csv'), all, {});
    await writeItemsCsv(join(folder, 'failures.csv'), results, { outcome: 'failed' });
    await writeRenamesCsv(join(folder, 'renames.csv'), results);
  } catch (error) {
    return diskProblem(error, folder);
  }
  return ok({ folder, files: [...REPORT_FILES] });
}

/** A folder name for the report of a run: readable, unambiguous, and allowed on every system. */
export function reportFolderName(task: { readonly name: string; readonly id: string }, run: number): string {
  const name = task.name
    .normalize('NFC')
    .replace(/[^\p{L}\p{N} ._-]/gu, '_')
    .replace(/^[. ]+|[. ]+$/g, '')
    .slice(0, 60);
  return `${name || 'task'} ${task.id.slice(0, 8)} R${run}`;
}
