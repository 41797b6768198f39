import type { TaskRow } from '../../../src-shared/contract/console-types.ts';
import { failed, ok, type Result } from '../../../src-shared/model/problem.ts';
import { isEnded } from '../../../src-shared/model/run.ts';
import { nameKey } from '../../../src-shared/rules/names.ts';
import { checkRenames } from '../../../src-shared/rules/rename-plan.ts';
import type { Coordinator } from '../../fleet/coordinator/coordinator.ts';
import { readPairs, savePairs } from '../../store/kept-pairs.ts';
import { readRenames } from './read-renames.ts';

export interface NamesRoom {
  readonly coordinator: Pick<Coordinator, 'task'>;
  /** Where the names of a task are kept. */
  readonly namesFile: (task: string) => string;
}

/**
 * Reads a repair plan and keeps it with the task, in place of the one before. A run that goes on has begun with the names of
 * that time: then only the same plan is taken, so that a command that was cut off can be called again as it was.
 * Codes: renames-invalid, wrong-state, not-found, store-unusable, store-disk-full.
 */
export async function giveNames(
  room: NamesRoom,
  task: string,
  csv: string,
): Promise<Result<{ readonly names: number }>> {
  const row = room.coordinator.task(task);
  if (!row.ok) return row;
  const names = readRenames(csv);
  if (!names.ok) return names;
  const file = room.namesFile(task);
  const before = await readPairs(file);
  const count = { names: names.value.size };
  if (before.ok && areSame(before.value, names.value)) return ok(count);
  if (isUnderWay(row.value.state)) return refusedNow();
  const saved = await savePairs(file, names.value);
  return saved.ok ? ok(count) : saved;
}

/**
 * Gives one item a name, or with null takes the one back that it was given. It must be one that SharePoint takes, and no other of its folder may be
 * given the same. Codes: renames-invalid, wrong-state, not-found, store-unusable, store-disk-full, store-corrupt.
 */
export async function giveName(
  room: NamesRoom,
  task: string,
  item: { readonly path: string; readonly kind: 'file' | 'folder'; readonly name: string | null },
): Promise<Result<{ readonly given: string | null }>> {
  const row = room.coordinator.task(task);
  if (!row.ok) return row;
  if (isUnderWay(row.value.state)) return refusedNow();
  const file = room.namesFile(task);
  const before = await readPairs(file);
  if (!before.ok) return before;
  const names = new Map(before.value);
  names.delete(item.path);
  if (item.name !== null) {
    const wrong = faultOfName(names, { ...item, name: item.name });
    if (wrong !== undefined) return failed('renames-invalid', { where: item.path, detail: wrong });
    names.set(item.path, item.name);
  }
  const saved = await savePairs(file, names);
  return saved.ok ? ok({ given: item.name }) : saved;
}

/** What is wrong with a name beside those of its folder, in words; undefined when nothing is. */
function faultOfName(
  others: ReadonlyMap<string, string>,
  { path, kind, name }: { readonly path: string; readonly kind: string; readonly name: string },
): string | undefined {
  const folderOf = (of: string): string => of.slice(0, of.lastIndexOf('/') + 1);
  const beside = [...others].filter(([other]) => folderOf(other) === folderOf(path));
  const rows = [
    ...beside.map(([other, after]) => ({ path: other, kind: 'file', after })),
    { path, kind, after: name },
  ];
  const { faults } = checkRenames(rows.map((row, at) => ({ ...row, row: at + 1 })));
  const fault = faults.find(({ row }) => row === rows.length);
  const rival = beside.find(([, after]) => nameKey(after) === nameKey(name));
  if (fault === undefined) return name === '' ? 'a name with at least one character' : undefined;
  return rival === undefined
    ? fault.allowed
    : `a name that no other item of its folder has; ${rival[0]} has it`;
}

function isUnderWay(state: TaskRow['state']): boolean {
  return state !== 'ready' && !isEnded(state);
}

function refusedNow(): ReturnType<typeof failed> {
  const detail =
    'a run is under way with the names that it began with; another plan can be given when it has ended';
  return failed('wrong-state', { detail });
}

function areSame(one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): boolean {
  return one.size === other.size && [...one].every(([path, name]) => other.get(path) === name);
}
