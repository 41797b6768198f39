import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readPairs, savePairs } from './kept-pairs.ts';
import { need, testFolder } from './test-folder.ts';

it('keeps names that were given, the last ones', async () => {
  const file = join(testFolder(), 'names.json');
  expect(need(await readPairs(file)).size).toBe(0);
  need(await savePairs(file, new Map([['gone', 'x']])));
  need(await savePairs(file, new Map([['a/"b\n', 'ß：😀']])));
  expect([...need(await readPairs(file))]).toEqual([['a/"b\n', 'ß：😀']]);
});

it('says when they cannot be read or kept: going on without them would give other names', async () => {
  const folder = testFolder();
  const file = join(folder, 'names.json');
  for (const text of ['[["a"', '{"a":"b"}']) {
    await writeFile(file, text);
    expect(await readPairs(file)).toMatchObject({ ok: false, problem: { code: 'store-corrupt' } });
  }
  expect(await savePairs(join(folder, 'none', 'n.json'), new Map())).toMatchObject({
    ok: false,
    problem: { code: 'store-unusable' },
  });
});
