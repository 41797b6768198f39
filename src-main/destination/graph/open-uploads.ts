import { z } from 'zod';
import { failed, ok, type Problem, type Result } from '../../../src-shared/model/problem.ts';
import type { CallOptions, UploadRequest, UploadSession } from '../destination.ts';
import { type Answer, jsonOf, parseAnswer } from './answer.ts';
import { type BatchPart, type PartAnswer, sendBatch } from './batch.ts';
import { type DriveLink, findById, findChild } from './drive-link.ts';
import { encodeName } from './drive-urls.ts';
import { untilFree } from './folders.ts';
import { fileSystemInfo } from './items.ts';
import { units } from './meter.ts';
import type { Patience } from './patience.ts';
import { patient, type RetryLimits, troubleOfStatus, waitAsked } from './retry-policy.ts';
import { hasCode, problemOfFile, readServiceError, type ServiceError } from './service-error.ts';
import { newSession } from './session-token.ts';

const sessionSchema = z.object({
  uploadUrl: z.url(),
  expirationDateTime: z.iso.datetime({ offset: true }).transform((text) => Date.parse(text)),
});

/** What is to become of one request after a round. */
type Verdict =
  | { readonly result: Result<UploadSession> }
  /** Ask again; `problem` is the result if that is of no use any more. */
  | { readonly again: 'now' | 'ailing' | 'stale'; readonly problem: Problem };

/**
 * Opens upload sessions: a single one with a request of its own, several in one batch. What is throttled or fails in a
 * batch is asked again, alone or with its like; the others keep what they got.
 */
export async function openUploads(
  link: DriveLink,
  requests: readonly UploadRequest[],
  options: CallOptions,
): Promise<readonly Result<UploadSession>[]> {
  const results: Result<UploadSession>[] = [];
  const patience = link.graph.patience(options);
  let open = requests.map((request, index) => ({ request, index }));
  while (open.length > 0) {
    const verdicts = await askOnce(
      link,
      open.map(({ request }) => request),
      options,
    );
    const again: { entry: (typeof open)[number]; verdict: Extract<Verdict, { again: string }> }[] = [];
    for (const [i, entry] of open.entries()) {
      const verdict = verdicts[i];
      if (verdict === undefined) throw new Error('a round has an answer for each request');
      if ('result' in verdict) results[entry.index] = verdict.result;
      else again.push({ entry, verdict });
    }
    if (again.length === 0) break;
    const problem = await pauseFor(
      again.map(({ verdict }) => verdict),
      patience,
    );
    if (problem !== undefined) {
      for (const { entry, verdict } of again) {
        const stopped = problem.code === 'stopped-by-you';
        results[entry.index] = { ok: false, problem: stopped ? problem : verdict.problem };
      }
      break;
    }
    open = again.map(({ entry }) => entry);
  }
  return results;
}

/** Waits as long as the most patient of those who ask again needs. */
function pauseFor(
  verdicts: readonly Extract<Verdict, { again: string }>[],
  patience: Patience,
): Promise<Problem | undefined> {
  const [first] = verdicts;
  if (first === undefined || verdicts.some(({ again }) => again === 'now')) return Promise.resolve(undefined);
  const limits: RetryLimits = verdicts.some(({ again }) => again === 'ailing') ? patient : untilFree;
  return patience.wait('service-error', first.problem, limits);
}

async function askOnce(
  link: DriveLink,
  requests: readonly UploadRequest[],
  options: CallOptions,
): Promise<readonly Verdict[]> {
  const [only] = requests;
  const parts = requests.map((request) => partOf(link, request));
  // An answer that nobody waits for would leave a session that blocks its name for a quarter of an hour.
  const finish = true;
  if (only !== undefined && requests.length === 1 && parts[0] !== undefined) {
    const { path, headers, body } = parts[0];
    const answer = await link.graph.call(
      {
        method: 'POST',
        url: link.urls.whole(path),
        body,
        headers: headers ?? {},
        units: units.write,
        finish,
      },
      options,
    );
    if (!answer.ok) return [{ result: answer }];
    return [await judge(link, only, fromAnswer(answer.value), options)];
  }
  const cost = units.write * parts.length;
  const answers = await sendBatch(link, parts, { units: cost, finish }, options);
  if (!answers.ok) return requests.map(() => ({ result: answers }));
  return Promise.all(
    requests.map((request, i) => judge(link, request, fromPart(answers.value.parts[i]), options)),
  );
}

function partOf(link: DriveLink, { parent, name, times, replace }: UploadRequest): BatchPart {
  const create = replace === 'create';
  const item = {
    '@microsoft.graph.conflictBehavior': create ? 'fail' : 'replace',
    fileSystemInfo: fileSystemInfo(times),
  };
  return {
    method: 'POST',
    path: create
      ? `${link.urls.item(parent)}:/${encodeName(name)}:/createUploadSession`
      : `${link.urls.item(replace.id)}/createUploadSession`,
    headers: create ? {} : { 'if-match': replace.tag },
    body: { item },
  };
}

/** A direct answer and a part of a batch, made equal. */
interface Told {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: unknown;
  readonly requestId: string;
}

function fromAnswer({ status, headers, text, requestId }: Answer): Told {
  return { status, headers, body: jsonOf(text), requestId };
}

/** A part that the service forgot is taken for one that it could not do. */
function fromPart(part: PartAnswer | undefined): Told {
  const { status, headers, body } = part ?? { status: 500, headers: {}, body: undefined };
  return { status, headers, body, requestId: headers['request-id'] ?? '' };
}

async function judge(
  link: DriveLink,
  request: UploadRequest,
  told: Told,
  options: CallOptions,
): Promise<Verdict> {
  if (told.status === 200 || told.status === 201) {
    const session = parseAnswer(sessionSchema, told.body, 'to createUploadSession');
    if (!session.ok) return { result: session };
    const { uploadUrl, expirationDateTime } = session.value;
    return { result: ok(newSession(uploadUrl, expirationDateTime, request)) };
  }
  const error = readServiceError(told.status, told.body, told.requestId);
  const problem = problemOfFile(error, request.name);
  const asked = waitAsked(told.headers, link.time.now());
  const trouble = troubleOfStatus(told.status, asked);
  if (trouble === 'throttled') {
    link.graph.throttled(asked);
    return { again: 'now', problem };
  }
  // A part whose token had just ended: the next round brings a fresh one.
  if (trouble !== undefined || told.status === 401) return { again: 'ailing', problem };
  if (told.status === 404 && request.replace !== 'create') {
    return { result: failed('edited-at-destination', { where: request.name, detail: 'it is gone' }) };
  }
  if (hasCode(error, 'nameAlreadyExists')) return whoHasTheName(link, request, options);
  if (told.status === 412 || hasCode(error, 'resourceModified')) {
    return stillTheSame(link, request, error, options);
  }
  return { result: { ok: false, problem } };
}

/** 409: either an item has the name, or an unfinished upload does, which nothing shows. */
async function whoHasTheName(
  link: DriveLink,
  request: UploadRequest,
  options: CallOptions,
): Promise<Verdict> {
  const { parent, name, replace } = request;
  if (replace === 'create') {
    const found = await findChild(link, parent, name, options);
    if (!found.ok) return { result: found };
    if (found.value !== undefined) return { result: failed('occupied-at-destination', { where: name }) };
  }
  // That ends after some 15 minutes: for the caller to wait, and to do something else meanwhile.
  return { result: failed('name-blocked-by-lost-upload', { where: name }) };
}

/** 412: edited, or merely out of step with a replica that will catch up. */
async function stillTheSame(
  link: DriveLink,
  { name, replace }: UploadRequest,
  error: ServiceError,
  options: CallOptions,
): Promise<Verdict> {
  const problem: Problem = { ...problemOfFile(error, name), code: 'edited-at-destination' };
  if (replace === 'create') return { result: { ok: false, problem } };
  const found = await findById(link, replace.id, options);
  if (!found.ok) return { result: found };
  return found.value?.eTag === replace.tag ? { again: 'stale', problem } : { result: { ok: false, problem } };
}
