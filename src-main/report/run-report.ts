import { join } from 'node:path';
import { ok, type Result } from '../../src-shared/model/problem.ts';
import type { Task } from '../../src-shared/model/task.ts';
import { defaultAssumptions } from '../../src-shared/survey/forecast.ts';
import type { Coordinator } from '../fleet/coordinator/coordinator.ts';
import { type Assessment, assess } from './assessment/assessment.ts';
import { writeAssessment } from './assessment/write-assessment.ts';
import { reportFolderName, writeReport } from './report.ts';

/** A report that was written. */
export interface WrittenReport {
  readonly folder: string;
  /** Names of the files in the folder. */
  readonly files: string[];
  /** Of a dry run. */
  readonly assessment: Assessment | undefined;
}

export interface ReportRoom {
  readonly coordinator: Pick<Coordinator, 'account'>;
  /** Where the folders of reports are. */
  readonly reports: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Decoded, server-relative path of a task's destination. */
  readonly rootPathOf: (task: Task) => Promise<string>;
}

/** Writes the report of a run, and of a dry run the assessment with it. Codes: those of the results and of the disk. */
export async function reportOfRun(room: ReportRoom, run: string): Promise<Result<WrittenReport>> {
  const { coordinator, reports, now } = room;
  const account = await coordinator.account(run);
  if (!account.ok) return account;
  const { task, results } = account.value;
  const folder = join(reports, reportFolderName(task, account.value.run.number));
  const report = await writeReport({ ...account.value, folder, now });
  if (!report.ok || !task.settings.dryRun)
    return report.ok ? ok({ ...report.value, assessment: undefined }) : report;
  const rootPathLength = (await room.rootPathOf(task)).length;
  const assessment = await assess(account.value, results, {
    now,
    rootPathLength,
    assumed: defaultAssumptions,
  });
  const written = await writeAssessment(assessment, folder, now);
  return written.ok ? ok({ folder, files: [...written.value, ...report.value.files], assessment }) : written;
}
