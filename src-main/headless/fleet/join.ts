import type { FleetState } from '../../../src-shared/contract/fleet-admin.ts';
import { sleep } from '../../basics/sleep.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { onInterrupt } from '../interrupts.ts';
import type { ConsoleClient } from '../run-task.ts';
import type { Terminal } from '../terminal.ts';
import { told } from './coordinate.ts';
import type { FleetOptions, JoinOptions } from './fleet-options.ts';
import { stateText } from './fleet-text.ts';
import { withConsole } from './with-console.ts';

const LOOK_EVERY_MS = 300;

/** `convoy join INVITATION`: this machine works for another coordinator. Waits until it was let in, unless told not to. */
export function join(options: JoinOptions, terminal: Terminal): Promise<ExitCode> {
  return withConsole(options, terminal, async ({ client, running, start }) => {
    const joined = await client.fleet.join({ invitation: options.invitation });
    if (!joined.ok || !options.wait) return told(joined, options.json, terminal, stateText);
    await start();
    const state = await letIn(client, joined.value, terminal);
    if (state === undefined) return exitCodes.stopped;
    const next = running ? '' : 'Start working for it with: convoy agent\n';
    return told({ ok: true, value: state }, options.json, terminal, (now) => `${stateText(now)}${next}`);
  });
}

/** Waits for the yes of the coordinator; undefined when the person does not. The machine has joined all the same. */
async function letIn(
  client: ConsoleClient,
  first: FleetState,
  terminal: Terminal,
): Promise<FleetState | undefined> {
  const stop = new AbortController();
  const done = onInterrupt(terminal.signals, terminal.now, (times) => {
    if (times > 1) terminal.exit(exitCodes.stopped);
    stop.abort();
  });
  try {
    let shown = false;
    for (let state = first; ; state = await client.fleet.state()) {
      if (state.joined === null || state.joined.state === 'connected') return state;
      if (state.joined.state === 'pending' && !shown) {
        shown = true;
        terminal.stderr.write(
          `Joined the fleet of ${state.joined.coordinator}. It waits for a yes there: convoy fleet accept ${state.name}\nThe words to compare: ${state.joined.words}\n`,
        );
      }
      if (stop.signal.aborted) return undefined;
      await sleep(LOOK_EVERY_MS, stop.signal);
    }
  } finally {
    done();
  }
}

/** `convoy leave`: this machine is on its own again. */
export function leave(options: FleetOptions, terminal: Terminal): Promise<ExitCode> {
  return withConsole(options, terminal, async ({ client, running, start }) => {
    // The coordinator is told, if it can be reached: else it keeps the machine on its list.
    if (!running) {
      await start();
      await connected(client);
    }
    return told(await client.fleet.leave(), options.json, terminal, stateText);
  });
}

/** `convoy rekey`: this machine signs in with another key from now on. */
export function rekey(options: FleetOptions, terminal: Terminal): Promise<ExitCode> {
  return withConsole(options, terminal, async ({ client, running, start }) => {
    if (!running) {
      await start();
      await connected(client);
    }
    return told(await client.fleet.rekey(), options.json, terminal, stateText);
  });
}

const PATIENCE_MS = 5_000;

/** Waits a little for a connection. */
async function connected(client: ConsoleClient): Promise<void> {
  for (let waited = 0; waited < PATIENCE_MS; waited += LOOK_EVERY_MS) {
    const { joined } = await client.fleet.state();
    if (joined === null || joined.state !== 'connecting') return;
    await sleep(LOOK_EVERY_MS);
  }
}
