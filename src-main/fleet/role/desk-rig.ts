import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { ok } from '../../../src-shared/model/problem.ts';
import { sleep } from '../../basics/sleep.ts';
import { keyFile } from '../../store/key-file.ts';
import { openFleetStore } from '../../store/open-fleet-store.ts';
import { newKey } from '../../store/signing-key.ts';
import { must } from '../wire/wire-rig.ts';
import { FleetDesk } from './fleet-desk.ts';

export const HERE = { host: '127.0.0.1', port: 0 };

/** For tests: machines' places in a fleet over real databases and real sockets. What a coordinator does there is left out. */
export class DeskRig {
  readonly #closings: (() => Promise<unknown>)[] = [];

  /** A desk as one machine has it. @param coordinator what the machine's own coordinator is doing */
  async desk(name: string, coordinator: { working?: boolean; reporting?: boolean } = {}) {
    const folder = await mkdtemp(join(tmpdir(), 'convoy-desk-'));
    const { store } = must(await openFleetStore({ file: join(folder, 'fleet.db'), now: Date.now }));
    const { key } = newKey();
    const files = {
      ...{ path: folder, movingFolder: join(folder, 'moving') },
      ...{ memberKeyFile: join(folder, 'member.key'), serverFile: join(folder, 'server.key') },
    };
    const bugs: unknown[] = [];
    /** Whether its coordinator works or rests, as the desk had it, in order. */
    const seat: string[] = [];
    const open = () =>
      FleetDesk.open({
        ...{ name, store, files, sleep },
        machine: `machine-${name.toLowerCase()}`,
        keys: keyFile(join(folder, 'seal.key')),
        signingKey: async () => ok(key),
        own: {
          fleet: {
            beat: async () => ok({ granted: [], units: [], coordinator: `of-${name.toLowerCase()}` }),
          },
          gone: () => undefined,
          isWorking: () => coordinator.working ?? false,
          isReporting: () => coordinator.reporting ?? false,
          lastSeen: () => null,
          rest: async () => void seat.push('rests'),
          goOn: async () => void seat.push('goes on'),
        },
        serveConsole: () => undefined,
        onRing: () => undefined,
        now: Date.now,
        random: () => 0.5,
        onBug: (error) => bugs.push(error),
      });
    let desk = await open();
    this.#closings.push(async () => {
      await desk.close();
      await store.close();
      await rm(folder, { recursive: true, force: true });
      expect(bugs).toEqual([]);
    });
    return {
      ...{ desk, files, store, seat },
      /** As a process that is started again has it. */
      async again(): Promise<FleetDesk> {
        await desk.close();
        desk = await open();
        await desk.start();
        return desk;
      },
    };
  }

  onClose(close: () => Promise<unknown>): void {
    this.#closings.push(close);
  }

  async close(): Promise<void> {
    for (const close of this.#closings.splice(0).reverse()) await close();
  }
}
