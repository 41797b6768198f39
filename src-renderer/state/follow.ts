import type { Overview } from '../../src-shared/contract/console-types.ts';
import { useConnection } from './connection.ts';
import type { ConsoleClient } from './door.ts';
import { useFleet } from './fleet.ts';
import { addSample } from './series.ts';
import { followSignIn } from './sign-in.ts';
import { refreshTasks } from './tasks.ts';

/** Pause before a subscription that ended on its own is opened again. */
const AGAIN_MS = 2_000;

const busyStates = ['waiting', 'running', 'pausing', 'stopping'] as const;

/** True while some task can change without an order. */
export function isBusy(overview: Overview): boolean {
  return busyStates.some((state) => (overview.tasks[state] ?? 0) > 0);
}

/** Whether the tasks' states or the archive, as counted, changed: then the list is read again even when nothing is at work. */
function tasksMoved(before: Overview | null, now: Overview): boolean {
  return before?.archived !== now.archived || JSON.stringify(before.tasks) !== JSON.stringify(now.tasks);
}

async function followOnce(client: ConsoleClient, signal: AbortSignal): Promise<void> {
  useFleet.setState({ samples: await client.overview.series() });
  for await (const overview of await client.overview.watch(undefined, { signal })) {
    const { overview: before, samples } = useFleet.getState();
    const next = isBusy(overview) || before ? addSample(samples, overview.sample) : samples;
    useFleet.setState({ overview, samples: next, error: null });
    if (isBusy(overview) || tasksMoved(before, overview)) void refreshTasks(client);
  }
}

/** Opens a subscription again whenever it ends, for as long as the connection is the same. */
async function again(
  once: () => Promise<void>,
  signal: AbortSignal,
  failed: (error: unknown) => void,
): Promise<void> {
  while (!signal.aborted) {
    try {
      await once();
    } catch (error) {
      if (signal.aborted) return;
      failed(error);
    }
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
  }
}

function follow(client: ConsoleClient, signal: AbortSignal): void {
  void refreshTasks(client);
  void again(
    () => followOnce(client, signal),
    signal,
    (error) => useFleet.setState({ error: error instanceof Error ? error.message : String(error) }),
  );
  void again(
    () => followSignIn(client, signal),
    signal,
    (error) => console.info('The sign-in cannot be followed.', error),
  );
}

/** Keeps the stores fed for as long as there is a connection, from the first to the last one of the page. */
export function followConnections(): void {
  let current: { readonly client: ConsoleClient; readonly abort: AbortController } | null = null;
  useConnection.subscribe(({ connection }) => {
    const client = connection.state === 'connected' ? connection.client : null;
    if (client === (current?.client ?? null)) return;
    current?.abort.abort();
    current = null;
    if (!client) return;
    const abort = new AbortController();
    current = { client, abort };
    follow(client, abort.signal);
  });
}
