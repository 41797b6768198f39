import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { openCoordinator } from '../../src-main/fleet/coordinator/coordinator.ts';
import { makeIdentity } from '../../src-main/fleet/wire/certificate.ts';
import { openHub } from '../../src-main/fleet/wire/hub.ts';
import { Members } from '../../src-main/fleet/wire/members.ts';
import { keyFile } from '../../src-main/store/key-file.ts';
import { openMachineStores } from '../../src-main/store/machine-stores.ts';
import { openRunResults } from '../../src-main/store/open-run-results.ts';
import { newKey } from '../../src-main/store/signing-key.ts';
import type { Result } from '../../src-shared/model/problem.ts';
import { fillFleet } from './fill.ts';

/**
 * What a coordinator of many machines costs: its databases on disk, full of tasks and units, its door with TLS on loopback, and agents with a
 * connection each in another process, which beat once a second. This process does nothing else than a coordinator does.
 *
 *   npm run bench -- fleet-coordinator [--agents 500] [--runs 25] [--tasks 50000] [--units 1000000] [--files 2] [--seconds 30]
 *
 * Prints the processor time of this process for each second, how long answers took as agents see it, the memory, and how long the first page takes.
 */
const { values } = parseArgs({
  options: {
    agents: { type: 'string', default: '500' },
    runs: { type: 'string', default: '25' },
    tasks: { type: 'string', default: '50000' },
    units: { type: 'string', default: '1000000' },
    files: { type: 'string', default: '2' },
    seconds: { type: 'string', default: '30' },
  },
});
const [agents, runs, tasks] = [Number(values.agents), Number(values.runs), Number(values.tasks)];
const steady = (): number => performance.now();
const HERE = '127.0.0.1';

const folder = mkdtempSync(join(tmpdir(), 'convoy-bench-coordinator-'));
const child = fork(fileURLToPath(new URL('./agents.ts', import.meta.url)), {
  stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
});
try {
  // Makes the database, which is then filled from outside.
  const made = must(await openMachineStores(folder, Date.now));
  await made.close();
  const held = fillFleet(
    made.folder.fleetFile,
    { tasks, units: Number(values.units), agents, runs },
    Date.now(),
  );

  const began = steady();
  const stores = must(await openMachineStores(folder, Date.now));
  const { key, pem } = newKey();
  for (const { machine } of held)
    await stores.fleet.saveMember({
      machine,
      name: machine,
      key: key.publicKey,
      state: 'member',
      pairedAt: 0,
    });
  let ids = 0;
  const coordinator = await openCoordinator({
    ...{ store: stores.fleet, now: Date.now, steady, newId: () => `made-${++ids}` },
    openResults: (run, modest) => openRunResults({ file: stores.folder.runFile(run), now: Date.now, modest }),
  });
  print(`${tasks} tasks, ${values.units} units: open after ${((steady() - began) / 1_000).toFixed(1)} s`);

  const keys = keyFile(stores.folder.keyFile);
  const members = await Members.load({ store: stores.fleet, keys, now: Date.now });
  const hub = must(
    await openHub({
      ...{ members, identity: await makeIdentity(Date.now()), host: HERE, port: 0, now: Date.now },
      self: { name: 'HQ', key: key.publicKey },
      fleet: coordinator.fleet,
      serveConsole: () => undefined,
      onGone: (machine) => coordinator.gone(machine),
      onBug(error) {
        throw error;
      },
    }),
  );
  const place = { addresses: [HERE], port: hub.port, fingerprint: hub.fingerprint };
  child.send({ place, coordinator: key.publicKey, pem, held, filesABeat: Number(values.files) });
  while (hub.connected().size < agents) await delay(200);
  // What comes with signing in and with opening the results of the runs is over.
  await delay(5_000);
  await told();

  const before = process.cpuUsage();
  const since = steady();
  let memory = 0;
  const pages: number[] = [];
  for (let second = 0; second < Number(values.seconds); second += 1) {
    await delay(1_000);
    memory = Math.max(memory, process.memoryUsage().rss);
    if (second % 5 === 0) pages.push(await firstPage());
  }
  const spent = process.cpuUsage(before);
  const seconds = (steady() - since) / 1_000;
  const { times, lost } = await told();
  times.sort((a, b) => a - b);
  const at = (share: number): string => (times[Math.floor(times.length * share)] ?? 0).toFixed(0);
  print(
    `${agents} agents on ${runs} runs for ${seconds.toFixed(0)} s: ${times.length} answers, ${lost} lost`,
  );
  print(`processor: ${((spent.user + spent.system) / 1e6 / seconds).toFixed(2)} of one`);
  print(`answers: ${at(0.5)} ms in the middle, 99 of 100 within ${at(0.99)} ms`);
  print(`memory: ${(memory / 1e6).toFixed(0)} MB at most`);
  print(`first page: ${pages.map((ms) => ms.toFixed(0)).join(', ')} ms`);

  /** What a screen asks for when it is opened. */
  async function firstPage(): Promise<number> {
    const from = steady();
    const overview = coordinator.overview();
    const list = await coordinator.tasks({ limit: 100 });
    const events = await coordinator.events({ limit: 50 });
    JSON.stringify([overview, list, events, coordinator.series()]);
    return steady() - from;
  }

  child.disconnect();
  await once(child, 'exit');
  await hub.close();
  await coordinator.close();
  await stores.close();
} finally {
  child.kill();
  rmSync(folder, { recursive: true, force: true });
}

/** How long each answer took since it was asked last, in milliseconds, and how many there were none to. */
async function told(): Promise<{ times: number[]; lost: number }> {
  const answer = once(child, 'message');
  child.send('told?');
  const [message] = await answer;
  return z.object({ times: z.array(z.number()), lost: z.number() }).parse(message);
}

function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.problem.code} ${result.problem.detail ?? ''}`);
  return result.value;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
