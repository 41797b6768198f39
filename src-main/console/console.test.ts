import { createRouterClient } from '@orpc/server';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { About } from '../../src-shared/contract/console-types.ts';
import type { SignInView } from '../../src-shared/contract/sign-in.ts';
import { noPlan, noRules } from '../../src-shared/model/plan.ts';
import { failed, ok } from '../../src-shared/model/problem.ts';
import { defaultSettings } from '../../src-shared/model/settings.ts';
import { FleetRig } from '../fleet/fleet-rig.ts';
import { createConsoleRouter } from './console.ts';
import { createSharedConsole } from './shared-console.ts';

const about: About = {
  version: '1.2.3',
  machine: 'PC-7',
  cloud: 'practice',
  sharePointHostSuffix: '.sharepoint.com',
  practice: true,
  signIn: { state: 'none' },
  dataFolder: '/data',
  welcomed: false,
  notices: [],
};

let rig: FleetRig;
let closing: AbortController;
/** Waits that subscriptions are in, to be ended by hand. */
let waiting: (() => void)[];
/** The coordinator is another machine and cannot be reached. */
let away: boolean;

beforeAll(async () => {
  rig = await FleetRig.make();
});
afterAll(() => rig.close());
beforeEach(() => {
  closing = new AbortController();
  waiting = [];
  away = false;
});

function client() {
  const clock = {
    sleep: (_: number, signal: AbortSignal) =>
      new Promise<void>((resolve) => {
        if (signal.aborted) resolve();
        waiting.push(resolve);
        signal.addEventListener('abort', () => resolve());
      }),
  };
  const own = createRouterClient(
    createSharedConsole({
      coordinator: rig.coordinator,
      giveNames: async (task, csv) =>
        csv === '' ? failed('renames-invalid', { where: task, detail: 'row 1' }) : ok({ names: 1 }),
      givePeople: async (task, csv) =>
        csv === '' ? failed('people-invalid', { where: task, detail: 'row 1' }) : ok({ people: 1 }),
      people: async () => ok([['contoso\\alice', 'alice@contoso.com']]),
      ...noAssessments,
      checkTask: async ({ source, destination }) =>
        source === '/missing'
          ? failed('source-missing', { where: source })
          : ok({ source, name: 'Share', place: destination }),
      createTask: async (wish) =>
        wish.source === '/missing'
          ? failed('source-missing', { where: wish.source })
          : ok(
              await rig.coordinator.addTask({
                name: wish.name ?? 'Share',
                source: wish.source,
                destination: wish.destination,
                settings: { ...defaultSettings, dryRun: wish.settings?.dryRun ?? false },
              }),
            ),
      writeReport: async (run) => ok({ folder: `/reports/${run}`, files: ['summary.html'] }),
      closing: closing.signal,
      clock,
    }),
  );
  return createRouterClient(
    createConsoleRouter({
      about: async () => about,
      welcome: async () => ({ ...about, welcomed: true }),
      desk: noDesk,
      signIn: nobody,
      shared: () => (away ? undefined : own),
      closing: closing.signal,
      clock,
    }),
  );
}

/** Assessments are tried with a whole machine: tests/fleet/assessments.test.ts. */
const noAssessments = {
  assessments: {
    start: async () => failed('unexpected'),
    list: async () => ({ assessments: [], cursor: null }),
    async *watch() {
      yield failed('not-found');
    },
  },
  ...{ planPage: async () => failed('not-found'), planCsv: async () => failed('not-found') },
  giveName: async () => failed('not-found'),
};

/** What it has of a fleet is tried with the desk itself. */
const refused = async () => failed('fleet-role');
const alone = { role: 'alone', machine: 'machine-1', name: 'PC-7', listener: null, joined: null } as const;
const noDesk = {
  state: async () => alone,
  machines: async () => [],
  ...{ move: refused, promote: refused, demote: refused, invite: refused, accept: refused, revoke: refused },
  ...{ join: refused, leave: refused, rekey: refused },
} as const;

/** Who is signed in is tried with the practice tenant: tests/sign-in. */
const signedOut: SignInView = {
  ...{ state: 'none', origin: null, who: null, problem: null, attempt: null, clouds: [] },
  cloud: { name: 'practice', sharePointHostSuffix: '.sharepoint.practice' },
};
const nobody = {
  view: () => signedOut,
  ...{ begin: refused, standing: refused, signOut: refused },
  cancel: async () => signedOut,
} as const;

const wish = { source: '/share', destination: 'https://contoso.sharepoint.com/sites/x' };

async function newTask(): Promise<string> {
  const made = await client().tasks.create(wish);
  if (!made.ok) throw new Error(made.problem.code);
  return made.value.id;
}

describe('the console', () => {
  it('takes a repair plan, or says what is wrong with it', async () => {
    const { giveNames } = client().tasks;
    expect(await giveNames({ task: 'task-1', csv: 'path' })).toEqual(ok({ names: 1 }));
    const problem = { code: 'renames-invalid', where: 'task-1', detail: 'row 1' };
    expect(await giveNames({ task: 'task-1', csv: '' })).toEqual({ ok: false, problem });
  });

  it('hands a list of people over, tells what is wrong with it, and gives it to whoever works on the task', async () => {
    const { givePeople, people } = client().tasks;
    expect(await givePeople({ task: 'task-1', csv: 'a,b@c.d' })).toEqual(ok({ people: 1 }));
    const problem = { code: 'people-invalid', where: 'task-1', detail: 'row 1' };
    expect(await givePeople({ task: 'task-1', csv: '' })).toEqual({ ok: false, problem });
    expect(await people({ task: 'task-1' })).toEqual(ok([['contoso\\alice', 'alice@contoso.com']]));
  });

  it('says who it is', async () => {
    expect(await client().machine.about()).toEqual(about);
  });

  it('makes tasks, or says what is wrong with source and destination', async () => {
    expect(
      await client().tasks.create({ ...wish, name: ' Finance ', settings: { dryRun: true } }),
    ).toMatchObject({
      ok: true,
      value: { name: 'Finance', settings: { dryRun: true, parallelFiles: 16 } },
    });
    expect(await client().tasks.create({ ...wish, source: '/missing' })).toEqual({
      ok: false,
      problem: { code: 'source-missing', where: '/missing' },
    });
  });

  it.each([
    ['a limit of nought', () => client().tasks.list({ limit: 0 })],
    ['a path for an id', () => client().tasks.get({ task: '../../etc/passwd' })],
    ['a source of nothing', () => client().tasks.create({ ...wish, source: '  ' })],
    ['a page too large', () => client().items.page({ run: 'run-1234', filter: {}, limit: 501 })],
  ])('refuses %s at the door', async (_, call) => {
    await expect(call()).rejects.toThrow('validation');
  });

  it('tells what the machines are, and changes what they may do and who works on a task', async () => {
    await rig.beat();
    const gone = new AbortController();
    const seen = await client().machines.watch(undefined, { signal: gone.signal });
    const first = await seen.next();
    gone.abort();
    const [row] = first.done ? [] : first.value;
    expect(row).toMatchObject({ rules: noRules, bandwidth: { bytesPerSecond: null, hours: [] } });
    const machine = row?.machine ?? '';
    const bandwidth = { bytesPerSecond: 1_000_000, hours: [] };
    expect(await client().machines.setBandwidth({ machine, bandwidth })).toEqual(ok(bandwidth));
    const rules = { ...noRules, labels: ['berlin'], slots: 2 };
    expect(await client().machines.setRules({ machine, rules })).toMatchObject({
      value: { rules, bandwidth },
    });
    expect(await client().machines.setRules({ machine: 'machine-none', rules })).toMatchObject({
      problem: { code: 'not-found' },
    });
    await client().machines.setRules({ machine, rules: noRules });
    await client().machines.setBandwidth({ machine, bandwidth: { bytesPerSecond: null, hours: [] } });
    const task = await newTask();
    const plan = { ...noPlan, priority: 5, labels: ['berlin'] };
    expect(await client().tasks.setPlan({ task, plan })).toMatchObject({ value: { task: { id: task } } });
    expect(await client().tasks.plan({ task })).toEqual(ok(plan));
    expect(await client().tasks.plan({ task: 'task-none' })).toMatchObject({
      problem: { code: 'not-found' },
    });
  });

  it('says of a coordinator that cannot be reached that it cannot, and of this machine what it is', async () => {
    away = true;
    const problem = { code: 'coordinator-away' };
    expect(await client().tasks.get({ task: 'task-1' })).toEqual({ ok: false, problem });
    expect(await client().tasks.create(wish)).toEqual({ ok: false, problem });
    await expect(client().tasks.list({ limit: 5 })).rejects.toThrow('cannot be reached');
    expect(await client().machine.about()).toEqual(about);
    expect(await client().fleet.state()).toMatchObject({ role: 'alone' });
  });

  it('answers for what is not there with a value, not with an exception', async () => {
    const missing = { ok: false, problem: { code: 'not-found' } };
    expect(await client().tasks.get({ task: 'task-none' })).toMatchObject(missing);
    expect(await client().tasks.order({ task: 'task-none', order: 'start' })).toMatchObject(missing);
    expect(await client().items.page({ run: 'run-none', filter: {}, limit: 5 })).toMatchObject(missing);
    expect(await client().tasks.runs({ task: 'task-none' })).toEqual([]);
  });

  it('follows a run: its row, its items by page and filter, its events, its report', async () => {
    await rig.anew();
    const task = await newTask();
    rig.gate.open();
    expect(await client().tasks.order({ task, order: 'start' })).toMatchObject({
      value: { state: 'waiting' },
    });
    const run = await vi.waitFor(
      async () => {
        await rig.beat();
        const row = await client().tasks.get({ task });
        if (!row.ok || row.value.run === null) throw new Error('no run');
        expect(row.value.state).toBe('complete');
        return row.value.run.id;
      },
      { timeout: 10_000, interval: 5 },
    );
    const first = await client().items.page({ run, filter: { kind: 'file' }, limit: 4 });
    if (!first.ok) throw new Error(first.problem.code);
    expect(first.value).toMatchObject({ total: rig.files });
    const rest = await client().items.page({
      run,
      filter: { kind: 'file' },
      cursor: first.value.cursor ?? '',
      limit: 500,
    });
    if (!rest.ok) throw new Error(rest.problem.code);
    expect(first.value.items.length + rest.value.items.length).toBe(rig.files);
    const named = await client().items.page({ run, filter: { text: 'FILE 3' }, limit: 500 });
    expect(named.ok && named.value.items.map(({ path }) => path)).toEqual(['file 3']);
    expect(await client().items.page({ run, filter: {}, cursor: 'no cursor', limit: 5 })).toMatchObject({
      ok: false,
      problem: { code: 'bad-request' },
    });
    expect((await client().events.page({ task, limit: 10 })).map(({ facts }) => facts.kind)).toEqual([
      'run-ended',
      'run-started',
      'task-created',
    ]);
    expect(await client().tasks.runs({ task })).toMatchObject([{ run: { number: 0 } }]);
    expect(await client().reports.write({ run })).toMatchObject({ value: { files: ['summary.html'] } });
    expect((await client().overview.series()).length).toBeGreaterThan(0);
    expect((await client().tasks.list({ limit: 200 })).tasks[0]?.task.id).toBe(task);
  });
});

describe('a subscription', () => {
  it('sends what is now, then no more than one batch for each wait', async () => {
    const task = await newTask();
    const rows = await client().tasks.watch({ task });
    const state = async () => {
      const row = await rows.next();
      return !row.done && row.value.ok && row.value.value.state;
    };
    expect(await state()).toBe('ready');
    const next = state();
    await vi.waitFor(() => expect(waiting).toHaveLength(1));
    await rig.coordinator.order(task, 'start');
    waiting.shift()?.();
    expect(await next).toBe('waiting');
    closing.abort();
    expect((await rows.next()).done).toBe(true);
  });

  it('waits while the coordinator is away, and goes on when it is back', async () => {
    away = true;
    const gone = new AbortController();
    const seen = await client().overview.watch(undefined, { signal: gone.signal });
    const first = seen.next();
    await vi.waitFor(() => expect(waiting).toHaveLength(1));
    away = false;
    waiting.shift()?.();
    expect((await first).done).toBe(false);
    gone.abort();
  });

  it('of everything ends when its consumer goes away', async () => {
    const gone = new AbortController();
    const seen = await client().overview.watch(undefined, { signal: gone.signal });
    const first = await seen.next();
    expect(!first.done && first.value.at).toBe(rig.now);
    const next = seen.next();
    await vi.waitFor(() => expect(waiting).toHaveLength(1));
    gone.abort();
    expect((await next).done).toBe(true);
  });
});
