import { join } from 'node:path';
import { ok, type Result } from '../../src-shared/model/problem.ts';
import type { Task } from '../../src-shared/model/task.ts';
import { defaultAssumptions } from '../../src-shared/survey/forecast.ts';
import type { Coordinator } from '../fleet/coordinator/coordinator.ts';
import type { FullSource } from '../source/source.ts';
import { type Assessment, assess } from './assessment/assessment.ts';
import { changesSinceLast, ratesOfRuns } from './assessment/earlier-runs.ts';
import { writeAssessment } from './assessment/write-assessment.ts';
import { fingerprintOf } from './manifest/manifest.ts';
import { removeManifest, type Signer, writeManifest } from './manifest/write-manifest.ts';
import { PERMISSIONS_FILE, sourceFacts } from './permissions/source-facts.ts';
import { reportFolderName, writeReport } from './report.ts';
import { heard, type ReportStep, type TellStep } from './report-steps.ts';
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
  let assessment: Assessment | undefined;
  let files: readonly string[] = report.value.files;
  if (task.settings.dryRun) {
    const rootPathLength = (await room.rootPathOf(task)).length;
    const changes = await changesSinceLast(coordinator, {
      ...account.value,
      results: heardBy('comparing'),
    });
    if (!changes.ok) return changes;
    const judged = await assess(account.value, heardBy('adding-up'), {
      now,
      rootPathLength,
      assumed: defaultAssumptions,
      measured: await ratesOfRuns(coordinator, task),
      changes: changes.value,
    });
    const facts = await sourceFacts(room, { ...account.value, results: heardBy('permissions') }, folder);
    if (!facts.ok) return facts;
    assessment = { ...judged, ...facts.value };
    if (facts.value.permissions) files = [...files, PERMISSIONS_FILE];
    const written = await writeAssessment(assessment, folder, now);
    if (!written.ok) return written;
    files = [...written.value, ...files];
  }
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

async function onDisk<T>(folder: string, work: () => Promise<T>): Promise<Result<T>> {
  try {
    return ok(await work());
  } catch (error) {
    return diskProblem(error, folder);
  }
}
