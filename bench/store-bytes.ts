import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import Sqlite from 'better-sqlite3';
import type { FileToCopy, Journal, JudgedEntry } from '../src-main/store/journal.ts';
import { keyFile } from '../src-main/store/key-file.ts';
import { openJournal } from '../src-main/store/open-journal.ts';
import { openRunResults } from '../src-main/store/open-run-results.ts';
import type { ResultRow } from '../src-shared/contract/fleet.ts';
import { ROOT_ITEM } from '../src-shared/model/item.ts';
import type { Result } from '../src-shared/model/problem.ts';

/**
 * What an item costs on disk in the journal and in the results of a run, and how many the writers take in a second.
 * Items like a file server's: names of 25 characters, 20 a folder, NTFS file numbers, times with fractions, ids and tags as
 * SharePoint gives them (34 and 42 characters).
 *
 *   node bench/store-bytes.ts [--items 100000] [--tags same|other]
 */
const { values } = parseArgs({
  options: {
    items: { type: 'string', default: '100000' },
    /** `other`: tags with another GUID than the id's, as a service might give that is built differently. */
    tags: { type: 'string', default: 'same' },
  },
});
const ITEMS = Number(values.items);
const PER_FOLDER = 20;
const START = Date.UTC(2026, 0, 1);

let seed = 42;
function random(): number {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) | 0;
  return (seed >>> 0) / 2 ** 32;
}

function bytes(count: number): Buffer {
  return Buffer.from(Array.from({ length: count }, () => Math.floor(random() * 256)));
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

function remoteOf(): { id: string; tag: string; hash: string } {
  const guid = bytes(16);
  let bits = '';
  for (const byte of [0x0e, 0x09, 0xd8, 0xe7, ...guid]) bits += byte.toString(2).padStart(8, '0');
  const id = `01${(bits.match(/.{5}/g) ?? []).map((five) => LETTERS[Number.parseInt(five, 2)]).join('')}`;
  const other = values.tags === 'other' ? bytes(16) : guid;
  const order = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15].map((at) => other.readUInt8(at));
  const hex = Buffer.from(order).toString('hex').toUpperCase();
  const groups = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)];
  return { id, tag: `"{${groups.join('-')}},1"`, hash: bytes(20).toString('base64') };
}

function entry(name: string, kind: 'file' | 'folder'): JudgedEntry {
  return {
    name,
    kind,
    size: kind === 'file' ? Math.floor(Math.exp(6 + random() * 8)) : 0,
    modified: START - Math.floor(random() * 1e11) + Math.floor(random() * 10_000) / 10_000,
    created: START - Math.floor(random() * 1e11),
    fileId: String((BigInt(Math.floor(random() * 60_000)) << 48n) + BigInt(Math.floor(random() * 4e9))),
    destinationName: undefined,
    findings: [],
    decision: { do: 'copy', replace: undefined },
  };
}

function opened<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.problem));
  return result.value;
}

/** What is in a folder: many folders at the top, folders in these, files in those. */
function entriesAt(depth: number, nextName: () => string): readonly JudgedEntry[] {
  const [folders, files] =
    depth === 0 ? [ITEMS / PER_FOLDER ** 2, 0] : depth === 1 ? [PER_FOLDER - 1, 1] : [0, PER_FOLDER];
  return [
    ...Array.from({ length: folders }, () => entry(nextName(), 'folder')),
    ...Array.from({ length: files }, () => entry(`${nextName()}.xlsx`, 'file')),
  ];
}

/** Finds the tree as an agent finds it: some folders at a time, depth first. */
async function scan(journal: Journal): Promise<void> {
  let names = 0;
  const nextName = (): string => {
    names += 1;
    return `Quarterly repo${String(names).padStart(7, '0')}`;
  };
  for (;;) {
    const folders = await journal.takeFolders(8);
    if (folders.length === 0) return;
    await Promise.all(
      folders.map(async ({ item, depth }) => {
        await journal.recordEntries(item, entriesAt(depth, nextName));
        await journal.endListing(item);
      }),
    );
  }
}

async function makeFolders(journal: Journal): Promise<void> {
  for (;;) {
    const folders = await journal.takeFoldersToMake(200);
    if (folders.length === 0) return;
    await Promise.all(
      folders.map(({ item }) => journal.folderMade(item, { id: remoteOf().id, existed: false })),
    );
  }
}

async function copyFiles(journal: Journal): Promise<number> {
  let copied = 0;
  for (;;) {
    const files = await journal.takeFiles(200);
    if (files.length === 0) return copied;
    await journal.settle(files.map((file: FileToCopy) => settled(file)));
    copied += files.length;
  }
}

function settled({ item, fingerprint }: FileToCopy) {
  return {
    item,
    outcome: 'copied' as const,
    grade: 'identical' as const,
    findings: [],
    fingerprint,
    remote: remoteOf(),
  };
}

/** Wall clock, and CPU of all threads: on a machine that is busy with other things only the latter compares. */
function watch(): (what: string, items: number) => void {
  const from = performance.now();
  const used = process.cpuUsage();
  return (what, items) => {
    const rate = Math.round(items / ((performance.now() - from) / 1_000)).toLocaleString('en');
    const { user, system } = process.cpuUsage(used);
    console.log(
      `${what.padEnd(26)} ${rate.padStart(9)} items/s ${((user + system) / items).toFixed(1).padStart(7)} us CPU an item`,
    );
  };
}

function sizeOf(file: string): number {
  const database = new Sqlite(file);
  database.pragma('wal_checkpoint(TRUNCATE)');
  if (process.env['PARTS']) {
    console.table(
      database
        .prepare(
          'SELECT name, sum(pgsize) AS bytes, round(sum(payload) * 1.0 / sum(pgsize), 2) AS full FROM dbstat GROUP BY name ORDER BY bytes DESC LIMIT 8',
        )
        .all(),
    );
    console.log('free pages', database.pragma('freelist_count', { simple: true }));
  }
  database.close();
  return statSync(file).size;
}

const folder = mkdtempSync(join(tmpdir(), 'convoy-store-bytes-'));
try {
  const journalFile = join(folder, 'journal.db');
  const resultsFile = join(folder, 'results.db');
  const { journal } = opened(
    await openJournal({ file: journalFile, keys: keyFile(join(folder, 'key')), now: Date.now }),
  );
  const { results } = opened(await openRunResults({ file: resultsFile, now: Date.now }));
  await journal.begin(0, START, 0);
  await journal.folderMade(ROOT_ITEM, { id: remoteOf().id, existed: true });
  let done = watch();
  await scan(journal);
  done('recorded', ITEMS);
  done = watch();
  await makeFolders(journal);
  done('folders made', ITEMS / PER_FOLDER);
  done = watch();
  const copied = await copyFiles(journal);
  done('settled (200 a call)', copied);
  done = watch();
  const { found } = await journal.counts();
  let told = 0;
  for (;;) {
    const rows = await journal.outbox(2_000);
    const last = rows.at(-1);
    if (!last) break;
    const plain = rows.map(
      (row): ResultRow => ({
        seq: row.seq,
        item: row.item,
        parent: row.parent,
        name: row.name,
        kind: row.kind,
        size: row.size,
        modified: row.modified,
        findings: [],
        ...(row.outcome === undefined ? {} : { outcome: row.outcome }),
        ...(row.grade === undefined ? {} : { grade: row.grade }),
      }),
    );
    await journal.acknowledge(await results.take({ unit: 'unit', generation: 1, path: '' }, plain, found));
    told += rows.length;
  }
  done('told to the coordinator', told);
  await journal.finish(START);
  const items = found.files + found.folders;
  await journal.close();
  await results.close();
  const inJournal = sizeOf(journalFile) / items;
  const inResults = sizeOf(resultsFile) / items;
  console.log(
    `${items.toLocaleString('en')} items: journal ${inJournal.toFixed(1)} bytes, results ${inResults.toFixed(1)} bytes, together ${(inJournal + inResults).toFixed(1)} bytes an item`,
  );
  console.log(
    `peak memory of the process with its three threads ${Math.round(process.resourceUsage().maxRSS / 1_024)} MiB`,
  );
} finally {
  rmSync(folder, { recursive: true });
}
