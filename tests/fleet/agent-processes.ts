import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { type Beat, beatSchema, type FleetContract } from '../../src-shared/contract/fleet.ts';
import type { Cloud } from '../../src-shared/model/cloud.ts';

/** What an agent needs of the tenant. */
export interface AgentTenant {
  readonly cloud: Cloud;
  readonly tenant: string;
  readonly clientId: string;
  readonly pem: string;
}

export interface AgentOrder extends AgentTenant {
  readonly machine: string;
  readonly dataFolder: string;
  readonly slots?: number;
  /** Who answers its beats. */
  readonly fleet: FleetContract;
  /** Hears every beat before it is answered. */
  readonly onBeat?: (beat: Beat) => void;
}

const messageSchema = z.object({ id: z.number(), beat: beatSchema });

/** An agent in a process of its own, which can be killed and suspended. Its coordinator is in this process. */
export class AgentProcess {
  readonly #child: ChildProcess;
  readonly exited: Promise<unknown>;

  constructor(order: AgentOrder) {
    const { fleet, onBeat, slots = 1, ...given } = order;
    const options = { ...given, slots, session: randomUUID() };
    const entry = fileURLToPath(new URL('./agent-child.ts', import.meta.url));
    this.#child = fork(entry, [JSON.stringify(options)], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    this.exited = once(this.#child, 'exit');
    this.#child.on('message', (message) => {
      const { id, beat } = messageSchema.parse(message);
      onBeat?.(beat);
      void this.#answer(id, beat, fleet);
    });
  }

  /** At once, as a power cut does. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.exited;
  }

  /** Comes to a safe point first. */
  async close(): Promise<void> {
    this.#child.kill('SIGCONT');
    this.#child.kill('SIGTERM');
    await this.exited;
  }

  /** Lets it beat at once. */
  ring(): void {
    if (this.#child.connected) this.#child.send('ring');
  }

  suspend(): void {
    this.#child.kill('SIGSTOP');
  }

  wake(): void {
    this.#child.kill('SIGCONT');
  }

  async #answer(id: number, beat: Beat, fleet: FleetContract): Promise<void> {
    const answer = await fleet.beat(beat);
    if (this.#child.connected) this.#child.send({ id, ...(answer.ok ? { answer: answer.value } : {}) });
  }
}
