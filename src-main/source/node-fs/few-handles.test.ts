import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

/** A program that opens all files of a folder at once, and closes each after a while; and meanwhile reads them all in one go. */
const program = `
import { openNodeSource } from ${JSON.stringify(new URL('./node-source.ts', import.meta.url).href)};
const source = openNodeSource(process.argv[1]);
const whole = source.readFiles(Array.from({ length: 200 }, (_, i) => 'file-' + i), 10);
const codes = await Promise.all(
  Array.from({ length: 200 }, async (_, i) => {
    const file = await source.open('file-' + i);
    if (!file.ok) return file.problem.code + ' ' + file.problem.detail;
    const read = await file.value.read(new Uint8Array(10), 0);
    await new Promise((resolve) => setTimeout(resolve, 5));
    await file.value.close();
    return read.ok ? 'read' : read.problem.code;
  }),
);
for (const file of await whole) codes.push(file.ok && file.value?.bytes.length === 1 ? 'read' : file.problem.code);
await source.close();
console.log(JSON.stringify([...new Set(codes)]));
`;

it.skipIf(process.platform === 'win32')(
  'reads every file although this machine lets few be open at a time',
  async () => {
    const root = await mkdtemp(join(tmpdir(), 'convoy-handles-'));
    try {
      for (let i = 0; i < 200; i += 1) await writeFile(join(root, `file-${i}`), 'x');
      const limited = 'ulimit -n 48; exec "$@"';
      const { stdout } = await promisify(execFile)('sh', [
        '-c',
        limited,
        'sh',
        process.execPath,
        '--input-type=module',
        '--eval',
        program,
        root,
      ]);
      expect(JSON.parse(stdout)).toEqual(['read']);
    } finally {
      await rm(root, { recursive: true });
    }
  },
  60_000,
);
