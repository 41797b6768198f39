import { expect, it } from 'vitest';
import { ProblemError } from '../../../src-shared/model/problem.ts';
import { defaultSettings } from '../../../src-shared/model/settings.ts';
import { openFleetStore } from '../../store/open-fleet-store.ts';
import { openRunResults } from '../../store/open-run-results.ts';
import { testFolder } from '../../store/test-folder.ts';
import { aBeat, must } from '../wire/wire-rig.ts';
import { openCoordinator } from './coordinator.ts';
import { Seat } from './seat.ts';

it('rests and goes on as another process would: nothing is taken meanwhile, and nothing is lost', async () => {
  const folder = testFolder();
  const { store } = must(await openFleetStore({ file: `${folder}/fleet.db`, now: Date.now }));
  let ids = 0;
  const seat = await Seat.take(() =>
    openCoordinator({
      ...{ store, now: Date.now, steady: () => performance.now() },
      newId() {
        ids += 1;
        return `id-${ids}-x`;
      },
      openResults: (run) => openRunResults({ file: `${folder}/${run}.db`, now: Date.now }),
    }),
  );
  const { coordinator } = seat;
  const wish = { name: 'One', source: '/a', destination: 'none', settings: defaultSettings };
  const task = await coordinator.addTask(wish);
  must(await coordinator.order(task.id, 'start'));
  const first = must(await coordinator.fleet.beat(aBeat('machine-one', 1)));
  expect(first.granted).toHaveLength(1);
  const ends = coordinator.nextEnd(task.id);

  // A beat that is under way is answered before.
  const underWay = coordinator.fleet.beat({ ...aBeat('machine-two', 1), freeSlots: 1 });
  await seat.rest();
  expect((await Promise.race([underWay, Promise.resolve(undefined)]))?.ok).toBe(true);
  await seat.rest();
  expect(await coordinator.fleet.beat(aBeat('machine-one', 2))).toMatchObject({
    problem: { code: 'coordinator-away' },
  });
  expect(await coordinator.order(task.id, 'pause')).toMatchObject({ problem: { code: 'fleet-moving' } });
  await expect(coordinator.addTask(wish)).rejects.toThrow(ProblemError);
  expect(coordinator.task(task.id).ok, 'what it knows is still told').toBe(true);
  expect(ends.aborted).toBe(false);

  await seat.goOn();
  expect(ends.aborted, 'whoever waits looks again').toBe(true);
  const hello = must(
    await coordinator.fleet.beat({ ...aBeat('machine-one', 3), coordinator: 'id-of-before' }),
  );
  expect(hello.coordinator).not.toBe(first.coordinator);
  expect(must(await coordinator.order(task.id, 'stop')).state).toMatch(/stop/);
  await coordinator.close();
  await store.close();
});
