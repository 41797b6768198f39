import type { ItemFilter } from '../../../src-shared/contract/console-types.ts';
import { RENAME_CODES } from '../renames/renames-csv.ts';
import { explain } from '../run-summary.ts';
import type { Project, ProjectItem } from './project.ts';
import { type Column, moment, type Table, tableOf } from './table.ts';

/** Every item of the runs. */
export function itemsTable(project: Project): Table {
  return tableOf('Items', columns, project.items({}));
}

/** What should be at the destination and is not. */
export function failuresTable(project: Project): Table {
  return tableOf('Failures', columns, project.items({ outcome: 'failed' }));
}

/** What has or would need another name at the destination. */
export function renamesTable(project: Project): Table {
  return tableOf('Renames', columns, withCodes(project));
}

async function* withCodes(project: Project): AsyncGenerator<ProjectItem> {
  for (const code of RENAME_CODES) {
    const filter: ItemFilter = { code };
    yield* project.items(filter);
  }
}

const columns: readonly Column<ProjectItem>[] = [
  ['task', ({ row }) => row.task.name],
  ['run', ({ run }) => run.number],
  ['path', ({ item }) => item.path],
  ['name', ({ item }) => nameOf(item.path)],
  ['kind', ({ item }) => item.kind],
  ['size', ({ item }) => item.size],
  ['modified', ({ item }) => moment(item.modified)],
  ['outcome', ({ item }) => item.outcome ?? 'gone'],
  ['grade', ({ item }) => item.grade],
  ['destination name', ({ item }) => item.destinationName],
  ['codes', ({ item }) => item.findings.map(({ code }) => code).join(' ')],
  ['title', ({ item }) => item.findings.map(({ code }) => explain(code).title).join(' / ')],
  ['remedy', ({ item }) => item.findings.map(({ code }) => explain(code).remedy).join(' / ')],
  ['detail', ({ item }) => item.findings.flatMap(({ detail }) => detail ?? []).join(' / ')],
];

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
