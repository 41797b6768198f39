import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TaskRow } from '../../src-shared/contract/console-types.ts';
import { failed, ok, type Result } from '../../src-shared/model/problem.ts';
import { givePeople, type PeopleRoom, peopleOf } from './give-people.ts';

describe('a list of people', () => {
  let folder: string;
  let state: TaskRow['state'];
  let room: PeopleRoom;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'convoy-people-'));
    state = 'ready';
    room = {
      coordinator: {
        // Only the state is asked for.
        task: (task) => (task === 'task-1' ? (ok({ state }) as Result<TaskRow>) : failed('not-found')),
      },
      peopleFile: (task) => join(folder, `${task}.people.json`),
    };
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('is kept with its task and given to whoever works on it; another one takes its place', async () => {
    expect(await peopleOf(room, 'task-1')).toEqual(ok([]));
    expect(await givePeople(room, 'task-1', 'C\\Ann,ann@c.d,FALSE\nC\\Bo,bo@c.d,FALSE')).toEqual(
      ok({ people: 2 }),
    );
    expect(await givePeople(room, 'task-1', 'C\\Ann,ann@c.d,FALSE')).toEqual(ok({ people: 1 }));
    expect(await peopleOf(room, 'task-1')).toEqual(ok([['c\\ann', 'ann@c.d']]));
  });

  it('is taken while a run goes on only if it is the same', async () => {
    await givePeople(room, 'task-1', 'a,ann@c.d\nb,bo@c.d');
    state = 'running';
    expect(await givePeople(room, 'task-1', 'B,bo@c.d\na,ANN@c.d')).toEqual(ok({ people: 2 }));
    expect(await givePeople(room, 'task-1', 'a,bo@c.d')).toMatchObject({ problem: { code: 'wrong-state' } });
    state = 'complete';
    expect(await givePeople(room, 'task-1', 'a,bo@c.d')).toEqual(ok({ people: 1 }));
  });

  it('that is wrong, damaged or of no task is said, and nothing is kept', async () => {
    expect(await givePeople(room, 'task-1', 'a,nobody')).toMatchObject({
      problem: { code: 'people-invalid' },
    });
    expect(await givePeople(room, 'task-2', 'a,ann@c.d')).toMatchObject({ problem: { code: 'not-found' } });
    expect(await peopleOf(room, 'task-2')).toMatchObject({ problem: { code: 'not-found' } });
    expect(await peopleOf(room, 'task-1')).toEqual(ok([]));
    await writeFile(room.peopleFile('task-1'), '{');
    expect(await peopleOf(room, 'task-1')).toMatchObject({ problem: { code: 'store-corrupt' } });
  });
});
