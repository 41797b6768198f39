import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { callFolderDoor } from '../../src-main/host/folder-door.ts';
import { generateShare } from '../../src-practice/share/share.ts';
import { type CliEnd, type RunningCli, runCli, startCli } from '../support/cli.ts';
import { asReceived, type Rehearsal, rehearse } from '../support/rehearsal.ts';
import { readTree } from '../support/tree.ts';

/** Two processes on this computer, as an admin starts them, and a practice tenant. */

const WAIT = { timeout: 60_000, interval: 200 };

let stage: Rehearsal;
let coordinator: string;
let helper: string;
const running: RunningCli[] = [];

beforeAll(async () => {
  stage = await rehearse({ seed: 'join' });
  coordinator = join(stage.folder, 'coordinator');
  helper = join(stage.folder, 'helper');
}, 60_000);
afterAll(async () => {
  for (const cli of running) cli.kill('SIGKILL');
  await stage.close();
});

const say = (...words: string[]): Promise<CliEnd> => runCli(words);
function start(...words: string[]): RunningCli {
  const cli = startCli(words);
  running.push(cli);
  return cli;
}
const signIn = () => [
  ...['--tenant', stage.tenant.tenantId, '--client-id', stage.tenant.apps.headless],
  ...['--certificate', join(stage.folder, 'app.pem'), '--cloud', join(stage.folder, 'cloud.json')],
];

const statusSchema = z.object({
  running: z.boolean(),
  fleet: z.object({ role: z.string(), joined: z.object({ state: z.string() }).nullable() }),
  tasks: z.array(z.object({ task: z.object({ id: z.string() }), state: z.string() })),
});
async function status(data: string) {
  const end = await say('status', '--data', data, '--json');
  return statusSchema.parse(JSON.parse(end.stdout));
}

describe('a fleet of two', () => {
  it('is made by promote, invite, join and accept, and does two tasks side by side that were given at the one that joined', async () => {
    const share = join(stage.folder, 'share');
    await generateShare({
      directory: share,
      seed: 'join',
      files: 60,
      oddities: false,
      now: Date.UTC(2026, 10, 1),
    });

    const promoted = await say(
      'fleet',
      'promote',
      '--data',
      coordinator,
      '--listen',
      '127.0.0.1',
      '--port',
      '0',
    );
    expect(promoted.stdout).toContain('coordinator of a fleet');
    const first = start('agent', '--data', coordinator, ...signIn());
    await first.said(/listening on 127\.0\.0\.1, port \d+/);

    const invited = await say('fleet', 'invite', '--data', coordinator);
    expect(invited.stdout).toMatch(/^convoy-join:127\.0\.0\.1:\d+\/\S+\n$/);
    const joining = start('join', invited.stdout.trim(), '--data', helper);
    await joining.said(/words to compare: \S+ \S+ \S+ \S+\n/);
    const listed = await say('fleet', 'list', '--data', coordinator, '--json');
    const [machine] = z
      .array(z.object({ machine: z.string(), state: z.string(), words: z.string() }))
      .parse(JSON.parse(listed.stdout));
    expect(machine?.state).toBe('pending');
    const accepted = await say('fleet', 'accept', machine?.machine ?? '', '--data', coordinator);
    expect(accepted.code).toBe(0);
    const joined = await joining.ended;
    expect(joined.code).toBe(0);
    expect(joined.stderr, 'the same words at both ends').toContain(machine?.words);

    // The same line again is worth nothing.
    const again = await say('join', invited.stdout.trim(), '--data', join(stage.folder, 'thief'));
    expect(again.code).toBe(1);
    expect(again.stderr).toContain('invitation-used');

    const second = start('agent', '--data', helper, ...signIn());
    await second.said(/works for .*; connected/);
    expect(await status(helper)).toMatchObject({ running: true, fleet: { role: 'joined' } });

    // Two tasks; a machine works on one at a time. They are given at the helper, whose screen is that of the fleet.
    await stage.tenant.control.setFaults({ latencyMs: { min: 100, max: 150 } });
    const door = await callFolderDoor(helper);
    if (door === undefined) throw new Error('no door');
    const { tasks } = door.client;
    const ids: string[] = [];
    for (const name of ['one', 'two']) {
      const made = await tasks.create({ source: share, destination: stage.address(name), name });
      if (!made.ok) throw new Error(`${made.problem.code} ${made.problem.detail}`);
      ids.push(made.value.id);
    }
    for (const task of ids) expect((await tasks.order({ task, order: 'start' })).ok).toBe(true);
    await vi.waitFor(async () => {
      const { overview } = door.client;
      for await (const { agents } of await overview.watch()) {
        expect(agents.map(({ state }) => state)).toEqual(['working', 'working']);
        break;
      }
    }, WAIT);
    for (const task of ids)
      for await (const row of await tasks.watch({ task })) {
        if (!row.ok) throw new Error(row.problem.code);
        if (row.value.state === 'complete') break;
        expect(['waiting', 'running'], row.value.reason?.code).toContain(row.value.state);
      }
    door.close();
    const here = await readTree(share);
    for (const name of ['one', 'two']) expect(asReceived(await stage.stored(name))).toEqual(here);
    // Each has the journal of the task that it did.
    const journals = await Promise.all([coordinator, helper].map((data) => readdir(join(data, 'work'))));
    for (const task of ids) expect(journals.filter((files) => files.includes(`${task}.db`))).toHaveLength(1);
    expect(journals.every((files) => files.some((file) => file.endsWith('.db')))).toBe(true);
  }, 240_000);

  it('comes together again after the coordinator was killed, and a machine that was sent away gets nothing', async () => {
    const [first] = running;
    first?.kill('SIGKILL');
    await first?.ended;
    const back = start('agent', '--data', coordinator, ...signIn());
    await back.said(/listening on/);
    await vi.waitFor(async () => expect((await status(helper)).fleet.joined?.state).toBe('connected'), WAIT);
    const listed = z
      .array(z.object({ machine: z.string() }))
      .parse(JSON.parse((await say('fleet', 'list', '--data', coordinator, '--json')).stdout));
    const { machine } = listed[0] ?? { machine: '' };
    expect((await say('fleet', 'revoke', machine, '--data', coordinator)).stdout).toContain('sent away');
    await vi.waitFor(async () => expect((await status(helper)).fleet.joined?.state).toBe('refused'), WAIT);
    expect((await say('leave', '--data', helper)).stdout).toContain('alone');
    expect(await status(helper)).toMatchObject({ running: true, fleet: { role: 'alone' } });
  }, 240_000);
});
