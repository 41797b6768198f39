import type { z } from 'zod';
import { failed, ok, type Result } from '../../../src-shared/model/problem.ts';
import type { WireHeaders } from './exchange.ts';
import { readServiceError, type ServiceError } from './service-error.ts';

/** A final answer: success, or a refusal that another try will not change. */
export interface Answer {
  readonly status: number;
  readonly headers: WireHeaders;
  readonly text: string;
  /** Of a request for bytes, where it succeeded; the text is empty then. */
  readonly bytes?: Uint8Array | undefined;
  readonly requestId: string;
  /** An earlier try of the same call got no answer, or a bad one: it may have been done nevertheless. */
  readonly doubtful: boolean;
}

export function isSuccess(answer: Pick<Answer, 'status'>): boolean {
  return answer.status >= 200 && answer.status < 300;
}

/** The refusal in an answer that is no success. */
export function errorOf(answer: Pick<Answer, 'status' | 'text' | 'requestId'>): ServiceError {
  return readServiceError(answer.status, jsonOf(answer.text), answer.requestId);
}

/** The body of a successful answer. One that is not what Graph documents is an error of the service. */
export function bodyOf<T>(schema: z.ZodType<T>, answer: Answer): Result<T> {
  return parseAnswer(schema, jsonOf(answer.text), `${answer.status} (request ${answer.requestId})`);
}

export function parseAnswer<T>(schema: z.ZodType<T>, json: unknown, from: string): Result<T> {
  const parsed = schema.safeParse(json);
  if (parsed.success) return ok(parsed.data);
  const [issue] = parsed.error.issues;
  const detail = `unexpected answer ${from}: ${issue?.path.join('.')} ${issue?.message}`;
  return failed('service-error', { detail });
}

/** The text as JSON; undefined when it is none. */
export function jsonOf(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch (error) {
    // A proxy's page of HTML, for instance: the status says what there is to say.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/**
 * The address of the next page, as the service gave it. It gets our token, so it has to be on the host that we asked.
 */
export function nextPage(text: string, base: string): Result<URL> {
  const url = new URL(text);
  return url.origin === new URL(base).origin
    ? ok(url)
    : failed('service-error', { detail: `the next page is on another host: ${url.origin}` });
}
