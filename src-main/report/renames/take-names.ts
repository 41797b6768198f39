import { ok, type Result } from '../../../src-shared/model/problem.ts';
import type { Task } from '../../../src-shared/model/task.ts';
import { wayDown } from '../../../src-shared/rules/source-above.ts';
import { readPairs, savePairs } from '../../store/kept-pairs.ts';
import type { NamesRoom } from './give-names.ts';

/**
 * Gives a task the names that were given in an assessment of its source, or of a folder above that. None where the assessment is of something else.
 * Codes: not-found, store-unusable, store-disk-full, store-corrupt.
 */
export async function takeNames(
  room: NamesRoom,
  task: Task,
  assessment: string,
): Promise<Result<{ readonly names: number }>> {
  const from = room.coordinator.task(assessment);
  if (!from.ok) return from;
  const way = wayDown(from.value.task.source, task.source);
  if (way === undefined) return ok({ names: 0 });
  const given = await readPairs(room.namesFile(assessment));
  if (!given.ok) return given;
  const above = way === '' ? '' : `${way}/`;
  const own = new Map(
    [...given.value]
      .filter(([path]) => path.startsWith(above))
      .map(([path, name]) => [path.slice(above.length), name]),
  );
  if (own.size === 0) return ok({ names: 0 });
  const saved = await savePairs(room.namesFile(task.id), own);
  return saved.ok ? ok({ names: own.size }) : saved;
}
