import { createSecretKey, type KeyObject } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import { ok, type Problem, type Result } from '../../src-shared/model/problem.ts';
import type { SealedUpload } from './journal/copying.ts';
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
  return {
    async begin(run, now, acknowledged) {
      for (;;) {
        const progress = await thread.call('beginStep', run, now, acknowledged);
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
      return files.map(
        (file): FileToCopy => ({ ...file, upload: file.upload && openUpload(key, file.upload) }),
      );
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

/** Undefined when the key is not the one that it was sealed with: the upload cannot be gone on with, the file is copied anew. */
function openUpload(key: KeyObject, upload: SealedUpload): SavedUpload | undefined {
  const { item, expires, offset, size, modified, file_id } = upload;
  const token = unseal(key, upload.token, `upload ${item}`);
  if (token === undefined) return undefined;
  return { item, token, expires, offset, fingerprint: { size, modified, fileId: file_id ?? undefined } };
}
