import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { failed, ok, type Result } from '../../../src-shared/model/problem.ts';
import { isEnded } from '../../../src-shared/model/run.ts';
import type { Task } from '../../../src-shared/model/task.ts';
import type { Destination } from '../../destination/destination.ts';
import { checkListing } from '../../engine/verification/check-listing.ts';
import { deepCheck } from '../../engine/verification/deep-check.ts';
import { Statuses } from '../../engine/verification/statuses.ts';
import { tallyOf } from '../../engine/verification/tally.ts';
import {
  type DeepOrder,
  differenceSchema,
  type VerificationProgress,
} from '../../engine/verification/verification.ts';
import type { Coordinator, RunAccount } from '../../fleet/coordinator/coordinator.ts';
import type { Source } from '../../source/source.ts';
import { openDifferenceLog } from '../../store/difference-log.ts';
import { openTaskCopies, type TaskCopies } from '../../store/task-copies.ts';
import { utc } from '../format.ts';
import { fingerprintOf } from '../manifest/manifest.ts';
import type { Signer } from '../manifest/write-manifest.ts';
import { reportFolderName } from '../report.ts';
import { diskProblem } from '../write-whole.ts';
import {
  type VerificationFacts,
  type VerificationSummary,
  verificationSummary,
} from './verification-summary.ts';
import { type WrittenVerification, writeVerification } from './write-verification.ts';

/** What is needed for it from other rooms. */
export interface VerifyRoom {
  readonly coordinator: Pick<Coordinator, 'task' | 'account' | 'note'>;
  readonly journalFile: (task: string) => string;
  /** Where the folders of reports are. */
  readonly reports: string;
  /** A folder for downloads while they are looked into; is made, and removed at the end. */
  readonly downloads: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly signer: () => Promise<Result<Signer>>;
  /** Opened so that nothing can be written through it. */
  readonly openDestination: (task: Task) => Promise<Result<Destination>>;
  readonly openSource: (task: Task) => Promise<Result<Source>>;
}

export interface VerifyOrder {
  readonly task: string;
  /** Undefined: the listing alone. */
  readonly deep: Pick<DeepOrder, 'share' | 'seed'> | undefined;
  readonly signal: AbortSignal;
  readonly progress: (progress: VerificationProgress) => void;
}

export interface Verified extends WrittenVerification {
  readonly summary: VerificationSummary;
  /** Fingerprint of the key that its report was signed with. */
  readonly signedBy: string;
}

/**
 * Looks again at what the last run of a task copied. Nothing is written to the destination, and the results of the run stay as they were: what
 * was found is a report of its own, and an event in the task's story. Stopped (stopped-by-you) or failed, it leaves nothing behind, and
 * is done anew. Codes: not-found, wrong-state (a run is under way, there is none, or it was a dry run), and those of stores, sign-in, destination and source.
 */
export async function verifyTask(room: VerifyRoom, order: VerifyOrder): Promise<Result<Verified>> {
  const row = room.coordinator.task(order.task);
  if (!row.ok) return row;
  const { task, run } = row.value;
  if (task.settings.dryRun)
    return failed('wrong-state', { where: task.name, detail: 'a dry run copies nothing' });
  if (run === null) return failed('wrong-state', { where: task.name, detail: 'it has no run yet' });
  if (!isEnded(run.state))
    return failed('wrong-state', { where: task.name, detail: `a run is ${run.state}` });
  const account = await room.coordinator.account(run.id);
  if (!account.ok) return account;
  const signer = await room.signer();
  if (!signer.ok) return signer;
  const copies = openTaskCopies(room.journalFile(task.id));
  if (!copies.ok) return copies;
  try {
    if (copies.value.run !== run.number) {
      const detail = `the journal here is of run ${copies.value.run}`;
      return failed('wrong-state', { where: task.name, detail });
    }
    const destination = await room.openDestination(task);
    if (!destination.ok) return destination;
    try {
      return await look(room, order, account.value, signer.value, copies.value, destination.value);
    } finally {
      await destination.value.close();
    }
  } finally {
    copies.value.close();
  }
}

async function look(
  room: VerifyRoom,
  order: VerifyOrder,
  account: RunAccount,
  signer: Signer,
  copies: TaskCopies,
  destination: Destination,
): Promise<Result<Verified>> {
  const { task, run, counts } = account;
  const startedAt = room.now();
  const log = openDifferenceLog((json) => differenceSchema.parse(json));
  const statuses = new Statuses(copies.lastItem);
  const { signal, progress } = order;
  const work = { copies, destination, log, signal, progress };
  try {
    const listed = await checkListing(work, statuses);
    if (!listed.ok) return listed;
    const deep =
      order.deep &&
      (await readBack(room, task, order.deep, (given) =>
        deepCheck(work, given, statuses, listed.value.listed),
      ));
    if (deep && !deep.ok) return deep;
    const tally = await tallyOf(copies, statuses);
    const claimed = counts.byOutcome.copied.files + counts.byOutcome.present.files;
    const { requests, resourceUnits } = destination.metrics();
    const facts: VerificationFacts = {
      ...{ task, run, startedAt, tally, requests, resourceUnits, endedAt: room.now() },
      others: listed.value.others,
      notAsked: listed.value.notAsked,
      leftThere: Math.max(0, claimed - tally.looked.files),
      deep: order.deep && deep && { ...order.deep, ...deep.value },
    };
    const written = await writeVerification(facts, {
      folder: join(room.reports, reportFolderName(task, run.number), folderName(startedAt)),
      differences: () => log.all(),
      ...{ counts, signer, now: facts.endedAt },
    });
    if (!written.ok) return written;
    await room.coordinator.note(task.id, eventOf(facts));
    const signedBy = fingerprintOf(signer.key.publicKey);
    return ok({ ...written.value, summary: verificationSummary(facts), signedBy });
  } finally {
    log.close();
  }
}

/** Opens what reading back needs, and closes it. */
async function readBack<T>(
  room: VerifyRoom,
  task: Task,
  order: Pick<DeepOrder, 'share' | 'seed'>,
  work: (order: DeepOrder) => Promise<Result<T>>,
): Promise<Result<T>> {
  const source = await room.openSource(task);
  try {
    await mkdir(room.downloads, { recursive: true, mode: 0o700 });
    // Without it the bytes are compared with what was recorded when they were sent.
    return await work({ ...order, source, folder: room.downloads });
  } catch (error) {
    return diskProblem(error, room.downloads);
  } finally {
    if (source.ok) await source.value.close();
    await rm(room.downloads, { recursive: true, force: true });
  }
}

/** `verified 2026-11-28 05.20.10`, in UTC: sorts by time, and allowed on every system. */
function folderName(at: number): string {
  return `verified ${utc(at).replace('T', ' ').replace('Z', '').replaceAll(':', '.')}`;
}

function eventOf({ task, run, tally, deep }: VerificationFacts) {
  const items = ({ files, folders }: { files: number; folders: number }): number => files + folders;
  const { changed, differs, missing } = tally.byVerdict;
  return {
    kind: 'task-verified',
    name: task.name,
    run: run.number,
    deep: deep !== undefined,
    looked: tally.looked.files,
    changed: items(changed),
    differs: items(differs),
    missing: items(missing),
    moved: items(tally.moved),
  } as const;
}
