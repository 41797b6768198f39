import type { ItemId } from '../../../src-shared/model/item.ts';
import type { Desk } from './desk.ts';
import { packRemote, type RemoteName } from './pack-remote.ts';

/** Longest room that is kept free: ids of an unknown form may be of any length. */
const LARGEST_ROOM = 96;

/** Where no copy is known yet: the time of creation, in as many bytes as id and tag will take. */
export function placeholder(desk: Desk, created: number): Buffer {
  const bytes = Buffer.alloc(desk.room);
  bytes.writeDoubleBE(created, 0);
  return bytes;
}

export function createdOf(remote: Uint8Array | null): number {
  if (remote === null) return 0;
  return Buffer.from(remote.buffer, remote.byteOffset, remote.length).readDoubleBE(0);
}

/** Packs a copy's id and tag, and learns from it how much room such take. */
export function packCopy(desk: Desk, copy: RemoteName): Buffer {
  const packed = packRemote(copy, desk.drives);
  if (packed.length > desk.room) desk.room = Math.min(packed.length, LARGEST_ROOM);
  return packed;
}

/** Forgets what the destination told of an item under this id: it is our own copy now. */
export function forgetTheirs(desk: Desk): (id: Buffer) => void {
  const drop = desk.database.prepare('DELETE FROM remote WHERE id = ?');
  return (id) => {
    drop.run(id);
  };
}

/** Uploads under way are forgotten when their item is settled. */
export function dropUpload(desk: Desk): (item: ItemId) => void {
  const drop = desk.database.prepare('DELETE FROM upload WHERE item = ?');
  return (item) => desk.accounts.count('uploads', -drop.run(item).changes);
}
