import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { failed, ok } from '../../src-shared/model/problem.ts';
import type { Destination } from './destination.ts';
import { openNowhere } from './nowhere/nowhere.ts';
import { RecordFile } from './record-file.ts';
import { type RecordedCall, recording } from './recording.ts';

let time = 0;
let calls: RecordedCall[] = [];
beforeEach(() => {
  time = 1_000;
  calls = [];
});
const over = (own: Partial<Destination>): Destination =>
  recording(
    { ...openNowhere(), ...own },
    (call) => calls.push(call),
    () => time,
  );

describe('a destination that is recorded', () => {
  it('notes each call with its time, what it waited for, and what came; the caller hears of waits as before', async () => {
    const destination = over({
      async find(_parent, _name, options) {
        options?.onWait?.('throttled');
        time += 300;
        options?.onWait?.(undefined);
        time += 20;
        return failed('destination-access-denied');
      },
    });
    const heard: unknown[] = [];
    const found = await destination.find('root', 'a.txt', { onWait: (wait) => heard.push(wait) });
    expect(found).toEqual(failed('destination-access-denied'));
    expect(heard).toEqual(['throttled', undefined]);
    expect(calls).toEqual([
      {
        ...{ at: 1_000, call: 'find', about: 'a.txt', ms: 320, waited: { throttled: 300 } },
        came: { 'destination-access-denied': 1 },
      },
    ]);
  });

  it('counts the results of many, and the pages of a listing that is left', async () => {
    const destination = over({
      openUploads: async (requests) =>
        requests.map((_, i) =>
          i === 0 ? failed('occupied-at-destination') : ok({ token: 'a secret', expires: 0 }),
        ),
      async *children() {
        yield ok([]);
        yield ok([]);
      },
    });
    const request = { parent: 'root', name: 'a', size: 1, times: { created: 0, modified: 0 } };
    const wish = { ...request, replace: 'create' } as const;
    await destination.openUploads([wish, wish, wish]);
    for await (const _page of destination.children('folder')) break;
    expect(calls.map(({ call, about, came }) => ({ call, about, came }))).toEqual([
      { call: 'openUploads', about: '3', came: { ok: 2, 'occupied-at-destination': 1 } },
      { call: 'children', about: 'folder', came: { ok: 1 } },
    ]);
    expect(JSON.stringify(calls)).not.toContain('secret');
  });
});

describe('the file of a record', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'convoy-record-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const call = { call: 'find', about: 'a', ms: 1, waited: {}, came: { ok: 1 } } as const;

  it('has every call, a line each, in order; those of earlier runs stay', async () => {
    const path = join(folder, 'calls.ndjson');
    for (let run = 0; run < 2; run += 1) {
      const file = new RecordFile(path, () => expect.unreachable());
      for (let i = 0; i < 1_200; i += 1) file.note({ at: i, ...call });
      await file.close();
    }
    const lines = (await readFile(path, 'utf8')).trim().split('\n');
    expect(lines).toHaveLength(2_400);
    expect(JSON.parse(lines[1_199] ?? '')).toEqual({ at: '1970-01-01T00:00:01.199Z', ...call });
  });

  it('that cannot be written is told once, and holds nobody up', async () => {
    const told: unknown[] = [];
    const file = new RecordFile(join(folder, 'no', 'such', 'folder'), (error) => told.push(error));
    for (let i = 0; i < 1_200; i += 1) file.note({ at: i, ...call });
    await file.close();
    expect(told).toHaveLength(1);
  });
});
