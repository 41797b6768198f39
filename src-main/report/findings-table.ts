import { bytes, count } from './format.ts';
import { html } from './hostile-text.ts';
import type { CodeGroup } from './run-summary.ts';

/** Findings by code as a section of a page: what happened, why, and what to do. Empty without findings. */
export function findingsTable(groups: readonly CodeGroup[]): string {
  if (groups.length === 0) return '';
  const rows = groups.map(
    (group) => `<tr>
<td class="${group.severity === 'info' ? 'quiet' : group.severity}">${group.severity}</td>
<td><strong>${html(group.title)}</strong><br>${html(group.cause)} <span class="quiet">${html(group.remedy)}</span><br><code class="quiet">${html(group.code)}</code></td>
<td class="number">${count(group.items)}</td><td class="number">${bytes(group.bytes)}</td></tr>`,
  );
  return `<section>
<h2>Findings</h2>
<table><thead><tr><th></th><th>What, why, and what to do</th><th class="number">Items</th><th class="number">Size</th></tr></thead><tbody>${rows.join('\n')}</tbody></table>
</section>`;
}
