import { type AadstsCode, aadsts } from './aadsts.ts';

/** An expected failure of a sign-in, ready to be told in JSON, in a redirect or on a page. */
export interface Refusal {
  /** AADSTS number, or 0 for the protocol errors of RFC 8628 that Entra gives no number. */
  readonly code: AadstsCode | 0;
  readonly status: number;
  readonly error: string;
  readonly suberror?: string;
  /** The sentence that follows `AADSTSnnnnn: `. */
  readonly text: string;
}

export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly refusal: Refusal };

export const granted = <T>(value: T): Outcome<T> => ({ ok: true, value });

/** A refusal by its number; `detail` is added to the sentence. */
export const refuse = (
  code: AadstsCode,
  detail?: string,
): { readonly ok: false; readonly refusal: Refusal } => {
  const [error, status, text, suberror]: readonly [string, number, string, string?] = aadsts[code];
  return {
    ok: false,
    refusal: {
      code,
      status,
      error,
      text: detail === undefined ? text : `${text} ${detail}`,
      ...(suberror === undefined ? {} : { suberror }),
    },
  };
};

/** RFC 8628 3.5: the client polls faster than the interval that it was given. */
export const slowDown = {
  ok: false,
  refusal: {
    code: 0,
    status: 400,
    error: 'slow_down',
    text: 'Polling too often. Wait longer between polls.',
  },
} as const;

/** The person said no to the device. */
export const declined = {
  ok: false,
  refusal: {
    code: 0,
    status: 400,
    error: 'authorization_declined',
    text: 'The end user denied the request.',
  },
} as const;

export interface RefusalContext {
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly traceId: string;
  readonly correlationId: string;
}

/** `2026-11-22 19:15:00Z`, as Entra writes it. */
const entraTime = (now: number): string => `${new Date(now).toISOString().slice(0, 19).replace('T', ' ')}Z`;

/** The description of a refusal as Entra writes it, on several lines. */
export const describeRefusal = (refusal: Refusal, context: RefusalContext): string =>
  `${refusal.code === 0 ? '' : `AADSTS${refusal.code}: `}${refusal.text} Trace ID: ${context.traceId} ` +
  `Correlation ID: ${context.correlationId} Timestamp: ${entraTime(context.now)}`;

/** The JSON body of a refusal at the token endpoint. */
export const refusalBody = (
  refusal: Refusal,
  context: RefusalContext,
): Readonly<Record<string, unknown>> => ({
  error: refusal.error,
  error_description: describeRefusal(refusal, context),
  error_codes: refusal.code === 0 ? [] : [refusal.code],
  timestamp: entraTime(context.now),
  trace_id: context.traceId,
  correlation_id: context.correlationId,
  error_uri: `https://login.microsoftonline.com/error?code=${refusal.code}`,
  ...(refusal.suberror === undefined ? {} : { suberror: refusal.suberror }),
});
