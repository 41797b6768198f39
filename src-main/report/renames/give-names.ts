import { failed, ok, type Result } from '../../../src-shared/model/problem.ts';
import { isEnded } from '../../../src-shared/model/run.ts';
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
  const { state } = row.value;
  if (state !== 'ready' && !isEnded(state)) {
    const detail =
      'a run is under way with the names that it began with; another plan can be given when it has ended';
    return failed('wrong-state', { detail });
  }
  const saved = await savePairs(file, names.value);
  return saved.ok ? ok(count) : saved;
}

function areSame(one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): boolean {
  return one.size === other.size && [...one].every(([path, name]) => other.get(path) === name);
}
