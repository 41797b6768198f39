/** An answer of the tenant before it is put on a socket or into a batch. */
export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent as it is; `length` bytes. */
  readonly bytes?: { readonly length: number; readonly chunks: AsyncIterable<Uint8Array> };
}

/** What a refusal says besides its status: Graph's `error` object. */
export interface RefusalDetails {
  readonly status: number;
  /** Top level code, e.g. `invalidRequest`. */
  readonly code: string;
  readonly message: string;
  /** Deeper code, e.g. `pathIsTooLong`; clients are told to go by the deepest that they know. */
  readonly inner?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A "no" with Graph's error shape, handed back as a value. */
export class Refusal {
  readonly details: RefusalDetails;

  constructor(details: RefusalDetails) {
    this.details = details;
  }
}

export function refuse(status: number, code: string, message: string, inner?: string): Refusal {
  return new Refusal(inner === undefined ? { status, code, message } : { status, code, message, inner });
}

/** The refusals that more than one endpoint gives. */
export const refusals = {
  itemNotFound: (message = 'The resource could not be found.') => refuse(404, 'itemNotFound', message),
  nameTaken: () => refuse(409, 'nameAlreadyExists', 'The specified item name already exists.'),
  invalid: (message: string, inner?: string) => refuse(400, 'invalidRequest', message, inner),
  locked: () =>
    refuse(423, 'resourceLocked', 'The resource you are attempting to access is locked.', 'lockMismatch'),
  modified: () =>
    refuse(412, 'resourceModified', 'ETag does not match current item value.', 'resourceModified'),
  quotaReached: () => refuse(507, 'quotaLimitReached', 'Insufficient Space Available', 'quotaLimitReached'),
  unsupported: (what: string) =>
    refuse(501, 'notSupported', `The practice tenant does not offer ${what}. See src-practice/README.md.`),
  sessionGone: () =>
    refuse(404, 'itemNotFound', 'The upload session was not found.', 'uploadSessionNotFound'),
} as const;

/** Body of an error answer. `date` and ids stand in `innerError` as in the service. */
export function errorBody(
  details: RefusalDetails,
  ids: { readonly requestId: string; readonly clientRequestId: string },
  now: number,
): unknown {
  return {
    error: {
      code: details.code,
      message: details.message,
      innerError: {
        ...(details.inner === undefined ? {} : { code: details.inner }),
        date: new Date(now).toISOString().slice(0, 19),
        'request-id': ids.requestId,
        'client-request-id': ids.clientRequestId,
      },
    },
  };
}

/** The refusal as a reply, for callers that need no choice between the two. */
export function replyOf(
  outcome: Reply | Refusal,
  ids: { readonly requestId: string; readonly clientRequestId: string },
  now: number,
): Reply {
  if (!(outcome instanceof Refusal)) return outcome;
  const { status, headers } = outcome.details;
  const json = errorBody(outcome.details, ids, now);
  return headers === undefined ? { status, json } : { status, headers, json };
}
