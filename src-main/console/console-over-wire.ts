import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import { RPCHandler } from '@orpc/server/websocket';
import { z } from 'zod';
import type { ConsoleChannel } from '../fleet/wire/channel.ts';
import { parsedText } from '../fleet/wire/messages.ts';
import type { SharedConsole } from './console.ts';
import type { SharedConsoleRouter } from './shared-console.ts';

/** Serves the console to a machine of the fleet over its connection. What has not the form of a message of oRPC ends that. */
export function serveConsoleOver(router: SharedConsoleRouter): (channel: ConsoleChannel) => void {
  const handler = new RPCHandler(router);
  return (channel) => {
    const socket = socketOf(channel);
    channel.onFrame((frame) => void handler.message(socket, frame).catch(() => channel.end()));
    channel.onClose(() => handler.close(socket));
  };
}

/** The console of the coordinator, asked over the connection to it. */
export function consoleOver(channel: ConsoleChannel): SharedConsole {
  return createORPCClient(linkOver(channel));
}

/** What a client of oRPC asks over: messages that come and go one by one. */
export function linkOver(channel: ConsoleChannel): RPCLink<Record<never, never>> {
  const checked: ConsoleChannel = {
    ...channel,
    // oRPC lets what has another form become an exception that nobody can catch.
    onFrame: (listener) => channel.onFrame((frame) => (isAnswer(frame) ? listener(frame) : channel.end())),
  };
  return new RPCLink({ websocket: socketOf(checked) });
}

/** An answer, the next event of a subscription, or its end. */
const answerSchema = z.object({
  i: z.union([z.string(), z.number()]),
  t: z.number().optional(),
  p: z.record(z.string(), z.unknown()).optional(),
});

function isAnswer(frame: string): boolean {
  const { success, data } = answerSchema.safeParse(parsedText(Buffer.from(frame), false));
  return success && (data.p !== undefined || data.t === ABORTED);
}

const ABORTED = 4;

/** The part of a WebSocket that oRPC uses. */
type SocketLike = Pick<WebSocket, 'addEventListener' | 'removeEventListener' | 'send' | 'readyState'>;

const OPEN = 1;
const CLOSED = 3;

function socketOf(channel: ConsoleChannel): SocketLike {
  const events = new EventTarget();
  let readyState: number = OPEN;
  channel.onFrame((frame) => events.dispatchEvent(new MessageEvent('message', { data: frame })));
  channel.onClose(() => {
    readyState = CLOSED;
    events.dispatchEvent(new Event('close'));
  });
  return {
    get readyState() {
      return readyState;
    },
    send(data) {
      // Nothing of the console's contract is bytes.
      if (typeof data !== 'string') throw new TypeError('oRPC sends texts here');
      channel.send(data);
    },
    addEventListener: events.addEventListener.bind(events) as WebSocket['addEventListener'],
    removeEventListener: events.removeEventListener.bind(events) as WebSocket['removeEventListener'],
  };
}
