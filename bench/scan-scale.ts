import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openSyntheticSource } from '../src-main/source/synthetic/synthetic-source.ts';
import { dryRun } from './scan/dry-run-of.ts';

/**
 * A dry run over a synthetic tree of any size, with the real engine and the real journal: peak memory, bytes on disk for each item, and
 * whether it is as fast at the end as at the start.
 *
 *   npm run bench -- scan-scale [--items 1000000] [--tenths]
 */
const { values } = parseArgs({
  options: { items: { type: 'string', default: '1000000' }, tenths: { type: 'boolean', default: false } },
});
const ITEMS = Number(values.items);
const FILES_A_FOLDER = 19;
const EVERY_MS = 250;

const folders = Math.floor(ITEMS / (FILES_A_FOLDER + 1));
const source = openSyntheticSource({ seed: 1, files: ITEMS - folders, folders, fanOut: 10 });
const folder = mkdtempSync(join(tmpdir(), 'convoy-bench-scale-'));
/** When how many items were stored. */
const points: { readonly at: number; readonly items: number }[] = [{ at: performance.now(), items: 0 }];
try {
  const { found } = await dryRun(source, folder, (journal) => {
    const look = async (): Promise<void> => {
      const at = performance.now();
      const { found: sofar } = await journal.counts();
      points.push({ at, items: sofar.files + sofar.folders });
    };
    const timer = setInterval(() => void look(), EVERY_MS);
    return () => clearInterval(timer);
  });
  const items = found.files + found.folders;
  points.push({ at: performance.now(), items });
  const bytes = ['journal.db', 'journal.db-wal']
    .map((name) => statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0)
    .reduce((a, b) => a + b);
  const rates = Array.from({ length: 10 }, (_, tenth) =>
    rateBetween((items * tenth) / 10, (items * (tenth + 1)) / 10),
  );
  const show = (number: number): string => Math.round(number).toLocaleString('en');
  const processors = cpus();
  console.log(
    `${processors[0]?.model ?? 'unknown'}, ${processors.length} cores, Node ${process.versions.node}`,
  );
  console.log(
    `${show(items)} items in ${((points.at(-1)?.at ?? 0) / 1_000 - (points[0]?.at ?? 0) / 1_000).toFixed(1)} s`,
  );
  console.log(`peak memory ${show(process.resourceUsage().maxRSS / 1_024)} MiB`);
  console.log(`on disk ${show(bytes / 1e6)} MB, ${(bytes / items).toFixed(1)} bytes an item`);
  const [first = 0, second = 0] = rates;
  const [ninth = 0, last = 0] = rates.slice(-2);
  const [start, end] = [(first + second) / 2, (ninth + last) / 2];
  console.log(
    `items/s in the first fifth ${show(start)}, in the last ${show(end)}: ${Math.round((100 * end) / start)} %`,
  );
  if (values.tenths) console.log(`items/s in each tenth: ${rates.map(show).join('  ')}`);
} finally {
  rmSync(folder, { recursive: true });
}

function rateBetween(from: number, to: number): number {
  return ((to - from) / (timeOf(to) - timeOf(from))) * 1_000;
}

/** When so many items were stored, between the two points around it. */
function timeOf(items: number): number {
  const next = points.findIndex((point) => point.items >= items);
  const [a, b] = [points[next - 1], points[next]];
  if (!a || !b) return points[0]?.at ?? 0;
  return a.at + ((b.at - a.at) * (items - a.items)) / Math.max(1, b.items - a.items);
}
