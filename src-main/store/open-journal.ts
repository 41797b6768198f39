import { createSecretKey, type KeyObject } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import { type Offer, type OpenUpload, scopeSchema } from '../../src-shared/contract/fleet.ts';
import { ok, type Problem, type Result } from '../../src-shared/model/problem.ts';
import type { SealedUpload } from './journal/copying.ts';
import type { SealedHanded } from './journal/lease.ts';
import type { WrittenOffer } from './journal/offers.ts';
import { packEntries } from './journal/pack-entries.ts';
import type { JournalProcedures } from './journal/serve-journal.ts';
import type { FileToCopy, Journal, SavedUpload } from './journal.ts';
import { outboxRowOf, unpackResults } from './pack-results.ts';
import { type KeyKeeper, seal, unseal } from './secrets.ts';
import type { Answering } from './thread/procedures.ts';
import { threadLimits } from './thread/thread-limits.ts';
import { WriterThread } from './thread/writer-thread.ts';

export interface JournalOrder {
  /** `work/<task>.db` */
  readonly file: string;
  readonly keys: KeyKeeper;
  readonly now: () => number;
  /** Largest size in pages of 4 KiB (for tests of a full disk). */
  readonly maxPages?: number | undefined;
}

/**
 * Opens the journal of a task, or begins it. Codes: store-newer, store-in-use, store-unusable, store-disk-full,
 * store-corrupt. A notice with store-corrupt says that the journal was damaged and begun anew: what the coordinator has
 * of a run that was under way does not fit to it any more, and that run must not be gone on with.
 *
 * The methods of a journal reject with a ProblemError for what is foreseen (store-disk-full, store-corrupt, wrong-state).
 */
export async function openJournal(
  order: JournalOrder,
): Promise<Result<{ readonly journal: Journal; readonly notices: readonly Problem[] }>> {
  const key = await order.keys.key();
  if (!key.ok) return key;
  const worker = new Worker(new URL('./journal-worker.ts', import.meta.url), threadLimits);
  const { file, maxPages } = order;
  const opened = await WriterThread.open<JournalProcedures>(worker, { file, maxPages, now: order.now() });
  if (!opened.ok) return opened;
  const { thread, notices } = opened.value;
  // Made once: sealing with the bytes takes twice as long, 42 against 21 us for an upload.
  return ok({ journal: journalOver(thread, createSecretKey(key.value)), notices });
}

/** @param key that uploads are sealed with */
export function journalOver(thread: Answering<JournalProcedures>, key: KeyObject): Journal {
  const forgetTaken = async (upTo: number): Promise<void> => {
    while (!(await thread.call('offersTakenStep', upTo)));
  };
  return {
    async takeLease(lease) {
      const uploads = lease.uploads.map((upload) => sealHanded(key, upload));
      const taken = await thread.call('takeLease', { ...lease, uploads });
      // Some of what it offers may have been taken, and the answer lost.
      if (taken === 'known') await forgetTaken(lease.offersTaken);
      return taken;
    },
    elsewhere: (folder) => thread.call('elsewhere', folder),
    async handedLeft() {
      const left = await thread.call('handedLeft');
      return left.flatMap((upload) => openHanded(key, upload) ?? []);
    },
    dropHanded: () => thread.call('dropHanded'),
    makeOffers: (wanted, place) => thread.call('makeOffers', wanted, place),
    offers: async () => (await thread.call('offers')).map(readOffer),
    offersTaken: forgetTaken,
    async uploadsUnderWay(leastBytes, limit) {
      const uploads = await thread.call('uploadsUnderWay', leastBytes, limit);
      return uploads.flatMap((upload) => {
        const token = unseal(key, upload.token, `upload ${upload.item}`);
        return token === undefined ? [] : { ...openFacts(upload), path: upload.path, token };
      });
    },
    async begin(run, now, acknowledged, part) {
      for (;;) {
        const progress = await thread.call('beginStep', run, now, acknowledged, part);
        if (progress) return progress;
      }
    },
    takeFolders: (limit) => thread.call('takeFolders', limit),
    lookUp: (folder, entries) => thread.call('lookUp', folder, entries),
    keptNames: (folder, after) => thread.call('keptNames', folder, after),
    findMoved: (folder, entries) => thread.call('findMoved', folder, entries),
    heldBy: (folder) => thread.call('heldBy', folder),
    countSame: (folder, entries) => thread.call('countSame', folder, entries),
    placeOf: (folder) => thread.call('placeOf', folder),
    recordEntries: (folder, entries, last) =>
      thread.call('recordEntries', folder, packEntries(entries), last),
    endListing: (folder) => thread.call('endListing', folder),
    takeFoldersToMake: (limit) => thread.call('takeFoldersToMake', limit),
    async takeFiles(limit, sizes) {
      const files = await thread.call('takeFiles', limit, sizes);
      return files.map(({ handed, ...file }): FileToCopy => {
        const ours = file.upload && openUpload(key, file.upload);
        const theirs = handed && openHanded(key, handed);
        if (!theirs) return { ...file, upload: ours };
        const { token, expires, size, modified, fileId } = theirs;
        const fingerprint = { size, modified, fileId };
        return { ...file, upload: { item: file.item, token, expires, offset: 0, fingerprint } };
      });
    },
    putBack: (item, tries = 1) => thread.call('putBack', item, tries),
    folderMade: (item, remote) => thread.call('folderMade', item, remote),
    folderFailed: (item, code, detail) => thread.call('folderFailed', item, code, detail),
    saveUploads: (uploads) =>
      thread.call(
        'saveUploads',
        uploads.map((upload) => sealUpload(key, upload)),
      ),
    saveProgress: (item, offset, expires) => thread.call('saveProgress', item, offset, expires),
    dropUpload: (item) => thread.call('dropUpload', item),
    async uploadsLeft(limit) {
      const uploads = await thread.call('uploadsLeft', limit);
      return uploads.flatMap((upload) => openUpload(key, upload) ?? []);
    },
    settle: (settlements) => thread.call('settle', settlements),
    recordRemote: (page) => thread.call('recordRemote', page),
    async takeUnlisted(limit) {
      for (;;) {
        const { items, done } = await thread.call('takeUnlistedStep', limit);
        if (items.length > 0 || done) return items;
      }
    },
    regrade: (limit) => thread.call('regrade', limit),
    remoteMark: () => thread.call('remoteMark'),
    async goneCopies() {
      while (!(await thread.call('findGoneStep')));
      let [going, known] = [0, 0];
      let next: number | undefined;
      do {
        const step = await thread.call('countGoneStep', next);
        going += step.going;
        known += step.known;
        next = step.next;
      } while (next !== undefined);
      return { going, known };
    },
    async takeGone(limit, before) {
      for (let at = before; ; ) {
        const { copies, next } = await thread.call('takeGoneStep', limit, at);
        if (copies.length > 0 || next === undefined) return { copies, next };
        at = next;
      }
    },
    beginDeleting: (items) => thread.call('beginDeleting', items),
    settleGone: (verdicts) => thread.call('settleGone', verdicts),
    takeFolderTimes: (limit) => thread.call('takeFolderTimes', limit),
    foldersDated: (verdicts) => thread.call('foldersDated', verdicts),
    async gatherAuthorless(people) {
      while (!(await thread.call('gatherAuthorlessStep', people)));
    },
    takeAuthorless: (limit) => thread.call('takeAuthorless', limit),
    authorsSet: (verdicts) => thread.call('authorsSet', verdicts),
    async finish(now) {
      while (!(await thread.call('finishStep', now)));
    },
    outbox: async (limit) => unpackResults(await thread.call('outbox', limit)).map(outboxRowOf),
    acknowledge: (upTo) => thread.call('acknowledge', upTo),
    counts: () => thread.call('counts'),
    progress: () => thread.call('progress'),
    close: () => thread.close(),
  };
}

function sealUpload(key: KeyObject, upload: SavedUpload): SealedUpload {
  const { item, token, expires, offset, fingerprint } = upload;
  const { size, modified, fileId } = fingerprint;
  return {
    item,
    token: seal(key, token, `upload ${item}`),
    expires,
    offset,
    size,
    modified,
    file_id: fileId ?? null,
  };
}

function sealHanded(key: KeyObject, upload: OpenUpload): SealedHanded {
  const { path, token, expires, size, modified, fileId } = upload;
  const sealed = seal(key, token, `handed ${path}`);
  return { path, token: sealed, expires, size, modified, file_id: fileId ?? null };
}

function openHanded(key: KeyObject, upload: SealedHanded): OpenUpload | undefined {
  const token = unseal(key, upload.token, `handed ${upload.path}`);
  return token === undefined ? undefined : { ...openFacts(upload), path: upload.path, token };
}

function readOffer({ scope, ...sums }: WrittenOffer): Offer {
  return { ...sums, scope: scopeSchema.parse(JSON.parse(scope)) };
}

function openFacts(upload: Omit<SealedHanded, 'path' | 'token'>): Omit<OpenUpload, 'path' | 'token'> {
  const { expires, size, modified, file_id } = upload;
  return { expires, size, modified, ...(file_id === null ? {} : { fileId: file_id }) };
}

/** Undefined when the key is not the one that it was sealed with: the upload cannot be gone on with, the file is copied anew. */
function openUpload(key: KeyObject, upload: SealedUpload): SavedUpload | undefined {
  const { item, expires, offset, size, modified, file_id } = upload;
  const token = unseal(key, upload.token, `upload ${item}`);
  if (token === undefined) return undefined;
  return { item, token, expires, offset, fingerprint: { size, modified, fileId: file_id ?? undefined } };
}
