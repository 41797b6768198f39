import { randomUUID } from 'node:crypto';
import type { Dispatcher } from 'undici';
import { failed, ok, type Problem, type Result } from '../../../src-shared/model/problem.ts';
import type { Admission } from '../../budget/admission.ts';
import type { Cost } from '../../budget/allowances.ts';
import type { TokenSource } from '../../tenant/token-source.ts';
import type { CallOptions } from '../destination.ts';
import { type Answer, errorOf } from './answer.ts';
import { claimsAsked } from './claims-challenge.ts';
import { exchange, type WireAnswer, type WireRequest } from './exchange.ts';
import type { Gate } from './gate.ts';
import { HELD_BACK, NOT_ADMITTED, throughGate } from './gated.ts';
import type { Meter } from './meter.ts';
import { type Passing, Patience } from './patience.ts';
import { type RetryLimits, troubleOfError, troubleOfStatus, WAIT_UNSAID, waitAsked } from './retry-policy.ts';
import { describeError } from './service-error.ts';
import type { Time } from './time.ts';

/** A request in the terms of its caller. */
export interface GraphRequest {
  readonly method: WireRequest['method'];
  readonly url: URL;
  /** Sent as JSON; bytes as they are. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Resource units that it costs. */
  readonly units: number;
  /** Once on its way it is waited for, abort or not: what it makes would otherwise be lost. */
  readonly finish?: boolean;
  /** The bytes of the answer are wanted as they are. */
  readonly binary?: boolean;
}

/** What came of one try: an answer, trouble that may pass, or a problem that will not. */
export type Attempt =
  | { readonly kind: 'answer'; readonly answer: Answer }
  | { readonly kind: 'trouble'; readonly trouble: Passing; readonly problem: Problem }
  | { readonly kind: 'problem'; readonly problem: Problem };

export interface ClientParts {
  readonly http: Dispatcher;
  readonly gate: Gate;
  /** The budget that the gate's tenant gives us: shared like the gate. */
  readonly admission: Admission;
  readonly meter: Meter;
  readonly time: Time;
  /** `NONISV|Convoy|Convoy/<version>`: traffic without such a mark is slowed down first. */
  readonly userAgent: string;
  readonly limits?: RetryLimits | undefined;
}

/** A token that the service did not take, and what it wants to see proved in another one. */
interface RefusedToken {
  readonly token: string;
  readonly claims: string | undefined;
}

/** The day's quota is the longest that Microsoft limits by, so a tenant may be closed until tomorrow. In milliseconds. */
const LONGEST_THROTTLED = 86_400_000;
/** A second refusal of a fresh token may be a replica that has not heard yet; a third is an answer. */
const TOKENS_TRIED = 3;
const JSON_TYPE = 'application/json';
const BYTES_TYPE = 'application/octet-stream';

/**
 * Sends requests: through the gate, with tries again, with a token where a token source is given. Upload URLs get
 * a client without one: they carry their own right, and an Authorization header there can be answered with 401.
 */
export class GraphClient {
  readonly #parts: ClientParts;
  readonly #tokens: TokenSource | undefined;

  constructor(parts: ClientParts, tokens: TokenSource | undefined) {
    this.#parts = parts;
    this.#tokens = tokens;
  }

  /** Tries until there is an answer, or a problem that is final for this call. */
  async call(request: GraphRequest, options: CallOptions = {}): Promise<Result<Answer>> {
    const patience = this.patience(options);
    let doubtful = false;
    for (;;) {
      const attempt = await this.once(request, options);
      if (attempt.kind === 'problem') return { ok: false, problem: attempt.problem };
      if (attempt.kind === 'answer') return ok(doubtful ? { ...attempt.answer, doubtful } : attempt.answer);
      doubtful = true;
      const problem = await patience.wait(attempt.trouble, attempt.problem);
      if (problem !== undefined) return { ok: false, problem };
    }
  }

  /** One try, for callers that have to find out what a failed one did. Throttling and stale tokens are dealt with here. */
  async once(request: GraphRequest, options: CallOptions = {}): Promise<Attempt> {
    const began = this.#parts.time.now();
    let refusals = 0;
    let refused: RefusedToken | undefined;
    for (;;) {
      const cost = costOf(request);
      await this.#parts.admission.pass(cost, options);
      const token = await this.#admission(refused, options);
      const wire = token.ok ? await this.#send(request, token.value, options) : token;
      // What met a closed gate, or was stopped, costs nothing.
      if ('problem' in wire || !wasWritten(wire)) this.#parts.admission.ledger.refund(cost);
      if ('problem' in wire) return unsigned(wire.problem);
      if (!wire.answered) {
        // It waits at the gate with all others, and has not been tried.
        if (wire.code === HELD_BACK) continue;
        if (wire.code === NOT_ADMITTED) return stopped();
        if (options.signal?.aborted === true && request.finish !== true) return stopped();
        return trouble(troubleOfError(wire.code), 'service-unreachable', wire.detail);
      }
      const asked = waitAsked(wire.headers, this.#parts.time.now());
      const ailing = troubleOfStatus(wire.status, asked);
      if (ailing === 'throttled') {
        // The gate was closed when the headers came.
        this.#parts.meter.again();
        if (this.#parts.time.now() - began > LONGEST_THROTTLED)
          return { kind: 'problem', problem: { code: 'throttled' } };
        continue;
      }
      const answer = answerOf(wire);
      if (ailing !== undefined) return trouble(ailing, 'service-error', describeError(errorOf(answer)));
      if (wire.status !== 401 || this.#tokens === undefined) return { kind: 'answer', answer };
      refusals += 1;
      refused =
        token.ok && token.value !== undefined
          ? { token: token.value, claims: claimsAsked(wire.headers) }
          : undefined;
      if (refusals >= TOKENS_TRIED) {
        const detail = describeError(errorOf(answer));
        return { kind: 'problem', problem: { code: 'sign-in-expired', detail } };
      }
      this.#parts.meter.again();
    }
  }

  /** The patience for one call: counts its tries and pauses between them. */
  patience(options: CallOptions): Patience {
    return new Patience(this.#parts, options);
  }

  /** Closes the gate for a part of a batch that was throttled: of it, the headers of the answer say nothing. */
  throttled(ms: number | undefined): void {
    const { gate, admission, time } = this.#parts;
    gate.close(ms ?? WAIT_UNSAID);
    admission.ledger.refused(time.now());
  }

  /**
   * Waits for the gate and gives the token to send. The token may take a while, and the gate close meanwhile, so the
   * gate is asked last, here and right before the first byte ({@link throughGate}). Only who met the refusal of the very token that is still given out asks for a new one.
   */
  async #admission(
    refused: RefusedToken | undefined,
    options: CallOptions,
  ): Promise<Result<string | undefined>> {
    const { gate } = this.#parts;
    for (;;) {
      await gate.pass(options);
      await gate.news.read();
      if (options.signal?.aborted === true) return failed('stopped-by-you');
      if (this.#tokens === undefined) return ok(undefined);
      let token = await this.#tokens.token();
      if (token.ok && refused !== undefined && token.value === refused.token)
        token = await this.#tokens.token({ refresh: true, claims: refused.claims });
      if (!token.ok || gate.closedUntil === null) return token;
    }
  }

  async #send(
    request: GraphRequest,
    token: string | undefined,
    { signal, admit }: CallOptions,
  ): Promise<WireAnswer> {
    const { method, url, body } = request;
    const { http, gate, admission, meter, time, userAgent } = this.#parts;
    const headers: Record<string, string> = { 'user-agent': userAgent, 'client-request-id': randomUUID() };
    if (token !== undefined) headers['authorization'] = `Bearer ${token}`;
    const bytes = body instanceof Uint8Array;
    if (body !== undefined) headers['content-type'] = bytes ? BYTES_TYPE : JSON_TYPE;
    if (bytes) headers['content-length'] = String(body.length);
    if (request.headers !== undefined) Object.assign(headers, request.headers);
    const writes = method !== 'GET';
    const { ledger } = admission;
    const last = { gate, ledger, units: request.units, now: time.now, admit: writes ? admit : undefined };
    const wire = await exchange(http, {
      url,
      method,
      headers,
      body: bytes || body === undefined ? body : JSON.stringify(body),
      signal: request.finish === true ? undefined : signal,
      binary: request.binary,
      ...throughGate(last),
    });
    if (wasWritten(wire)) meter.sent(request.units);
    return wire;
  }
}

function wasWritten(wire: WireAnswer): boolean {
  return wire.answered || (wire.code !== HELD_BACK && wire.code !== NOT_ADMITTED);
}

function costOf({ units, body }: GraphRequest): Cost {
  return { units, bytes: body instanceof Uint8Array ? body.length : 0 };
}

function answerOf(wire: WireAnswer & { readonly answered: true }): Answer {
  const id = wire.headers['request-id'];
  return {
    status: wire.status,
    headers: wire.headers,
    text: wire.text,
    bytes: wire.bytes,
    requestId: typeof id === 'string' ? id : '',
    doubtful: false,
  };
}

function stopped(): Attempt {
  return { kind: 'problem', problem: { code: 'stopped-by-you' } };
}

function trouble(kind: Passing, code: 'service-error' | 'service-unreachable', detail: string): Attempt {
  return { kind: 'trouble', trouble: kind, problem: { code, detail } };
}

/** A sign-in service that cannot be reached may come back; one that refuses will not change its mind. */
function unsigned(problem: Problem): Attempt {
  return problem.code === 'sign-in-unreachable'
    ? { kind: 'trouble', trouble: 'unreachable', problem }
    : { kind: 'problem', problem };
}
