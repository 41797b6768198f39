import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { FindListing } from '../../../src-main/source/win32/find-listing.ts';
import { namespaced } from '../../../src-main/source/win32/paths.ts';
import { openWin32Source } from '../../../src-main/source/win32/win32-source.ts';

/** For bench/scan-windows.ts, under node.exe: `main.js RESULTS ROOT BEHIND FILES ROUNDS`. */
const [, , results = '', root = '', behind = '', files = '', rounds = ''] = process.argv;

const FOLDER = `${root}\\measure`;
const ACCESS_LISTS = 100;

mkdirSync(`${behind}\\measure`);
for (let i = 0; i < Number(files); i++) writeFileSync(`${behind}\\measure\\file-${i}.txt`, '');

const source = openWin32Source(FOLDER, { threads: 1 });

function readdirAndStat(): number {
  let found = 0;
  for (const { name } of readdirSync(FOLDER, { withFileTypes: true })) {
    statSync(`${FOLDER}\\${name}`, { bigint: true });
    found += 1;
  }
  return found;
}

async function reader(): Promise<number> {
  let found = 0;
  for await (const batch of source.list('')) found += batch.ok ? batch.value.length : 0;
  return found;
}

function findFirstFile(): number {
  const listing = new FindListing(namespaced(FOLDER), '');
  let found = 0;
  for (let last = false; !last; ) {
    const answer = listing.next();
    found += answer.ok ? answer.value.entries.length : 0;
    last = !answer.ok || answer.value.last;
  }
  return found;
}

async function accessLists(): Promise<number> {
  let found = 0;
  for (let i = 0; i < ACCESS_LISTS; i++) {
    const list = await source.rights(`file-${i}.txt`);
    found += list.ok ? 1 : 0;
  }
  return found;
}

async function timed(work: () => number | Promise<number>, expected: number): Promise<number> {
  const started = performance.now();
  const found = await work();
  if (found !== expected) throw new Error(`found ${found}, not ${expected}`);
  return performance.now() - started;
}

const measured = {
  files: Number(files),
  readdirAndStatMs: [] as number[],
  readerMs: [] as number[],
  findFirstFileMs: [] as number[],
  accessListMs: [] as number[],
};
// The thread is started, as it is in a walk.
await reader();
for (let i = 0; i < Number(rounds); i++) {
  // Who says nothing for long is taken for hung.
  console.log(`round ${i + 1}`);
  measured.readdirAndStatMs.push(await timed(readdirAndStat, Number(files)));
  measured.readerMs.push(await timed(reader, Number(files)));
  measured.findFirstFileMs.push(await timed(findFirstFile, Number(files)));
  measured.accessListMs.push(await timed(accessLists, ACCESS_LISTS));
}
await source.close();
writeFileSync(results, JSON.stringify(measured));
