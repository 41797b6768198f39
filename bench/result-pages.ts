import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openRunResults } from '../src-main/store/open-run-results.ts';
import type { ItemFilter } from '../src-shared/contract/console-types.ts';
import type { ResultRow } from '../src-shared/contract/fleet.ts';
import { noTally } from '../src-shared/model/counts.ts';

/**
 * How long the first page of a filter takes, among the results of a second run: nearly all is there already, a few files are
 * new and a few have failed, so most filters look for needles.
 *
 *   node bench/result-pages.ts [--items 1000000]
 */
const { values } = parseArgs({ options: { items: { type: 'string', default: '1000000' } } });
const ITEMS = Number(values.items);
const PER_FOLDER = 20;
const RARE = 50_000;
const PAGE = 100;

function resultOf(n: number): ResultRow {
  const folder = n % PER_FOLDER === 1;
  const row = {
    seq: n,
    item: n + 1,
    parent: folder ? 1 : n + 1 - ((n - 1) % PER_FOLDER),
    name: `Quarterly report ${String(n).padStart(7, '0')}${folder ? '' : '.xlsx'}`,
    kind: folder ? ('folder' as const) : ('file' as const),
    size: folder ? 0 : 40_000,
    modified: Date.UTC(2026, 0, 1),
    findings: n % 10 === 0 ? [{ code: 'name-changed' as const }] : [],
  };
  if (n % RARE === 7) return { ...row, outcome: 'copied', grade: 'rewritten' };
  if (n % RARE === 8) return { ...row, outcome: 'failed', findings: [{ code: 'read-failed' }] };
  return { ...row, outcome: 'present', grade: folder ? 'present' : 'identical' };
}

const filters: readonly ItemFilter[] = [
  {},
  { outcome: 'present' },
  { outcome: 'copied' },
  { outcome: 'failed' },
  { outcome: 'accepted' },
  { grade: 'identical' },
  { grade: 'rewritten' },
  { grade: 'present', kind: 'file' },
  { kind: 'folder' },
  { kind: 'folder', outcome: 'failed' },
  { code: 'name-changed' },
  { code: 'read-failed' },
  { code: 'name-changed', outcome: 'failed' },
  { text: 'report 0999999' },
  { text: 'report', outcome: 'failed' },
  { text: 'no such name' },
];

const folder = mkdtempSync(join(tmpdir(), 'convoy-result-pages-'));
try {
  const file = join(folder, 'run.db');
  const opened = await openRunResults({ file, now: Date.now });
  if (!opened.ok) throw new Error(opened.problem.code);
  const { results } = opened.value;
  const began = performance.now();
  for (let from = 1; from <= ITEMS; from += 2_000) {
    const rows = Array.from({ length: Math.min(2_000, ITEMS - from + 1) }, (_, i) => resultOf(from + i));
    await results.take({ unit: 'unit', generation: 1, path: '' }, rows, noTally);
  }
  const rate = Math.round(ITEMS / ((performance.now() - began) / 1_000)).toLocaleString('en');
  for (const filter of filters) {
    const times: number[] = [];
    let items = 0;
    for (let n = 0; n < 3; n++) {
      const from = performance.now();
      items = (await results.page(filter, undefined, PAGE)).items.length;
      times.push(performance.now() - from);
    }
    const best = Math.min(...times)
      .toFixed(1)
      .padStart(8);
    console.log(`${best} ms  ${String(items).padStart(3)} items  ${JSON.stringify(filter)}`);
  }
  await results.close();
  const each = (statSync(file).size / ITEMS).toFixed(1);
  console.log(`${ITEMS.toLocaleString('en')} items, taken at ${rate} a second, ${each} bytes an item`);
} finally {
  rmSync(folder, { recursive: true });
}
