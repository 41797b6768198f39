import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ContractRouterClient } from '@orpc/contract';
import { callFolderDoor } from '../../../src-main/host/folder-door.ts';
import type { ConsoleContract } from '../../../src-shared/contract/console.ts';
import { type CliEnd, type RunningCli, runCli, startCli } from '../../support/cli.ts';
import { patience } from './patience.ts';

export type ConsoleClient = ContractRouterClient<ConsoleContract>;

/** One machine of a fleet: `convoy agent` as a process that is killed, suspended and started again, over a data folder that outlives it. */
export class MachineProcess {
  readonly name: string;
  readonly data: string;
  readonly #signIn: readonly string[];
  readonly #prefix: readonly string[];
  #cli: RunningCli | undefined;

  /** @param place.prefix what starts a process where the machine stands, e.g. in a network of its own */
  constructor(
    name: string,
    place: {
      readonly folder: string;
      readonly signIn: readonly string[];
      readonly prefix?: readonly string[];
    },
  ) {
    this.name = name;
    this.data = join(place.folder, name);
    this.#signIn = place.signIn;
    this.#prefix = place.prefix ?? [];
  }

  get alive(): boolean {
    return this.#cli !== undefined;
  }

  /** Runs another command with its data folder. */
  say(...words: readonly string[]): Promise<CliEnd> {
    return runCli([...words, '--data', this.data], { prefix: this.#prefix });
  }

  /** Starts it and waits until it has said what it is. */
  async start(): Promise<void> {
    this.#cli = startCli(['agent', '--data', this.data, ...this.#signIn], { prefix: this.#prefix });
    await this.#cli.said(/Machine: /);
  }

  /** Waits until its process has said so. */
  said(text: RegExp): Promise<void> {
    if (this.#cli === undefined) throw new Error(`${this.name} is not at work`);
    return this.#cli.said(text);
  }

  /** At once, as a power cut does. */
  async kill(): Promise<void> {
    this.#cli?.kill('SIGKILL');
    await this.#cli?.ended;
    this.#cli = undefined;
  }

  /** Comes to a safe point first. */
  async close(): Promise<CliEnd | undefined> {
    this.#cli?.kill('SIGCONT');
    this.#cli?.kill('SIGINT');
    const end = await this.#cli?.ended;
    this.#cli = undefined;
    return end;
  }

  /** Removes a file of its data folder. */
  async clear(name: string): Promise<void> {
    await rm(join(this.data, name), { force: true });
  }

  suspend(): void {
    this.#cli?.kill('SIGSTOP');
  }

  wake(): void {
    this.#cli?.kill('SIGCONT');
  }

  /** Asks its console, through the door of its data folder; waits while it is being started. */
  async ask<T>(question: (client: ConsoleClient) => Promise<T>): Promise<T> {
    return patience(`${this.name} answers`, async () => {
      const called = await callFolderDoor(this.data);
      if (called === undefined) return undefined;
      try {
        return { answer: await question(called.client) };
      } finally {
        called.close();
      }
    }).then(({ answer }) => answer);
  }
}
