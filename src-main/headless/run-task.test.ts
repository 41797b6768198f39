import { createRouterClient } from '@orpc/server';
import { expect, test } from 'vitest';
import { failed } from '../../src-shared/model/problem.ts';
import { createSharedConsole } from '../console/shared-console.ts';
import { FleetRig } from '../fleet/fleet-rig.ts';
import { runTask } from './run-task.ts';

test('the same copy again brings its task back from the archive instead of making another', async () => {
  const rig = await FleetRig.make();
  const closing = new AbortController();
  const client = createRouterClient(
    createSharedConsole({
      coordinator: rig.coordinator,
      giveNames: async () => failed('unexpected', { detail: 'no names were given' }),
      givePeople: async () => failed('unexpected', { detail: 'no people were given' }),
      people: async () => failed('unexpected', { detail: 'nobody asks' }),
      assessments: {
        start: async () => failed('unexpected'),
        list: async () => ({ assessments: [], cursor: null }),
        async *watch() {
          yield failed('unexpected');
        },
      },
      ...{ planPage: async () => failed('unexpected'), planCsv: async () => failed('unexpected') },
      giveName: async () => failed('unexpected', { detail: 'nobody asks' }),
      checkTask: async () => failed('unexpected', { detail: 'nobody asks' }),
      createTask: async () => failed('unexpected', { detail: 'it must not be made again' }),
      writeReport: async () => failed('unexpected'),
      closing: closing.signal,
      // Each look of the watch is a beat of the agent.
      clock: { sleep: () => rig.beat() },
    }),
  );
  try {
    rig.gate.open();
    const { id, source, destination } = await rig.addTask();
    await rig.coordinator.order(id, 'archive');
    const wish = { source, destination: `${destination}/`, dryRun: false };
    const nothing = (): void => undefined;
    const ended = await runTask(client, wish, {
      found: async () => undefined,
      started: nothing,
      row: nothing,
    });
    expect(ended).toMatchObject({
      ok: true,
      value: { task: { id }, archivedAt: null, state: 'complete', run: { number: 0 } },
    });
  } finally {
    closing.abort();
    await rig.close();
  }
});
