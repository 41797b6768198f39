import type { PathRow } from '../../../src-shared/survey/survey.ts';
import { bytes, count, utcForPeople } from '../format.ts';
import { html } from '../hostile-text.ts';
import { changeRows } from './change-rows.ts';
import type { ChangesSince } from './changes-since.ts';

/** What changed since the last assessment, as a section of the page; empty for the first one. */
export function changesSection(changes: ChangesSince | undefined): string {
  if (changes === undefined) return '';
  const rows = changeRows(changes).map(
    ({ title, tally, detail }) =>
      `<tr><td>${title}${detail === undefined ? '' : ` <span class="quiet">${detail}</span>`}</td><td class="number">${count(tally.files)}</td><td class="number">${count(tally.folders)}</td><td class="number">${count(tally.others)}</td><td class="number">${bytes(tally.bytes)}</td></tr>`,
  );
  const { added, changed, gone } = changes.largest;
  const missed = changes.allMovesLookedFor
    ? ''
    : ' So much came and went that not all of it was compared: some of what moved is counted as gone and as new.';
  return `<section><h2>Since the assessment of ${utcForPeople(changes.startedAt)}</h2>
<table><thead><tr><th></th><th class="number">Files</th><th class="number">Folders</th><th class="number">Links and others</th><th class="number">Size</th></tr></thead><tbody>${rows.join('\n')}</tbody></table>
<p class="quiet">A file has changed when its size or its time differs; a change that leaves both as they were is not seen. Moved or renamed is what is gone in one place and new in another with the same size and time, and the same name or folder.${missed}</p>
${largest('Largest new files', added)}${largest('Largest changed files', changed)}${largest('Largest files that are gone', gone)}</section>`;
}

function largest(title: string, rows: readonly PathRow[]): string {
  if (rows.length === 0) return '';
  const lines = rows.map(
    ({ path, value }) =>
      `<tr><td class="path">${html(path)}</td><td class="number">${bytes(value)}</td></tr>`,
  );
  return `<table><thead><tr><th>${title}</th><th class="number">Size</th></tr></thead><tbody>${lines.join('\n')}</tbody></table>`;
}
