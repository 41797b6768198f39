import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createMachine, type Machine } from '../../src-main/machine.ts';
import { generateShare, type ShareSummary } from '../../src-practice/share/share.ts';
import { type PracticeTenant, startPracticeTenant } from '../../src-practice/tenant/server.ts';
import type { TaskRow } from '../../src-shared/contract/console-types.ts';
import { must } from '../conformance/destination-steps.ts';
import { ALICE } from './desk-rig.ts';
import { type PersonAtBrowser, personAtBrowser } from './person-at-browser.ts';

let folder: string;
let share: ShareSummary;
let tenant: PracticeTenant;
let person: PersonAtBrowser;
let machine: Machine | undefined;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'convoy-sign-in-'));
  share = await generateShare({
    ...{ directory: join(folder, 'share'), seed: 'sign-in', files: 60, totalBytes: 600_000 },
    ...{ oddities: false, now: Date.UTC(2026, 10, 1) },
  });
  tenant = await startPracticeTenant({ seed: 'waits' });
  person = personAtBrowser(tenant);
}, 120_000);
afterAll(async () => {
  await machine?.close();
  await person.close();
  await tenant.close();
  await rm(folder, { recursive: true });
});

async function openMachine() {
  machine = must(
    await createMachine({
      ...{ dataFolder: join(folder, 'data'), cloud: tenant.cloud, signIn: undefined },
      ...{ now: Date.now, random: Math.random, version: '1.2.3', machineName: 'PC-7' },
      onBug: (error) => {
        throw error;
      },
    }),
  );
  machine.start();
  return createRouterClient(machine.console);
}
type Client = Awaited<ReturnType<typeof openMachine>>;

async function signIn(client: Client): Promise<void> {
  const { address } = must(await client.signIn.begin({ how: 'browser' }));
  await person.pick(address ?? '', ALICE);
  for await (const { state, attempt } of await client.signIn.watch())
    if (state === 'ready' && attempt?.state === 'done') return;
}

async function until(client: Client, task: string, isSo: (row: TaskRow) => boolean): Promise<TaskRow> {
  for await (const result of await client.tasks.watch({ task })) {
    const row: TaskRow = must(result);
    if (isSo(row)) return row;
    if (row.state === 'failed') throw new Error(`failed: ${row.reason?.code} ${row.reason?.detail}`);
  }
  throw new Error('the machine closed');
}

it('a run whose person has to sign in again waits, says so, and goes on by itself; nothing is lost or done twice', async () => {
  const client = await openMachine();
  await signIn(client);
  expect((await client.machine.about()).signIn).toMatchObject({ state: 'ready', account: ALICE });
  const destination = `https://${tenant.hostName}/sites/archive/Shared Documents/waits`;
  const task = must(await client.tasks.create({ source: share.directory, destination }));
  await tenant.control.setFaults({ latencyMs: { min: 200, max: 300 } });
  must(await client.tasks.order({ task: task.id, order: 'start' }));
  await until(client, task.id, ({ counts }) => counts.found.files > 0);
  tenant.entra.revokeSignIns(ALICE);
  tenant.entra.expireTokensNow();
  const waiting = await until(client, task.id, ({ reason }) => reason?.code === 'sign-in-needed');
  expect(waiting.state).toBe('running');
  expect((await client.machine.about()).signIn).toMatchObject({ state: 'needed', account: ALICE });
  // Also over a start: the sealed file says that somebody has to come.
  await machine?.close();
  const again = await openMachine();
  await until(again, task.id, ({ reason }) => reason?.code === 'sign-in-needed');
  await tenant.control.setFaults({});
  await signIn(again);
  const done = await until(again, task.id, ({ state }) => state.startsWith('complete'));
  expect(done.state).toBe('complete');
  expect(done.counts.byOutcome.copied.files).toBe(share.files);
  expect((await tenant.control.stats()).filesWithMoreThanOneVersion).toBe(0);
  // What is kept holds nothing that could be read.
  const kept = await readFile(join(folder, 'data', 'keys', 'sign-in.key'));
  expect(kept.includes(ALICE)).toBe(false);
  expect(kept.includes('RefreshToken')).toBe(false);
}, 120_000);
