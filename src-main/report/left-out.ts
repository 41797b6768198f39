import type { Counts } from '../../src-shared/model/counts.ts';
import { isLeftOutCode } from '../../src-shared/rules/left-out-codes.ts';
import { bytes, count } from './format.ts';
import { html } from './hostile-text.ts';
import { type CodeGroup, codeGroups } from './run-summary.ts';

/** What each rule and filter left out: the most bytes first. Every item is counted under one of them. */
export function leftOutGroups(counts: Counts): readonly CodeGroup[] {
  return codeGroups(counts)
    .filter(({ code }) => isLeftOutCode(code))
    .sort((a, b) => b.bytes - a.bytes || b.items - a.items);
}

/** For a terminal; empty where nothing was left out. */
export function leftOutLines(counts: Counts): string[] {
  const groups = leftOutGroups(counts);
  if (groups.length === 0) return [];
  const lines = groups.map(
    ({ items, bytes: size, title, code }) =>
      `  ${count(items).padStart(10)} items  ${bytes(size).padStart(9)}  ${title} [${code}]`,
  );
  return ['', 'Left out', ...lines];
}

/** As a section of a page; empty where nothing was left out. */
export function leftOutTable(counts: Counts): string {
  const groups = leftOutGroups(counts);
  if (groups.length === 0) return '';
  const rows = groups.map(
    (
      group,
    ) => `<tr><td><strong>${html(group.title)}</strong><br>${html(group.cause)} <code class="quiet">${html(group.code)}</code></td>
<td class="number">${count(group.items)}</td><td class="number">${bytes(group.bytes)}</td></tr>`,
  );
  return `<section>
<h2>What was left out</h2>
<table><thead><tr><th>By which rule or filter</th><th class="number">Items</th><th class="number">Size</th></tr></thead><tbody>${rows.join('\n')}</tbody></table>
<p class="quiet">What several would leave out is counted under the first. Of a folder that nobody looked into no size is known.</p>
</section>`;
}
