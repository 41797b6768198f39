import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createMachine, type Machine, type MachineSignIn } from '../../src-main/machine.ts';
import { generateShare, type ShareSummary } from '../../src-practice/share/share.ts';
import { type PracticeTenant, startPracticeTenant } from '../../src-practice/tenant/server.ts';
import type { TaskRow } from '../../src-shared/contract/console-types.ts';
import { addsUp } from '../../src-shared/model/counts.ts';
import { isEnded, type RunState } from '../../src-shared/model/run.ts';

/** Everything is real here: a share on disk, the practice tenant over sockets, the machine with its databases. */

/** Slow enough that a run is still going on when somebody looks once a second. */
const SLOW = { min: 300, max: 400 };

let folder: string;
let share: ShareSummary;
let tenant: PracticeTenant;
let signIn: MachineSignIn;
let machine: Machine | undefined;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'convoy-machine-'));
  share = await generateShare({
    directory: join(folder, 'share'),
    seed: 'machine',
    files: 200,
    totalBytes: 4_000_000,
    oddities: false,
    now: Date.UTC(2026, 10, 1),
  });
  tenant = await startPracticeTenant({ seed: 'machine' });
  const { pem } = await tenant.control.certificate();
  signIn = { tenant: tenant.tenantId, clientId: tenant.apps.headless, certificatePem: pem };
}, 60_000);
afterAll(async () => {
  await tenant.close();
  await rm(folder, { recursive: true });
});

let data: string;
let place: string;
beforeEach(({ task }) => {
  data = join(folder, `data-${task.id}`);
  place = `https://${tenant.hostName}/sites/archive/Shared Documents/${task.id}`;
});
afterEach(async () => {
  await machine?.close();
  machine = undefined;
  await tenant.control.setFaults({});
});

async function openMachine(given: Partial<Parameters<typeof createMachine>[0]> = {}) {
  const made = await createMachine({
    dataFolder: data,
    cloud: tenant.cloud,
    signIn,
    now: Date.now,
    random: Math.random,
    version: '1.2.3',
    machineName: 'PC-7',
    onBug: (error) => {
      throw error;
    },
    ...given,
  });
  if (!made.ok) throw new Error(made.problem.code);
  machine = made.value;
  machine.start();
  return { machine: made.value, client: createRouterClient(made.value.console) };
}
type Client = Awaited<ReturnType<typeof openMachine>>['client'];

async function newTask(client: Client, dryRun = false): Promise<string> {
  const made = await client.tasks.create({
    source: share.directory,
    destination: place,
    settings: { dryRun },
  });
  if (!made.ok) throw new Error(`${made.problem.code} ${made.problem.detail}`);
  return made.value.id;
}

async function order(client: Client, task: string, one: Parameters<Client['tasks']['order']>[0]['order']) {
  expect(await client.tasks.order({ task, order: one })).toMatchObject({ ok: true });
}

/** Watches as a screen does, until it is so. */
async function until(client: Client, task: string, isSo: (row: TaskRow) => boolean): Promise<TaskRow> {
  for await (const result of await client.tasks.watch({ task })) {
    if (!result.ok) throw new Error(result.problem.code);
    const row: TaskRow = result.value;
    expect(addsUp(row.counts, false), 'at any moment').toBe(true);
    if (isSo(row)) return row;
    if (row.state !== 'ready' && isEnded(row.state))
      throw new Error(`ended: ${row.state} ${row.reason?.code}`);
  }
  throw new Error('the machine closed');
}

const inState = (state: RunState) => (row: TaskRow) => row.state === state;
const someCopied = ({ counts }: TaskRow) => counts.byOutcome.copied.files > 0;

/** What the tenant has below the task's folder, by its own account. */
async function stored(): Promise<{ files: number; versions: number }> {
  const library = (await tenant.control.drives()).find(
    ({ path }) => path === 'sites/archive/Shared Documents',
  );
  const top = decodeURI(new URL(place).pathname).replace('/sites/archive/Shared Documents', '');
  let files = 0;
  let versions = 0;
  for await (const entry of tenant.control.tree(library?.id ?? ''))
    if (entry.kind === 'file' && entry.path.startsWith(`${top}/`)) {
      files += 1;
      versions += entry.versions;
    }
  return { files, versions };
}

describe('a machine', () => {
  it('copies a share, accounts for every item, and does nothing the second time', async () => {
    const { client, machine: here } = await openMachine();
    expect(await client.machine.about()).toMatchObject({
      practice: true,
      machine: 'PC-7',
      signIn: { state: 'ready', tenant: tenant.tenantId },
      welcomed: false,
    });
    expect(await client.machine.welcome()).toMatchObject({ welcomed: true });
    expect(await client.machine.about()).toMatchObject({ welcomed: true });
    const task = await newTask(client);
    await order(client, task, 'start');
    const first = await until(client, task, ({ state }) => state.startsWith('complete'));
    const { counts } = first;
    expect(addsUp(counts, true)).toBe(true);
    expect(counts.found.files).toBe(share.files);
    expect(first.state).toBe('complete');
    expect(await stored()).toMatchObject({ files: counts.byOutcome.copied.files });

    await order(client, task, 'start');
    const second = await until(
      client,
      task,
      ({ state, run }) => run?.number === 1 && state.startsWith('complete'),
    );
    expect(second.counts.byOutcome.copied.files).toBe(0);
    expect(second.counts.byOutcome.present.files).toBe(counts.byOutcome.copied.files);
    expect((await client.tasks.runs({ task })).map(({ run }) => run.number)).toEqual([1, 0]);
    const account = await here.coordinator.account(second.run?.id ?? '');
    expect(account.ok && account.value.usage.requests).toBeLessThan(share.folders / 10 + 5);
  });

  it('writes a report in which every item is found once', async () => {
    const { client } = await openMachine();
    const task = await newTask(client);
    await order(client, task, 'start');
    const { run, counts } = await until(client, task, ({ state }) => state.startsWith('complete'));
    const report = await client.reports.write({ run: run?.id ?? '' });
    if (!report.ok) throw new Error(report.problem.code);
    const read = (name: string) => readFile(join(report.value.folder, name), 'utf8');
    const summary = JSON.parse(await read('summary.json'));
    expect(summary).toMatchObject({ addsUp: true, counts });
    let items = 0;
    for (let cursor: string | undefined; ; ) {
      const page = await client.items.page({
        run: run?.id ?? '',
        filter: {},
        limit: 100,
        ...(cursor && { cursor }),
      });
      if (!page.ok) throw new Error(page.problem.code);
      items += page.value.items.length;
      if (page.value.cursor === null) break;
      cursor = page.value.cursor;
    }
    const { files, folders, others } = counts.found;
    expect(items).toBe(files + folders + others);
  });

  it('ends a task whose library is full (507), and goes on with its other tasks', async () => {
    const { client } = await openMachine();
    const library = (await tenant.control.drives()).find(
      ({ path }) => path === 'sites/finance/Shared Documents',
    );
    const quota = (total: number) =>
      tenant.control.act({ action: 'setQuota', drive: library?.id ?? '', total });
    await quota(300_000);
    const destination = `https://${tenant.hostName}/sites/finance/Shared Documents/full`;
    const full = await client.tasks.create({ source: share.directory, destination, settings: {} });
    if (!full.ok) throw new Error(full.problem.code);
    const other = await newTask(client);
    await order(client, full.value.id, 'start');
    await order(client, other, 'start');
    const stuck = await until(client, full.value.id, inState('failed'));
    expect(stuck.reason?.code).toBe('quota-full');
    const done = await until(client, other, ({ state }) => state.startsWith('complete'));
    expect(done.counts.byOutcome.failed.files).toBe(0);
    expect(done.counts.byOutcome.copied.files).toBe(share.files);
    await quota(2 ** 40);
    await order(client, full.value.id, 'start');
    const mended = await until(
      client,
      full.value.id,
      ({ state, run }) => run?.number === 1 && state.startsWith('complete'),
    );
    expect(addsUp(mended.counts, true)).toBe(true);
    expect(mended.counts.byOutcome.copied.files + mended.counts.byOutcome.present.files).toBe(share.files);
  });

  it('pauses, and goes on where it was', async () => {
    await tenant.control.setFaults({ latencyMs: SLOW });
    const { client } = await openMachine();
    const task = await newTask(client);
    await order(client, task, 'start');
    await until(client, task, someCopied);
    await order(client, task, 'pause');
    const paused = await until(client, task, inState('paused'));
    expect(paused.counts.byOutcome.copied.files).toBeLessThan(share.files);
    const before = await stored();
    await tenant.control.setFaults({});
    await order(client, task, 'resume');
    const done = await until(client, task, ({ state }) => state.startsWith('complete'));
    expect(addsUp(done.counts, true)).toBe(true);
    const after = await stored();
    expect(after.files).toBe(done.counts.byOutcome.copied.files);
    expect(before.files).toBeLessThanOrEqual(after.files);
  });

  it('that is closed in the middle goes on by itself when it is started again, and forgets nothing that was spent', async () => {
    await tenant.control.setFaults({ latencyMs: SLOW });
    const first = await openMachine();
    const task = await newTask(first.client);
    await order(first.client, task, 'start');
    await until(first.client, task, someCopied);
    await first.machine.close();
    const spent = first.machine.coordinator.overview().requests;
    await tenant.control.setFaults({});

    const again = await openMachine();
    const done = await until(again.client, task, ({ state }) => state.startsWith('complete'));
    expect(done.run?.number).toBe(0);
    expect(addsUp(done.counts, true)).toBe(true);
    expect((await stored()).files).toBe(done.counts.byOutcome.copied.files);
    expect(again.machine.coordinator.overview().requests).toBeGreaterThan(spent);
  });

  it.each(['finish', 'stop'] as const)(
    'ends by %s, keeps what is there, and the next run does the rest',
    async (how) => {
      await tenant.control.setFaults({ latencyMs: SLOW });
      const { client } = await openMachine();
      const task = await newTask(client);
      await order(client, task, 'start');
      await until(client, task, someCopied);
      await order(client, task, how);
      const stopped = await until(client, task, inState('stopped'));
      expect(stopped.reason?.code).toBe('stopped-by-you');
      await tenant.control.setFaults({});
      await order(client, task, 'start');
      const done = await until(
        client,
        task,
        ({ state, run }) => run?.number === 1 && state.startsWith('complete'),
      );
      expect(addsUp(done.counts, true)).toBe(true);
      const { copied, present } = done.counts.byOutcome;
      expect((await stored()).files).toBe(copied.files + present.files);
    },
  );

  it('lists everything and writes nothing in a dry run', async () => {
    const { client } = await openMachine();
    const task = await newTask(client, true);
    await order(client, task, 'start');
    const done = await until(client, task, ({ state }) => state.startsWith('complete'));
    expect(done.counts.found.files).toBe(share.files);
    expect(done.counts.byOutcome.copied.files).toBe(0);
    expect(await stored()).toEqual({ files: 0, versions: 0 });
  });
});

describe('what cannot be', () => {
  it.each([
    [
      'a source that is not there',
      () => ({ source: join(folder, 'nowhere'), destination: place }),
      'source-missing',
    ],
    [
      'a file as source',
      () => ({ source: `${share.directory}.practice-share.json`, destination: place }),
      'source-not-a-folder',
    ],
    [
      'no site',
      () => ({ source: share.directory, destination: `https://${tenant.hostName}/sites/none` }),
      'site-not-found',
    ],
    ['no address', () => ({ source: share.directory, destination: 'C:\\there' }), 'destination-url-invalid'],
  ] as const)('%s is refused before anything is kept', async (_, wish, code) => {
    const { client } = await openMachine();
    expect(await client.tasks.create(wish())).toMatchObject({ ok: false, problem: { code } });
    expect((await client.tasks.list({ limit: 10 })).tasks).toEqual([]);
  });

  it('nobody signed in: everything can be looked at, and no task can be made', async () => {
    const { client } = await openMachine({ signIn: undefined });
    expect((await client.machine.about()).signIn).toEqual({ state: 'none' });
    expect(await client.tasks.create({ source: share.directory, destination: place })).toMatchObject({
      problem: { code: 'sign-in-incomplete' },
    });
  });

  it('a refused sign-in is told by the order and by the screen', async () => {
    const { client } = await openMachine({
      signIn: { ...signIn, clientId: '00000000-0000-4000-8000-000000000000' },
    });
    const made = await client.tasks.create({ source: share.directory, destination: place });
    expect(made).toMatchObject({ problem: { code: 'sign-in-app-unknown' } });
    expect((await client.machine.about()).signIn).toMatchObject({ state: 'failed' });
  });

  it('a data folder that another machine uses is refused, and is free when that one has closed', async () => {
    const { machine: first } = await openMachine();
    const options = {
      dataFolder: data,
      cloud: tenant.cloud,
      signIn: undefined,
      now: Date.now,
      random: Math.random,
    };
    const second = () =>
      createMachine({ ...options, version: '1', machineName: 'x', onBug: () => undefined });
    expect(await second()).toMatchObject({ ok: false, problem: { code: 'store-in-use' } });
    await first.close();
    machine = undefined;
    const free = await second();
    expect(free.ok).toBe(true);
    if (free.ok) await free.value.close();
  });
});
