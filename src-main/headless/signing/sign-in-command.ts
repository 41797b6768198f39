import { ok } from '../../../src-shared/model/problem.ts';
import { sleep } from '../../basics/sleep.ts';
import { loadCloud } from '../../tenant/clouds.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { withConsole } from '../fleet/with-console.ts';
import { onInterrupt } from '../interrupts.ts';
import { failedBefore } from '../run-and-report.ts';
import type { ConsoleClient } from '../run-task.ts';
import type { Terminal } from '../terminal.ts';
import { openBrowser } from './open-browser.ts';
import type { SignInOptions, SignOutOptions } from './signing-options.ts';
import { attemptText, signedInText } from './signing-text.ts';

const LOOK_EVERY_MS = 500;

/** `convoy sign-in`: signs a person in on this machine, in the browser or by a code, and keeps that. */
export async function signIn(options: SignInOptions, terminal: Terminal): Promise<ExitCode> {
  const { json, tenant, clientId, deviceCode } = options;
  const { stderr, stdout } = terminal;
  const cloud = options.cloud === undefined ? ok(undefined) : loadCloud(options.cloud);
  if (!cloud.ok) return failedBefore(cloud.problem, terminal, json);
  return withConsole(options, terminal, async ({ client }) => {
    const begun = await client.signIn.begin({
      how: deviceCode ? 'device-code' : 'browser',
      ...{ cloud: cloud.value, tenant, clientId },
    });
    if (!begun.ok) return failedBefore(begun.problem, terminal, json);
    const { address } = begun.value;
    const opens = !deviceCode && options.browser && address !== null;
    const opened = opens && (await openBrowser(address, terminal.platform));
    stderr.write(attemptText(begun.value, opened));
    const view = await untilOver(client, terminal);
    const problem = view.attempt?.problem;
    if (problem) return failedBefore(problem, terminal, json);
    stdout.write(json ? `${JSON.stringify(view)}\n` : `Signed in: ${signedInText(view)}\n`);
    return exitCodes.complete;
  });
}

/** `convoy sign-out`: forgets who is signed in. */
export async function signOut(options: SignOutOptions, terminal: Terminal): Promise<ExitCode> {
  return withConsole(options, terminal, async ({ client }) => {
    const done = await client.signIn.signOut();
    if (!done.ok) return failedBefore(done.problem, terminal, options.json);
    terminal.stdout.write(
      options.json
        ? `${JSON.stringify(done.value)}\n`
        : 'Nobody is signed in on this machine any more. Copies under way wait until somebody is.\n',
    );
    return exitCodes.complete;
  });
}

/** Waits for the person; Ctrl+C cancels. */
async function untilOver(client: ConsoleClient, { signals, now }: Terminal) {
  const stop = new AbortController();
  const done = onInterrupt(signals, now, () => stop.abort());
  try {
    for (;;) {
      const view = await client.signIn.state();
      const state = view.attempt?.state;
      if (state === undefined || state === 'done' || state === 'failed') return view;
      if (stop.signal.aborted) return await client.signIn.cancel();
      await sleep(LOOK_EVERY_MS, stop.signal);
    }
  } finally {
    done();
  }
}
