import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Destination, RemoteItem, UploadRequest } from '../../src-main/destination/destination.ts';
import type { GraphDestinationOptions } from '../../src-main/destination/graph/graph-destination.ts';
import type { FaultSettingsInput } from '../../src-practice/tenant/fault-settings.ts';
import type { Result } from '../../src-shared/model/problem.ts';
import {
  allChanges,
  bytesOf,
  codeOf,
  type DestinationFixture,
  hashOf,
  must,
  newFile,
  openOne,
  readAll,
  sendAll,
  upload,
} from '../conformance/destination-steps.ts';
import { type GraphTest, LIBRARY, startGraphTest } from './graph-fixture.ts';

const FRAGMENT = 327_680;

let test: GraphTest;
let fixture: DestinationFixture;
/** Waits are skipped here, so that giving up takes no time; nothing that is throttled may use it. */
let hasty: Destination;
let root: string;
let folders = 0;

/** Waits that take no time, on a clock that knows of them. */
function skippingWaits(): Pick<GraphDestinationOptions, 'now' | 'random' | 'sleep'> {
  let skipped = 0;
  return {
    now: () => Date.now() + skipped,
    random: () => 0.5,
    sleep: (ms) => {
      skipped += ms;
      return Promise.resolve();
    },
  };
}

beforeAll(async () => {
  test = await startGraphTest();
});
afterAll(() => test.close());
beforeEach(async () => {
  folders += 1;
  fixture = await test.fixture(`faults ${folders}`);
  root = fixture.destination.root.id;
  hasty = must(await test.open(`${LIBRARY}/faults ${folders}`, skippingWaits()));
  await test.tenant.control.resetStats();
});
afterEach(() => test.tenant.control.setFaults({}));

/** Pieces of a download, in 8 MiB. */
const PIECE = 8 * 1_048_576;

type Script = NonNullable<FaultSettingsInput['script']>;

async function withFaults(script: Script, more: FaultSettingsInput = {}): Promise<void> {
  await test.tenant.control.setFaults({ ...more, script });
}

/** As the engine does: opens again what was lost. */
async function copy(
  destination: Destination,
  request: UploadRequest,
  bytes: Uint8Array,
): Promise<Result<RemoteItem>> {
  for (;;) {
    const [opened] = await destination.openUploads([request]);
    if (opened === undefined) throw new Error('no result');
    if (!opened.ok) return opened;
    const sent = await sendAll(destination, opened.value, bytes);
    if (sent.ok || sent.problem.code !== 'session-lost') return sent;
  }
}

describe('a connection that breaks', () => {
  it.each([
    ['before anything was stored', 'cutBefore', 0],
    ['after the first fragment was stored', 'cutAfter', 0],
    ['before the last fragment was stored', 'cutBefore', 1],
    ['after the last fragment was stored', 'cutAfter', 1],
  ] as const)('%s: the file arrives once, and nothing is sent twice', async (_, fault, skip) => {
    await withFaults([{ fault, kind: 'fragment', skip }]);
    const bytes = bytesOf(FRAGMENT + 1000);
    await upload(hasty, newFile(root, 'cut', bytes.length), bytes);
    expect(await fixture.look('cut')).toMatchObject({ hash: hashOf(bytes), versions: 1 });
    expect(await test.tenant.control.stats()).toMatchObject({ fragmentsSentTwice: 0, bytesSentTwice: 0 });
    expect(hasty.metrics().retries).toBeGreaterThan(0);
  });

  it('after a file was stored that SharePoint rewrites: recognised by its time', async () => {
    await withFaults([{ fault: 'cutAfter', kind: 'fragment' }]);
    const bytes = bytesOf(5000);
    const item = await upload(hasty, newFile(root, 'report.docx', bytes.length), bytes);
    expect(item.size).not.toBe(bytes.length);
    expect((await fixture.look('report.docx'))?.versions).toBe(1);
  });

  it('while a new version is written: the same', async () => {
    const old = await upload(hasty, newFile(root, 'old', 5), bytesOf(5));
    const request = { ...newFile(root, 'old', 6), replace: { id: old.id, tag: old.tag } };
    await withFaults([{ fault: 'cutAfter', kind: 'fragment' }]);
    await upload(hasty, request, bytesOf(6));
    expect(await fixture.look('old')).toMatchObject({ size: 6, versions: 2 });
  });

  it('while a folder is made: it is new all the same', async () => {
    await withFaults([{ fault: 'cutAfter', kind: 'createFolder' }]);
    const { times } = newFile(root, '', 0);
    expect(must(await hasty.makeFolder(root, 'folder', times))).toMatchObject({ existed: false });
  });

  it.each(['putContent', 'patch'] as const)(
    'during the %s of an empty file: no version more',
    async (kind) => {
      for (const fault of ['cutBefore', 'cutAfter'] as const) {
        await withFaults([{ fault, kind }]);
        must(await hasty.putEmpty(newFile(root, fault, 0)));
        expect(await fixture.look(fault)).toMatchObject({ size: 0, versions: 2 });
      }
    },
  );

  it.each(['cutBefore', 'cutAfter', 'gatewayTimeout'] as const)(
    '%s, while a file or folder is moved: moved once, in one version',
    async (fault) => {
      const item = await upload(hasty, newFile(root, 'here', 5), bytesOf(5));
      const folder = must(await hasty.makeFolder(root, 'folder', newFile(root, '', 0).times)).item;
      const { times } = newFile(root, '', 0);
      const from = { parent: root, name: 'here' };
      const to = { parent: folder.id, name: 'there' };
      await withFaults([{ fault, kind: 'patch' }]);
      const file = { kind: 'file', id: item.id, tag: item.tag, times, from, to } as const;
      expect(must(await hasty.move(file))).toMatchObject({ id: item.id, ...to });
      await withFaults([{ fault, kind: 'patch' }]);
      const rename = { from: { parent: root, name: 'folder' }, to: { parent: root, name: 'renamed' } };
      must(await hasty.move({ kind: 'folder', id: folder.id, ...rename }));
      expect(await fixture.look('renamed/there')).toMatchObject({ size: 5, versions: 1 });
    },
  );

  it('while the times of a moved file are put right, where the service reset them: one version more', async () => {
    const { times } = newFile(root, '', 0);
    const item = await upload(hasty, newFile(root, 'dated', 5), bytesOf(5));
    await withFaults([{ fault: 'cutAfter', kind: 'patch', skip: 1 }], { movesResetTimes: true });
    const from = { parent: root, name: 'dated' };
    const order = { from, to: { parent: root, name: 'dated, moved' }, times };
    const moved = must(await hasty.move({ kind: 'file', id: item.id, tag: item.tag, ...order }));
    expect(moved).toMatchObject({ modified: item.modified });
    expect(await fixture.look('dated, moved')).toMatchObject({ modified: item.modified, versions: 2 });
  });

  it('always: service-unreachable in the end', async () => {
    const session = await openOne(hasty, newFile(root, 'never', 5));
    await test.tenant.control.setFaults({ rates: { cutBefore: 1 } });
    const sent = await hasty.send(session, { offset: 0, total: 5, bytes: bytesOf(5) });
    expect(codeOf(sent)).toBe('service-unreachable');
    expect(codeOf(await hasty.find(root, 'never'))).toBe('service-unreachable');
    await test.tenant.control.setFaults({});
    must(await sendAll(hasty, session, bytesOf(5)));
  });
});

describe('a service that ails', () => {
  it.each(['serverError', 'badGateway', 'gatewayTimeout'] as const)('%s passes', async (fault) => {
    for (const kind of ['createUploadSession', 'fragment', 'uploadStatus', 'createFolder', 'item'] as const) {
      await withFaults([{ fault, kind, times: 2 }]);
      const name = `${fault} ${kind}`;
      must(await hasty.makeFolder(root, `${name} folder`, newFile(root, '', 0).times));
      const bytes = bytesOf(FRAGMENT + 9);
      must(await copy(hasty, newFile(root, name, bytes.length), bytes));
      expect(await fixture.look(name)).toMatchObject({ hash: hashOf(bytes), versions: 1 });
    }
  });

  it('in parts of a batch: only these are asked again', async () => {
    await withFaults([{ fault: 'serverError', kind: 'createUploadSession', skip: 2, times: 3 }]);
    const requests = Array.from({ length: 10 }, (_, i) => newFile(root, `part ${i}`, 1));
    const results = await hasty.openUploads(requests);
    expect(results.map(codeOf)).toEqual(requests.map(() => 'ok'));
    const { byKind, sessionsOpened } = await test.tenant.control.stats();
    expect(byKind['createUploadSession']).toBe(13);
    expect(sessionsOpened).toBe(10);
  });

  it('while folders are dated: those parts are asked again, and none twice without need', async () => {
    const { times } = newFile(root, '', 0);
    const made: RemoteItem[] = [];
    for (let i = 0; i < 23; i += 1) made.push(must(await hasty.makeFolder(root, `d${i}`, times)).item);
    await test.tenant.control.resetStats();
    await withFaults([{ fault: 'unavailable', kind: 'patch', skip: 4, times: 3 }]);
    const modified = times.modified + 60_000;
    const results = await hasty.dateFolders(made.map(({ id, name }) => ({ id, name, modified })));
    expect(results.every(({ ok }) => ok)).toBe(true);
    expect(await fixture.look('d5')).toMatchObject({ modified: Math.floor(modified / 1_000) * 1_000 });
    const { byKind, requestsDuringFreeze } = await test.tenant.control.stats();
    expect(byKind['patch']).toBe(26);
    expect(requestsDuringFreeze).toBe(0);
  });

  it('without end: service-error, with what it said', async () => {
    await test.tenant.control.setFaults({ rates: { serverError: 1 } });
    const found = await hasty.find(root, 'x');
    expect(codeOf(found)).toBe('service-error');
    expect(found.ok ? '' : found.problem.detail).toMatch(
      /^500 generalException: .+ \(request [0-9a-f-]{36}\)$/,
    );
    expect((await test.tenant.control.stats()).byKind['item']).toBe(10);
    const results = await hasty.openUploads([newFile(root, 'a', 1), newFile(root, 'b', 1)]);
    expect(results.map(codeOf)).toEqual(['service-error', 'service-error']);
  });
});

describe('an upload session', () => {
  it.each(['sessionVanished', 'sessionExpired', 'conflict', 'preconditionFailed'] as const)(
    '%s: lost, and a new one does it',
    async (fault) => {
      for (const skip of [0, 1]) {
        await withFaults([{ fault, kind: 'fragment', skip }]);
        const bytes = bytesOf(FRAGMENT + 9);
        const request = newFile(root, `lost ${skip}`, bytes.length);
        expect(codeOf(await sendAll(hasty, await openOne(hasty, request), bytes))).toBe('session-lost');
        await upload(hasty, request, bytes);
        expect((await fixture.look(request.name))?.hash).toBe(hashOf(bytes));
      }
    },
  );

  it('that refuses a fragment which is in order is asked, and goes on', async () => {
    await withFaults([{ fault: 'rangeInvalid', kind: 'fragment', times: 3 }]);
    const bytes = bytesOf(2 * FRAGMENT);
    await upload(hasty, newFile(root, 'range', bytes.length), bytes);
    expect((await fixture.look('range'))?.hash).toBe(hashOf(bytes));
  });

  it('of nobody blocks its name, which is said at once; free when it has ended', async () => {
    // A tenant of its own: turning a clock forward ends other things too.
    const brief = await startGraphTest({ sessionMinutes: 1 });
    const destination = must(await brief.open(LIBRARY, skippingWaits()));
    const request = newFile(destination.root.id, 'blocked', 3);
    await brief.tenant.control.setFaults({
      loseSessionAnswers: true,
      script: [{ fault: 'cutAfter', kind: 'createUploadSession' }],
    });
    const [result] = await destination.openUploads([request]);
    expect(codeOf(result)).toBe('name-blocked-by-lost-upload');
    const both = [request, newFile(destination.root.id, 'free', 3)];
    const blocked = 'name-blocked-by-lost-upload';
    expect((await destination.openUploads(both)).map(codeOf)).toEqual([blocked, 'ok']);
    await brief.tenant.control.advanceClock(61_000);
    await upload(destination, request, bytesOf(3));
    await brief.close();
  });

  it('of a file that somebody holds open is kept for later', async () => {
    const old = await upload(hasty, newFile(root, 'open', 5), bytesOf(5));
    const session = await openOne(hasty, {
      ...newFile(root, 'open', 6),
      replace: { id: old.id, tag: old.tag },
    });
    await withFaults([{ fault: 'locked', kind: 'fragment' }]);
    expect(codeOf(await sendAll(hasty, session, bytesOf(6)))).toBe('destination-locked');
    expect(must(await hasty.resume(session))).toMatchObject({ done: false, next: 0 });
    must(await sendAll(hasty, session, bytesOf(6)));
  });

  it('into a library that is full: quota-full', async () => {
    await withFaults([{ fault: 'quotaReached', kind: 'fragment' }]);
    const session = await openOne(hasty, newFile(root, 'full', 6));
    expect(codeOf(await sendAll(hasty, session, bytesOf(6)))).toBe('quota-full');
  });
});

describe('a token', () => {
  it('that has ended is renewed once for all who meet it', async () => {
    const { destination } = fixture;
    must(await destination.find(root, 'x'));
    await test.tenant.control.signIn({ action: 'expireTokens' });
    await test.tenant.control.resetStats();
    const found = await Promise.all(Array.from({ length: 16 }, (_, i) => destination.find(root, `${i}`)));
    expect(found.map(codeOf)).toEqual(found.map(() => 'ok'));
    expect((await test.tenant.control.stats()).signInRequests).toBe(1);
  });

  it('that is refused twice may be good the third time; then the sign-in has expired', async () => {
    await withFaults([{ fault: 'tokenExpired', times: 2 }]);
    expect(codeOf(await hasty.find(root, 'x'))).toBe('ok');
    await withFaults([{ fault: 'tokenExpired', times: 3 }]);
    expect(codeOf(await hasty.find(root, 'x'))).toBe('sign-in-expired');
  });

  it('is never shown to an upload URL', async () => {
    const session = await openOne(hasty, newFile(root, 'no token', 3));
    must(await hasty.resume(session));
    must(await sendAll(hasty, session, bytesOf(3)));
    must(await hasty.cancel(session));
    expect((await test.tenant.control.stats()).authorizationOnUploadUrl).toBe(0);
  });
});

describe('changes', () => {
  it('since a mark that is too old: session-lost, and all can be read again', async () => {
    await upload(hasty, newFile(root, 'seen', 3), bytesOf(3));
    const { mark } = await allChanges(hasty, 'now');
    await test.tenant.control.act({ action: 'forgetChanges', drive: test.drive });
    expect(await allChanges(hasty, mark)).toMatchObject({ code: 'session-lost' });
    expect([...(await allChanges(hasty, undefined)).items.keys()]).toContain('seen');
  });

  it('elsewhere in the library are left out; what is moved away counts as deleted', async () => {
    const control = test.tenant.control;
    const { drive } = test;
    const { times } = newFile(root, '', 0);
    const deep = must(
      await hasty.makeFolder(must(await hasty.makeFolder(root, 'd', times)).item.id, 'e', times),
    );
    const item = await upload(hasty, newFile(deep.item.id, 'moves', 3), bytesOf(3));
    const start = await allChanges(hasty, 'now');
    await control.act({ action: 'edit', drive, path: 'elsewhere/x/y', bytes: '' });
    await control.act({ action: 'edit', drive, path: `faults ${folders}/d/e/z`, bytes: '' });
    const first = await allChanges(hasty, start.mark);
    expect([...first.items.keys()]).toEqual(['z']);
    const token = await control.token();
    const elsewhere = must(await must(await test.open(LIBRARY)).find('root', 'elsewhere'));
    const moved = await fetch(`${test.tenant.cloud.graph}/drives/${drive}/items/${item.id}`, {
      method: 'PATCH',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ parentReference: { id: elsewhere?.id } }),
    });
    expect(moved.status).toBe(200);
    const second = await allChanges(hasty, first.mark);
    expect(second.deleted).toContain(item.id);
    expect([...second.items.keys()]).toEqual([]);
    expect([...(await allChanges(hasty, undefined)).items.keys()].sort()).toEqual(['d', 'e', 'z']);
  });
});

describe('throttling', () => {
  /** Sixteen files at a time, opened in batches, as the engine does it. */
  async function copyMany(destination: Destination, count: number): Promise<readonly string[]> {
    const codes: string[] = [];
    const pending = Array.from({ length: count }, (_, i) => i);
    const work = async (): Promise<void> => {
      for (let group = pending.splice(0, 5); group.length > 0; group = pending.splice(0, 5)) {
        const requests = group.map((i) => newFile(root, `many ${i}`, 1000 + i));
        const opened = await destination.openUploads(requests);
        for (const [at, result] of opened.entries()) {
          const request = requests[at];
          if (request === undefined) throw new Error('more results than requests');
          const bytes = bytesOf(request.size, at);
          const sent = result.ok ? await sendAll(destination, result.value, bytes) : result;
          const lost = !sent.ok && sent.problem.code === 'session-lost';
          codes.push(codeOf(lost ? await copy(destination, request, bytes) : sent));
        }
      }
    };
    await Promise.all(Array.from({ length: 16 }, work));
    return codes;
  }

  it('holds everything until it is over: not one request comes too early', async () => {
    await withFaults([
      { fault: 'throttled', kind: 'createUploadSession', skip: 7, times: 3 },
      { fault: 'unavailable', kind: 'fragment', skip: 20, times: 2 },
      { fault: 'throttled', kind: 'fragment', skip: 60, times: 3 },
    ]);
    const waits: unknown[] = [];
    const codes = await copyMany(fixture.destination, 120);
    const find = fixture.destination.find(root, 'x', { onWait: (wait) => waits.push(wait) });
    must(await find);
    expect(codes).toEqual(codes.map(() => 'ok'));
    const stats = await test.tenant.control.stats();
    expect(stats.faults).toMatchObject({ throttled: 6, unavailable: 2 });
    expect(stats).toMatchObject({ retriesTooEarly: 0, requestsDuringFreeze: 0, fragmentsSentTwice: 0 });
    expect(stats).toMatchObject({ sessionsOpened: 120, sessionsCompleted: 120, versionsMade: 120 });
  });

  it('is told to who waits, and to who asks', async () => {
    await withFaults([{ fault: 'throttled', kind: 'item' }]);
    const { destination } = fixture;
    const seen: unknown[] = [];
    must(
      await destination.find(root, 'x', {
        onWait: (wait) => seen.push(wait, destination.metrics().throttledUntil !== null),
      }),
    );
    expect(seen).toEqual(['throttled', true, undefined, false]);
  });

  it('ends at once for who stops', async () => {
    const stop = new AbortController();
    const apart = must(await test.open(LIBRARY, { tokens: { ...test.tokens } }));
    await withFaults([{ fault: 'throttled', kind: 'item', times: 50 }], { retryAfterSeconds: 3600 });
    const find = apart.find(root, 'x', { signal: stop.signal, onWait: () => stop.abort() });
    expect(codeOf(await find)).toBe('stopped-by-you');
  });

  it('by the budget of the tenant, with faults of every kind: all arrives, nothing too early', async () => {
    const tight = await startGraphTest({ ruPerMinute: 9_000, ruCapacity: 120 });
    const other = await tight.fixture('tight');
    root = other.destination.root.id;
    await tight.tenant.control.setFaults({ mixed: 0.03, seed: 'mixed' });
    const codes = await copyMany(other.destination, 100);
    const stats = await tight.tenant.control.stats();
    const stored = await other.look('many 99');
    await tight.close();
    expect(codes).toEqual(codes.map(() => 'ok'));
    expect(stored).toMatchObject({ size: 1099, versions: 1 });
    expect(stats.throttledByUnits).toBeGreaterThan(0);
    expect(stats).toMatchObject({
      retriesTooEarly: 0,
      requestsDuringFreeze: 0,
      filesWithMoreThanOneVersion: 0,
    });
  });
});

describe('a download', () => {
  const bytes = bytesOf(PIECE + 9);
  let item: RemoteItem;
  beforeEach(async () => {
    item = await upload(fixture.destination, newFile(root, 'film', bytes.length), bytes);
    await test.tenant.control.resetStats();
  });

  // tokenExpired: the address has ended, and another one is asked for.
  it.each(['cutBefore', 'cutAfter', 'serverError', 'gatewayTimeout', 'tokenExpired', 'throttled'] as const)(
    'that meets %s goes on where it was, and nothing is sent too early',
    async (fault) => {
      await withFaults([{ fault, kind: 'download', skip: 1, times: 2 }]);
      const destination = fault === 'throttled' ? fixture.destination : hasty;
      expect(must(await readAll(destination, item)).equals(bytes)).toBe(true);
      const stats = await test.tenant.control.stats();
      expect(stats).toMatchObject({ retriesTooEarly: 0, requestsDuringFreeze: 0 });
      // The second piece came again, the first did not.
      expect(stats.bytesOut).toBeLessThan(PIECE + 1_000_000);
    },
  );

  it('that somebody writes over in the middle says so', async () => {
    const codes: string[] = [];
    for await (const piece of hasty.download(item, 0)) {
      codes.push(codeOf(piece));
      if (codes.length === 1) await fixture.edit('film', 'another film');
    }
    expect(codes.at(-1)).toBe('edited-at-destination');
  });

  it('ends for who stops', async () => {
    const stop = new AbortController();
    const codes: string[] = [];
    for await (const piece of hasty.download(item, 0, { signal: stop.signal })) {
      codes.push(codeOf(piece));
      stop.abort();
    }
    expect(codes).toEqual(['ok', 'stopped-by-you']);
  });
});
