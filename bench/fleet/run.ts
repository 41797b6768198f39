import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type Coordinator, openCoordinator } from '../../src-main/fleet/coordinator/coordinator.ts';
import { openMachineStores } from '../../src-main/store/machine-stores.ts';
import { openRunResults } from '../../src-main/store/open-run-results.ts';
import { spawnPracticeTenant } from '../../src-practice/tenant/spawn.ts';
import type { Beat } from '../../src-shared/contract/fleet.ts';
import { isEnded } from '../../src-shared/model/run.ts';
import { defaultSettings } from '../../src-shared/model/settings.ts';
import { AgentProcess } from '../../tests/fleet/agent-processes.ts';

/**
 * What more machines bring: one agent process and several, one share, the practice tenant in a process of its own with a latency and a
 * bandwidth for each connection. The coordinator is in this process, with its databases on disk.
 *
 *   npm run bench -- fleet [--agents 4] [--files 8000] [--flat 50000] [--only tree,flat] [--latency 80] [--bandwidth 2000000] [--parallel 4]
 *
 * Prints files/s, how many times that of one agent, and the longest time for which an agent had nothing to do while there was work.
 */
const { values } = parseArgs({
  options: {
    agents: { type: 'string', default: '4' },
    files: { type: 'string', default: '8000' },
    flat: { type: 'string', default: '50000' },
    only: { type: 'string', default: 'tree,flat' },
    latency: { type: 'string', default: '80' },
    bandwidth: { type: 'string', default: '2000000' },
    parallel: { type: 'string', default: '4' },
  },
});
const SIZE = 4_096;
const BEGAN = Date.UTC(2025, 1, 3) / 1_000;

/** For how long machines had no unit to copy, by their beats. */
class Idle {
  readonly #since = new Map<string, number>();
  readonly #units = new Set<string>();
  #counting = false;
  #over = false;
  longest = 0;

  get machines(): number {
    return this.#since.size;
  }

  get units(): number {
    return this.#units.size;
  }

  note(beat: Beat): void {
    const now = performance.now();
    for (const { unit } of beat.units) this.#units.add(unit);
    const works = beat.units.some(({ live }) => live.phase === 'copying' || live.phase === 'scanning');
    const since = this.#since.get(beat.machine) ?? now;
    if (this.#counting && !this.#over) this.longest = Math.max(this.longest, now - since);
    this.#since.set(beat.machine, works ? now : since);
  }

  begin(): void {
    for (const machine of this.#since.keys()) this.#since.set(machine, performance.now());
    this.#counting = true;
  }

  end(): void {
    this.#over = true;
  }
}

const folder = mkdtempSync(join(tmpdir(), 'convoy-bench-fleet-'));
const tenant = await spawnPracticeTenant({ bodies: 'discard', sha256: false });
try {
  const { pem } = await tenant.control.certificate();
  const latency = Number(values.latency);
  await tenant.control.setFaults({
    latencyMs: { min: latency, max: latency },
    bandwidth: Number(values.bandwidth),
  });
  for (const shape of values.only.split(',')) {
    const files = Number(shape === 'flat' ? values.flat : values.files);
    const source = writeShare(shape, files, shape === 'flat' ? files : 20);
    const one = await measure(shape, source, files, 1, pem);
    print(`${shape}: ${files} files of ${SIZE} bytes, 1 agent: ${one.rate.toFixed(0)} files/s`);
    if (Number(values.agents) === 1) continue;
    const many = await measure(shape, source, files, Number(values.agents), pem);
    print(
      `${shape}: ${values.agents} agents: ${many.rate.toFixed(0)} files/s, ${(many.rate / one.rate).toFixed(2)} times; ` +
        `${many.units} units; longest without work while there was some: ${(many.idleMs / 1_000).toFixed(1)} s`,
    );
    rmSync(source, { recursive: true });
  }
} finally {
  await tenant.close();
  rmSync(folder, { recursive: true, force: true });
}

interface Measured {
  readonly rate: number;
  readonly units: number;
  readonly idleMs: number;
}

async function measure(
  shape: string,
  source: string,
  files: number,
  agents: number,
  pem: string,
): Promise<Measured> {
  const place = join(folder, `${shape}-${agents}`);
  const stores = await openMachineStores(join(place, 'coordinator'), Date.now);
  if (!stores.ok) throw new Error(stores.problem.code);
  let ids = 0;
  const coordinator = await openCoordinator({
    store: stores.value.fleet,
    now: Date.now,
    steady: () => performance.now(),
    newId: () => `${shape}-${agents}-id-${++ids}`,
    onOrder() {
      for (const { process } of processes) process.ring();
    },
    onRing: (machine) => processes.find((one) => one.machine === machine)?.process.ring(),
    openResults: (run) => openRunResults({ file: stores.value.folder.runFile(run), now: Date.now }),
  });
  const idle = new Idle();
  const processes = Array.from({ length: agents }, (_, i) => {
    const machine = `machine-${i}`;
    const process = new AgentProcess({
      ...{ machine, dataFolder: join(place, machine), pem, slots: 1, fleet: coordinator.fleet },
      ...{ cloud: tenant.cloud, tenant: tenant.tenantId, clientId: tenant.apps.headless },
      onBeat: (beat) => idle.note(beat),
    });
    return { machine, process };
  });
  try {
    while (idle.machines < agents) await delay(50);
    const task = await coordinator.addTask({
      ...{ name: shape, source, settings: { ...defaultSettings, parallelFiles: Number(values.parallel) } },
      destination: `https://${tenant.hostName}/sites/archive/Shared Documents/${shape}-${agents}`,
    });
    const started = await coordinator.order(task.id, 'start');
    if (!started.ok) throw new Error(started.problem.code);
    const since = performance.now();
    idle.begin();
    await untilEnded(coordinator, task.id, files, idle);
    const seconds = (performance.now() - since) / 1_000;
    return { rate: files / seconds, units: idle.units, idleMs: idle.longest };
  } finally {
    await Promise.all(processes.map(({ process }) => process.close()));
    await coordinator.close();
    await stores.value.close();
  }
}

async function untilEnded(coordinator: Coordinator, task: string, files: number, idle: Idle): Promise<void> {
  for (;;) {
    const row = coordinator.task(task);
    if (!row.ok || row.value.run === null) throw new Error('the run is gone');
    const { counts, run, state } = row.value;
    // From here on everything is in somebody's hands: there is no work left to be given.
    if (counts.byOutcome.copied.files > files - 200) idle.end();
    if (isEnded(run.state)) {
      if (state !== 'complete') throw new Error(`the run ended as ${state}`);
      if (counts.byOutcome.copied.files !== files) throw new Error(`${counts.byOutcome.copied.files} copied`);
      return;
    }
    await delay(50);
  }
}

/** Files in folders of so many each. */
function writeShare(shape: string, files: number, inFolder: number): string {
  const top = join(folder, `share-${shape}`);
  const bytes = Buffer.alloc(SIZE, 'fleet');
  for (let i = 0; i < files; i++) {
    const group = Math.floor(i / inFolder);
    const place = files === inFolder ? top : join(top, `area ${Math.floor(group / 20)}`, `folder ${group}`);
    if (i % inFolder === 0) mkdirSync(place, { recursive: true });
    const path = join(place, `file ${i}.bin`);
    writeFileSync(path, bytes);
    utimesSync(path, BEGAN, BEGAN);
  }
  return top;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
