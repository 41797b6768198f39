import type { Code } from '../catalogue/catalogue.ts';
import type { ItemKind } from '../model/item.ts';
import type { TaskSettings } from '../model/settings.ts';

/** What the rules need to know of an entry. */
export interface Candidate {
  readonly name: string;
  readonly kind: ItemKind;
  readonly hidden: boolean;
  readonly system: boolean;
}

export type LeaveOutSettings = Pick<TaskSettings, 'leaveOutSystem' | 'leaveOutTemporary'>;

/** Made by Windows and macOS for themselves; worthless anywhere else. Lower case. */
const systemFiles = new Set(['thumbs.db', 'ehthumbs.db', 'desktop.ini', '.ds_store', '.localized']);

/**
 * Recycle bins, volume bookkeeping, DFS replication, snapshots of storage systems (which hold the whole share once more
 * for each snapshot) and the indexes of macOS. Lower case.
 */
const systemFolders = new Set([
  '$recycle.bin',
  'recycler',
  '#recycle',
  'system volume information',
  'dfsrprivate',
  '~snapshot',
  '.snapshot',
  '.trashes',
  '.spotlight-v100',
  '.fseventsd',
  '.temporaryitems',
]);

/** All that is looked for below: a name that is not like this needs no closer look, and most are not. */
const SUSPECT = new RegExp(
  `^(?:${[...systemFiles, ...systemFolders].map((name) => name.replace(/[$.]/g, '\\$&')).join('|')})$|^\\._|^~\\$|\\.tmp$`,
  'i',
);

/**
 * The code under which an entry is left out, or undefined when it is to be copied. Links and special files are
 * left out always, lock files of Office (`~$...`) as well: SharePoint refuses them.
 */
export function leaveOut(entry: Candidate, settings: LeaveOutSettings): Code | undefined {
  if (entry.kind === 'link') return 'link-left-out';
  if (entry.kind === 'special') return 'special-left-out';
  // Both marks together are what Windows hides even from those who look at hidden files; one alone is the user's.
  if (settings.leaveOutSystem && entry.hidden && entry.system) return 'system-left-out';
  if (!SUSPECT.test(entry.name)) return undefined;
  const name = entry.name.toLowerCase();
  if (settings.leaveOutSystem && isSystem(name, entry)) return 'system-left-out';
  if (entry.kind === 'file' && name.startsWith('~$')) return 'temporary-left-out';
  if (settings.leaveOutTemporary && entry.kind === 'file' && name.endsWith('.tmp')) {
    return 'temporary-left-out';
  }
  return undefined;
}

function isSystem(name: string, entry: Candidate): boolean {
  if (entry.kind === 'folder') return systemFolders.has(name);
  // `._x` carries the resource fork of `x` on disks that have none (AppleDouble).
  return systemFiles.has(name) || name.startsWith('._');
}
