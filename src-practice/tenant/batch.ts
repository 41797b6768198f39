import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { shuffled } from '../random.ts';
import type { Call, CallBody } from './call.ts';
import { identityOf } from './identity.ts';
import { operate, retryAfterOf } from './operation.ts';
import { errorBody, Refusal, type RefusalDetails, type Reply, refuse } from './reply.ts';
import { routeOf } from './router.ts';
import type { Tenant } from './tenant.ts';

/** "JSON batch requests are currently limited to 20 individual requests" (concepts/json-batching). */
const MOST_PARTS = 20;

const partSchema = z.object({
  id: z.string().min(1),
  method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
  url: z.string().min(1),
  headers: z.record(z.string(), z.string()).optional(),
  body: z.unknown().optional(),
  dependsOn: z.array(z.string()).optional(),
});

const batchSchema = z.object({ requests: z.array(partSchema).min(1) });

export type BatchPart = z.infer<typeof partSchema>;

/** A part that was told to wait, by what a retry of it is recognised by. */
export interface TakenBack {
  readonly method: string;
  readonly identity: string;
  readonly seconds: number;
}

/** Reads a batch; says 400 for what the service would not take apart. */
export function parseBatch(value: unknown): readonly BatchPart[] | Refusal {
  const parsed = batchSchema.safeParse(value);
  if (!parsed.success) return refuse(400, 'BadRequest', z.prettifyError(parsed.error));
  const parts = parsed.data.requests;
  if (parts.length > MOST_PARTS) {
    return refuse(
      400,
      'BadRequest',
      `Number of batch request steps exceeds the maximum value of ${MOST_PARTS}.`,
    );
  }
  if (new Set(parts.map((part) => part.id)).size !== parts.length) {
    return refuse(400, 'BadRequest', 'The request ids of a batch must be unique.');
  }
  if (!dependsAsDocumented(parts)) {
    return refuse(
      400,
      'BadRequest',
      'dependsOn must be absent, name the part before, or be the same everywhere.',
    );
  }
  return parts;
}

/** Parallel, in a row, or all that depend on one and the same part: nothing else is offered. */
function dependsAsDocumented(parts: readonly BatchPart[]): boolean {
  const links = parts.map((part) => part.dependsOn ?? []);
  if (links.every((names) => names.length === 0)) return true;
  const serial = links.every((names, i) =>
    i === 0 ? names.length === 0 : names.length === 1 && names[0] === parts[i - 1]?.id,
  );
  if (serial) return true;
  const named = links.filter((names) => names.length > 0);
  const [first] = named;
  const free = new Set(parts.filter((_, i) => links[i]?.length === 0).map((part) => part.id));
  return (
    first?.length === 1 &&
    named.every((names) => names.length === 1 && names[0] === first[0]) &&
    first.every((name) => free.has(name))
  );
}

/** Does all parts and puts the answers together, in no particular order. */
export async function runBatch(
  tenant: Tenant,
  call: Call,
  parts: readonly BatchPart[],
): Promise<{ readonly reply: Reply; readonly takenBack: readonly TakenBack[] }> {
  const done = new Map<string, Promise<Reply>>();
  const takenBack: TakenBack[] = [];
  // Those that depend on nothing begin first, wherever they stand; the sort keeps a row in its order.
  const links = (part: BatchPart): number => part.dependsOn?.length ?? 0;
  for (const part of parts.toSorted((a, b) => links(a) - links(b)))
    done.set(part.id, runPart(tenant, call, part, done, takenBack));
  const responses = await Promise.all(
    parts.map(async (part) => {
      const reply = await done.get(part.id);
      const headers = { 'Content-Type': 'application/json', ...reply?.headers };
      return { id: part.id, status: reply?.status, headers, body: reply?.json ?? null };
    }),
  );
  return { reply: { status: 200, json: { responses: shuffled(tenant.random, responses) } }, takenBack };
}

async function runPart(
  tenant: Tenant,
  batch: Call,
  part: BatchPart,
  done: ReadonlyMap<string, Promise<Reply>>,
  takenBack: TakenBack[],
): Promise<Reply> {
  const requestId = randomUUID();
  const say = (details: RefusalDetails): Reply => ({
    status: details.status,
    json: errorBody(details, { requestId, clientRequestId: requestId }, tenant.clock.now()),
  });
  const before = await Promise.all((part.dependsOn ?? []).flatMap((id) => done.get(id) ?? []));
  if (before.some((reply) => reply.status >= 400)) {
    tenant.counters.answered(424);
    return say({
      status: 424,
      code: 'FailedDependency',
      message: 'A request that this one depends on failed.',
    });
  }
  const call = callOf(batch, part);
  if (call instanceof Refusal) {
    tenant.counters.answered(call.details.status);
    return say(call.details);
  }
  const { kind, run } = routeOf(tenant, call);
  const url = urlOf(part);
  const identity = identityOfPart(part);
  const opensSession = kind === 'createUploadSession';
  const outcome = await operate(tenant, {
    ...{ kind, call, url, identity, opensSession, requestId, run },
    part: true,
    arrival: undefined,
  });
  const seconds = retryAfterOf(outcome.reply);
  if (seconds !== undefined) takenBack.push({ method: part.method, identity, seconds });
  return outcome.reply;
}

/** The URL of a part as it would stand in a request of its own. */
function urlOf(part: BatchPart): string {
  return `/v1.0/${part.url.replace(/^\//, '')}`;
}

/** The same as of a request of its own, so that a part may be asked for again alone. */
export function identityOfPart(part: BatchPart): string {
  return identityOf(part.method, urlOf(part), part.body);
}

/** Whether a part opens an upload session. */
export function opensSession(part: BatchPart): boolean {
  return part.method === 'POST' && /reateUploadSession(?:\?|$)/.test(part.url);
}

function callOf(batch: Call, part: BatchPart): Call | Refusal {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(part.headers ?? {})) headers[name.toLowerCase()] = value;
  const hasBody = part.body !== undefined && part.body !== null;
  if (hasBody && headers['content-type'] === undefined) {
    return refuse(400, 'BadRequest', 'A part with a body needs the header Content-Type.');
  }
  const [path = '', query = ''] = `/${part.url.replace(/^\//, '')}`.split('?');
  if (path.startsWith('/$batch')) return refuse(400, 'BadRequest', 'A batch cannot be a part of a batch.');
  return {
    method: part.method,
    path,
    query: new URLSearchParams(query),
    headers,
    caller: batch.caller,
    origin: batch.origin,
    body: bodyOf(hasBody ? part.body : undefined, headers['content-type'] ?? ''),
  };
}

/** JSON as it is; anything else comes as text in base64. */
function bodyOf(body: unknown, contentType: string): CallBody {
  const binary = typeof body === 'string' && !contentType.includes('json');
  const text = typeof body === 'string' ? body : JSON.stringify(body ?? {});
  const bytes =
    body === undefined ? Buffer.alloc(0) : binary ? Buffer.from(text, 'base64') : Buffer.from(text);
  return {
    length: bytes.length,
    chunks: async function* () {
      yield bytes;
    },
  };
}
