import { z } from 'zod';
import type { Code } from '../../../src-shared/catalogue/catalogue.ts';
import type { Problem } from '../../../src-shared/model/problem.ts';

/** What a refusal of Graph says. */
export interface ServiceError {
  readonly status: number;
  /** From the top level to the deepest. Never empty: an answer without codes has its status here. */
  readonly codes: readonly string[];
  readonly message: string;
  readonly requestId: string;
}

const levelSchema = z.looseObject({
  code: z.coerce.string().optional().catch(undefined),
  innerError: z.unknown().optional(),
  innererror: z.unknown().optional(),
});
const bodySchema = z.object({
  error: levelSchema.extend({
    // SharePoint's own shape has an object here.
    message: z.union([z.string(), z.object({ value: z.string() }).transform(({ value }) => value)]).catch(''),
  }),
});

/** More levels than this have never been seen; a body that nests forever is not read forever. */
const DEEPEST = 8;
const LONGEST_MESSAGE = 300;

/** Reads the body of a refusal; whatever it is, something comes out. */
export function readServiceError(status: number, body: unknown, requestId: string): ServiceError {
  const parsed = bodySchema.safeParse(body);
  if (!parsed.success) return { status, codes: [`HTTP ${status}`], message: '', requestId };
  const { error } = parsed.data;
  const codes: string[] = [];
  let level: z.infer<typeof levelSchema> | undefined = error;
  while (level !== undefined && codes.length < DEEPEST) {
    if (level.code !== undefined && level.code !== '') codes.push(level.code);
    const inner = levelSchema.safeParse(level.innerError ?? level.innererror);
    level = inner.success ? inner.data : undefined;
  }
  const message = error.message.replace(/\s+/g, ' ').slice(0, LONGEST_MESSAGE);
  return { status, codes: codes.length === 0 ? [`HTTP ${status}`] : codes, message, requestId };
}

export function hasCode(error: ServiceError, code: string): boolean {
  return error.codes.includes(code);
}

/** Graph's codes that mean one thing wherever they come. "Read the deepest code that you know, never the message." */
const meanings: Readonly<Record<string, Code>> = {
  pathIsTooLong: 'path-too-long',
  pathTooDeep: 'path-too-long',
  maxFileSizeExceeded: 'too-large',
  quotaLimitReached: 'quota-full',
  insufficientStorage: 'quota-full',
  resourceLocked: 'destination-locked',
  lockMismatch: 'destination-locked',
  nameAlreadyExists: 'occupied-at-destination',
  resourceModified: 'edited-at-destination',
  accessDenied: 'destination-access-denied',
  uploadSessionNotFound: 'session-lost',
  resyncRequired: 'session-lost',
  activityLimitReached: 'throttled',
  unauthenticated: 'sign-in-expired',
};

const meaningsOfStatus: Readonly<Record<number, Code>> = {
  401: 'sign-in-expired',
  403: 'destination-access-denied',
  409: 'occupied-at-destination',
  410: 'session-lost',
  412: 'edited-at-destination',
  413: 'too-large',
  423: 'destination-locked',
  429: 'throttled',
  507: 'quota-full',
};

/** The catalogue's word for a refusal: by its deepest code that is known, else by its status. */
export function codeOf(error: ServiceError): Code {
  const known = error.codes.findLast((code) => Object.hasOwn(meanings, code));
  const meaning = known === undefined ? undefined : meanings[known];
  if (meaning !== undefined) return meaning;
  return meaningsOfStatus[error.status] ?? (error.status >= 500 ? 'service-error' : 'refused-by-service');
}

/** `404 itemNotFound: The resource could not be found. (request 6c1f...)` */
export function describeError({ status, codes, message, requestId }: ServiceError): string {
  const text = message === '' ? '' : `: ${message}`;
  const id = requestId === '' ? '' : ` (request ${requestId})`;
  return `${status} ${codes.join('/')}${text}${id}`;
}

export function problemOf(error: ServiceError, where?: string): Problem {
  return { code: codeOf(error), where, detail: describeError(error) };
}

/**
 * Kinds that a site without custom script refuses with 403, while it takes everything else (SharePoint docs, "Allow or
 * prevent custom script").
 */
const SCRIPT = /\.(?:ascx|asmx|aspx|htc|jar|master|swf|xap|xsf)$/i;

/** The problem of one file: a 403 for a kind that the site does not take is no reason to stop the others. */
export function problemOfFile(error: ServiceError, name: string): Problem {
  const problem = problemOf(error, name);
  const kindRefused = problem.code === 'destination-access-denied' && SCRIPT.test(name);
  return kindRefused ? { ...problem, code: 'refused-by-service' } : problem;
}

/** The same for an item that is there: a site that refuses to let go of one (retention, a record) is no reason to stop everything else. */
export function problemOfItem(error: ServiceError, name: string): Problem {
  const problem = problemOfFile(error, name);
  return problem.code === 'destination-access-denied' ? { ...problem, code: 'refused-by-service' } : problem;
}
