import { addsUp, stillToDo, type Tally } from '../../src-shared/model/counts.ts';
import { grades } from '../../src-shared/model/item.ts';
import { isLeftOutCode } from '../../src-shared/rules/left-out-codes.ts';
import { bytes, count, duration } from './format.ts';
import { visible } from './hostile-text.ts';
import { leftOutLines } from './left-out.ts';
import { codeGroups, explain, outcomesOf, type RunFigures } from './run-summary.ts';
import { gradeWords, outcomeWords, stateWords } from './words.ts';

/** The end of a run for a terminal: how it ended, the sums, the grades, what was found, what it took. No colours. */
export function summaryText(figures: RunFigures): string {
  const { task, run, counts, usage } = figures;
  const lines = [`${visible(task.name)}, run ${run.number}: ${stateWords[run.state].toLowerCase()}`];
  if (run.problem !== null) {
    const { title, cause, remedy } = explain(run.problem.code);
    lines.push(`  ${title} [${run.problem.code}]`, `  ${cause} ${remedy}`);
    const facts = [run.problem.where, run.problem.detail].filter((fact) => fact !== undefined);
    if (facts.length > 0) lines.push(`  ${visible(facts.join(': '))}`);
  }
  lines.push('', ...sumLines(figures));

  const graded = grades.filter((grade) => counts.byGrade[grade].files > 0);
  if (graded.length > 0) {
    lines.push('', 'At the destination');
    const width = Math.max(...graded.map((grade) => gradeWords[grade].length));
    for (const grade of graded) {
      const { files, bytes: size } = counts.byGrade[grade];
      lines.push(
        `  ${gradeWords[grade].padEnd(width)}  ${count(files).padStart(10)} files  ${bytes(size).padStart(9)}`,
      );
    }
  }

  const groups = codeGroups(counts).filter(({ code }) => !isLeftOutCode(code));
  if (groups.length > 0) {
    lines.push('', 'Findings');
    for (const { severity, items, title, code, remedy } of groups) {
      lines.push(`  ${severity.padEnd(7)}  ${count(items).padStart(9)}  ${title} [${code}]`);
      if (severity !== 'info') lines.push(`${' '.repeat(22)}${remedy}`);
    }
  }

  lines.push(...leftOutLines(counts));

  const seconds = Math.max(usage.workedMs, 1) / 1_000;
  const speed = `${(counts.byOutcome.copied.files / seconds).toFixed(1)} files/s`;
  lines.push(
    '',
    `${duration(usage.workedMs)}, ${speed}, ${count(usage.requests)} requests, ${count(Math.round(usage.resourceUnits))} resource units, ${count(usage.retries)} repeated`,
  );
  return `${lines.join('\n')}\n`;
}

function sumLines({ task, counts }: RunFigures): string[] {
  const left = stillToDo(counts);
  const nothingLeft = Object.values(left).every((n) => n === 0);
  const rows: [string, Tally][] = [
    ['  found', counts.found],
    ...outcomesOf(task).map((outcome, index): [string, Tally] => [
      `${index === 0 ? '=' : '+'} ${outcomeWords[outcome]}`,
      counts.byOutcome[outcome],
    ]),
  ];
  if (!nothingLeft) rows.push(['+ still to do', left]);
  const lines = rows.map(([name, tally]) => {
    const figures = [tally.files, tally.folders, tally.others].map((n) => count(n).padStart(11));
    return `${name.padEnd(15)}${figures.join('')}${bytes(tally.bytes).padStart(11)}`;
  });
  const head = `${' '.repeat(15)}${['files', 'folders', 'others', 'size'].map((word) => word.padStart(11)).join('')}`;
  const verdict = addsUp(counts, nothingLeft) ? [] : ['The sums do not add up.'];
  return [head, ...lines, ...verdict];
}
