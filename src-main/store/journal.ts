import type { Code } from '../../src-shared/catalogue/catalogue.ts';
import type { GivenAway, Offer, OpenUpload, Scope } from '../../src-shared/contract/fleet.ts';
import type { Counts } from '../../src-shared/model/counts.ts';
import type { Fingerprint, Grade, ItemId, ItemKind, Outcome } from '../../src-shared/model/item.ts';
import type { OursFact, TheirsFact } from '../../src-shared/rules/decide.ts';
import type { Deletions } from '../../src-shared/rules/mass-deletion.ts';

/**
 * What an agent knows about one task, on disk: every item ever seen, what became of it, what is under way.
 * One file a task (`work/<task>.db`), so that a second run knows what the first did; see
 * docs/decisions for why it is not one file a run. All calls go to one writer thread in order; a
 * promise resolves when its effect is committed, so what has been awaited survives kill -9.
 */
export interface Journal {
  /**
   * Notes the lease that it is worked on under, before a run is begun under it. `known`: it goes on where it was. `begins`: `begin` begins
   * anew, also if it has been in that run before. `unknown`: the unit was to be gone on with, and is not known here; nothing was noted.
   */
  takeLease(lease: JournalLease): Promise<LeaseTaken>;
  /** What of a folder's entries belongs to other units. */
  elsewhere(folder: string): Promise<readonly Elsewhere[]>;
  /** Uploads of the former holder whose files were not copied after all; to be cancelled. `dropHanded` forgets all that it had. */
  handedLeft(): Promise<readonly HandedUpload[]>;
  dropHanded(): Promise<void>;
  /** Sees to it that so many pieces of the unit are offered, if there is so much to give. @param place where the unit stands in its task */
  makeOffers(wanted: number, place: Pick<Scope, 'path' | 'destinationPath'>): Promise<void>;
  /** What is offered and not taken, in order. Nobody works on it. */
  offers(): Promise<readonly Offer[]>;
  /** Offers up to this number are other units now, and no part of this one any more. */
  offersTaken(upTo: number): Promise<void>;
  /** Uploads of which so many bytes have arrived, the largest of those first. */
  uploadsUnderWay(leastBytes: number, limit: number): Promise<readonly OpenUpload[]>;

  /**
   * Opens a run: goes on with it if it was begun, or begins it (then nothing is found yet).
   * @param acknowledged the number up to which the coordinator has taken results of this run: new ones are numbered from there on,
   * even if the journal came back from a power cut with less
   */
  begin(
    run: number,
    now: number,
    acknowledged: number,
    /** Of a part: its folders, instead of the root. */
    part?: readonly PartFolder[],
  ): Promise<RunProgress>;

  /** Folders whose listing is still to be done, each given out once in the life of this process. Depth first: the queue stays short. */
  takeFolders(limit: number): Promise<readonly FolderToList[]>;
  /** What is known of entries of a folder from earlier runs, and what the destination has under their planned names. */
  lookUp(folder: ItemId, entries: readonly (string | EntryName)[]): Promise<readonly Known[]>;
  /**
   * The names at the destination that items of a folder have, seen in this run or not: those with a copy, or an upload under way, and those
   * that this run recorded. Pages of at most 5,000; `next` is to be given for the next one.
   */
  keptNames(folder: ItemId, after?: KeptNamesMark): Promise<KeptNames>;
  /**
   * Our copies of what may be one of these entries, which no run knows in this folder: the same file or folder by the number that the file system gave it, seen
   * under another path by an earlier run and not yet by this one. One list for each, in order, mostly empty.
   */
  findMoved(folder: ItemId, entries: readonly Newcomer[]): Promise<readonly (readonly MovedCopy[])[]>;
  /** What the copy of a folder holds: how many children have a copy, and whether somebody else put something into it or below it. */
  heldBy(folder: ItemId): Promise<{ readonly children: number; readonly foreign: boolean }>;
  /** How many of these entries are, by name and number, children of a folder that have a copy. */
  countSame(folder: ItemId, entries: readonly Newcomer[]): Promise<number>;
  /** The id of a folder at the destination: `waiting` until it is made, undefined when it will not be. */
  placeOf(folder: ItemId): Promise<{ readonly id: string } | 'waiting' | undefined>;
  /**
   * Records a batch of a folder's entries with what was decided about each. Idempotent by (folder, name).
   * @param last the folder is listed to its end with them: `endListing` in the same commit
   */
  recordEntries(folder: ItemId, entries: readonly JudgedEntry[], last?: boolean): Promise<void>;
  /** The folder is listed to its end: its entries are complete, those of earlier runs that did not come are gone. */
  endListing(folder: ItemId): Promise<void>;

  /**
   * Folders planned and not yet made, parents before children, whose parents are made; each given out once. Never the root:
   * `folderMade(ROOT_ITEM, ...)` is for whoever resolved the destination, once in each run, and counts nothing.
   */
  takeFoldersToMake(limit: number): Promise<readonly FolderToMake[]>;
  /**
   * Files planned whose folder is made; each given out once. Unfinished uploads of an earlier process come first.
   * @param sizes only files that have such a size; of any when absent
   */
  takeFiles(limit: number, sizes?: SizeRange): Promise<readonly FileToCopy[]>;
  /**
   * Puts a file back in the queue for later in this run (locked, changed while read). It comes again after all others.
   * @param tries how many it counts for, 1 if not given; 0 where the file was not tried at all
   */
  putBack(item: ItemId, tries?: 0 | 1): Promise<void>;
  folderMade(item: ItemId, remote: { readonly id: string; readonly existed: boolean }): Promise<void>;
  /** A folder cannot be made: it and everything below it that is not settled fails, now and when it is found later. */
  folderFailed(item: ItemId, code: Code, detail: string | undefined): Promise<void>;

  /** Keeps uploads before their first byte is sent. `token` is encrypted at rest. */
  saveUploads(uploads: readonly SavedUpload[]): Promise<void>;
  saveProgress(item: ItemId, offset: number, expires: number): Promise<void>;
  dropUpload(item: ItemId): Promise<void>;
  /** Uploads of earlier processes that are still kept: once all files are settled, those of files that are copied no more. */
  uploadsLeft(limit: number): Promise<readonly SavedUpload[]>;

  /** The end of items in this run: counted, queued for the coordinator, uploads forgotten; all in one commit. */
  settle(settlements: readonly Settlement[]): Promise<void>;

  /** What the destination told of itself: pages of `Destination.changes`. Items that are our own unchanged copies cost nothing. */
  recordRemote(page: RemotePage): Promise<void>;
  /**
   * Copies of this run that the destination was not seen to list since they were settled (to be called after a pass over
   * `changes`). Each is given out once; a pass that ends begins anew. `recordRemote` of an item that was found after all takes it off.
   */
  takeUnlisted(limit: number): Promise<readonly UnlistedCopy[]>;
  /** Copies of this run whose hash was missing at upload and is known now, or whose listing differs; settles their grade. */
  regrade(limit: number): Promise<number>;
  remoteMark(): Promise<string | undefined>;

  /**
   * Finds out what is gone since the last run, and counts the copies of what is gone that could be deleted, and all copies.
   * Nothing may be left to do in the run.
   */
  goneCopies(): Promise<Deletions>;
  /**
   * Copies of what is gone at the source, by descending item: what is in a folder comes before it. Of what lies below a folder that was
   * not listed to its end in this run, nothing comes.
   * @param before as the last call said it
   */
  takeGone(
    limit: number,
    before: ItemId | undefined,
  ): Promise<{ readonly copies: readonly GoneCopy[]; readonly next: ItemId | undefined }>;
  /** They are about to be deleted: who goes on after a kill knows by that why they are not there. */
  beginDeleting(items: readonly ItemId[]): Promise<void>;
  settleGone(verdicts: readonly GoneVerdict[]): Promise<void>;

  /** Folders whose time is to be set, what is in a folder before it. They come until they are {@link foldersDated}. */
  takeFolderTimes(limit: number): Promise<readonly FolderTimeToSet[]>;
  /** @param verdicts with the code of why it has not its time, where it has not */
  foldersDated(verdicts: readonly FolderDated[]): Promise<void>;

  /**
   * Finds the copies of ours whose author is to be set in this run: those that it made, those that were left to it, and the first time
   * all that is there. @param people what the list of people is known by: where it is another one, those it had no person for come again
   */
  gatherAuthorless(people: string): Promise<void>;
  /** Some of them; they come until there is a verdict on them. */
  takeAuthorless(limit: number): Promise<readonly AuthorlessCopy[]>;
  authorsSet(verdicts: readonly AuthorVerdict[]): Promise<void>;

  /** Ends the run: lists what is gone or renamed since the last one as findings. Nothing may be left to do. */
  finish(now: number): Promise<void>;

  /** Results not yet acknowledged by the coordinator, oldest first. */
  outbox(limit: number): Promise<readonly OutboxRow[]>;
  acknowledge(upTo: number): Promise<void>;

  counts(): Promise<Counts>;
  progress(): Promise<RunProgress>;
  close(): Promise<void>;
}

/** An entry of a folder that may be something that was elsewhere before. */
export interface Newcomer {
  readonly name: string;
  /** At the destination, where it differs. */
  readonly destinationName: string | undefined;
  readonly kind: ItemKind;
  readonly size: number;
  readonly modified: number;
  /** When it came into being, by the clock of the source. */
  readonly created: number;
  readonly fileId: string | undefined;
}

/** A copy that we made, as we left it, of what is elsewhere now. */
export interface MovedCopy {
  readonly item: ItemId;
  /** Where it was, below the source. */
  readonly path: string;
  readonly id: string;
  /** Of a file. */
  readonly tag: string | undefined;
  /** Where the copy stands, as we left it. */
  readonly from: { readonly parent: string; readonly name: string };
  readonly grade: Grade | undefined;
  /** It stands at its new place already: moved by an earlier process, or by somebody who did the same there. */
  readonly there: boolean;
}

/** A unit as it was granted; see the contract's grant. */
export interface JournalLease {
  readonly run: number;
  readonly epoch: number;
  readonly takeUp: 'new' | 'go-on' | 'take-over';
  readonly offersTaken: number;
  readonly except: readonly GivenAway[];
  /** `token` is encrypted at rest. */
  readonly uploads: readonly OpenUpload[];
}

export type LeaseTaken = 'known' | 'begins' | 'unknown';

export type PartFolder = NonNullable<Scope['part']>['folders'][number];

/** An entry that belongs to another unit: a folder with all that is in it (`whole`), or a file. */
export interface Elsewhere {
  readonly name: string;
  readonly whole: boolean;
}

export type HandedUpload = Pick<OpenUpload, 'token' | 'expires'>;

/** A folder that we made, whose time may be another at the destination. */
export interface FolderTimeToSet {
  readonly item: ItemId;
  readonly id: string;
  /** At the destination. */
  readonly name: string;
  /** As the source says. */
  readonly modified: number;
}

export interface FolderDated {
  readonly item: ItemId;
  readonly why?: Code | undefined;
}

/** A file that we copied, and whose author is still who migrated it. */
export interface AuthorlessCopy {
  readonly item: ItemId;
  /** Below the source. */
  readonly path: string;
  readonly id: string;
  /** At the destination. */
  readonly name: string;
  readonly tag: string;
  readonly modified: number;
}

/** What became of asking for its author. */
export interface AuthorVerdict {
  readonly item: ItemId;
  /** The tag of the copy now, where it is another one. */
  readonly tag?: string | undefined;
  readonly finding?: ItemFinding | undefined;
  /** It is tried again: in the next run, or in one with another list of people. Undefined: never. */
  readonly again?: 'nextRun' | 'otherPeople' | undefined;
}

/** A copy of something that is gone at the source. */
export interface GoneCopy {
  readonly item: ItemId;
  readonly kind: 'file' | 'folder';
  /** Name at the destination. */
  readonly name: string;
  readonly id: string;
  readonly tag: string | undefined;
  /** The folder that it is in, as we left it. */
  readonly parent: string | undefined;
  /** We made it, and it is as we left it (of a folder: as far as its own listing tells). */
  readonly ours: boolean;
  /** Why it is not. */
  readonly why: Code | undefined;
}

/** What became of the copy of something that is gone. */
export interface GoneVerdict {
  readonly item: ItemId;
  readonly code: Code;
  readonly detail?: string | undefined;
  readonly deleted: boolean;
}

export interface UnlistedCopy {
  readonly item: ItemId;
  readonly path: string;
  /** Names of files and folders are not changed by the same rules. */
  readonly kind: 'file' | 'folder';
}

export interface RunProgress {
  readonly run: number;
  readonly finished: boolean;
  /** An earlier run recorded something below the root. */
  readonly knownBefore: boolean;
  readonly foldersToList: number;
  readonly foldersToMake: number;
  readonly filesToCopy: number;
  readonly bytesToCopy: number;
  readonly uploads: number;
  /** Results that the coordinator has not acknowledged. */
  readonly untold: number;
  /** Another machine worked on it before, and the destination may have what it copied. */
  readonly takenOver: boolean;
}

export interface FolderToList {
  readonly item: ItemId;
  /** Below the source's root, '/' between segments; '' for the root. */
  readonly path: string;
  /** The same below the destination's root, after names were changed. */
  readonly destinationPath: string;
  readonly depth: number;
  /** Its id at the destination where it is there, of a unit that was taken over: what is in it is to be looked at. */
  readonly remoteId?: string | undefined;
  /** It is listed only to account for what is in it: all of that is left out under this code, as the folder is. */
  readonly leftOut?: Code | undefined;
}

/** An entry to be looked up. A plain string is a name that stays the same at the destination. */
export interface EntryName {
  readonly name: string;
  /** Planned name at the destination, where it differs. */
  readonly destinationName?: string | undefined;
  /** The name that its copy has is given up: `theirs` is what stands under the planned one. */
  readonly leavesCopy?: true | undefined;
  /** When given: what is known of a thing of another kind under this name comes as `theirs`, in the way. */
  readonly kind?: ItemKind | undefined;
  /** When given: a copy of ours that stands under this name because it was moved there with this file is not `theirs`. */
  readonly fileId?: string | undefined;
}

export interface Known {
  /** From an earlier run of this task: what we copied. Undefined for what is new. */
  readonly ours: OurCopy | undefined;
  /** At the destination now and not our own unchanged copy: somebody else's, or edited. Looked up under the destination name. */
  readonly theirs: TheirsFact | undefined;
  /** The name at the destination that the item has: `theirs` was looked up under it. See {@link Journal.keptNames}. */
  readonly keptName?: string | undefined;
  /** Already settled in this run (the listing is being repeated after a kill). */
  readonly settledInThisRun: boolean;
  /** An upload of ours was left under way: what stands under the name may be that copy, its last answer lost. */
  readonly uploadLeft?: true | undefined;
  /** Another machine had this unit before in the same run: what stands under the name may be the copy that it made. */
  readonly takenOver?: true | undefined;
}

/** How far {@link Journal.keptNames} has come. */
export interface KeptNamesMark {
  readonly hash: number;
  readonly item: ItemId;
}

export interface KeptNames {
  readonly names: readonly { readonly name: string; readonly destinationName: string }[];
  readonly next: KeptNamesMark | undefined;
}

/** What we copied, as the rule that decides wants to know it. */
export interface OurCopy extends OursFact {
  readonly item: ItemId;
}

/** A finding: a code of the catalogue about an item, with technical detail for experts. */
export interface ItemFinding {
  readonly code: Code;
  readonly detail?: string | undefined;
}

/** An entry of a folder with the decision about it. Times in milliseconds since 1970. */
export interface JudgedEntry {
  readonly name: string;
  readonly kind: ItemKind;
  readonly size: number;
  readonly modified: number;
  readonly created: number;
  readonly fileId: string | undefined;
  /** Name at the destination where it differs from the name at the source; of what failed for its name, one that would do. */
  readonly destinationName: string | undefined;
  readonly findings: readonly ItemFinding[];
  readonly decision: /** Copy the file, or list (and make) the folder. `replace` names the item that a new version is to be written to. */
    | {
        readonly do: 'copy';
        readonly replace: { readonly id: string; readonly tag: string } | undefined;
        /** What was our copy is somebody else's from now on: it is forgotten, whatever comes of this one. */
        readonly leavesCopy?: true | undefined;
        /** False: what is in the folder belongs to another unit. */
        readonly list?: false | undefined;
      }
    /**
     * Settled at once. A folder with outcome `present` or `planned` is listed. One that `failed` is listed where it can be (`list`), so
     * that everything below it is found, and fails, with code below-failed-folder. One with `left-out` is listed where that is wanted
     * (`list`): then whoever lists it leaves out everything below it (see {@link FolderToList.leftOut}). With `list: false` none is: what is in it
     * belongs to another unit.
     */
    | {
        readonly do: 'settle';
        readonly outcome: Outcome;
        readonly grade: Grade | undefined;
        readonly code: Code | undefined;
        readonly list?: boolean;
        readonly remote:
          | { readonly id: string; readonly tag: string; readonly hash: string | undefined }
          | undefined;
        /** It is the item that an earlier run knew under another path, and its copy was moved: it keeps its number, and so does all that is in it. */
        readonly movedFrom?: ItemId | undefined;
      };
}

export interface FolderToMake {
  readonly item: ItemId;
  readonly path: string;
  readonly name: string;
  readonly parentRemoteId: string;
  readonly created: number;
  readonly modified: number;
}

/** Bytes, both ends included. */
export interface SizeRange {
  readonly least: number;
  readonly most: number;
}

export interface FileToCopy {
  readonly item: ItemId;
  readonly path: string;
  /** Name at the destination. */
  readonly name: string;
  readonly parentRemoteId: string;
  readonly fingerprint: Fingerprint;
  readonly created: number;
  readonly replace: { readonly id: string; readonly tag: string } | undefined;
  readonly attempts: number;
  /** Left over from an earlier process: to be resumed, or cancelled if the source changed since. */
  readonly upload: SavedUpload | undefined;
}

export interface SavedUpload {
  readonly item: ItemId;
  readonly token: string;
  readonly expires: number;
  readonly offset: number;
  /** The source when the upload was opened. */
  readonly fingerprint: Fingerprint;
}

export interface Settlement {
  readonly item: ItemId;
  readonly outcome: Outcome;
  readonly grade?: Grade | undefined;
  readonly findings: readonly ItemFinding[];
  /** As it was when its bytes were read; kept as the knowledge of the next run. */
  readonly fingerprint?: Fingerprint | undefined;
  /** What is there now; what is known of a copy stays when there is nothing new. */
  readonly remote?:
    | { readonly id: string; readonly tag: string; readonly hash: string | undefined }
    | undefined;
  /** quickXorHash of the bytes that were sent. Kept with the copy: for `regrade`, and for whoever verifies it later. */
  readonly sentHash?: string | undefined;
}

export interface RemotePage {
  /** First page of an enumeration from the beginning: what is not listed by its last page is gone. */
  readonly first?: boolean | undefined;
  /** It is of the whole drive: what is not in one of our folders is nothing to us, and a copy of ours that is not is gone. */
  readonly everywhere?: boolean | undefined;
  readonly items: readonly {
    readonly id: string;
    readonly parent: string;
    readonly name: string;
    readonly kind: 'file' | 'folder';
    readonly size: number;
    readonly modified: number;
    readonly tag: string;
    readonly hash: string | undefined;
  }[];
  readonly deleted: readonly string[];
  readonly mark: string | undefined;
}

/** One result on its way to the coordinator; `seq` rises by one within a task's journal and run. */
export interface OutboxRow {
  readonly seq: number;
  readonly item: ItemId;
  readonly parent: ItemId;
  readonly name: string;
  readonly kind: ItemKind;
  readonly size: number;
  readonly modified: number;
  /**
   * Undefined for a folder that is known and not settled, sent so that its children have a path; and for what is gone at
   * the source: it is not part of what this run found, and its finding (deleted-at-source, renamed-at-source) says so.
   */
  readonly outcome: Outcome | undefined;
  readonly grade: Grade | undefined;
  readonly destinationName: string | undefined;
  readonly findings: readonly ItemFinding[];
}
