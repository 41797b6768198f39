import type { Database } from 'better-sqlite3';
import type { Code } from '../../../src-shared/catalogue/catalogue.ts';
import type { Counts } from '../../../src-shared/model/counts.ts';
import type { ItemId } from '../../../src-shared/model/item.ts';
import type {
  AuthorVerdict,
  EntryName,
  FolderDated,
  GoneVerdict,
  KeptNamesMark,
  Newcomer,
  PartFolder,
  RemotePage,
  Settlement,
  SizeRange,
} from '../journal.ts';
import type { Served } from '../thread/group-commit.ts';
import { Authorless } from './authors.ts';
import { Copying, type SealedUpload } from './copying.ts';
import { Desk } from './desk.ts';
import { Finishing } from './finishing.ts';
import { FolderTimes } from './folder-times.ts';
import { Folders } from './folders.ts';
import { Gone } from './gone.ts';
import { KeptNamesOf } from './kept-names.ts';
import { Knowledge } from './knowledge.ts';
import { Leases, type SealedLease } from './lease.ts';
import { Listing } from './listing.ts';
import { MovedCopies } from './moved.ts';
import { Offers, type UnitPlace } from './offers.ts';
import { Outbox } from './outbox.ts';
import { type PackedEntries, ReceivedEntries } from './pack-entries.ts';
import { Plans } from './plans.ts';
import { Regrading } from './regrade.ts';
import { RemoteView, Unlisted } from './remote.ts';
import { Runs } from './runs.ts';
import { Settling } from './settle.ts';

export type JournalProcedures = ReturnType<typeof journalProcedures>;

/** What the thread of a journal can be asked. Steps are for the caller to repeat. */
function journalProcedures(desk: Desk) {
  const folders = new Folders(desk);
  const plans = new Plans(desk);
  const runs = new Runs(desk, folders, plans);
  const times = new FolderTimes(desk);
  const authorless = new Authorless(desk);
  const listing = new Listing(desk, folders, plans, times);
  const kept = new KeptNamesOf(desk);
  const knowledge = new Knowledge(desk, plans, kept);
  const moved = new MovedCopies(desk, folders);
  const copying = new Copying(desk, plans);
  const settling = new Settling(desk, folders, plans);
  const remote = new RemoteView(desk, folders, times);
  const unlisted = new Unlisted(desk);
  const regrading = new Regrading(desk);
  const finishing = new Finishing(desk);
  const gone = new Gone(desk, folders);
  const outbox = new Outbox(desk);
  const offers = new Offers(desk, folders, plans);
  const leases = new Leases(desk, offers);
  return {
    takeLease: (lease: SealedLease) => leases.take(lease),
    elsewhere: (folder: string) => leases.elsewhere(folder),
    handedLeft: () => leases.handedLeft(),
    dropHanded: () => leases.dropHanded(),
    makeOffers: (wanted: number, place: UnitPlace) => offers.make(wanted, place),
    offers: () => offers.all(),
    offersTakenStep: (upTo: number) => offers.takenStep(upTo),
    beginStep: (run: number, now: number, acknowledged: number, part?: readonly PartFolder[]) =>
      runs.begin(run, now, acknowledged, part),
    takeFolders: (limit: number) => listing.takeFolders(limit),
    lookUp: (folder: ItemId, entries: readonly (string | EntryName)[]) => knowledge.lookUp(folder, entries),
    keptNames: (folder: ItemId, after?: KeptNamesMark) => kept.page(folder, after),
    findMoved: (folder: ItemId, entries: readonly Newcomer[]) => moved.find(folder, entries),
    heldBy: (folder: ItemId) => moved.heldBy(folder),
    countSame: (folder: ItemId, entries: readonly Newcomer[]) => moved.countSame(folder, entries),
    placeOf: (folder: ItemId) => moved.placeOf(folder),
    recordEntries: (folder: ItemId, entries: PackedEntries, last?: boolean) => {
      listing.recordEntries(folder, new ReceivedEntries(entries));
      if (last) listing.endListing(folder);
    },
    endListing: (folder: ItemId) => listing.endListing(folder),
    takeFoldersToMake: (limit: number) => copying.takeFoldersToMake(limit),
    takeFiles: (limit: number, sizes?: SizeRange) => copying.takeFiles(limit, sizes),
    putBack: (item: ItemId, tries = 1) => copying.putBack(item, tries),
    folderMade: (item: ItemId, made: { readonly id: string; readonly existed: boolean }) =>
      settling.folderMade(item, made),
    folderFailed: (item: ItemId, code: Code, detail: string | undefined) =>
      settling.folderFailed(item, code, detail),
    saveUploads: (uploads: readonly SealedUpload[]) => copying.saveUploads(uploads),
    saveProgress: (item: ItemId, offset: number, expires: number) =>
      copying.saveProgress(item, offset, expires),
    dropUpload: (item: ItemId) => copying.dropUpload(item),
    uploadsLeft: (limit: number) => copying.uploadsLeft(limit),
    uploadsUnderWay: (leastBytes: number, limit: number) => copying.uploadsUnderWay(leastBytes, limit),
    settle: (settlements: readonly Settlement[]) => settling.settle(settlements),
    recordRemote: (page: RemotePage) => remote.record(page),
    takeUnlistedStep: (limit: number) => unlisted.take(limit),
    regrade: (limit: number): number => {
      const { seen, settlements } = regrading.take(limit);
      settling.settle(settlements, true);
      return seen;
    },
    remoteMark: () => remote.mark(),
    findGoneStep: () => finishing.findGone() && gone.settleBegun(),
    countGoneStep: (before?: ItemId) => gone.count(before),
    takeGoneStep: (limit: number, before?: ItemId) => gone.take(limit, before),
    beginDeleting: (items: readonly ItemId[]) => gone.begin(items),
    settleGone: (verdicts: readonly GoneVerdict[]) => gone.settle(verdicts),
    takeFolderTimes: (limit: number) => times.take(limit),
    foldersDated: (verdicts: readonly FolderDated[]) => times.settle(verdicts),
    gatherAuthorlessStep: (people: string) => authorless.gatherStep(people),
    takeAuthorless: (limit: number) => authorless.take(limit),
    authorsSet: (verdicts: readonly AuthorVerdict[]) => authorless.settle(verdicts),
    finishStep: (now: number) => finishing.step(now),
    outbox: (limit: number) => outbox.rows(limit),
    acknowledge: (upTo: number) => outbox.acknowledge(upTo),
    counts: (): Counts => desk.accounts.counts((no) => desk.codeText(no)),
    progress: () => runs.progress(),
  };
}

export function serveJournal(database: Database): Served<JournalProcedures> {
  const desk = new Desk(database);
  return {
    procedures: journalProcedures(desk),
    callDone: () => desk.callDone(),
    callUndone: () => desk.callUndone(),
    beforeCommit: () => desk.accounts.beforeCommit(),
    committed: () => desk.committed(),
    groupUndone: () => desk.groupUndone(),
  };
}
