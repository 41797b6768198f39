import { openSource } from '../../src-main/source/open-source.ts';

/** The walk alone: lists everything below a folder through its reader, eight folders at once, and counts. */
const AT_ONCE = 8;

const opened = await openSource(process.argv[2] ?? '.');
if (!opened.ok) throw new Error(opened.problem.code);
const source = opened.value;
const toList = [''];
let files = 0;
let bytes = 0;
let active = 0;
const done = Promise.withResolvers<void>();

function listNext(): void {
  while (active < AT_ONCE) {
    const path = toList.pop();
    if (path === undefined) break;
    active += 1;
    list(path).then(() => {
      active -= 1;
      listNext();
      if (active === 0) done.resolve();
    }, done.reject);
  }
}

async function list(path: string): Promise<void> {
  for await (const batch of source.list(path)) {
    if (!batch.ok) throw new Error(`${path}: ${batch.problem.code}`);
    for (const { name, kind, size } of batch.value) {
      if (kind === 'folder') toList.push(path === '' ? name : `${path}/${name}`);
      else {
        files += 1;
        bytes += size;
      }
    }
    listNext();
  }
}

listNext();
await done.promise;
await source.close();
console.log(JSON.stringify({ files, bytes }));
