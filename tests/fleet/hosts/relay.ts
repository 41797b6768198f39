import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Relay {
  readonly port: number;
  close(): void;
}

/**
 * Carries the bytes of TCP connections from one place to another.
 * @param jitterMs every piece waits up to twice as long before it is carried on, in order
 */
export async function openRelay(
  from: { readonly host: string; readonly port: number },
  to: { readonly host: string; readonly port: number },
  jitterMs = 0,
): Promise<Relay> {
  const sockets = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (near) => {
    const far = connect({ ...to, allowHalfOpen: true });
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one.on('error', () => other.destroy());
      one.once('close', () => sockets.delete(one));
      if (jitterMs === 0) one.pipe(other);
      else void carryLate(one, other, jitterMs);
    }
  });
  server.listen(from.port, from.host);
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a relay listens on a port');
  return {
    port: address.port,
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

async function carryLate(from: Socket, to: Socket, jitterMs: number): Promise<void> {
  try {
    for await (const bytes of from) {
      await sleep(Math.random() * 2 * jitterMs);
      if (!to.write(bytes)) await once(to, 'drain');
    }
    to.end();
  } catch {
    // Either end broke: so does the other.
    to.destroy();
  }
}
