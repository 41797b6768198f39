import { setTimeout as wait } from 'node:timers/promises';
import type { Call } from './call.ts';
import type { FaultName } from './fault-settings.ts';
import { throttledRefusal } from './faults.ts';
import { type Refusal, type Reply, replyOf } from './reply.ts';
import { type RequestKind, unitsOf } from './request-kind.ts';
import type { Tenant } from './tenant.ts';

/** When something arrived, in milliseconds since 1970: when it was read, and when it can have come at the earliest. */
export interface Arrival {
  readonly at: number;
  readonly notBefore: number;
}

/** One operation on its way through counting, faults, cost and answer. */
export interface Operation {
  readonly kind: RequestKind;
  readonly call: Call;
  /** Path and query as the caller wrote them. */
  readonly url: string;
  /** What a retry is recognised by. */
  readonly identity: string;
  readonly part: boolean;
  /** When it arrived; undefined for what was looked at already, with its batch. */
  readonly arrival: Arrival | undefined;
  /** Opens an upload session (a batch: one of its parts does). */
  readonly opensSession: boolean;
  readonly requestId: string;
  /** Said before anything else: the token is not good, the session is gone. */
  readonly refusedAlready?: Refusal;
  readonly run: () => Reply | Refusal | Promise<Reply | Refusal>;
  /** Takes the session of an upload URL away; present for such only. */
  readonly loseSession?: () => Promise<void>;
}

export interface Outcome {
  readonly reply: Reply;
  /** The connection breaks in place of the answer; `before` the work was done, or `after`. */
  readonly cut?: 'before' | 'after';
}

/** Faults that end the upload session they meet. */
const ENDS_SESSION: ReadonlySet<FaultName> = new Set(['sessionVanished', 'sessionExpired', 'conflict']);

/** Answers one operation, with everything that can go wrong on the way. */
export async function operate(tenant: Tenant, operation: Operation): Promise<Outcome> {
  const { kind, call, url, identity, arrival } = operation;
  const startedAt = tenant.clock.now();
  tenant.counters.arrived(kind);
  if (arrival !== undefined) {
    tenant.counters.watchPatience(call.method, identity, arrival.at, arrival.notBefore);
  }
  const latency = operation.part ? 0 : tenant.faults.latency();
  if (latency > 0) await wait(latency);

  const fault = operation.refusedAlready === undefined ? tenant.faults.draw(operation) : undefined;
  const verdict = charge(tenant, operation);
  const outcome = await answer(tenant, operation, fault, verdict.granted);
  const { reply } = outcome;
  tenant.counters.answered(reply.status);
  if (tenant.log.wanted) {
    tenant.log.add({
      at: new Date(startedAt).toISOString(),
      method: call.method,
      url,
      kind,
      status: outcome.cut === undefined ? reply.status : 0,
      ms: tenant.clock.now() - startedAt,
      ...(fault === undefined ? {} : { fault }),
    });
  }
  const refusedByFault = reply.headers?.['Retry-After'] !== undefined;
  const headers = refusedByFault
    ? { ...verdict.headers, ...reply.headers }
    : { ...reply.headers, ...verdict.headers };
  return { ...outcome, reply: { ...reply, headers } };
}

function charge(
  tenant: Tenant,
  { kind, call, refusedAlready }: Operation,
): ReturnType<Tenant['units']['charge']> {
  // Who is not known has no bucket.
  if (refusedAlready !== undefined) return { granted: true, headers: {} };
  const units = unitsOf(kind, tenant.options.ruPerFragment);
  tenant.counters.resourceUnits += units;
  const verdict = tenant.units.charge(call.caller.appId, units);
  if (!verdict.granted) tenant.counters.throttledByUnits += 1;
  return verdict;
}

async function answer(
  tenant: Tenant,
  operation: Operation,
  fault: FaultName | undefined,
  granted: boolean,
): Promise<Outcome> {
  const say = (outcome: Reply | Refusal): Reply => {
    const clientRequestId = operation.call.headers['client-request-id'] ?? operation.requestId;
    return replyOf(outcome, { requestId: operation.requestId, clientRequestId }, tenant.clock.now());
  };
  if (operation.refusedAlready !== undefined) return { reply: say(operation.refusedAlready) };
  if (!granted) return { reply: say(throttledRefusal({})) };
  if (fault === undefined) return { reply: say(await operation.run()) };
  if (fault === 'cutBefore') return { reply: { status: 0 }, cut: 'before' };
  if (fault === 'cutAfter') return { reply: say(await operation.run()), cut: 'after' };
  if (ENDS_SESSION.has(fault)) await operation.loseSession?.();
  const mayBeDone = !operation.opensSession || tenant.faults.settings.loseSessionAnswers;
  if (fault === 'gatewayTimeout' && mayBeDone && tenant.faults.doneAnyway()) await operation.run();
  const refusal = tenant.faults.refusal(fault);
  if (refusal === undefined) throw new Error(`the fault ${fault} has no answer`);
  return { reply: say(refusal) };
}

/** How long the caller is told to wait; undefined when it is not. */
export function retryAfterOf(reply: Reply): number | undefined {
  const text = reply.status === 429 || reply.status === 503 ? reply.headers?.['Retry-After'] : undefined;
  return text === undefined ? undefined : Number(text);
}
