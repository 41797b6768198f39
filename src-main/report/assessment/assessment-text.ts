import { isLeftOutCode } from '../../../src-shared/rules/left-out-codes.ts';
import { readinessStates } from '../../../src-shared/survey/survey.ts';
import { duplicatesText } from '../duplicates/duplicate-texts.ts';
import { bytes, count, counted, utcForPeople } from '../format.ts';
import { visible } from '../hostile-text.ts';
import { leftOutLines } from '../left-out.ts';
import { permissionText } from '../permissions/permission-texts.ts';
import { codeGroups, explain } from '../run-summary.ts';
import { type Assessment, withNotes } from './assessment.ts';
import { changeRows } from './change-rows.ts';
import { limitWords, readinessWords, roughly } from './labels.ts';
import { assumptionsText, measuredText } from './rate-texts.ts';

const BAR = 24;

/** The assessment for a terminal: readiness, findings, how long it takes. No colours, no control characters. */
export function assessmentText(assessment: Assessment): string {
  const { task, run, counts, survey } = assessment;
  const lines = [`Assessment of ${visible(task.source)}`];
  if (run.problem !== null) {
    const { title, cause, remedy } = explain(run.problem.code);
    lines.push(`  ${title} [${run.problem.code}]`, `  ${cause} ${remedy}`);
  }
  const unread = counts.byCode['folder-unreadable']?.items ?? 0;
  if (unread > 0)
    lines.push(`  ${count(unread)} folders could not be read: what is in them is not part of these figures.`);

  const total = Math.max(
    1,
    ...[readinessStates.reduce((sum, state) => sum + survey.readiness[state].files, 0)],
  );
  lines.push('', `${' '.repeat(22 + BAR)}      files    folders     others       size`);
  for (const state of readinessStates) {
    const { files, folders, others, bytes: size } = survey.readiness[state];
    const bar = '#'.repeat(files === 0 ? 0 : Math.max(1, Math.round((BAR * files) / total)));
    lines.push(
      `  ${readinessWords[state].padEnd(20)}${bar.padEnd(BAR)}${count(files).padStart(11)}${count(folders).padStart(11)}${count(others).padStart(11)}${bytes(size).padStart(11)}`,
    );
  }

  if (assessment.space) {
    const { free, total } = assessment.space;
    lines.push('', `  Free on the volume of the source: ${bytes(free)} of ${bytes(total)}`);
  }
  const groups = codeGroups(withNotes(assessment)).filter(({ code }) => !isLeftOutCode(code));
  if (groups.length > 0) {
    lines.push('', 'Findings');
    for (const { severity, items, title, code, remedy } of groups) {
      lines.push(`  ${severity.padEnd(7)}  ${count(items).padStart(9)}  ${title} [${code}]`);
      if (severity !== 'info') lines.push(`${' '.repeat(22)}${remedy}`);
    }
  }
  lines.push(...leftOutLines(counts));
  if (assessment.permissions) lines.push(...permissionText(assessment.permissions));
  if (assessment.duplicates) lines.push(...duplicatesText(assessment.duplicates));
  lines.push(...changesText(assessment.changes));

  lines.push(...forecastText(assessment));
  return `${lines.join('\n')}\n`;
}

function forecastText({ survey, forecasts, assumed, measured }: Assessment): string[] {
  const { files, folders, bytes: size } = survey.toCopy;
  if (files + folders === 0) return ['', 'Nothing is to be copied.'];
  const lines = [
    '',
    `How long it takes (${counted(files, 'file')}, ${bytes(size)} to be copied)`,
    `${' '.repeat(15)}nights, weekends    weekdays by day`,
  ];
  for (const { agents, peak, seconds, limit } of forecasts) {
    if (peak) continue;
    const day = forecasts.find((other) => other.peak && other.agents === agents);
    lines.push(
      `  ${String(agents).padStart(2)} ${agents === 1 ? 'machine ' : 'machines'}  ${roughly(seconds).padEnd(20)}${roughly(day?.seconds ?? seconds).padEnd(20)}limited by ${limitWords[limit]}`,
    );
  }
  lines.push(`  ${measured === undefined ? assumptionsText(assumed) : measuredText(measured)}`);
  return lines;
}

function changesText(changes: Assessment['changes']): string[] {
  if (changes === undefined) return [];
  const lines = ['', `Since the assessment of ${utcForPeople(changes.startedAt)}`];
  for (const { title, tally, detail } of changeRows(changes)) {
    const { files, folders, others, bytes: size } = tally;
    lines.push(
      `  ${title.padEnd(20 + BAR)}${count(files).padStart(11)}${count(folders).padStart(11)}${count(others).padStart(11)}${bytes(size).padStart(11)}${detail === undefined ? '' : `  ${detail}`}`,
    );
  }
  return lines;
}
