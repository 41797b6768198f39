import { bytes, count } from '../format.ts';
import { html, visible } from '../hostile-text.ts';
import { explain } from '../run-summary.ts';
import type { Duplicates } from './find-duplicates.ts';

/** What is said about duplicates, sentence by sentence. */
function sentences(found: Duplicates): string[] {
  const { groups, files, spare, linkedNames, leastBytes, compared, known, bytesRead, stopped } = found;
  const said = [
    groups === 0
      ? 'No two files have the same content.'
      : `${count(files)} files are ${count(groups)} contents: ${bytes(spare)} could be saved if each were kept once.`,
    `Compared: ${count(compared)} files of ${leastBytes > 1 ? `at least ${bytes(leastBytes)} and ` : ''}a size that occurs more than once; ${bytes(bytesRead)} were read${known > 0 ? `, and ${count(known)} files are known from an earlier assessment` : ''}.`,
  ];
  if (linkedNames > 0)
    said.push(
      `${count(linkedNames)} names are hard links of a file that is there already: they take no room.`,
    );
  if (found.offline > 0)
    said.push(`${count(found.offline)} offline files were not compared: reading would fetch them back.`);
  if (found.changed > 0) said.push(`${count(found.changed)} files changed since they were listed.`);
  if (found.unread > 0) said.push(`${count(found.unread)} files could not be read.`);
  if (stopped) said.push(`Not complete: ${explain(stopped.code).title} while files were read.`);
  return said;
}

/** For a terminal. */
export function duplicatesText(found: Duplicates): string[] {
  const lines = ['', 'Duplicates', ...sentences(found).map((sentence) => `  ${sentence}`)];
  for (const { files, spare, paths } of found.largest.slice(0, 10))
    lines.push(`  ${bytes(spare).padStart(11)}  ${count(files).padStart(7)} x  ${visible(paths[0] ?? '')}`);
  return lines;
}

/** For a page. */
export function duplicatesHtml(found: Duplicates): string {
  const rows = found.largest.map(
    ({ size, files, spare, paths }) =>
      `<tr><td class="number">${bytes(spare)}</td><td class="number">${count(files)}</td><td class="number">${bytes(size)}</td><td>${paths.map((path) => html(path)).join('<br>')}</td></tr>`,
  );
  const table =
    rows.length === 0
      ? ''
      : `<table><thead><tr><th class="number">Could be saved</th><th class="number">Files</th><th class="number">Size of each</th><th>The first of them</th></tr></thead><tbody>${rows.join('\n')}</tbody></table>`;
  const said = sentences(found).map((sentence) => `<p>${html(sentence)}</p>`);
  return `<section><h2>Duplicates</h2>${said.join('\n')}${table}<p class="quiet">duplicates.csv lists every file.</p></section>`;
}
