import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { generateShare, type ShareSummary } from '../../src-practice/share/share.ts';
import { type PracticeTenant, startPracticeTenant } from '../../src-practice/tenant/server.ts';
import type { Beat, BeatAnswer } from '../../src-shared/contract/fleet.ts';
import { ok } from '../../src-shared/model/problem.ts';
import { defaultSettings } from '../../src-shared/model/settings.ts';
import { AgentProcess } from './agent-processes.ts';

/** Long enough for a busy machine to beat within it, short enough for a test to wait until it is over. */
const LEASE_MS = 9_000;

let folder: string;
let share: ShareSummary;
let tenant: PracticeTenant;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'convoy-fencing-'));
  share = await generateShare({
    ...{ directory: join(folder, 'share'), seed: 'fencing', files: 400, totalBytes: 400_000 },
    ...{ oddities: false, now: Date.UTC(2026, 10, 1) },
  });
  tenant = await startPracticeTenant({ seed: 'fencing', logSize: 10_000 });
  // So slow that the run is not over when the agent is suspended.
  await tenant.control.setFaults({ latencyMs: { min: 300, max: 400 } });
}, 120_000);
afterAll(async () => {
  await tenant.close();
  await rm(folder, { recursive: true });
});

/** Requests by which something is changed. */
async function writes(): Promise<number> {
  return (await tenant.control.log()).filter(({ method }) => method !== 'GET').length;
}

it('an agent that was suspended past its lease writes nothing after it wakes, before a beat has confirmed it', async () => {
  const { pem } = await tenant.control.certificate();
  const held: { beat: Beat; answer: (answer: BeatAnswer) => void }[] = [];
  let holding = false;
  let granted = false;
  const answerTo = (beat: Beat): BeatAnswer => {
    const units = beat.units.map(({ unit, results, end }) => ({
      ...{ unit, held: end === undefined, leaseMs: LEASE_MS, order: 'work' as const },
      ...{ acknowledged: results.at(-1)?.seq ?? 0, ended: end !== undefined },
      ...{ giveBack: 0, offersTaken: 0 },
    }));
    const first = !granted;
    granted = true;
    const task = {
      ...{ id: 'task-1', name: 'Share', source: share.directory, createdAt: 0, settings: defaultSettings },
      destination: `https://${tenant.hostName}/sites/archive/Shared Documents/fencing`,
    };
    const grant = {
      ...{ unit: 'unit-1', epoch: 1, leaseMs: LEASE_MS, acknowledged: 0, order: 'work' as const },
      ...{ run: { id: 'run-0', number: 0 }, task, takeUp: 'new' as const },
      ...{ offersTaken: 0, except: [], uploads: [] },
    };
    return { granted: first ? [grant] : [], units };
  };
  const agent = new AgentProcess({
    ...{ machine: 'machine-one', dataFolder: join(folder, 'data'), pem },
    ...{ cloud: tenant.cloud, tenant: tenant.tenantId, clientId: tenant.apps.headless },
    fleet: {
      async beat(beat) {
        if (!holding) return ok(answerTo(beat));
        return ok(await new Promise<BeatAnswer>((answer) => held.push({ beat, answer })));
      },
    },
  });
  try {
    await expect.poll(writes, { timeout: 60_000, interval: 100 }).toBeGreaterThan(20);
    agent.suspend();
    holding = true;
    await delay(LEASE_MS + 1_500);
    const before = await writes();
    agent.wake();
    await expect.poll(() => held.length, { timeout: 60_000, interval: 50 }).toBeGreaterThan(0);
    // It has asked, by then or before it was suspended, and nobody has told it yet whether it may go on.
    await delay(3_000);
    expect(await writes(), 'nothing was written without a lease').toBe(before);
    holding = false;
    for (const { beat, answer } of held) answer(answerTo(beat));
    await expect.poll(writes, { timeout: 60_000, interval: 100 }).toBeGreaterThan(before);
  } finally {
    await agent.kill();
  }
}, 240_000);
