import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ok, type Result } from '../../src-shared/model/problem.ts';
import { isComplete } from '../../src-shared/model/run.ts';
import type { Task } from '../../src-shared/model/task.ts';
import { defaultAssumptions } from '../../src-shared/survey/forecast.ts';
import type { Coordinator, RunAccount } from '../fleet/coordinator/coordinator.ts';
import type { FullSource } from '../source/source.ts';
import { type Assessment, assess } from './assessment/assessment.ts';
import { changesSinceLast, ratesOfRuns } from './assessment/earlier-runs.ts';
import { writeAssessment } from './assessment/write-assessment.ts';
import { type Duplicates, type DuplicatesOrder, findDuplicates } from './duplicates/find-duplicates.ts';
import { fingerprintOf } from './manifest/manifest.ts';
import { removeManifest, type Signer, writeManifest } from './manifest/write-manifest.ts';
import { PERMISSIONS_FILE, sourceFacts } from './permissions/source-facts.ts';
import { reportFolderName, writeReport } from './report.ts';
import { heard, type Read, type ReportStep, type TellStep } from './report-steps.ts';
import { diskProblem } from './write-whole.ts';

/** A report that was written. */
export interface WrittenReport {
  readonly folder: string;
  /** Names of the files in the folder. */
  readonly files: string[];
  /** Of a dry run. */
  readonly assessment: Assessment | undefined;
  /** Fingerprint of the key that it was signed with. */
  readonly signedBy: string;
}

export interface ReportRoom {
  readonly coordinator: Pick<Coordinator, 'account' | 'runs' | 'tasks'>;
  /** Where the folders of reports are. */
  readonly reports: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly signer: () => Promise<Result<Signer>>;
  /** The source of a task, for what is asked about it after its run. */
  readonly openSource: (task: Task) => Promise<Result<FullSource>>;
  /** Decoded, server-relative path of a task's destination. */
  readonly rootPathOf: (task: Task) => Promise<string>;
  /** Heard while it is written: millions of items take minutes. */
  readonly tell?: TellStep | undefined;
  /** Looks for files with the same content, after a dry run that saw all of them. */
  readonly duplicates?: Pick<DuplicatesOrder, 'leastBytes' | 'signal'> | undefined;
  readonly journalFile: (task: string) => string;
  readonly hashesFile: (task: string) => string;
}

/**
 * Writes the report of a run, and of a dry run the assessment with it, and signs it. Codes: those of the results and of the disk,
 * and of the signing key (store-unusable).
 */
export async function reportOfRun(room: ReportRoom, run: string): Promise<Result<WrittenReport>> {
  const { coordinator, reports, now } = room;
  const account = await coordinator.account(run);
  if (!account.ok) return account;
  const { task, results } = account.value;
  const { found } = account.value.counts;
  const heardBy = (step: ReportStep) =>
    room.tell === undefined
      ? results
      : heard(results, step, found.files + found.folders + found.others, room.tell);
  const folder = join(reports, reportFolderName(task, account.value.run.number));
  const signer = await room.signer();
  if (!signer.ok) return signer;
  const unsigned = await onDisk(folder, () => removeManifest(folder));
  if (!unsigned.ok) return unsigned;
  const report = await writeReport({ ...account.value, all: heardBy('listing'), folder, now });
  if (!report.ok) return report;
  const judged = task.settings.dryRun ? await assessmentOf(room, account.value, heardBy, folder) : undefined;
  if (judged?.ok === false) return judged;
  const assessment = judged?.value.assessment;
  const files = [
    ...(judged?.value.written ?? []),
    ...report.value.files,
    ...(assessment?.duplicates ? [DUPLICATES_FILE] : []),
    ...(assessment?.permissions ? [PERMISSIONS_FILE] : []),
  ];
  const signed = await onDisk(folder, () =>
    writeManifest(
      { ...account.value, about: 'run', folder, files, byLine: ['items.csv'], now },
      signer.value,
    ),
  );
  if (!signed.ok) return signed;
  const signedBy = fingerprintOf(signer.value.key.publicKey);
  return ok({ folder, files: [...files, ...signed.value], assessment, signedBy });
}

/** What is said about a dry run besides, and the names of the files that were written of it. */
async function assessmentOf(
  room: ReportRoom,
  account: RunAccount,
  heardBy: (step: ReportStep) => Read,
  folder: string,
): Promise<Result<{ readonly assessment: Assessment; readonly written: readonly string[] }>> {
  const { coordinator, now } = room;
  const { task } = account;
  const changes = await changesSinceLast(coordinator, { ...account, results: heardBy('comparing') });
  if (!changes.ok) return changes;
  const judged = await assess(account, heardBy('adding-up'), {
    now,
    rootPathLength: (await room.rootPathOf(task)).length,
    assumed: defaultAssumptions,
    measured: await ratesOfRuns(coordinator, task),
    changes: changes.value,
  });
  const facts = await sourceFacts(room, { ...account, results: heardBy('permissions') }, folder);
  if (!facts.ok) return facts;
  const duplicates = await duplicatesOf(room, account, folder);
  if (!duplicates.ok) return duplicates;
  const assessment: Assessment = {
    ...judged,
    ...facts.value,
    ...(duplicates.value ? { duplicates: duplicates.value } : {}),
  };
  const written = await writeAssessment(assessment, folder, now);
  return written.ok ? ok({ assessment, written: written.value }) : written;
}

/** Undefined where they are not wanted. One that is there from an earlier report of the run says nothing about now. */
async function duplicatesOf(
  room: ReportRoom,
  { task, run }: Pick<RunAccount, 'task' | 'run'>,
  folder: string,
): Promise<Result<Duplicates | undefined>> {
  const file = join(folder, DUPLICATES_FILE);
  const removed = await onDisk(folder, () => rm(file, { force: true }));
  if (!removed.ok) return removed;
  const { duplicates, now, tell } = room;
  // Who stopped it wants to see what there is, and no hour of reading.
  if (duplicates === undefined || !isComplete(run.state)) return ok(undefined);
  const source = await room.openSource(task);
  if (!source.ok) return source;
  try {
    const [journalFile, hashesFile] = [room.journalFile(task.id), room.hashesFile(task.id)];
    return ok(
      await findDuplicates(
        { journalFile, run: run.number, hashesFile, source: source.value, file, now },
        { ...duplicates, tell },
      ),
    );
  } catch (error) {
    return diskProblem(error, folder);
  } finally {
    await source.value.close();
  }
}

const DUPLICATES_FILE = 'duplicates.csv';

async function onDisk<T>(folder: string, work: () => Promise<T>): Promise<Result<T>> {
  try {
    return ok(await work());
  } catch (error) {
    return diskProblem(error, folder);
  }
}
