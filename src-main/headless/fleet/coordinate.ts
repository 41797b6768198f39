import type { FleetMachine, FleetState } from '../../../src-shared/contract/fleet-admin.ts';
import type { ListenWish } from '../../../src-shared/contract/listen-wish.ts';
import type { Problem } from '../../../src-shared/model/problem.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { failedBefore } from '../run-and-report.ts';
import type { ConsoleClient } from '../run-task.ts';
import type { Terminal } from '../terminal.ts';
import type {
  DemoteOptions,
  FleetOptions,
  InviteOptions,
  MoveOptions,
  OneMachineOptions,
  PromoteOptions,
} from './fleet-options.ts';
import { machinesText, stateText } from './fleet-text.ts';
import { withConsole } from './with-console.ts';

/** An answer of the machine, as it crosses a door. */
type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: Problem };

/** `convoy fleet promote`: other machines can join this one. */
export function promote(options: PromoteOptions, terminal: Terminal): Promise<ExitCode> {
  return withConsole(options, terminal, async ({ client, running }) => {
    const answer = await client.fleet.promote(listenWishOf(options));
    return told(answer, options.json, terminal, (state) =>
      running
        ? stateText(state)
        : `${stateText(state)}It listens while Convoy is at work with this data folder: convoy agent, or convoy serve.\n`,
    );
  });
}

/** Where a coordinator is to listen, as it was said. */
function listenWishOf({ listen: host, port, address: addresses }: Omit<PromoteOptions, 'json'>): ListenWish {
  return {
    ...(host === undefined ? {} : { host }),
    ...(port === undefined ? {} : { port }),
    ...(addresses === undefined ? {} : { addresses }),
  };
}

/** `convoy fleet move`: another machine is the coordinator from then on. */
export function move(options: MoveOptions, terminal: Terminal): Promise<ExitCode> {
  return withMachine({ ...options, machine: options.to }, terminal, async (client, machine) =>
    told(
      await client.fleet.move({ machine, listen: listenWishOf(options) }),
      options.json,
      terminal,
      (state) =>
        `${options.to} is the coordinator now. The machines of the fleet follow by themselves.\n${stateText(state)}`,
    ),
  );
}

/** `convoy fleet demote`: no machine can join any more, and those that have are forgotten. */
export function demote(options: DemoteOptions, terminal: Terminal): Promise<ExitCode> {
  return withConsole(options, terminal, async ({ client }) =>
    told(await client.fleet.demote({ force: options.force }), options.json, terminal, stateText),
  );
}

/** `convoy fleet invite`: the line that lets one machine join. Nothing else goes to stdout. */
export function invite(options: InviteOptions, terminal: Terminal): Promise<ExitCode> {
  return withConsole(options, terminal, async ({ client, running }) => {
    const { minutes, accept } = options;
    const answer = await client.fleet.invite({ minutes, accept });
    if (answer.ok && !options.json) {
      terminal.stderr.write(
        `Good once, for ${minutes} minutes. On the machine that is to join:  convoy join 'INVITATION'\n`,
      );
      if (!accept)
        terminal.stderr.write(
          'It then waits for a yes: compare its words in convoy fleet list, and say convoy fleet accept NAME.\n',
        );
      if (!running)
        terminal.stderr.write(
          'This machine does not listen now: start it with convoy agent or convoy serve.\n',
        );
    }
    return told(answer, options.json, terminal, ({ invitation }) => `${invitation}\n`);
  });
}

/** `convoy fleet list`: the machines of the fleet. */
export function list(options: FleetOptions, terminal: Terminal): Promise<ExitCode> {
  return withConsole(options, terminal, async ({ client }) => {
    const machines = await client.fleet.machines();
    const text = machinesText(machines, terminal.now()) || 'No machine has joined.\n';
    terminal.stdout.write(options.json ? `${JSON.stringify(machines)}\n` : text);
    return exitCodes.complete;
  });
}

/** `convoy fleet accept MACHINE` */
export function accept(options: OneMachineOptions, terminal: Terminal): Promise<ExitCode> {
  return judge(options, terminal, (client, machine) => client.fleet.accept({ machine }));
}

/** `convoy fleet revoke MACHINE` */
export function revoke(options: OneMachineOptions, terminal: Terminal): Promise<ExitCode> {
  return judge(options, terminal, (client, machine) => client.fleet.revoke({ machine }));
}

function judge(
  options: OneMachineOptions,
  terminal: Terminal,
  order: (client: ConsoleClient, machine: string) => Promise<Answer<FleetMachine>>,
): Promise<ExitCode> {
  const text = (machine: FleetMachine) => machinesText([machine], terminal.now());
  return withMachine(options, terminal, async (client, machine) =>
    told(await order(client, machine), options.json, terminal, text),
  );
}

/** Does it with the machine that is meant, by its name or id; says so where there is none, or more than one. */
function withMachine(
  options: OneMachineOptions,
  terminal: Terminal,
  use: (client: ConsoleClient, machine: string) => Promise<ExitCode>,
): Promise<ExitCode> {
  return withConsole(options, terminal, async ({ client }) => {
    const machines = await client.fleet.machines();
    const meant = machines.filter(({ machine, name }) =>
      [machine, name].some((one) => one.toLowerCase() === options.machine.toLowerCase()),
    );
    const [one] = meant;
    if (one !== undefined && meant.length === 1) return use(client, one.machine);
    if (one === undefined)
      return failedBefore({ code: 'machine-unknown', where: options.machine }, terminal, options.json);
    terminal.stderr.write(
      `Several machines are called ${options.machine}; say the id of one:\n${machinesText(meant, terminal.now())}`,
    );
    return exitCodes.wrongUsage;
  });
}

/** Prints what came of an order. */
export function told<T extends FleetState | FleetMachine | { readonly invitation: string }>(
  answer: Answer<T>,
  json: boolean,
  terminal: Terminal,
  text: (value: T) => string,
): ExitCode {
  if (!answer.ok) return failedBefore(answer.problem, terminal, json);
  terminal.stdout.write(json ? `${JSON.stringify(answer.value)}\n` : text(answer.value));
  return exitCodes.complete;
}
