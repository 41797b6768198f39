import type { BodySink } from './bodies.ts';
import type { ContentHasher } from './content-hasher.ts';
import type { Drive, ItemTimes } from './drive.ts';
import { type Actor, type Content, type DriveItem, isFolder } from './drive-item.ts';
import { checkPlace, freeName } from './naming.ts';
import { isRewritten, rewriteOf } from './office-rewrite.ts';
import { matches } from './places.ts';
import { Refusal, refusals } from './reply.ts';
import type { Tenant } from './tenant.ts';
import type { ConflictBehavior } from './upload-session.ts';

/** All bytes of a file are here; this is what is to become of them. */
export interface Arrival {
  readonly drive: Drive;
  readonly parent: DriveItem;
  readonly name: string;
  readonly target: DriveItem | undefined;
  readonly behavior: ConflictBehavior;
  readonly times: ItemTimes;
  readonly ifMatch: string | undefined;
  readonly actor: Actor;
  readonly hasher: ContentHasher;
  readonly sink: BodySink;
}

export interface Stored {
  readonly item: DriveItem;
  /** False when an existing file got another version. */
  readonly created: boolean;
}

interface Verdict {
  readonly existing: DriveItem | undefined;
  readonly name: string;
}

/** Puts a file that has arrived into its place, or says why not. */
export async function storeContent(tenant: Tenant, arrival: Arrival): Promise<Stored | Refusal> {
  const before = judge(arrival);
  if (before instanceof Refusal) return before;
  const { drive, hasher, actor, times, sink } = arrival;
  const original = { size: hasher.length, quickXor: hasher.quickXor(), sha256: hasher.sha256() };
  const rewrite = rewrites(tenant, arrival) ? rewriteOf(hasher, tenant.newGuid()) : undefined;
  const body = await sink.finish(original.size, rewrite);
  const content: Content =
    rewrite === undefined
      ? { size: original.size, quickXor: original.quickXor, body, original }
      : {
          size: original.size + rewrite.added.length,
          quickXor: hasher.quickXorAfter(rewrite),
          body,
          original,
        };
  // Others went on while the bytes were put away.
  const verdict = judge(arrival);
  if (verdict instanceof Refusal) {
    await tenant.bodies.remove(body);
    return verdict;
  }
  const { existing, name } = verdict;
  if (existing === undefined) {
    return { item: drive.addFile(arrival.parent, name, content, times, actor), created: true };
  }
  const old = existing.content;
  drive.replaceContent(existing, content, times, actor);
  if (old !== undefined) await tenant.bodies.remove(old.body);
  return { item: existing, created: false };
}

/** Whether the file may be put there as things stand, and under which name. */
export function judge(arrival: Arrival): Verdict | Refusal {
  const { drive, parent, target, behavior, ifMatch, hasher } = arrival;
  if (parent.deleted || target?.deleted === true) return refusals.itemNotFound();
  const existing = target ?? drive.child(parent, arrival.name);
  if (ifMatch !== undefined && !matches(ifMatch, existing)) return refusals.modified();
  if (hasher.length > drive.remainingBytes()) return refusals.quotaReached();
  if (existing === undefined) {
    return checkPlace(drive, parent, arrival.name, false) ?? { existing, name: arrival.name };
  }
  if (target === undefined && behavior === 'rename') {
    return { existing: undefined, name: freeName(drive, parent, arrival.name, false) };
  }
  if (isFolder(existing) || (target === undefined && behavior === 'fail')) return refusals.nameTaken();
  if (existing.lockedBy !== undefined) return refusals.locked();
  return { existing, name: existing.name };
}

function rewrites(tenant: Tenant, { drive, name, hasher }: Arrival): boolean {
  if (hasher.length === 0 || !isRewritten(name)) return false;
  const where = tenant.options.officeRewrite;
  return where === 'everywhere' || (where === 'libraries' && drive.facts.type === 'documentLibrary');
}
