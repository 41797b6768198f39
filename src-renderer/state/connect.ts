import { backoffMs } from './backoff.ts';
import { useConnection } from './connection.ts';
import type { Door } from './door.ts';
import { useFleet } from './fleet.ts';

/** A wait that can be ended early. */
function nap(ms: number): { readonly over: Promise<void>; wake(): void } {
  let wake: () => void = () => undefined;
  const over = new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms);
    wake = () => {
      clearTimeout(timer);
      resolve();
    };
  });
  return { over, wake };
}

/**
 * Keeps a way to the machine open for as long as the page lives. The machine counts as reached when it has
 * answered who it is; then the connection is published, and the stores begin to follow it. What the stores hold
 * survives a loss: it is shown as stale until the machine is back.
 */
export async function stayConnected(open: () => Promise<Door>): Promise<never> {
  let lastSeen: number | null = null;
  let attempt = 0;
  while (true) {
    try {
      const door = await open();
      const about = await door.client.machine.about();
      attempt = 0;
      useFleet.setState({ about });
      useConnection.setState({ connection: { state: 'connected', client: door.client } });
      await door.closed;
      lastSeen = Date.now();
    } catch (error) {
      console.info('No connection to the machine.', error);
    }
    const waitMs = backoffMs(attempt, Math.random());
    const wait = nap(waitMs);
    attempt += 1;
    useConnection.setState({
      connection: { state: 'lost', since: lastSeen, retryAt: Date.now() + waitMs },
      retryNow: wait.wake,
    });
    await wait.over;
    useConnection.setState({
      connection: { state: 'lost', since: lastSeen, retryAt: null },
      retryNow: () => undefined,
    });
  }
}
