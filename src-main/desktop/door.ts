import { RPCHandler } from '@orpc/server/message-port';
import { type IpcMainEvent, ipcMain, MessageChannelMain, type MessagePortMain } from 'electron';
import { MOST_MESSAGE_BYTES } from '../../src-shared/contract/message-limits.ts';
import type { ConsoleRouter } from '../console/console.ts';
import { PORT_CHANNEL, PORT_WANTED_CHANNEL } from './channels.ts';
import { isOwnAddress } from './origin.ts';

export interface DoorOptions {
  readonly router: ConsoleRouter;
  /** Whether these are the contents of our own window. */
  readonly isOurs: (contents: Electron.WebContents) => boolean;
  readonly devServer: string | undefined;
  readonly log: (line: string) => void;
  /** A page has got its port. */
  readonly onOpened: () => void;
}

/**
 * Hands the page its end of a MessagePort, over which it speaks contract/console.ts. That is all there is of IPC: one
 * channel without arguments, and only the main frame of our own window at our own address is answered (S7). What comes
 * over the port is parsed by the contract.
 */
export function openDoor(options: DoorOptions): void {
  const handler = new RPCHandler(options.router);
  ipcMain.on(PORT_WANTED_CHANNEL, (event, ...rest: unknown[]) => {
    const frame = event.senderFrame;
    const trusted = frame !== null && isTrusted(event, options) && rest.length === 0;
    if (!trusted) {
      options.log(`A page asked for the door and was refused: ${JSON.stringify(frame?.url ?? 'gone')}`);
      return;
    }
    const { port1, port2 } = new MessageChannelMain();
    handler.upgrade(capped(port1, options.log));
    port1.start();
    frame.postMessage(PORT_CHANNEL, null, [port2]);
    options.onOpened();
  });
}

function isTrusted({ sender, senderFrame }: IpcMainEvent, { isOurs, devServer }: DoorOptions): boolean {
  return (
    senderFrame !== null &&
    senderFrame === sender.mainFrame &&
    isOurs(sender) &&
    isOwnAddress(senderFrame.url, devServer)
  );
}

/** The port as oRPC takes it, without messages that no screen sends: other kinds of data, or too long. They close it. */
function capped(port: MessagePortMain, log: (line: string) => void) {
  return {
    postMessage: (data: unknown) => port.postMessage(data),
    onMessage: {
      addListener(callback: (data: unknown) => void): void {
        port.on('message', ({ data }: { data: unknown }) => {
          const size =
            typeof data === 'string' ? data.length : data instanceof Uint8Array ? data.length : undefined;
          if (size !== undefined && size <= MOST_MESSAGE_BYTES) return callback(data);
          log(`A message over the door was refused (${size ?? typeof data}); the door is closed.`);
          port.close();
        });
      },
    },
    onDisconnect: {
      addListener(callback: () => void): void {
        port.on('close', callback);
      },
    },
  };
}
