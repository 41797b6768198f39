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
  /** Called right before the first byte is written. What it throws, an error with a `code`, becomes the answer, and not a byte is written. */
  readonly onStart?: (() => void) | undefined;
  /** Called as soon as status and headers are there, before the body. */
  readonly onHead?: ((status: number, headers: WireHeaders) => void) | undefined;
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

/**
 * Sends one request and reads the whole answer. Never rejects for what the network does. It listens to undici's dispatcher itself:
 * `request` makes a stream for each answer, which cost a small file a tenth of its processor time.
 */
export function exchange(http: Dispatcher, request: WireRequest): Promise<WireAnswer> {
  const { url, method, headers, body } = request;
  return new Promise((resolve, reject) => {
    http.dispatch(
      {
        origin: url.origin,
        path: url.pathname + url.search,
        method,
        headers,
        body: inPieces(body),
      },
      new OneAnswer(request, resolve, reject),
    );
  });
}

/** Gathers the answer to one request. */
class OneAnswer implements Dispatcher.DispatchHandler {
  readonly #request: WireRequest;
  readonly #resolve: (answer: WireAnswer) => void;
  readonly #reject: (bug: Error) => void;
  #controller: Dispatcher.DispatchController | undefined;
  #status = 0;
  #headers: WireHeaders = {};
  readonly #chunks: Buffer[] = [];

  constructor(request: WireRequest, resolve: (answer: WireAnswer) => void, reject: (bug: Error) => void) {
    this.#request = request;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    const { signal, onStart } = this.#request;
    // Thrown and not aborted: an abort would break the connection as well.
    if (signal?.aborted === true) throw new Stopped();
    onStart?.();
    this.#controller = controller;
    signal?.addEventListener('abort', this.#stop);
  }

  onResponseStart(_: Dispatcher.DispatchController, status: number, headers: WireHeaders): void {
    // Another head follows one that is only for information.
    if (status < 200) return;
    this.#status = status;
    this.#headers = headers;
    this.#request.onHead?.(status, headers);
  }

  onResponseData(_: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    this.#done();
    const head = { answered: true, status: this.#status, headers: this.#headers } as const;
    const [first] = this.#chunks;
    const bytes = first && this.#chunks.length === 1 ? first : Buffer.concat(this.#chunks);
    this.#resolve(
      this.#request.binary === true && this.#status < 300
        ? { ...head, text: '', bytes }
        : { ...head, text: textOf(bytes) },
    );
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    this.#done();
    const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
    if (OURS.test(code)) this.#reject(error);
    else {
      const detail = `${this.#request.url.host}: ${code} ${error.message}`.trim();
      this.#resolve({ answered: false, code, detail });
    }
  }

  #done(): void {
    this.#request.signal?.removeEventListener('abort', this.#stop);
  }

  readonly #stop = (): void => this.#controller?.abort(new Stopped());
}

/** A mark of the order of bytes at the beginning is no text. */
function textOf(bytes: Buffer): string {
  const text = bytes.toString('utf8');
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}

/** The caller does not want it any more. */
class Stopped extends Error {
  readonly code = 'ABORT_ERR';

  constructor() {
    super('the request was stopped');
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
