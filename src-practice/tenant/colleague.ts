import { z } from 'zod';
import { ContentHasher } from './content-hasher.ts';
import type { Drive } from './drive.ts';
import type { DriveItem } from './drive-item.ts';
import { findItem } from './item-path.ts';
import { pathOf } from './items.ts';
import { storeContent } from './store-content.ts';
import { colleagueOf, type Tenant } from './tenant.ts';

const place = { drive: z.string(), path: z.string() };

/** What a colleague may do at the destination while a migration runs. Times are ISO 8601; bytes are base64. */
export const colleagueActionSchema = z.discriminatedUnion('action', [
  /** Stores content: a new file (folders on the way are made), or a new version. */
  z.object({ action: z.literal('edit'), ...place, bytes: z.string(), modified: z.iso.datetime().optional() }),
  z.object({ action: z.literal('createFolder'), ...place }),
  /** Gives another name, in the same folder. */
  z.object({ action: z.literal('rename'), ...place, to: z.string() }),
  z.object({ action: z.literal('delete'), ...place }),
  /** Holds the file open: 423 until it is unlocked. */
  z.object({ action: z.literal('lock'), ...place }),
  z.object({ action: z.literal('unlock'), ...place }),
  /** Bytes that the drive may hold in all. */
  z.object({ action: z.literal('setQuota'), drive: z.string(), total: z.number().int().min(0) }),
  /** Makes all delta tokens of the drive worthless: 410 to who comes with one. */
  z.object({ action: z.literal('forgetChanges'), drive: z.string() }),
]);

export type ColleagueAction = z.infer<typeof colleagueActionSchema>;

/** Does it. Hands out the id of the item, or says what is wrong; the rules of Graph do not bind the colleague. */
export async function actAsColleague(
  tenant: Tenant,
  action: ColleagueAction,
): Promise<{ readonly id: string } | { readonly problem: string }> {
  const drive = tenant.drives.get(action.drive);
  if (drive === undefined) return { problem: `no drive ${action.drive}` };
  if (action.action === 'setQuota') {
    drive.quotaTotal = action.total;
    tenant.record({ t: 'quota', drive: action.drive, total: action.total });
    return { id: action.drive };
  }
  if (action.action === 'forgetChanges') {
    drive.deltaEpoch += 1;
    tenant.record({ t: 'epoch', drive: action.drive, epoch: drive.deltaEpoch });
    return { id: action.drive };
  }
  const names = action.path.split('/').filter((name) => name !== '');
  if (action.action === 'createFolder') return { id: folderAt(tenant, drive, names).id };
  if (action.action === 'edit') return edit(tenant, drive, names, action);
  const item = findItem(drive, { base: drive.root, names, rest: '' });
  if (item === undefined || item.parent === undefined) return { problem: `nothing at ${action.path}` };
  switch (action.action) {
    case 'rename':
      drive.move(item, { parent: item.parent, name: action.to }, colleagueOf(tenant), false);
      break;
    case 'delete':
      drive.recycle(item, pathOf(item));
      break;
    case 'lock':
      drive.setLock(item, colleagueOf(tenant).displayName);
      break;
    case 'unlock':
      drive.setLock(item, undefined);
      break;
  }
  return { id: item.id };
}

function folderAt(tenant: Tenant, drive: Drive, names: readonly string[]): DriveItem {
  let at = drive.root;
  for (const name of names) at = drive.child(at, name) ?? drive.addFolder(at, name, {}, colleagueOf(tenant));
  return at;
}

async function edit(
  tenant: Tenant,
  drive: Drive,
  names: readonly string[],
  action: { readonly path: string; readonly bytes: string; readonly modified?: string | undefined },
): Promise<{ readonly id: string } | { readonly problem: string }> {
  const name = names.at(-1);
  if (name === undefined) return { problem: 'a file needs a name' };
  const bytes = Buffer.from(action.bytes, 'base64');
  const sink = tenant.bodies.sink(tenant.newGuid(), bytes.length);
  const hasher = new ContentHasher(tenant.options.sha256);
  hasher.update(bytes);
  await sink.write(bytes, 0);
  const stored = await storeContent(tenant, {
    drive,
    parent: folderAt(tenant, drive, names.slice(0, -1)),
    name,
    target: undefined,
    behavior: 'replace',
    times: action.modified === undefined ? {} : { modified: Date.parse(action.modified) },
    ifMatch: undefined,
    actor: colleagueOf(tenant),
    hasher,
    sink,
  });
  if ('item' in stored) return { id: stored.item.id };
  await sink.abandon();
  return { problem: `${stored.details.code}: ${stored.details.message}` };
}
