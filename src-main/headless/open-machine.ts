import { hostname } from 'node:os';
import { createRouterClient } from '@orpc/server';
import { type Cloud, publicClouds } from '../../src-shared/model/cloud.ts';
import { failed, ok, type Result } from '../../src-shared/model/problem.ts';
import type { Task } from '../../src-shared/model/task.ts';
import type { ConsoleRouter } from '../console/console.ts';
import { RecordFile } from '../destination/record-file.ts';
import { openFolderDoor } from '../host/folder-door.ts';
import { productVersion } from '../host/product-version.ts';
import { createMachine, type Machine } from '../machine.ts';
import type { RunFigures } from '../report/run-summary.ts';
import type { ConsoleClient } from './run-task.ts';
import type { SaidSignIn } from './sign-in.ts';
import type { CredentialsFor } from './source-credentials.ts';
import type { Terminal } from './terminal.ts';

/** A machine without a window, as the commands use it. */
export interface HeadlessMachine {
  readonly router: ConsoleRouter;
  /** The same that a screen talks to, in-process. */
  readonly client: ConsoleClient;
  /** The one that destinations are in, as whoever is signed in has it. */
  readonly cloud: Cloud;
  figures(run: string): Promise<Result<RunFigures>>;
  /** Writes the report of a run; `wish.tell` hears how far it is. */
  report: Machine['report'];
  /** Where a task leads, as the service names it; undefined for one without a destination. */
  placeOf(task: Task): Promise<string | undefined>;
  /** Connects or listens as the machine's place in a fleet wants it, without working. */
  startFleet(): Promise<void>;
  /** Looks again at what the last run of a task copied. */
  verify: Machine['verify'];
  close(): Promise<void>;
}

export interface MachineOrder {
  readonly dataFolder: string;
  /** Undefined, or without an application: whoever signed in on the machine counts. */
  readonly signIn: SaidSignIn | undefined;
  readonly credentialsFor?: CredentialsFor | undefined;
  /** A file that every call to the destination is written to, a line each. */
  readonly record?: string | undefined;
  /** False: runs that were going on are left where they are. */
  readonly work?: boolean | undefined;
  /** True: also when it has joined a fleet, whose tasks are another machine's. Else that is refused with fleet-role. */
  readonly joinedToo?: boolean | undefined;
}

/** Builds the machine and lets it work. Codes: those of the stores (store-unusable, store-in-use ...) and of the sign-in. */
export async function openMachine(
  { dataFolder, signIn, credentialsFor, record, work = true, joinedToo = false }: MachineOrder,
  { stderr, now }: Terminal,
): Promise<Result<HeadlessMachine>> {
  const recorded =
    record === undefined
      ? undefined
      : new RecordFile(record, (error) =>
          stderr.write(`\n--record: nothing more is recorded: ${String(error)}\n`),
        );
  const built = await createMachine({
    dataFolder,
    cloud: signIn?.cloud ?? publicClouds.global,
    signIn: signIn?.app,
    credentialsFor,
    record: recorded && ((call) => recorded.note(call)),
    now,
    random: Math.random,
    version: productVersion,
    machineName: hostname(),
    onBug: (error) => {
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      stderr.write(`\nA mistake in Convoy; please report it:\n${text}\n`);
    },
  });
  if (!built.ok) return built;
  const machine = built.value;
  if (machine.desk.hasJoined && !joinedToo) {
    await machine.close();
    const detail = 'it has joined a fleet: give the order there, or leave it first with convoy leave';
    return failed('fleet-role', { where: dataFolder, detail });
  }
  const door = work ? await openFolderDoor(dataFolder, machine.console) : undefined;
  if (work) machine.start();
  return ok({
    router: machine.console,
    client: createRouterClient(machine.console),
    cloud: machine.signIn.cloud,
    figures: (run) => machine.coordinator.account(run),
    report: (run, wish) => machine.report(run, wish),
    placeOf: (task) => machine.placeOf(task),
    verify: (order) => machine.verify(order),
    startFleet: () => machine.desk.start(),
    async close() {
      await door?.close();
      await machine.close();
      await recorded?.close();
    },
  });
}
