import type { ClientLink } from '@orpc/client';
import { createORPCClient } from '@orpc/client';
import { RPCLink as PortLink } from '@orpc/client/message-port';
import { RPCLink as SocketLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import { ResponseValidationPlugin } from '@orpc/contract/plugins';
import { type ConsoleContract, consoleContract } from '../../src-shared/contract/console.ts';

export type ConsoleClient = ContractRouterClient<ConsoleContract>;

/** An open way to the machine. `closed` settles once, when it is no longer good. */
export interface Door {
  readonly client: ConsoleClient;
  readonly closed: Promise<void>;
  close(): void;
}

/** Answers are parsed against the contract: a machine of another version is told apart from a wrong figure. */
const plugins = [new ResponseValidationPlugin(consoleContract)];

function clientOf(link: ClientLink<Record<never, never>>): ConsoleClient {
  return createORPCClient<ConsoleClient>(link);
}

/** Browser: a WebSocket to the host that served the page. The cookie that it set does the rest. */
export async function openSocket(): Promise<Door> {
  const scheme = window.location.protocol === 'https:' ? 'wss' : 'ws';
  const socket = new WebSocket(`${scheme}://${window.location.host}/console`);
  // Listens before the link does, so that calls that are cut off find the state `lost` already there.
  const closed = new Promise<void>((resolve) => {
    socket.addEventListener('close', () => resolve(), { once: true });
  });
  const link = new SocketLink({ websocket: socket, plugins });
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve(), { once: true });
    socket.addEventListener('close', () => reject(new Error('the socket closed before it opened')), {
      once: true,
    });
  });
  return { client: clientOf(link), closed, close: () => socket.close() };
}

/** What the preload of the desktop posts, with one MessagePort; and what the page posts to ask for one. */
export const PORT_MESSAGE = 'convoy:port';
export const PORT_WANTED_MESSAGE = 'convoy:port-wanted';

function isPortMessage(event: MessageEvent<unknown>): boolean {
  return event.source === window && event.data === PORT_MESSAGE && event.ports.length === 1;
}

/**
 * Desktop: a MessagePort handed over by the preload. One that came before anybody asked is kept by
 * {@link listenForPorts}; otherwise it is asked for.
 */
export function listenForPorts(): () => Promise<Door> {
  let kept: MessagePort | undefined;
  let waiting: ((port: MessagePort) => void) | undefined;
  window.addEventListener('message', (event: MessageEvent<unknown>) => {
    const port = event.ports[0];
    if (!isPortMessage(event) || !port) return;
    if (waiting) waiting(port);
    else kept = port;
    waiting = undefined;
  });
  return async () => {
    const port =
      kept ??
      (await new Promise<MessagePort>((resolve) => {
        waiting = resolve;
        window.postMessage(PORT_WANTED_MESSAGE, window.location.origin);
      }));
    kept = undefined;
    const closed = new Promise<void>((resolve) => {
      port.addEventListener('close', () => resolve(), { once: true });
    });
    const link = new PortLink({ port, plugins });
    port.start();
    return { client: clientOf(link), closed, close: () => port.close() };
  };
}

/** The desktop loads the page from its own protocol, or from the development server, which the agent string tells. */
export function isDesktop(): boolean {
  return !window.location.protocol.startsWith('http') || navigator.userAgent.includes(' Electron/');
}
