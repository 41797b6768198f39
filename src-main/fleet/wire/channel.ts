import type { WebSocket } from 'ws';

/**
 * The console's messages within a connection that carries others as well, in the form in which oRPC takes a WebSocket. There is
 * one connection for each machine, so that one proof and one sign of life are for all of it.
 */
export interface ConsoleChannel {
  /** Sends one message of the console's protocol. */
  send(frame: string): void;
  /** Called with each that comes. */
  onFrame(listener: (frame: string) => void): void;
  /** Called once, when the connection is over. */
  onClose(listener: () => void): void;
  /** Ends the connection: what came has a form that nobody of ours sends. */
  end(): void;
}

/** A channel over a socket, and the way in for what comes for it. */
export function consoleChannel(
  socket: WebSocket,
  send: (message: { kind: 'console'; frame: string }) => void,
): { readonly channel: ConsoleChannel; readonly take: (frame: string) => void } {
  const listeners: ((frame: string) => void)[] = [];
  return {
    channel: {
      send: (frame) => send({ kind: 'console', frame }),
      onFrame: (listener) => void listeners.push(listener),
      onClose: (listener) => void socket.once('close', listener),
      end: () => socket.terminate(),
    },
    take(frame) {
      for (const listener of listeners) listener(frame);
    },
  };
}
