import type { Code } from '../catalogue/catalogue.ts';
import type { Principal, Rights } from '../model/rights.ts';
import { accessListOf, differsFrom, hasOwnRights } from '../rules/access/scope.ts';
import type { AccessList } from '../rules/access/sddl.ts';

/** Beyond so many permission scopes in a library SharePoint gets slow ("SharePoint limits", learn.microsoft.com); it takes no more than the second. */
export const SCOPES_ADVISED = 5_000;
export const SCOPES_MOST = 50_000;

/** What an assessment says about rights, in figures. */
export interface PermissionFigures {
  /** Null: nothing's rights could be read. */
  readonly system: Rights['system'] | null;
  /** Folders (with the source itself) and files whose rights were asked for, and how many of all could not be read. */
  readonly folders: number;
  readonly files: number;
  readonly unread: number;
  /** Items below the source whose rights differ from what is handed down to them. */
  readonly scopes: { readonly folders: number; readonly files: number };
  /** Items with an entry of their own that denies; null on systems that have none. */
  readonly denied: number | null;
  /** Items without any access list: everybody may do everything there. */
  readonly unlisted: number;
  /** Owners and trustees in lists that are not only inherited, each counted once. `unasked`: nobody could say who it is. */
  readonly principals: { readonly known: number; readonly unknown: number; readonly unasked: number };
  /** Items with a principal that nobody knows. */
  readonly orphaned: number;
  /** Items by code of the catalogue. */
  readonly codes: Readonly<Record<string, number>>;
}

/** An item whose rights were asked for. */
export interface PermissionItem {
  readonly kind: 'file' | 'folder';
  /** The source itself is always worth telling, and no scope below itself. */
  readonly isRoot: boolean;
  /** Undefined: they could not be read. */
  readonly rights: Rights | undefined;
  /** Those of the folder around, as far as they are known. */
  readonly above: Rights | undefined;
}

/** Of an item that only inherits nothing is told. */
export interface ToldItem {
  readonly tell: 'rights' | 'nothing' | 'unread';
  /** Of Windows. */
  readonly list: AccessList | undefined;
}

/** The access lists that were read last: most folders of a share have one of few. */
const REMEMBERED = 5_000;
/** Beyond so many owners and trustees each further one is looked up and counted anew. */
const MOST_PRINCIPALS = 50_000;

/** Adds up rights, item by item; memory does not grow with the items. */
export class PermissionSurveyor {
  readonly #lists = new Map<string, AccessList | undefined>();
  readonly #states = new Set<string>();
  readonly #principals = { known: 0, unknown: 0, unasked: 0 };
  readonly #scopes = { folders: 0, files: 0 };
  #system: Rights['system'] | null = null;
  #folders = 0;
  #files = 0;
  #unread = 0;
  #denied = 0;
  #unlisted = 0;
  #orphaned = 0;

  /** @returns what is to be told of it */
  add({ kind, isRoot, rights, above }: PermissionItem): ToldItem {
    if (kind === 'folder') this.#folders += 1;
    else this.#files += 1;
    const list = rights && this.#listOf(rights);
    if (!rights || (rights.system === 'windows' && !list)) {
      this.#unread += 1;
      return { tell: 'unread', list };
    }
    this.#system ??= rights.system;
    const own = isOwn(rights, list, above, kind);
    if (own && !isRoot) this.#scopes[kind === 'folder' ? 'folders' : 'files'] += 1;
    if (own && list) {
      if (list.entries === undefined) this.#unlisted += 1;
      if (list.entries?.some(({ type, inherited }) => type === 'deny' && !inherited)) this.#denied += 1;
    }
    return { tell: own || isRoot ? 'rights' : 'nothing', list };
  }

  /** Who stands in the list of an item that is told. @param states of its owner and trustees, by SID */
  addPrincipals(states: ReadonlyMap<string, Principal>): void {
    let orphaned = false;
    for (const [sid, { state }] of states) {
      orphaned ||= state === 'unknown';
      if (this.#states.has(sid)) continue;
      if (this.#states.size < MOST_PRINCIPALS) this.#states.add(sid);
      this.#principals[state === 'cannot-say' ? 'unasked' : state] += 1;
    }
    if (orphaned) this.#orphaned += 1;
  }

  result(): PermissionFigures {
    const scopes = this.#scopes.folders + this.#scopes.files;
    const counted: [Code, number][] = [
      ['too-many-permission-scopes', scopes > SCOPES_MOST ? scopes : 0],
      ['many-permission-scopes', scopes > SCOPES_ADVISED && scopes <= SCOPES_MOST ? scopes : 0],
      ['unique-permissions', scopes],
      ['deny-entry', this.#denied],
      ['no-access-list', this.#unlisted],
      ['unknown-principal', this.#orphaned],
      ['access-list-unreadable', this.#unread],
    ];
    return {
      system: this.#system,
      folders: this.#folders,
      files: this.#files,
      unread: this.#unread,
      scopes: { ...this.#scopes },
      denied: this.#system === 'posix' ? null : this.#denied,
      unlisted: this.#unlisted,
      principals: { ...this.#principals },
      orphaned: this.#orphaned,
      codes: Object.fromEntries(counted.filter(([, items]) => items > 0)),
    };
  }

  /** Read once for all items that have the same. */
  #listOf(rights: Rights): AccessList | undefined {
    if (rights.system !== 'windows') return undefined;
    const { sddl } = rights;
    if (this.#lists.has(sddl)) return this.#lists.get(sddl);
    const list = accessListOf(rights);
    const oldest = this.#lists.size < REMEMBERED ? undefined : this.#lists.keys().next().value;
    if (oldest !== undefined) this.#lists.delete(oldest);
    this.#lists.set(sddl, list);
    return list;
  }
}

function isOwn(
  rights: Rights,
  list: AccessList | undefined,
  above: Rights | undefined,
  kind: 'file' | 'folder',
): boolean {
  if (list) return hasOwnRights(list);
  if (rights.system !== 'posix' || above?.system !== 'posix') return false;
  return differsFrom(above, rights, kind);
}
