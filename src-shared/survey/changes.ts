import { addTally, noTally, type Tally } from '../model/counts.ts';
import { FolderTree } from './folder-tree.ts';
import { Ranking } from './ranking.ts';
import { type PathRow, readinessOf, type SurveyItem } from './survey.ts';

/** What is different between two looks at the same source. Folders count as folders, not with what is in them. */
export interface Changes {
  /** Files of another size or time, as they are now. Times are compared by the second. */
  readonly changed: Tally;
  /** By how many bytes the changed files grew together; negative where they shrank. */
  readonly grownBy: number;
  readonly added: Tally;
  readonly gone: Tally;
  /** Files that are gone in one place and new in another with the same size and time, and the same name or folder. */
  readonly moved: Tally;
  readonly same: Tally;
  /** What was there before and lies in a folder that could not be read this time. */
  readonly unseen: Tally;
  /** What is counted as new and lies in a folder that could not be read the time before. */
  readonly firstSeen: Tally;
  /** Blocked now, and not before; and the other way round. Only of what was there both times. */
  readonly newlyBlocked: Tally;
  readonly noLongerBlocked: Tally;
  /** False: more came or went than is compared for moves; some of them are counted as gone and as new. */
  readonly allMovesLookedFor: boolean;
  /** The largest of each. */
  readonly largest: {
    readonly added: readonly PathRow[];
    readonly changed: readonly PathRow[];
    readonly gone: readonly PathRow[];
  };
}

const ROWS = 10;
/** Files that came, and files that went, which are kept in memory until the end to find moves among them. */
export const MOST_MOVES = 100_000;

/** Codes of folders whose entries were not, or not all, seen. */
const UNREAD: ReadonlySet<string> = new Set([
  'folder-unreadable',
  'folder-vanished',
  'read-failed',
  'source-unreachable',
  'source-sign-in-refused',
]);

type Sums = Record<
  | 'changed'
  | 'added'
  | 'gone'
  | 'moved'
  | 'same'
  | 'unseen'
  | 'firstSeen'
  | 'newlyBlocked'
  | 'noLongerBlocked',
  Tally
>;

/**
 * Compares the items of two runs, pair by pair, in the order of their numbers: an item has the same number in every run of its
 * task. Memory grows with the folders, and up to a bound with what came and went.
 */
export class ChangeCounter {
  readonly #sums: Sums = {
    changed: noTally,
    added: noTally,
    gone: noTally,
    moved: noTally,
    same: noTally,
    unseen: noTally,
    firstSeen: noTally,
    newlyBlocked: noTally,
    noLongerBlocked: noTally,
  };
  #grownBy = 0;
  readonly #paths = new FolderTree(0);
  /** Numbers of folders that could not be read, with the folders below them that are known all the same. */
  readonly #unreadNow = new Set<number>();
  readonly #unreadBefore = new Set<number>();
  readonly #came: SurveyItem[] = [];
  readonly #went: SurveyItem[] = [];
  #allMovesLookedFor = true;
  readonly #largest = {
    added: new Ranking<PathRow>(ROWS, ({ value }) => value),
    changed: new Ranking<PathRow>(ROWS, ({ value }) => value),
    gone: new Ranking<PathRow>(ROWS, ({ value }) => value),
  };

  /** The same number in both runs, or in one of them. */
  add(before: SurveyItem | undefined, now: SurveyItem | undefined): void {
    if (before !== undefined && now !== undefined && !isSameItem(before, now)) {
      this.add(before, undefined);
      this.add(undefined, now);
      return;
    }
    const one = now ?? before;
    if (one === undefined) return;
    this.#note(one, before, now);
    if (before === undefined && now !== undefined) this.#added(now);
    else if (now === undefined && before !== undefined) this.#gone(before);
    else if (before !== undefined && now !== undefined) this.#both(before, now);
  }

  result(): Changes {
    this.#findMoves();
    return {
      ...this.#sums,
      grownBy: this.#grownBy,
      allMovesLookedFor: this.#allMovesLookedFor,
      largest: {
        added: this.#largest.added.list(),
        changed: this.#largest.changed.list(),
        gone: this.#largest.gone.list(),
      },
    };
  }

  /** A folder's path, and whether what is in it could be seen. */
  #note(one: SurveyItem, before: SurveyItem | undefined, now: SurveyItem | undefined): void {
    if (one.kind !== 'folder') return;
    this.#paths.addFolder(one, this.#paths.place(one.folder, one));
    if (now === undefined ? this.#unreadNow.has(one.folder) : isUnread(now)) this.#unreadNow.add(one.id);
    if (before === undefined ? this.#unreadBefore.has(one.folder) : isUnread(before)) {
      this.#unreadBefore.add(one.id);
    }
  }

  #both(before: SurveyItem, now: SurveyItem): void {
    const differs = now.kind === 'file' && (before.size !== now.size || before.modified !== now.modified);
    this.#count(differs ? 'changed' : 'same', now);
    if (differs) {
      this.#grownBy += now.size - before.size;
      this.#rank('changed', now);
    }
    const [was, is] = [before, now].map(({ outcome, codes }) => readinessOf(outcome, codes) === 'blocked');
    if (is && !was) this.#count('newlyBlocked', now);
    if (was && !is) this.#count('noLongerBlocked', now);
  }

  #added(now: SurveyItem): void {
    if (this.#unreadBefore.has(now.folder)) this.#count('firstSeen', now);
    this.#keepForMoves(this.#came, now, 'added');
  }

  #gone(before: SurveyItem): void {
    if (this.#unreadNow.has(before.folder)) this.#count('unseen', before);
    else this.#keepForMoves(this.#went, before, 'gone');
  }

  #keepForMoves(kept: SurveyItem[], item: SurveyItem, as: 'added' | 'gone'): void {
    // Empty files are all alike.
    if (item.kind === 'file' && item.size > 0) {
      if (kept.length < MOST_MOVES) {
        kept.push(item);
        return;
      }
      this.#allMovesLookedFor = false;
    }
    this.#count(as, item);
    this.#rank(as, item);
  }

  #findMoves(): void {
    // First those that kept their name, then those that stayed in their folder.
    const left = this.#pair(this.#came, this.#went, ({ name }) => name);
    const { came, went } = this.#pair(left.came, left.went, ({ folder }) => String(folder));
    for (const [as, items] of [
      ['added', came],
      ['gone', went],
    ] as const) {
      for (const item of items) {
        this.#count(as, item);
        this.#rank(as, item);
      }
    }
    this.#came.length = 0;
    this.#went.length = 0;
  }

  /** Counts as moved what went and came with the same size and time and something else in common; returns the others. */
  #pair(
    came: readonly SurveyItem[],
    went: readonly SurveyItem[],
    common: (item: SurveyItem) => string,
  ): { readonly came: readonly SurveyItem[]; readonly went: readonly SurveyItem[] } {
    const key = (item: SurveyItem): string => `${item.size} ${item.modified} ${common(item)}`;
    const open = new Map<string, SurveyItem[]>();
    for (const item of went) {
      const alike = open.get(key(item));
      if (alike) alike.push(item);
      else open.set(key(item), [item]);
    }
    const left = came.filter((item) => {
      if (open.get(key(item))?.pop() === undefined) return true;
      this.#count('moved', item);
      return false;
    });
    return { came: left, went: [...open.values()].flat() };
  }

  #count(as: keyof Sums, item: SurveyItem): void {
    this.#sums[as] = addTally(this.#sums[as], tallyOf(item));
  }

  #rank(as: 'added' | 'changed' | 'gone', { kind, folder, name, size }: SurveyItem): void {
    const ranking = this.#largest[as];
    if (kind === 'file' && ranking.takes(size)) {
      ranking.add({ path: this.#paths.pathOf(folder, name), value: size });
    }
  }
}

/** A number stays with its name and folder; where it does not, it is not the same item. */
function isSameItem(before: SurveyItem, now: SurveyItem): boolean {
  return before.kind === now.kind && before.folder === now.folder && before.name === now.name;
}

function isUnread({ codes, outcome }: SurveyItem): boolean {
  return outcome === 'failed' && codes.some((code) => UNREAD.has(code));
}

function tallyOf({ kind, size }: SurveyItem): Tally {
  return {
    files: kind === 'file' ? 1 : 0,
    folders: kind === 'folder' ? 1 : 0,
    others: kind === 'link' || kind === 'special' ? 1 : 0,
    bytes: kind === 'file' ? size : 0,
  };
}
