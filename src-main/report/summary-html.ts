import { addsUp, type Counts, stillToDo, type Tally } from '../../src-shared/model/counts.ts';
import { grades } from '../../src-shared/model/item.ts';
import { isEnded, type RunState } from '../../src-shared/model/run.ts';
import { isLeftOutCode } from '../../src-shared/rules/left-out-codes.ts';
import { findingsTable } from './findings-table.ts';
import { bytes, count, duration, utcForPeople } from './format.ts';
import { html } from './hostile-text.ts';
import { leftOutTable } from './left-out.ts';
import { pacePicture } from './pace-picture.ts';
import { codeGroups, explain, outcomesOf, type RunFigures } from './run-summary.ts';
import { SUMMARY_STYLE } from './summary-style.ts';
import { gradeWords, outcomeWords, stateWords } from './words.ts';

/**
 * One page for whoever asks how it went: self-contained, no script, prints well. Every text that comes from outside
 * is escaped; the content policy forbids everything but the style in the page.
 * @param now when it is written; a report of a run that still goes on says so
 */
export function summaryHtml(figures: RunFigures, now: number): string {
  const { task, run, counts } = figures;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${html(task.name)}: ${html(stateWords[run.state])}</title>
<style>${SUMMARY_STYLE}</style>
</head>
<body><main>
${head(figures)}
${sums(figures)}
${verification(counts)}
${findingsTable(codeGroups(counts).filter(({ code }) => !isLeftOutCode(code)))}
${leftOutTable(counts)}
${effort(figures)}
${pacePicture(figures.pace)}
<footer>Convoy, ${utcForPeople(now)}. Every item is listed in items.csv, what failed in failures.csv, changed names in renames.csv.</footer>
</main></body>
</html>
`;
}

function head({ task, run }: RunFigures): string {
  const problem = run.problem ? explain(run.problem.code) : undefined;
  const why = problem
    ? `<p><strong>${html(problem.title)}.</strong> ${html(problem.cause)} ${html(problem.remedy)}</p>${detail(run.problem)}`
    : '';
  return `<header>
<h1>${html(task.name)}</h1>
<span class="state ${tone(run.state)}">${stateWords[run.state]}</span> <span class="quiet">Run ${run.number}${task.settings.dryRun ? ', a dry run: nothing was written' : ''}</span>${why}
<dl>
<dt>From</dt><dd>${html(task.source)}</dd>
<dt>To</dt><dd>${html(task.destination)}</dd>
<dt>Started</dt><dd>${utcForPeople(run.startedAt)}</dd>
<dt>Ended</dt><dd>${run.endedAt === null ? 'not yet' : utcForPeople(run.endedAt)}</dd>
</dl>
</header>`;
}

function detail(problem: RunFigures['run']['problem']): string {
  const facts = [problem?.where, problem?.detail].filter((fact) => fact !== undefined);
  return facts.length === 0 ? '' : `<p class="quiet path">${html(facts.join(': '))}</p>`;
}

function tone(state: RunState): string {
  if (state === 'complete') return 'good';
  if (state === 'failed') return 'error';
  return state === 'complete-with-issues' || state === 'stopped' ? 'warning' : 'quiet';
}

/** The accounts as an equation, and how they are made up by kind and size. */
function sums({ task, run: { state }, counts }: RunFigures): string {
  const left = stillToDo(counts);
  const parts: { word: string; colour: string; tally: Tally }[] = outcomesOf(task).map((outcome) => ({
    word: outcomeWords[outcome],
    colour: outcome,
    tally: counts.byOutcome[outcome],
  }));
  const unfinished = !isEnded(state) || Object.values(left).some((n) => n !== 0);
  if (unfinished) parts.push({ word: 'still to do', colour: 'left', tally: left });
  const terms = parts.map(
    ({ word, colour, tally }, index) =>
      `<span class="sign" aria-hidden="true">${index === 0 ? '=' : '+'}</span>${term(word, colour, tally)}`,
  );
  const rows = [{ word: 'found', tally: counts.found }, ...parts].map(
    ({ word, tally }) =>
      `<tr><td>${word}</td>${[tally.files, tally.folders, tally.others].map((n) => `<td class="number">${count(n)}</td>`).join('')}<td class="number" title="${tally.bytes} bytes">${bytes(tally.bytes)}</td></tr>`,
  );
  return `<section>
<h2>Files</h2>
<div class="equation">${term('found', '', counts.found)}${terms.join('')}</div>
<table style="margin-top:16px"><thead><tr><th></th><th class="number">Files</th><th class="number">Folders</th><th class="number">Others</th><th class="number">Size</th></tr></thead>
<tbody>${rows.join('\n')}</tbody></table>
<p class="quiet">${addsUp(counts, !unfinished) ? 'The sums add up: every item that was found is accounted for exactly once.' : 'The sums do not add up. Start a new run; it counts everything again.'}</p>
</section>`;
}

function term(word: string, colour: string, tally: Tally): string {
  const style = colour === '' ? '' : ` style="border-color:var(--${colour})"`;
  return `<div class="term"${style}><b>${count(tally.files)}</b>${word}</div>`;
}

/** How far the copies are proved to be the same, as a bar and in words. */
function verification(counts: Counts): string {
  const shares = grades
    .map((grade) => ({
      word: gradeWords[grade],
      colour: grade === 'present' ? 'grade-present' : grade,
      ...counts.byGrade[grade],
    }))
    .filter(({ files }) => files > 0);
  if (shares.length === 0) return '';
  const bar = shares.map(
    ({ colour, files }) => `<i style="flex:${files} 0 0;background:var(--${colour})"></i>`,
  );
  const rows = shares.map(
    ({ word, colour, files, bytes: size }) =>
      `<tr><td><span class="key" style="background:var(--${colour})"></span>${word}</td><td class="number">${count(files)}</td><td class="number">${bytes(size)}</td></tr>`,
  );
  return `<section>
<h2>Verification of what is at the destination</h2>
<div class="bar" aria-hidden="true">${bar.join('')}</div>
<table><thead><tr><th>Grade</th><th class="number">Files</th><th class="number">Size</th></tr></thead><tbody>${rows.join('\n')}</tbody></table>
</section>`;
}

function effort({ counts, usage }: RunFigures): string {
  const seconds = Math.max(usage.workedMs, 1) / 1_000;
  const copied = counts.byOutcome.copied;
  const facts: [string, string][] = [
    ['Worked for', duration(usage.workedMs)],
    ['Copied per second', `${(copied.files / seconds).toFixed(1)} files, ${bytes(copied.bytes / seconds)}`],
    ['Bytes sent', bytes(usage.bytesSent)],
    ['Requests', count(usage.requests)],
    ['Resource units', count(Math.round(usage.resourceUnits))],
    ['Repeated requests', count(usage.retries)],
  ];
  const rows = facts.map(([name, fact]) => `<dt>${name}</dt><dd>${fact}</dd>`);
  return `<section><h2>Time and requests</h2><dl style="margin:0">${rows.join('')}</dl></section>`;
}
