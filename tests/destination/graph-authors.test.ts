import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Destination, RemoteItem } from '../../src-main/destination/destination.ts';
import {
  bytesOf,
  codeOf,
  type DestinationFixture,
  must,
  newFile,
  seconds,
  times,
  upload,
} from '../conformance/destination-steps.ts';
import { type GraphTest, startGraphTest } from './graph-fixture.ts';

const ALICE = 'alice@contoso.example';
let test: GraphTest;
let destination: Destination;
let look: DestinationFixture['look'];
let madeBy: DestinationFixture['madeBy'];
let folder = 0;
beforeAll(async () => {
  test = await startGraphTest({ logSize: 500 });
});
afterAll(() => test.close());
beforeEach(async () => {
  folder += 1;
  ({ destination, look, madeBy } = await test.fixture(`authors ${folder}`));
});
afterEach(() => test.tenant.control.setFaults({}));

async function files(count: number, at: Destination = destination): Promise<RemoteItem[]> {
  const made: RemoteItem[] = [];
  for (let i = 0; i < count; i += 1) {
    made.push(await upload(at, newFile(at.root.id, `file ${i}.txt`, 9), bytesOf(9, i)));
  }
  return made;
}

const wish = ({ id, name, tag }: RemoteItem, person = ALICE) => ({
  ...{ id, name, tag, person, modified: times.modified },
});

describe('authors by SharePoint’s own REST (practice tenant)', () => {
  it('take three requests for 20 files, once the first has shown that the site keeps times', async () => {
    const made = await files(41);
    const [first] = await destination.setAuthors(made.slice(0, 1).map((file) => wish(file)));
    expect(codeOf(first)).toBe('ok');
    await test.tenant.control.resetStats();
    const results = await destination.setAuthors(made.slice(1).map((file) => wish(file)));
    expect(results.map(codeOf)).toEqual(made.slice(1).map(() => 'ok'));
    const { httpRequests, byKind, versionsMade, resourceUnits } = await test.tenant.control.stats();
    expect(httpRequests).toBe(6);
    expect(byKind).toMatchObject({ restBatch: 2, listItemUpdate: 40, item: 80 });
    expect(versionsMade).toBe(0);
    expect(resourceUnits).toBe(40 * 4);
    expect(await look('file 40.txt')).toMatchObject({ versions: 1, ...seconds });
    expect(await madeBy('file 40.txt')).toEqual({ author: ALICE, editor: ALICE });
  });

  it.each(['throttled', 'unavailable', 'serverError', 'cutBefore', 'cutAfter', 'gatewayTimeout'] as const)(
    'go through %s, each file once and nothing too early',
    async (fault) => {
      const made = await files(5);
      await test.tenant.control.resetStats();
      const kinds = ['restBatch', 'listItemUpdate', 'batch'] as const;
      const script = kinds.flatMap((kind) =>
        kind === 'listItemUpdate' && fault.startsWith('cut') ? [] : [{ fault, kind, times: 2 }],
      );
      await test.tenant.control.setFaults({ script });
      const results = await destination.setAuthors(made.map((file) => wish(file)));
      expect(results.map(codeOf)).toEqual(made.map(() => 'ok'));
      const { requestsDuringFreeze, retriesTooEarly, versionsMade } = await test.tenant.control.stats();
      expect({ requestsDuringFreeze, retriesTooEarly, versionsMade }).toEqual({
        ...{ requestsDuringFreeze: 0, retriesTooEarly: 0, versionsMade: 0 },
      });
      for (const { name } of made) {
        expect(await look(name)).toMatchObject(seconds);
        expect(await madeBy(name)).toEqual({ author: ALICE, editor: ALICE });
      }
    },
  );

  it('say of a file that is locked, and set the others', async () => {
    const made = await files(3);
    await test.tenant.control.act({
      ...{ action: 'lock', drive: test.drive, path: `authors ${folder}/file 1.txt` },
    });
    const results = await destination.setAuthors(made.map((file) => wish(file)));
    expect(results.map(codeOf)).toEqual(['ok', 'destination-locked', 'ok']);
  });

  it('are given up where the site moves times: the one file is put right, no other is touched', async () => {
    const made = await files(30);
    await test.tenant.control.resetStats();
    await test.tenant.control.setFaults({ listDatesOffMs: 7_200_000 });
    const results = await destination.setAuthors(made.map((file) => wish(file)));
    expect(results.slice(1).map(codeOf)).toEqual(made.slice(1).map(() => 'author-not-set'));
    const [first] = results;
    expect(first).toMatchObject({ ok: true, value: { refused: { code: 'author-not-set' } } });
    expect(await look('file 0.txt')).toMatchObject({ ...seconds, versions: 2 });
    expect(await look('file 1.txt')).toMatchObject({ ...seconds, versions: 1 });
    const { byKind } = await test.tenant.control.stats();
    expect(byKind['listItemUpdate']).toBe(1);
    expect(first?.ok && must(await destination.findById(first.value.item.id))).toEqual(
      first?.ok && first.value.item,
    );
  });

  it('are given up for files that were made after their last change, where that moves their times, and for no others', async () => {
    const usual = await files(3);
    const later = { created: times.modified + 86_400_000, modified: times.modified };
    const late: RemoteItem[] = [];
    for (const name of ['late 0', 'late 1']) {
      late.push(
        await upload(destination, { ...newFile(destination.root.id, name, 5), times: later }, bytesOf(5)),
      );
    }
    await test.tenant.control.setFaults({ formsWantOrder: true });
    const results = await destination.setAuthors([...late, ...usual].map((file) => wish(file)));
    expect(results.map(codeOf)).toEqual(['ok', 'author-not-set', 'ok', 'ok', 'ok']);
    expect(await look('late 0')).toMatchObject({
      modified: seconds.modified,
      created: seconds.modified + 86_400_000,
    });
    expect(await look('late 1')).toMatchObject({ modified: seconds.modified, versions: 1 });
    expect(await look('file 2.txt')).toMatchObject(seconds);
    expect(await madeBy('file 2.txt')).toEqual({ author: ALICE, editor: ALICE });
  });

  it('are sent with a token for SharePoint’s host alone, and to no other host', async () => {
    const asked: string[] = [];
    const { tokens } = test;
    const watched = {
      ...tokens,
      forHost: (origin: string) => {
        asked.push(origin);
        const own = tokens.forHost?.(origin);
        if (own === undefined) throw new Error('no tokens');
        return own;
      },
    };
    const opened = must(await test.open('/sites/finance/Shared Documents/one token', { tokens: watched }));
    const [file] = await files(1, opened);
    if (!file) throw new Error('no file');
    expect((await opened.setAuthors([wish(file)])).map(codeOf)).toEqual(['ok']);
    expect(asked).toEqual([`https://${test.tenant.hostName}`]);
  });
});

describe('a sign-in that may not set authors (practice tenant)', () => {
  it.each([
    ['has no permission for SharePoint', { sharePointRest: false }, 1],
    ['gets no token for it', {}, 0],
  ] as const)('%s: said of each file, and asked no more than once', async (why, options, requests) => {
    const other = await startGraphTest(options);
    try {
      const { forHost: _, ...plain } = other.tokens;
      const tokens = why === 'gets no token for it' ? plain : other.tokens;
      const opened = must(await other.open('/sites/finance/Shared Documents/x', { tokens }));
      const made = await files(5, opened);
      await other.tenant.control.resetStats();
      for (let round = 0; round < 2; round += 1) {
        const results = await opened.setAuthors(made.map((file) => wish(file)));
        expect(results.map(codeOf)).toEqual(made.map(() => 'authors-not-permitted'));
      }
      expect((await other.tenant.control.stats()).byKind['restBatch'] ?? 0).toBe(requests);
    } finally {
      await other.close();
    }
  });
});
