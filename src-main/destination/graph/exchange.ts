import { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';

/** One request as it goes on the wire. */
export interface WireRequest {
  readonly url: URL;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly headers: Record<string, string>;
  readonly body: string | Uint8Array | undefined;
  readonly signal: AbortSignal | undefined;
  /** The bytes of a successful answer are wanted as they are. */
  readonly binary?: boolean | undefined;
}

export type WireHeaders = Readonly<Record<string, string | string[] | undefined>>;

export type WireAnswer =
  | {
      readonly answered: true;
      readonly status: number;
      readonly headers: WireHeaders;
      /** Empty where bytes were wanted and came. */
      readonly text: string;
      readonly bytes?: Uint8Array | undefined;
    }
  /** Nothing, or not all of it, came back. `code` is Node's or undici's. */
  | { readonly answered: false; readonly code: string; readonly detail: string };

/**
 * Larger bodies are written in pieces of this size: undici counts the time without progress anew with each piece,
 * so that a slow line is not taken for a dead one.
 */
const PIECE = 256 * 1024;

/** What undici and Node call a request that was put together wrongly: a bug, and no trouble of the network. */
const OURS = /^(?:UND_ERR_INVALID_|ERR_INVALID_|UND_ERR_REQ_CONTENT_LENGTH)/;

/** Sends one request and reads the whole answer. Never rejects for what the network does. */
export async function exchange(http: Dispatcher, request: WireRequest): Promise<WireAnswer> {
  const { url, method, headers, body, signal, binary } = request;
  try {
    const answer = await http.request({
      origin: url.origin,
      path: url.pathname + url.search,
      method,
      headers,
      body: inPieces(body),
      signal: signal ?? null,
    });
    const head = { answered: true, status: answer.statusCode, headers: answer.headers } as const;
    if (binary === true && answer.statusCode < 300) {
      return { ...head, text: '', bytes: await answer.body.bytes() };
    }
    return { ...head, text: await answer.body.text() };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
    if (OURS.test(code)) throw error;
    return { answered: false, code, detail: `${url.host}: ${code} ${error.message}`.trim() };
  }
}

function inPieces(body: string | Uint8Array | undefined): string | Uint8Array | Readable | null {
  if (body === undefined) return null;
  if (typeof body === 'string' || body.length <= PIECE) return body;
  return Readable.from(pieces(body), { objectMode: false });
}

function* pieces(body: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < body.length; at += PIECE) yield body.subarray(at, at + PIECE);
}
