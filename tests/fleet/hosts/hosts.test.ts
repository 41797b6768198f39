import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateShare } from '../../../src-practice/share/share.ts';
import { isEnded } from '../../../src-shared/model/run.ts';
import { type Rehearsal, rehearse } from '../../support/rehearsal.ts';
import { full, seed, soak } from '../../support/seed.ts';
import { FleetOfProcesses } from '../processes/fleet-of-processes.ts';
import { expectWhole } from '../processes/outcome.ts';
import { Network, obstacle, type Way } from './network.ts';
import { openRelay, type Relay } from './relay.ts';

/** A coordinator and three agents on four hosts, and what networks do to them. */
const HOSTS = 3;
const FILES = full(12_000, 700);
/** The last host, to which everything takes its time. */
const JITTERY = HOSTS - 1;
const JITTER_MS = 300;
const RELAY = fileURLToPath(new URL('./relay-child.ts', import.meta.url));
const reason = await obstacle();

interface Trouble {
  readonly what: string;
  readonly host: number;
  readonly ways: readonly Way[];
  readonly forMs: number;
}
const both = ['there', 'back'] as const;
const inShort: readonly Trouble[] = [
  { what: 'a cut of a second', host: 0, ways: both, forMs: 1_000 },
  { what: 'nothing comes to the coordinator for nine seconds', host: 1, ways: ['there'], forMs: 9_000 },
];
const troubles: readonly Trouble[] = soak
  ? [
      ...inShort,
      { what: 'a cut of 20 s', host: 0, ways: both, forMs: 20_000 },
      { what: 'nothing comes from the coordinator for 20 s', host: 2, ways: ['back'], forMs: 20_000 },
      { what: 'a cut of 120 s', host: 1, ways: both, forMs: 120_000 },
      { what: 'nothing comes to the coordinator for 60 s', host: 2, ways: ['there'], forMs: 60_000 },
    ]
  : inShort;

describe.skipIf(reason !== undefined)(
  `four hosts${reason ? ` [skipped: ${reason}]` : ''} (seed ${seed})`,
  () => {
    let stage: Rehearsal;
    let network: Network;
    let fleet: FleetOfProcesses;
    const relays: Relay[] = [];
    const children: ChildProcess[] = [];
    let jitterBySystem = false;
    /** The port here by which each host reaches the coordinator. */
    let ports: number[] = [];

    /** The practice tenant listens on the loopback alone: each host has a relay to it on its own. */
    async function leadToTenant(): Promise<void> {
      const { httpPort, httpsPort } = stage.tenant;
      const ways: object[] = [];
      for (const port of [httpPort, httpsPort]) {
        const relay = await openRelay({ host: network.here, port: 0 }, { host: '127.0.0.1', port });
        relays.push(relay);
        ways.push({ from: { host: '127.0.0.1', port }, to: { host: network.here, port: relay.port } });
      }
      for (let host = 0; host < HOSTS; host += 1) await relayOn(host, ways);
    }

    async function relayOn(host: number, ways: readonly object[]): Promise<void> {
      const [command = '', ...words] = [...network.on(host), process.execPath, RELAY, JSON.stringify(ways)];
      const child = spawn(command, words, { stdio: ['pipe', 'pipe', 'inherit'] });
      children.push(child);
      await once(child.stdout, 'data');
    }

    /** Where the kernel has no netem: the host reaches the coordinator by its own loopback alone, and by a process that takes its time. */
    async function jitterByRelays(port: number): Promise<number> {
      const { here } = network;
      const relay = await openRelay({ host: here, port: 0 }, { host: here, port }, JITTER_MS);
      relays.push(relay);
      await relayOn(JITTERY, [{ from: { host: '127.0.0.1', port }, to: { host: here, port: relay.port } }]);
      await network.cut(JITTERY, port, both);
      return relay.port;
    }

    beforeAll(async () => {
      stage = await rehearse({
        seed,
        faults: { latencyMs: soak ? { min: 150, max: 250 } : { min: 250, max: 400 } },
        sessionMinutes: 0.25,
      });
      network = await Network.make(HOSTS);
      await leadToTenant();
      jitterBySystem = await network.jitter(JITTERY, JITTER_MS);
      fleet = await FleetOfProcesses.make(stage, {
        ...{ helpers: HOSTS, listen: network.here, alsoAt: ['127.0.0.1'] },
        prefixOf: (helper) => network.on(helper),
        async onListening(port) {
          ports = Array.from({ length: HOSTS }, () => port);
          if (!jitterBySystem) ports[JITTERY] = await jitterByRelays(port);
        },
      });
    }, 180_000);
    afterAll(async () => {
      await fleet?.close();
      for (const child of children) child.kill();
      for (const relay of relays) relay.close();
      await network?.close();
      await stage?.close();
    }, 60_000);

    it(`lose nothing and copy nothing twice, one of them ${JITTER_MS} ms away with as much jitter: ${troubles.map(({ what }) => what).join(', ')}`, async () => {
      const source = join(stage.folder, 'share');
      await generateShare({
        ...{ directory: source, seed, files: FILES, totalBytes: FILES * 2_000 },
        ...{ oddities: false, now: Date.UTC(2026, 10, 1) },
      });
      const task = await fleet.give(source, 'hosts', { parallelFiles: 4 });
      const met: string[] = [];
      for (const { what, host, ways, forMs } of troubles) {
        await sleep(2_000);
        const { run } = await fleet.row(task);
        if (run === null || isEnded(run.state)) break;
        met.push(what);
        const mend = await network.cut(host, ports[host] ?? 0, ways);
        await sleep(forMs);
        await mend();
      }
      const row = await fleet.until(
        task,
        'the run has ended',
        ({ run }) => run !== null && isEnded(run.state),
      );
      await expectWhole(stage, row, source, 'hosts');
      expect(met.length, `only this was met: ${met.join(', ')}`).toBeGreaterThan(full(4, 1));
      await fleet.together();
      if (soak) {
        const over = (await fleet.events(task)).filter(
          ({ facts }) => facts.kind === 'unit-taken-over',
        ).length;
        const how = jitterBySystem ? 'netem' : 'relays, for this kernel has no netem';
        process.stdout.write(`met: ${met.join(', ')}; jitter by ${how}; units taken over: ${over}\n`);
      }
    }, 3_600_000);
  },
);
