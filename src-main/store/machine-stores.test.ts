import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openMachineStores } from './machine-stores.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'convoy-stores-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function open() {
  const stores = await openMachineStores(folder, () => 1_700_000_000_000);
  if (!stores.ok) throw new Error(stores.problem.code);
  return stores.value;
}

it('are one machine at a time', async () => {
  const stores = await open();
  expect(await openMachineStores(folder, () => 0)).toMatchObject({ problem: { code: 'store-in-use' } });
  await stores.close();
  await (await open()).close();
});

it('say once what is met again and again', async () => {
  const stores = await open();
  stores.note([{ code: 'store-disk-full', where: 'a' }]);
  stores.note([
    { code: 'store-disk-full', where: 'a', detail: 'again' },
    { code: 'store-disk-full', where: 'b' },
  ]);
  expect(stores.notices.map(({ where }) => where)).toEqual(['a', 'b']);
  await stores.close();
});

it('are free for the next also when the last backup cannot be written, and say so', async () => {
  const stores = await open();
  // A folder that is not empty has the backup's name: nothing can be put in its place, whoever tries.
  await mkdir(join(folder, 'fleet.db.backup', 'x'), { recursive: true });
  await stores.close();
  expect(stores.notices).toMatchObject([{ code: 'store-unusable' }]);
  await (await open()).close();
});
