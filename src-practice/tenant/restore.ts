import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type BodyStore, SMALL_BODY } from './bodies.ts';
import { ContentHasher } from './content-hasher.ts';
import type { Drive } from './drive.ts';
import { type DriveItem, isFolder } from './drive-item.ts';
import type { ItemRecord, Remembered, SessionRecord } from './journal.ts';
import type { UploadSession, UploadSessions } from './upload-session.ts';

/** What the journal keeps of an item. */
export function recordOfItem(drive: Drive, item: DriveItem): ItemRecord {
  const { guid, name, created, modified, createdBy, modifiedBy, eTag, cTag, version, changed, deleted } =
    item;
  return {
    t: 'item',
    drive: drive.facts.id,
    guid,
    parent: item.parent?.guid ?? '',
    name,
    folder: isFolder(item),
    created,
    modified,
    createdBy,
    modifiedBy,
    eTag,
    cTag,
    version,
    older: [...item.older],
    changed,
    deleted,
    ...(item.content === undefined ? {} : { content: item.content }),
    ...(item.lockedBy === undefined ? {} : { lockedBy: item.lockedBy }),
  };
}

/** Puts the remembered items back into their drives; hands out all items by GUID. Drives no longer configured are left out. */
export function restoreDrives(
  drives: ReadonlyMap<string, Drive>,
  remembered: Remembered,
): ReadonlyMap<string, DriveItem> {
  const items = new Map<string, DriveItem>();
  const ofDrive = new Map<Drive, DriveItem[]>();
  for (const drive of drives.values()) items.set(drive.root.guid, drive.root);
  for (const record of remembered.items) {
    const drive = drives.get(record.drive);
    if (drive === undefined) continue;
    const item = itemOf(drive, record);
    items.set(record.guid, item);
    const list = ofDrive.get(drive) ?? [];
    list.push(item);
    ofDrive.set(drive, list);
  }
  for (const record of remembered.items) {
    const item = items.get(record.guid);
    if (item !== undefined) item.parent = items.get(record.parent);
  }
  for (const [drive, list] of ofDrive) drive.restore(list);
  for (const [id, total] of remembered.quotas) {
    const drive = drives.get(id);
    if (drive !== undefined) drive.quotaTotal = total;
  }
  for (const [id, epoch] of remembered.epochs) {
    const drive = drives.get(id);
    if (drive !== undefined) drive.deltaEpoch = epoch;
  }
  for (const { drive, id, path, size, deletedAt } of remembered.recycled) {
    drives.get(drive)?.recycled.push({ id, path, size, deletedAt });
  }
  return items;
}

function itemOf(drive: Drive, record: ItemRecord): DriveItem {
  const item = drive.blank(
    record.guid,
    undefined,
    record.name,
    record.folder,
    record.createdBy,
    record.created,
  );
  item.content = record.content;
  item.size = record.content?.size ?? 0;
  item.modified = record.modified;
  item.modifiedBy = record.modifiedBy;
  item.eTag = record.eTag;
  item.cTag = record.cTag;
  item.version = record.version;
  item.older = record.older;
  item.changed = record.changed;
  item.deleted = record.deleted;
  item.lockedBy = record.lockedBy;
  return item;
}

export interface SessionRestore {
  readonly drives: ReadonlyMap<string, Drive>;
  readonly items: ReadonlyMap<string, DriveItem>;
  readonly remembered: Remembered;
  readonly sessions: UploadSessions;
  readonly bodies: BodyStore;
  /** Where bodies are; without it what was received is gone, and so is the session. */
  readonly bodiesDir: string | undefined;
  /** See the option of that name. */
  readonly sha256: boolean;
}

/** Opens the remembered upload sessions again. Their bytes are read and hashed once more. */
export function restoreSessions(context: SessionRestore): void {
  for (const record of context.remembered.sessions) {
    const session = sessionOf(context, record);
    if (session !== undefined) context.sessions.add(session);
  }
}

function sessionOf(context: SessionRestore, record: SessionRecord): UploadSession | undefined {
  const drive = context.drives.get(record.drive);
  const parent = context.items.get(record.parent);
  if (drive === undefined || parent === undefined) return undefined;
  const hasher = new ContentHasher(context.sha256);
  // A small body waits in memory and went with it: the caller sends its only fragment again.
  const lost = record.total === undefined || record.total <= SMALL_BODY;
  const received = lost ? 0 : record.received;
  if (received > 0) {
    const path = join(context.bodiesDir ?? '', 'files', record.guid);
    if (context.bodiesDir === undefined || !hashFile(path, received, hasher)) return undefined;
  }
  return {
    guid: record.guid,
    token: record.token,
    drive,
    parent,
    name: record.name,
    target: record.target === undefined ? undefined : context.items.get(record.target),
    behavior: record.behavior,
    times: { created: record.created, modified: record.modified },
    deferCommit: record.deferCommit,
    ifMatch: record.ifMatch,
    appId: record.appId,
    actor: record.actor,
    openedAt: record.openedAt,
    expiresAt: record.expiresAt,
    total: record.total,
    received,
    hasher,
    sink: record.total === undefined ? undefined : context.bodies.sink(record.guid, record.total),
    misaligned: record.misaligned,
    attempt: 0,
    hadBefore: 0,
  };
}

function hashFile(path: string, length: number, hasher: ContentHasher): boolean {
  if (!existsSync(path) || statSync(path).size < length) return false;
  const fd = openSync(path, 'r');
  const buffer = Buffer.alloc(1024 * 1024);
  try {
    for (let at = 0; at < length; ) {
      const count = readSync(fd, buffer, 0, Math.min(buffer.length, length - at), at);
      if (count === 0) return false;
      hasher.update(buffer.subarray(0, count));
      at += count;
    }
  } finally {
    closeSync(fd);
  }
  return true;
}
