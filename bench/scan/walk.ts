import { openSource } from '../../src-main/source/open-source.ts';

/** Lists a whole tree through its reader and counts. */
const source0 = await openSource(process.argv[2] ?? '.');
if (!source0.ok) throw new Error(source0.problem.code);
const source = source0.value;
const stack: string[] = [''];
let files = 0,
  bytes = 0,
  folders = 0,
  active = 0;
const AT_ONCE = Number(process.env['AT_ONCE'] ?? 8);
await new Promise<void>((resolve, reject) => {
  const one = async (path: string) => {
    for await (const batch of source.list(path)) {
      if (!batch.ok) throw new Error(batch.problem.code);
      for (const e of batch.value) {
        if (e.kind === 'file') {
          files++;
          bytes += e.size;
        } else if (e.kind === 'folder') {
          folders++;
          stack.push(path === '' ? e.name : `${path}/${e.name}`);
        }
      }
      go();
    }
  };
  const go = () => {
    while (active < AT_ONCE) {
      const p = stack.pop();
      if (p === undefined) break;
      active++;
      one(p).then(() => {
        active--;
        go();
        if (active === 0) resolve();
      }, reject);
    }
  };
  go();
});
console.log(files, folders, bytes);
await source.close();
