import { NO_DESTINATION } from '../../../src-shared/rules/destination-address.ts';
import { isLeftOutCode } from '../../../src-shared/rules/left-out-codes.ts';
import type { PathRow } from '../../../src-shared/survey/survey.ts';
import { type Readiness, readinessStates } from '../../../src-shared/survey/survey.ts';
import { duplicatesHtml } from '../duplicates/duplicate-texts.ts';
import { findingsTable } from '../findings-table.ts';
import { bytes, count, counted, utcForPeople } from '../format.ts';
import { html } from '../hostile-text.ts';
import { leftOutTable } from '../left-out.ts';
import { permissionGroups, permissionHtml } from '../permissions/permission-texts.ts';
import { type CodeGroup, codeGroups, explain } from '../run-summary.ts';
import { SUMMARY_STYLE } from '../summary-style.ts';
import { type Assessment, withNotes } from './assessment.ts';
import { changesSection } from './changes-html.ts';
import { columns, folderMap } from './charts.ts';
import {
  ageBins,
  costBins,
  depthBins,
  limitWords,
  pathBins,
  readinessWords,
  roughly,
  sizeBins,
} from './labels.ts';
import { assumptionsText, measuredText } from './rate-texts.ts';

const STYLE = `${SUMMARY_STYLE}
:root { --files: #2f6f9f; --bytes: #d9a441; --ready: #1d8a63; --changes: #d9a441; --blocked: #c9452e; }
@media (prefers-color-scheme: dark) { :root { --files: #6fb1e0; --bytes: #e0b25c; --ready: #46b98a; --changes: #e0b25c; --blocked: #f07b66; } }
figure { margin: 18px 0 0; } figcaption { font-weight: 600; margin-bottom: 6px; } figcaption .quiet { font-weight: 400; font-size: 13px; margin-left: 10px; }
figcaption .key { margin: 0 4px 0 10px; }
svg { display: block; width: 100%; height: auto; } svg text { font: 11px system-ui, sans-serif; fill: var(--quiet); }
svg .label, svg .figure { text-anchor: middle; } svg .cell { fill: #fff; }
.map .level-1 rect { fill: #23546f; } .map .level-2 rect { fill: #3b82a0; }
`;

/**
 * The assessment on one page, for whoever decides: what is ready, what is in the way, what the share looks like, how long it
 * takes. Self-contained, without script; everything that comes from outside is escaped.
 * @param now when it is written, in milliseconds since 1970
 */
export function assessmentHtml(assessment: Assessment, now: number): string {
  const { task, run, rootPathLength } = assessment;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Assessment of ${html(task.name)}</title>
<style>${STYLE}</style>
</head>
<body><main>
<header>
<h1>Assessment of ${html(task.source)}</h1>
<p class="quiet">${html(task.destination === NO_DESTINATION ? `No destination was named: paths are judged as below ${rootPathLength} characters` : `For ${task.destination}`)}. As of ${utcForPeople(run.endedAt ?? now)}. Nothing was written.</p>
${completeness(assessment)}
</header>
${readiness(assessment)}
${changesSection(assessment.changes)}
${forecastTable(assessment)}
${pictures(assessment)}
${assessment.duplicates ? duplicatesHtml(assessment.duplicates) : ''}
${assessment.permissions ? permissionHtml(assessment.permissions) : ''}
${findingsTable([...permissionFindings(assessment), ...codeGroups(withNotes(assessment)).filter(({ code }) => !isLeftOutCode(code))])}
${leftOutTable(assessment.counts)}
${longLists(assessment)}
<footer>Convoy, ${utcForPeople(now)}. Every item is listed in items.csv, what is in the way in failures.csv, changed names in renames.csv.</footer>
</main></body>
</html>
`;
}

function permissionFindings({ permissions }: Assessment): CodeGroup[] {
  return permissions ? permissionGroups(permissions.figures) : [];
}

/** An assessment that did not see everything must not look like one that did. */
function completeness({ run, counts }: Assessment): string {
  const unread = counts.byCode['folder-unreadable']?.items ?? 0;
  if (run.problem) {
    const { title, cause, remedy } = explain(run.problem.code);
    return `<p class="error"><strong>${html(title)}.</strong> ${html(cause)} ${html(remedy)}</p>`;
  }
  if (unread > 0) {
    return `<p class="warning"><strong>${count(unread)} ${unread === 1 ? 'folder' : 'folders'} could not be read.</strong> What is in them is not part of these figures.</p>`;
  }
  return '<p class="good">Every folder could be read.</p>';
}

function readiness({ survey }: Assessment): string {
  const colours: Readonly<Record<Readiness, string>> = {
    ready: 'ready',
    changes: 'changes',
    blocked: 'blocked',
    'left-out': 'left-out',
  };
  const shares = readinessStates.map((state) => ({ state, ...survey.readiness[state] }));
  const bar = (value: (share: (typeof shares)[number]) => number): string =>
    shares
      .filter((share) => value(share) > 0)
      .map((share) => `<i style="flex:${value(share)} 0 0;background:var(--${colours[share.state]})"></i>`)
      .join('');
  const rows = shares.map(
    ({ state, files, folders, others, bytes: size }) =>
      `<tr><td><span class="key" style="background:var(--${colours[state]})"></span>${readinessWords[state]}</td><td class="number">${count(files)}</td><td class="number">${count(folders)}</td><td class="number">${count(others)}</td><td class="number">${bytes(size)}</td></tr>`,
  );
  return `<section><h2>Readiness</h2>
<p class="quiet">Files</p><div class="bar" aria-hidden="true">${bar(({ files }) => files)}</div>
<p class="quiet">Size</p><div class="bar" aria-hidden="true">${bar((share) => share.bytes)}</div>
<table><thead><tr><th></th><th class="number">Files</th><th class="number">Folders</th><th class="number">Links and others</th><th class="number">Size</th></tr></thead><tbody>${rows.join('\n')}</tbody></table></section>`;
}

function forecastTable({ forecasts, assumed, measured, survey }: Assessment): string {
  if (survey.toCopy.files + survey.toCopy.folders === 0) {
    return '<section><h2>How long it takes</h2>\n<p>Nothing is to be copied.</p></section>';
  }
  const rows = forecasts
    .filter(({ peak }) => !peak)
    .map((off) => {
      const day = forecasts.find(({ agents, peak }) => peak && agents === off.agents);
      return `<tr><td>${off.agents} ${off.agents === 1 ? 'machine' : 'machines'}</td><td class="number">${roughly(off.seconds)}</td><td class="number">${roughly(day?.seconds ?? off.seconds)}</td><td>${limitWords[off.limit]}</td></tr>`;
    });
  const { files, bytes: size } = survey.toCopy;
  return `<section><h2>How long it takes</h2>
<p>To be copied: ${counted(files, 'file')}, ${bytes(size)}.</p>
<table><thead><tr><th></th><th class="number">Nights and weekends</th><th class="number">Weekdays by day</th><th>What limits it</th></tr></thead><tbody>${rows.join('\n')}</tbody></table>
<p class="quiet">A model, not a promise. ${html(assumptionsText(assumed))} ${html(measured === undefined ? 'The first run that copies corrects it.' : measuredText(measured))}</p></section>`;
}

function pictures({ survey }: Assessment): string {
  const deepest = survey.depths.findLastIndex(({ files }) => files > 0);
  return `<section><h2>What it looks like</h2>
${folderMap(survey.tree)}
${columns('Files by size', sizeBins(survey.sizes))}
${columns('Files by the time since their last change', ageBins(survey.ages))}
${columns('Characters of the path at the destination, of 400', pathBins(survey.pathLengths))}
${columns('Folders above a file', depthBins(survey.depths).slice(0, Math.max(8, deepest + 1)))}
${columns('Files to be copied by resource units for each', costBins(survey.costs))}
</section>
<section><h2>Kinds of files</h2>${types(survey)}</section>`;
}

function types({ types: rows, otherTypes }: Assessment['survey']): string {
  const most = Math.max(1, ...rows.map((row) => row.bytes));
  const line = (name: string, files: number, size: number): string =>
    `<tr><td>${html(name)}</td><td style="width:45%"><div style="height:10px;border-radius:3px;width:${Math.max(0.5, (100 * size) / most).toFixed(1)}%;background:var(--bytes)"></div></td><td class="number">${count(files)}</td><td class="number">${bytes(size)}</td></tr>`;
  const shown = rows.slice(0, 20);
  const rest = rows
    .slice(20)
    .reduce(
      (sum, row) => ({ types: sum.types, files: sum.files + row.files, bytes: sum.bytes + row.bytes }),
      otherTypes,
    );
  const lines = shown.map(({ extension, files, bytes: size }) =>
    line(extension === '' ? '(none)' : `.${extension}`, files, size),
  );
  if (rest.files > 0) lines.push(line('(all others)', rest.files, rest.bytes));
  return `<table><thead><tr><th>Ending</th><th></th><th class="number">Files</th><th class="number">Size</th></tr></thead><tbody>${lines.join('\n')}</tbody></table>`;
}

function longLists({ survey }: Assessment): string {
  const list = (title: string, rows: readonly PathRow[], unit: (value: number) => string): string =>
    rows.length === 0
      ? ''
      : `<section><h2>${title}</h2><table><tbody>${rows
          .map(
            ({ path, value }) =>
              `<tr><td class="path">${html(path === '' ? '(the source itself)' : path)}</td><td class="number">${unit(value)}</td></tr>`,
          )
          .join('\n')}</tbody></table></section>`;
  return [
    renames(survey.renames),
    list('Largest files', survey.largest.slice(0, 10), bytes),
    list(
      'Longest paths at the destination',
      survey.longestPaths.slice(0, 10),
      (n) => `${count(n)} characters`,
    ),
    list('Folders with more than 5,000 items', survey.wide, (n) => `${count(n)} items`),
  ].join('\n');
}

function renames(rows: Assessment['survey']['renames']): string {
  if (rows.length === 0) return '';
  const lines = rows.map(({ path, name }) => {
    const folder = path.slice(0, path.lastIndexOf('/') + 1);
    return `<tr><td class="path"><span class="quiet">${html(folder)}</span>${html(path.slice(folder.length))}</td><td aria-hidden="true">→</td><td class="path">${html(name)}</td></tr>`;
  });
  return `<section><h2>Names that change</h2><table><thead><tr><th>Before</th><th></th><th>After</th></tr></thead><tbody>${lines.join('\n')}</tbody></table><p class="quiet">The first of them; renames.csv lists all, and the way back.</p></section>`;
}
