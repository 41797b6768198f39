import { ChangeLog } from './change-log.ts';
import type { Clock } from './clock.ts';
import {
  type Actor,
  type Content,
  type DriveItem,
  isFolder,
  type OlderVersion,
  storedBytes,
} from './drive-item.ts';
import { drivePrefixOf, itemIdOf } from './ids.ts';
import { nameKey } from './name-key.ts';

/** What a drive is, apart from what it holds. */
export interface DriveFacts {
  readonly id: string;
  readonly listId: string;
  readonly type: 'documentLibrary' | 'business';
  /** Title, e.g. `Documents`. */
  readonly name: string;
  readonly siteId: string;
  readonly host: string;
  /** Server-relative, decoded, without a leading slash, e.g. `sites/finance/Shared Documents`. */
  readonly path: string;
  readonly owner: Actor;
  readonly quotaTotal: number;
}

/** One for all items, as most never have another. */
const NO_VERSIONS: readonly OlderVersion[] = [];

/** Times a caller may set; milliseconds. */
export interface ItemTimes {
  readonly created?: number | undefined;
  readonly modified?: number | undefined;
}

/** Something that lies in the recycle bin. */
export interface RecycledItem {
  readonly id: string;
  readonly path: string;
  readonly size: number;
  readonly deletedAt: number;
}

/** What a drive tells its keeper. */
export interface DriveKeeper {
  readonly clock: Clock;
  readonly newGuid: () => string;
  /** After every change of an item. */
  readonly changed: (drive: Drive, item: DriveItem) => void;
  /** After every deletion. */
  readonly recycled: (drive: Drive, entry: RecycledItem) => void;
  /** After every content stored or times set on a file, with the number of the version that it made. */
  readonly versionMade: (item: DriveItem) => void;
  /** Whether a folder is given the present time when something is put into it, taken out or written over. */
  readonly touchesFolders: () => boolean;
}

/** A document library: the tree, its quota, its changes. Knows no rule of the protocol. */
export class Drive {
  readonly facts: DriveFacts;
  readonly root: DriveItem;
  readonly changes = new ChangeLog();
  readonly recycled: RecycledItem[] = [];
  quotaTotal: number;
  usedBytes = 0;
  recycledBytes = 0;
  /** Raised when delta tokens of before are to be worthless. */
  deltaEpoch = 1;
  readonly #keeper: DriveKeeper;
  readonly #items = new Map<string, DriveItem>();
  readonly #prefix: string;

  constructor(facts: DriveFacts, keeper: DriveKeeper, rootGuid: string) {
    this.facts = facts;
    this.quotaTotal = facts.quotaTotal;
    this.#keeper = keeper;
    this.#prefix = drivePrefixOf(facts.id);
    this.root = this.blank(rootGuid, undefined, 'root', true, facts.owner, keeper.clock.now());
    this.#items.set(this.root.id, this.root);
    this.changes.note(this.root);
  }

  item(id: string): DriveItem | undefined {
    const found = id === 'root' ? this.root : this.#items.get(id);
    return found?.deleted === true ? undefined : found;
  }

  byGuid(guid: string): DriveItem | undefined {
    return this.item(itemIdOf(this.#prefix, guid));
  }

  /** Everything that is or was here, deleted items too. */
  all(): IterableIterator<DriveItem> {
    return this.#items.values();
  }

  child(folder: DriveItem, name: string): DriveItem | undefined {
    return folder.children?.get(nameKey(name));
  }

  children(folder: DriveItem): readonly DriveItem[] {
    folder.sorted ??= [...(folder.children?.entries() ?? [])]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, item]) => item);
    return folder.sorted;
  }

  /** An item that is not yet in the tree. */
  blank(
    guid: string,
    parent: DriveItem | undefined,
    name: string,
    folder: boolean,
    actor: Actor,
    now: number,
  ): DriveItem {
    const time = wholeSeconds(now);
    return {
      id: itemIdOf(this.#prefix, guid),
      guid,
      parent,
      name,
      children: folder ? new Map() : undefined,
      sorted: undefined,
      content: undefined,
      size: 0,
      created: time,
      modified: time,
      createdBy: actor,
      modifiedBy: actor,
      eTag: 1,
      cTag: folder ? 0 : 1,
      version: 1,
      older: NO_VERSIONS,
      changed: 0,
      deleted: false,
      lockedBy: undefined,
    };
  }

  addFolder(parent: DriveItem, name: string, times: ItemTimes, actor: Actor): DriveItem {
    const folder = this.blank(this.#keeper.newGuid(), parent, name, true, actor, this.#keeper.clock.now());
    setTimes(folder, times);
    this.#attach(parent, folder);
    this.#note(folder);
    return folder;
  }

  addFile(parent: DriveItem, name: string, content: Content, times: ItemTimes, actor: Actor): DriveItem {
    const file = this.blank(this.#keeper.newGuid(), parent, name, false, actor, this.#keeper.clock.now());
    file.content = content;
    file.size = content.size;
    setTimes(file, times);
    this.usedBytes += content.size;
    this.#attach(parent, file);
    this.#note(file);
    this.#keeper.versionMade(file);
    return file;
  }

  /** New bytes for a file: a version more. Without times the modification is now. */
  replaceContent(file: DriveItem, content: Content, times: ItemTimes, actor: Actor): void {
    const before = file.size;
    this.#newVersion(file, actor);
    file.content = content;
    file.size = content.size;
    file.cTag += 1;
    setTimes(file, { modified: this.#keeper.clock.now(), ...definedOnly(times) });
    this.usedBytes += content.size;
    this.#grow(file.parent, content.size - before);
    this.#touch(file.parent);
    this.#note(file);
    this.#keeper.versionMade(file);
  }

  /** Times by PATCH. On a file this makes a version, which counts against the quota (rclone docs, "Versions"). */
  changeTimes(item: DriveItem, times: ItemTimes, actor: Actor): void {
    if (!isFolder(item)) {
      this.#newVersion(item, actor);
      this.usedBytes += item.size;
    }
    setTimes(item, times);
    item.modifiedBy = actor;
    this.#note(item);
    if (!isFolder(item)) this.#keeper.versionMade(item);
  }

  /** Other people as author and editor, and other times; a version more if that is wished. */
  attribute(
    item: DriveItem,
    by: { readonly author: Actor | undefined; readonly editor: Actor | undefined },
    times: ItemTimes,
    asVersion: boolean,
  ): void {
    if (asVersion) {
      this.#newVersion(item, item.modifiedBy);
      this.usedBytes += item.size;
    }
    if (by.author !== undefined) item.createdBy = by.author;
    if (by.editor !== undefined) item.modifiedBy = by.editor;
    setTimes(item, times);
    this.#note(item);
    if (asVersion) this.#keeper.versionMade(item);
  }

  /** Another name, another folder of the same drive, or both. */
  move(
    item: DriveItem,
    to: { readonly parent: DriveItem; readonly name: string },
    actor: Actor,
    resetsTime: boolean,
  ): void {
    this.#detach(item);
    item.name = to.name;
    item.parent = to.parent;
    item.modifiedBy = actor;
    if (resetsTime && !isFolder(item)) setTimes(item, { modified: this.#keeper.clock.now() });
    this.#attach(to.parent, item);
    this.#note(item);
  }

  setLock(item: DriveItem, holder: string | undefined): void {
    item.lockedBy = holder;
    this.#keeper.changed(this, item);
  }

  /** Into the recycle bin, with everything below. */
  recycle(item: DriveItem, path: string): void {
    this.#detach(item);
    let bytes = 0;
    const pending = [item];
    for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
      if (at.children !== undefined) pending.push(...at.children.values());
      bytes += storedBytes(at);
      at.deleted = true;
      this.#note(at);
    }
    this.usedBytes -= bytes;
    this.recycledBytes += bytes;
    const entry = { id: item.id, path, size: bytes, deletedAt: this.#keeper.clock.now() };
    this.recycled.push(entry);
    this.#keeper.recycled(this, entry);
  }

  remainingBytes(): number {
    return Math.max(0, this.quotaTotal - this.usedBytes - this.recycledBytes);
  }

  /** Takes items over from a journal. They are complete but for children and folder sizes. */
  restore(items: readonly DriveItem[]): void {
    for (const item of items) this.#items.set(item.id, item);
    for (const item of items) {
      const bytes = storedBytes(item);
      if (item.deleted) this.recycledBytes += bytes;
      else this.usedBytes += bytes;
      if (item.deleted || item.parent === undefined) continue;
      item.parent.children?.set(nameKey(item.name), item);
      if (!isFolder(item)) this.#grow(item.parent, item.size);
    }
    this.changes.restore([...this.#items.values()], this.changes.last);
  }

  #note(item: DriveItem): void {
    if (item.changed !== 0) item.eTag += 1;
    this.changes.note(item);
    this.#keeper.changed(this, item);
  }

  #newVersion(file: DriveItem, actor: Actor): void {
    const { version: number, modified, size, modifiedBy: by } = file;
    file.older = [...file.older, { number, modified, size, by }];
    file.version += 1;
    file.modifiedBy = actor;
  }

  #attach(parent: DriveItem, item: DriveItem): void {
    this.#items.set(item.id, item);
    parent.children?.set(nameKey(item.name), item);
    parent.sorted = undefined;
    this.#grow(parent, item.size);
    this.#touch(parent);
  }

  #detach(item: DriveItem): void {
    const parent = item.parent;
    if (parent === undefined) return;
    parent.children?.delete(nameKey(item.name));
    parent.sorted = undefined;
    this.#grow(parent, -item.size);
    this.#touch(parent);
  }

  #touch(folder: DriveItem | undefined): void {
    if (folder === undefined || !this.#keeper.touchesFolders()) return;
    setTimes(folder, { modified: this.#keeper.clock.now() });
    this.#note(folder);
  }

  #grow(folder: DriveItem | undefined, bytes: number): void {
    if (bytes === 0) return;
    for (let at = folder; at !== undefined; at = at.parent) at.size += bytes;
  }
}

function wholeSeconds(ms: number): number {
  return Math.floor(ms / 1000) * 1000;
}

function setTimes(item: DriveItem, times: ItemTimes): void {
  if (times.created !== undefined) item.created = wholeSeconds(times.created);
  if (times.modified !== undefined) item.modified = wholeSeconds(times.modified);
}

function definedOnly(times: ItemTimes): ItemTimes {
  return {
    ...(times.created === undefined ? {} : { created: times.created }),
    ...(times.modified === undefined ? {} : { modified: times.modified }),
  };
}
