import { isIP } from 'node:net';
import { connect, type TLSSocket } from 'node:tls';
import { WebSocket } from 'ws';
import type { Place } from '../../../src-shared/contract/wire-parts.ts';
import { failed, ok, type Problem, type Result } from '../../../src-shared/model/problem.ts';
import { MAX_MESSAGE_BYTES, WIRE_PATH } from './listener.ts';
import { channelOf, fingerprintOf } from './proofs.ts';

/** How long an address may take to answer. */
const PATIENCE_MS = 5_000;

/** A connection to the coordinator that was meant, and to nobody else. It is paused until somebody listens to it. */
export interface Line {
  readonly socket: WebSocket;
  readonly channel: Buffer;
  /** The address that answered. */
  readonly address: string;
}

/**
 * Connects to a coordinator at any of its addresses, all at once; the first that shows the certificate with the fingerprint is
 * taken. Nothing is said to one that does not. Codes: coordinator-unreachable, fingerprint-wrong (somebody else answers there).
 */
export async function dial(place: Place, signal: AbortSignal): Promise<Result<Line>> {
  const others = new AbortController();
  const tries = place.addresses.map(async (address) => {
    const secured = await pinned(address, place, AbortSignal.any([signal, others.signal]));
    if (!secured.ok) throw new Refused(secured.problem);
    return { address, secured: secured.value };
  });
  try {
    const { address, secured } = await Promise.any(tries);
    others.abort();
    const channel = channelOf(secured);
    const socket = await upgrade(secured, signal);
    if (socket.ok) return ok({ socket: socket.value, channel, address });
    return failed('coordinator-unreachable', {
      where: `${address}:${place.port}`,
      detail: socket.problem.detail,
    });
  } catch (error) {
    if (!(error instanceof AggregateError)) throw error;
    const problems = error.errors.flatMap((one) => {
      if (one instanceof Refused) return one.problem;
      throw one;
    });
    // That somebody else is there says more than that nobody is elsewhere.
    const telling = problems.find(({ code }) => code === 'fingerprint-wrong') ?? problems[0];
    return telling === undefined ? failed('coordinator-unreachable') : { ok: false, problem: telling };
  }
}

class Refused extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.code);
    this.problem = problem;
  }
}

function pinned(host: string, { port, fingerprint }: Place, signal: AbortSignal): Promise<Result<TLSSocket>> {
  const where = `${host}:${port}`;
  return new Promise((resolve) => {
    if (signal.aborted) return resolve(failed('coordinator-unreachable', { where }));
    // No authority is asked: the fingerprint is checked below, before anything is said.
    const name = isIP(host) === 0 ? { servername: host } : {};
    const socket = connect({ host, port, minVersion: 'TLSv1.3', rejectUnauthorized: false, ...name });
    const settle = (result: Result<TLSSocket>): void => {
      clearTimeout(late);
      signal.removeEventListener('abort', stop);
      socket.off('error', broken);
      // Whatever becomes of it later is told by the WebSocket over it.
      socket.on('error', () => socket.destroy());
      if (!result.ok) socket.destroy();
      resolve(result);
    };
    const unreachable = (detail: string) => settle(failed('coordinator-unreachable', { where, detail }));
    const broken = (error: Error): void => unreachable(error.message);
    const stop = (): void => unreachable('given up');
    const late = setTimeout(() => unreachable(`no answer within ${PATIENCE_MS / 1_000} s`), PATIENCE_MS);
    signal.addEventListener('abort', stop);
    socket.once('error', broken);
    socket.once('secureConnect', () => {
      const certificate = socket.getPeerX509Certificate();
      const shown = certificate === undefined ? '' : fingerprintOf(certificate.raw);
      if (shown !== fingerprint) return settle(failed('fingerprint-wrong', { where, detail: shown }));
      socket.setNoDelay(true);
      settle(ok(socket));
    });
  });
}

function upgrade(secured: TLSSocket, signal: AbortSignal): Promise<Result<WebSocket>> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`wss://convoy.invalid${WIRE_PATH}`, {
      createConnection: () => secured,
      perMessageDeflate: false,
      maxPayload: MAX_MESSAGE_BYTES,
      handshakeTimeout: PATIENCE_MS,
      // One message a turn: who listens to the first may hand the socket on before the second.
      allowSynchronousEvents: false,
    });
    const stop = (): void => socket.terminate();
    const settle = (result: Result<WebSocket>): void => {
      signal.removeEventListener('abort', stop);
      resolve(result);
    };
    signal.addEventListener('abort', stop);
    socket.on('error', (error) => {
      settle(failed('coordinator-unreachable', { detail: error.message }));
      socket.terminate();
    });
    socket.once('open', () => {
      // The greeting may come with the answer to the upgrade, and whoever takes the socket over may have something to do first.
      socket.pause();
      settle(ok(socket));
    });
  });
}
