import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { defaultSettings } from '../../src-shared/model/settings.ts';
import { noUsage } from '../../src-shared/model/usage.ts';
import type { FleetStore, MemberRecord, Unit } from './fleet-store.ts';
import { openFleetStore } from './open-fleet-store.ts';
import { need, testFolder } from './test-folder.ts';

async function open(file: string): Promise<FleetStore> {
  const { store } = need(await openFleetStore({ file, now: () => 0 }));
  onTestFinished(() => store.close());
  return store;
}

const member = (machine: string): MemberRecord => ({
  ...{ machine, name: machine, key: `key of ${machine}`, state: 'member', pairedAt: 1 },
});

/** A task with a run of two units, and everything that is kept about it. */
async function fill(store: FleetStore, name: string): Promise<void> {
  const [task, run] = [`task-${name}`, `run-${name}`];
  const settings = defaultSettings;
  await store.addTask({ id: task, name, source: '/a', destination: 'https://a/', settings, createdAt: 1 });
  const unit: Unit = {
    ...{ id: `unit-${name}`, run, path: '', epoch: 3, generation: 2, offersTaken: 0, holder: 'pc-1' },
    ...{ leaseUntil: 5, state: 'held', failures: [], usage: noUsage },
  };
  await store.addRun(
    { id: run, task, number: 0, state: 'running', startedAt: 1, endedAt: null, problem: null },
    unit,
  );
  const scope = { path: 'sub', destinationPath: 'sub' };
  const offered: Unit = {
    ...unit,
    id: `part-${name}`,
    path: 'sub',
    epoch: 0,
    holder: null,
    state: 'free',
  };
  await store.takeOffers({ ...unit, offersTaken: 1 }, [{ unit: offered, offer: 1, scope }]);
  await store.saveUnits({ facts: { run, text: `facts of ${name}` } });
  await store.saveSetting(`place-of-${task}`, 'https://a/b');
  await store.addPace(run, { at: 1, ms: 60_000, items: 1, bytes: 2, resourceUnits: 3, waits: {} });
  await store.addEvent({ at: 7, task, actor: 'you', facts: { kind: 'told', text: name }, problem: null });
}

it('a fleet goes from one database into another with all that belongs to it, and leaves the first', async () => {
  const folder = testFolder();
  const [old, heir] = [await open(join(folder, 'old.db')), await open(join(folder, 'heir.db'))];
  await fill(old, 'fleet');
  await fill(heir, 'own');
  await heir.saveSetting('machine-id', 'pc-1');
  for (const machine of ['pc-1', 'pc-2']) await old.saveMember(member(machine));
  const invitation = { id: 'an-invit', secret: new Uint8Array(3), expiresAt: 9e12, accepts: true };
  await old.addInvitation(invitation, 0);
  await old.saveMachine({ id: 'pc-2', name: 'PC-2', firstSeen: 1, lastSeen: 2 });

  const copy = join(folder, 'copy.db');
  const counts = await old.handedCounts();
  expect(counts).toEqual({ tasks: 1, runs: 1, units: 2, pace: 1, plans: 0, rules: 0 });
  await old.copyTo(copy);
  expect(await heir.lookAtHandedOver(copy)).toEqual({ counts, known: 0 });
  await old.handOver({ moved: 'there' });
  await heir.takeOver(copy, 'pc-1', member('old'), { role: 'coordinator' });

  const all = { limit: 9, shelf: 'all' } as const;
  expect((await heir.tasks(all)).map(({ id }) => id)).toEqual(['task-fleet', 'task-own']);
  expect(await heir.unit('unit-fleet')).toMatchObject({
    epoch: 3,
    generation: 2,
    offersTaken: 1,
    holder: 'pc-1',
  });
  expect(await heir.scopeOf('part-fleet')).toMatchObject({ path: 'sub' });
  expect(await heir.runFacts(['run-fleet'])).toEqual([{ run: 'run-fleet', text: 'facts of fleet' }]);
  expect(await heir.pace('run-fleet')).toHaveLength(1);
  expect(await heir.setting('place-of-task-fleet')).toBe('https://a/b');
  expect(await heir.setting('machine-id')).toBe('pc-1');
  expect(await heir.setting('role')).toBe('coordinator');
  expect((await heir.members()).map(({ machine }) => machine)).toEqual(['old', 'pc-2']);
  expect((await heir.machines()).map(({ id }) => id)).toEqual(['pc-2']);
  expect(await heir.events({ task: 'task-fleet', limit: 9 })).toHaveLength(1);
  expect(await heir.invitation('an-invit')).toBeUndefined();

  expect(await old.tasks(all)).toEqual([]);
  expect(await old.runFacts(['run-fleet'])).toEqual([]);
  expect(await old.setting('place-of-task-fleet')).toBeUndefined();
  expect(await old.setting('moved')).toBe('there');
  // It tells them where to go.
  expect((await old.members()).map(({ machine }) => machine)).toEqual(['pc-1', 'pc-2']);
  // And back again.
  expect(await old.lookAtHandedOver(copy)).toMatchObject({ known: 0 });
  expect(await heir.lookAtHandedOver(copy)).toMatchObject({ known: 1 });
});

it('what cannot be taken is told before, and a take-over that fails leaves everything as it was', async () => {
  const folder = testFolder();
  const [old, heir] = [await open(join(folder, 'old.db')), await open(join(folder, 'heir.db'))];
  await fill(old, 'fleet');
  const copy = join(folder, 'copy.db');
  await old.copyTo(copy);
  await fill(heir, 'fleet');
  await heir.saveMember(member('pc-9'));
  await expect(heir.takeOver(copy, 'pc-1', member('old'), { role: 'x' })).rejects.toThrow(/UNIQUE/);
  expect(await heir.setting('role')).toBeUndefined();
  expect((await heir.members()).map(({ machine }) => machine)).toEqual(['pc-9']);

  writeFileSync(copy, 'no database at all, but long enough to be looked at as one');
  await expect(heir.lookAtHandedOver(copy)).rejects.toMatchObject({ problem: { code: 'store-corrupt' } });
  await expect(heir.lookAtHandedOver(join(folder, 'none.db'))).rejects.toMatchObject({
    problem: { code: 'store-unusable' },
  });
});
