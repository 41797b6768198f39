import type { WebSocket } from 'ws';

/** A ping this often while nothing is heard, and a connection without a sign of life for so long is dead. */
const PING_MS = 2_000;
const DEAD_MS = 6_000;

/**
 * Notices a connection that died in silence: a cable that was pulled, a machine that lost its power. Both ends ping, unless
 * they hear each other anyway: of 500 machines that beat once a second, pings took a fifth of the coordinator's time. After a
 * pause of this process itself (a busy machine, a sleep) silence proves nothing, and the other end gets another chance.
 * @returns stops it
 */
export function keepAlive(socket: WebSocket, now: () => number): () => void {
  let heard = now();
  let looked = heard;
  const hear = (): void => {
    heard = now();
  };
  socket.on('message', hear).on('ping', hear).on('pong', hear);
  const timer = setInterval(() => {
    const at = now();
    // A clock that was set back or forward, too.
    if (at - looked > 2 * PING_MS || at < looked) heard = at;
    looked = at;
    if (at - heard > DEAD_MS) socket.terminate();
    else if (at - heard >= PING_MS / 2 && socket.readyState === socket.OPEN) socket.ping();
  }, PING_MS);
  const stop = (): void => clearInterval(timer);
  socket.once('close', stop);
  return stop;
}
