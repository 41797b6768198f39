import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { type HandedFile, handedFileSchema } from '../../../../src-shared/contract/hand-over.ts';
import { failed, ok } from '../../../../src-shared/model/problem.ts';
import { Incoming } from './incoming.ts';

const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

async function incoming() {
  const path = await mkdtemp(join(tmpdir(), 'convoy-incoming-'));
  folders.push(path);
  for (const name of ['runs', 'work']) await mkdir(join(path, name));
  return { path, incoming: new Incoming({ path, movingFolder: join(path, 'moving') }) };
}

const file = (name: string, text: string): HandedFile => ({
  ...{ name, bytes: text.length, sha256: createHash('sha256').update(text).digest('hex') },
});
/** Three bytes at a time. */
const giving = (text: string) => async (_: string, offset: number) =>
  ok(Buffer.from(text.slice(offset, offset + 3)));

it('lies aside until it is put in its place, over what was there of an earlier time', async () => {
  const { path, incoming: here } = await incoming();
  await writeFile(join(path, 'runs', 'run-1.db'), 'older');
  await writeFile(join(path, 'runs', 'run-1.db-wal'), 'older log');
  const files = [
    ['fleet.db', 'the database'],
    ['runs/run-1.db', 'results'],
    ['runs/run-2.db', 'others'],
    ['runs/run-2.db-wal', 'and their log'],
    ['work/task-1.names.json', ''],
  ] as const;
  for (const [name, text] of files)
    expect(await here.fetch(file(name, text), giving(text))).toEqual(ok(undefined));
  expect(here.has(file('runs/run-1.db', 'results'))).toBe(true);
  expect(here.has(file('runs/run-1.db', 'results of later'))).toBe(false);
  expect(await readFile(join(path, 'runs', 'run-1.db'), 'utf8')).toBe('older');
  await here.place();
  // A process that died over it does it again.
  await new Incoming({ path, movingFolder: join(path, 'moving') }).place();
  for (const [name, text] of files.slice(1)) expect(await readFile(join(path, name), 'utf8')).toBe(text);
  expect(existsSync(join(path, 'runs', 'run-1.db-wal'))).toBe(false);
  expect(await readFile(here.fleetFile, 'utf8')).toBe('the database');
  await here.remove();
  expect(existsSync(here.fleetFile)).toBe(false);
});

it('is not taken when it is not what was named, or does not come at all', async () => {
  const { incoming: here } = await incoming();
  const named = file('runs/run-1.db', 'results');
  const wrong = [giving('resultz'), giving('result'), async () => ok(Buffer.from('too much of it'))];
  for (const give of wrong)
    expect(await here.fetch(named, give)).toMatchObject({ ok: false, problem: { code: 'move-failed' } });
  const away = failed('coordinator-away');
  expect(await here.fetch(named, async () => away)).toEqual(away);
  expect(here.has(named)).toBe(false);
});

it('no name leads out of the data folder, or to what is the machine’s own', () => {
  const named = (name: string) => handedFileSchema.safeParse({ ...file('fleet.db', ''), name }).success;
  expect(['fleet.db', 'runs/run-1.db', 'runs/run-1.db-wal', 'work/task-1.people.json'].every(named)).toBe(
    true,
  );
  const others = [
    '../fleet.db',
    'runs/../keys/seal.key',
    'keys/seal.key',
    'work/task-1.db',
    'runs/a\\b.db',
    '/etc/x',
  ];
  expect(others.filter(named)).toEqual([]);
});
