import { failed, ok, type Result } from '../../src-shared/model/problem.ts';
import { isEnded } from '../../src-shared/model/run.ts';
import { peopleKey } from '../../src-shared/rules/people.ts';
import { readPeople } from '../imports/read-people.ts';
import { readPairs, savePairs } from '../store/kept-pairs.ts';
import type { Coordinator } from './coordinator/coordinator.ts';

export interface PeopleRoom {
  readonly coordinator: Pick<Coordinator, 'task'>;
  /** Where the people of a task are kept. */
  readonly peopleFile: (task: string) => string;
}

/**
 * Reads a list of people and keeps it with the task, in place of the one before. A run that goes on has begun with the list of that
 * time: then only the same one is taken. Codes: people-invalid, wrong-state, not-found, store-unusable, store-disk-full.
 */
export async function givePeople(
  room: PeopleRoom,
  task: string,
  csv: string,
): Promise<Result<{ readonly people: number }>> {
  const row = room.coordinator.task(task);
  if (!row.ok) return row;
  const people = readPeople(csv);
  if (!people.ok) return people;
  const file = room.peopleFile(task);
  const before = await readPairs(file);
  const count = { people: people.value.size };
  if (before.ok && peopleKey(before.value) === peopleKey(people.value)) return ok(count);
  const { state } = row.value;
  if (state !== 'ready' && !isEnded(state)) {
    const detail =
      'a run is under way with the list that it began with; another one can be given when it has ended';
    return failed('wrong-state', { detail });
  }
  const saved = await savePairs(file, people.value);
  return saved.ok ? ok(count) : saved;
}

/** The people of a task, as pairs of account and sign-in name. Codes: not-found, store-unusable, store-corrupt. */
export async function peopleOf(room: PeopleRoom, task: string): Promise<Result<[string, string][]>> {
  const row = room.coordinator.task(task);
  if (!row.ok) return row;
  const people = await readPairs(room.peopleFile(task));
  return people.ok ? ok([...people.value]) : people;
}
