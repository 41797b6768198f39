import { actorOf, type Call } from './call.ts';
import { ContentHasher } from './content-hasher.ts';
import type { Drive } from './drive.ts';
import { itemJson } from './item-json.ts';
import { findItem, type ItemAddress } from './item-path.ts';
import { checkConditions, filePlace } from './places.ts';
import { Refusal, type Reply, refusals, refuse } from './reply.ts';
import { behaviorInQuery } from './request-schemas.ts';
import { type Arrival, judge, storeContent } from './store-content.ts';
import type { Tenant } from './tenant.ts';

/** "Up to 250 MB" (driveItem: upload small files). */
const LARGEST_SMALL_UPLOAD = 250_000_000;

/** `PUT .../content`: the whole file in one request, the only way for an empty one. */
export async function putContent(
  tenant: Tenant,
  call: Call,
  drive: Drive,
  address: ItemAddress,
): Promise<Reply | Refusal> {
  if ((call.body.length ?? 0) > LARGEST_SMALL_UPLOAD) return tooLarge();
  const behavior = behaviorInQuery(call.query);
  if (behavior instanceof Refusal) return behavior;
  const condition = checkConditions(call.headers, findItem(drive, address));
  if (condition !== undefined) return condition;
  const actor = actorOf(tenant, call.caller);
  const place = filePlace(drive, address, actor);
  if (place instanceof Refusal) return place;

  const hasher = new ContentHasher(tenant.options.sha256);
  const sink = tenant.bodies.sink(tenant.newGuid(), call.body.length ?? LARGEST_SMALL_UPLOAD);
  const arrival: Arrival = {
    ...place,
    ...{ drive, behavior: behavior ?? 'replace', times: {}, ifMatch: call.headers['if-match'], actor },
    ...{ hasher, sink },
  };
  const early = judge(arrival);
  if (early instanceof Refusal) return early;
  try {
    const refusal = await receive(call, arrival);
    const stored = refusal ?? (await storeContent(tenant, arrival));
    if (stored instanceof Refusal) {
      await sink.abandon();
      return stored;
    }
    const json = itemJson(tenant, drive, stored.item, { origin: call.origin, select: undefined });
    return { status: stored.created ? 201 : 200, json };
  } catch (error) {
    await sink.abandon();
    throw error;
  }
}

async function receive(call: Call, { hasher, sink }: Arrival): Promise<Refusal | undefined> {
  for await (const chunk of call.body.chunks()) {
    const at = hasher.length;
    if (at + chunk.length > LARGEST_SMALL_UPLOAD) return tooLarge();
    hasher.update(chunk);
    await sink.write(chunk, at);
  }
  return call.body.length !== undefined && call.body.length !== hasher.length
    ? refusals.invalid('The body is shorter than announced.')
    : undefined;
}

function tooLarge(): Refusal {
  return refuse(413, 'invalidRequest', 'The file is too large for a single request.', 'maxFileSizeExceeded');
}
