import { z } from 'zod';
import { failed, ok, type Result } from '../../../src-shared/model/problem.ts';
import type { CallOptions } from '../destination.ts';
import { bodyOf, errorOf, isSuccess } from './answer.ts';
import type { DriveLink } from './drive-link.ts';
import { problemOf } from './service-error.ts';

/** Microsoft's limit of parts in one batch (concepts/json-batching). */
export const MOST_PARTS = 20;

export interface BatchPart {
  readonly method: 'GET' | 'POST' | 'PATCH';
  /** Below the base of the version, with a slash in front. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export interface PartAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

const answersSchema = z.object({
  responses: z.array(
    z.object({
      id: z.string(),
      status: z.number(),
      headers: z.record(z.string(), z.string()).nullish(),
      body: z.unknown().optional(),
    }),
  ),
});

/**
 * Sends up to 20 parts in one round trip. One answer for each part, in order; undefined where the service left one
 * out. Throttled and failed parts are the caller's business.
 */
export async function sendBatch(
  link: DriveLink,
  parts: readonly BatchPart[],
  request: { readonly units: number; readonly finish?: boolean },
  options: CallOptions,
): Promise<Result<{ readonly parts: readonly (PartAnswer | undefined)[]; readonly doubtful: boolean }>> {
  if (parts.length > MOST_PARTS) throw new RangeError(`a batch of ${parts.length} parts`);
  const requests = parts.map(({ method, path, headers, body }, i) => ({
    id: String(i),
    method,
    url: path,
    ...(body === undefined
      ? { headers }
      : { headers: { 'Content-Type': 'application/json', ...headers }, body }),
  }));
  const answer = await link.graph.call(
    { method: 'POST', url: link.urls.whole('/$batch'), body: { requests }, ...request },
    options,
  );
  if (!answer.ok) return answer;
  if (!isSuccess(answer.value)) {
    const { code, ...facts } = problemOf(errorOf(answer.value));
    return failed(code, facts);
  }
  const parsed = bodyOf(answersSchema, answer.value);
  if (!parsed.ok) return parsed;
  const byId = new Map(parsed.value.responses.map((response) => [response.id, response]));
  return ok({
    parts: parts.map((_, i) => {
      const response = byId.get(String(i));
      return (
        response && { status: response.status, headers: lower(response.headers ?? {}), body: response.body }
      );
    }),
    doubtful: answer.value.doubtful,
  });
}

function lower(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
