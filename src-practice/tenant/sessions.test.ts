import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { QuickXorHash } from '../../src-shared/rules/quick-xor-hash.ts';
import { at, bare, patterned, putRange, refusal, startBench, text, treeOf } from './test-support.ts';

const UNIT = 320 * 1024;
const MINUTE = 60_000;

describe('upload session', () => {
  it('takes fragments in order and ends with the file, its times and its hash', async () => {
    const { open, tenant, drive } = await startBench();
    const bytes = patterned(UNIT * 2 + 777);
    const opened = await open('a/b/large.bin', {
      fileSystemInfo: {
        createdDateTime: '2001-02-03T04:05:06Z',
        lastModifiedDateTime: '2011-12-13T14:15:16.987Z',
      },
    });
    expect(opened.status).toBe(200);
    expect(at(opened.json, 'nextExpectedRanges')).toEqual(['0-']);
    const url = text(opened.json, 'uploadUrl');
    const first = await putRange(url, bytes.subarray(0, UNIT), 0, bytes.length);
    expect([first.status, at(first.json, 'nextExpectedRanges')]).toEqual([202, [`${UNIT}-`]]);
    const state = await bare('GET', url);
    expect([state.status, at(state.json, 'nextExpectedRanges')]).toEqual([200, [`${UNIT}-`]]);
    const last = await putRange(url, bytes.subarray(UNIT), UNIT, bytes.length);
    expect(last.status).toBe(201);
    expect(at(last.json, 'size')).toBe(bytes.length);
    expect(at(last.json, 'file.hashes.quickXorHash')).toBe(new QuickXorHash().update(bytes).toBase64());
    expect(at(last.json, 'fileSystemInfo')).toEqual({
      createdDateTime: '2001-02-03T04:05:06Z',
      lastModifiedDateTime: '2011-12-13T14:15:16Z',
    });
    expect((await bare('GET', url)).status).toBe(404);
    const tree = await treeOf(tenant, drive);
    const original = {
      size: bytes.length,
      quickXor: new QuickXorHash().update(bytes).toBase64(),
      sha256: createHash('sha256').update(bytes).digest('hex'),
    };
    expect(tree.map(({ path, versions }) => [path, versions])).toEqual([
      ['/a', 1],
      ['/a/b', 1],
      ['/a/b/large.bin', 1],
    ]);
    expect(tree[2]?.original).toEqual(original);
    expect(await tenant.control.stats()).toMatchObject({
      sessionsOpened: 1,
      sessionsCompleted: 1,
      sessionsOpen: 0,
      fragmentsSentTwice: 0,
      versionsMade: 1,
    });
  });

  it('refuses what is out of order, tells the state, and counts what comes twice', async () => {
    const { open, tenant } = await startBench();
    const bytes = patterned(UNIT * 3);
    const url = text((await open('x.bin')).json, 'uploadUrl');
    const piece = (i: number) => bytes.subarray(i * UNIT, (i + 1) * UNIT);
    expect(refusal(await putRange(url, piece(1), UNIT, bytes.length))).toEqual([
      416,
      'invalidRange',
      'fragmentOutOfOrder',
    ]);
    expect((await putRange(url, piece(0), 0, bytes.length)).status).toBe(202);
    expect(refusal(await putRange(url, piece(0), 0, bytes.length))).toEqual([
      416,
      'invalidRange',
      'fragmentOverlap',
    ]);
    expect(refusal(await putRange(url, piece(1), UNIT, bytes.length + 1))[1]).toBe('invalidRequest');
    expect((await putRange(url, piece(1), UNIT, bytes.length)).status).toBe(202);
    expect((await putRange(url, piece(2), 2 * UNIT, bytes.length)).status).toBe(201);
    expect((await putRange(url, piece(2), 2 * UNIT, bytes.length)).status).toBe(404);
    expect(await tenant.control.stats()).toMatchObject({ fragmentsSentTwice: 2, bytesSentTwice: UNIT });
  });

  it('knows the sizes of fragments: 320 KiB steps, under 60 MiB, as long as announced', async () => {
    const { open } = await startBench({ bodies: 'discard' });
    const total = UNIT + 1000;
    const url = text((await open('odd.bin')).json, 'uploadUrl');
    const bytes = patterned(total);
    expect((await putRange(url, bytes.subarray(0, 1000), 0, total)).status).toBe(202);
    expect(refusal(await putRange(url, bytes.subarray(1000), 1000, total))).toEqual([
      400,
      'invalidRequest',
      'uploadSessionFailed',
    ]);
    expect((await bare('GET', url)).status).toBe(404);

    const other = text((await open('big.bin')).json, 'uploadUrl');
    const announced = await bare('PUT', other, { 'content-range': 'bytes 0-99/100' }, patterned(50));
    expect(refusal(announced)).toEqual([400, 'invalidRequest', 'fragmentLengthMismatch']);
    const limit = 60 * 1024 * 1024;
    const large = await putRange(other, new Uint8Array(limit), 0, limit + 5);
    expect(refusal(large)).toEqual([400, 'invalidRequest', 'maxFragmentLengthExceeded']);
    expect(refusal(await bare('PUT', other, {}, patterned(50)))[0]).toBe(400);
  });

  it('blocks its name until it is cancelled, even for replace', async () => {
    const { open, upload, tenant } = await startBench();
    const url = text((await open('Report.txt')).json, 'uploadUrl');
    const replace = { '@microsoft.graph.conflictBehavior': 'replace' };
    expect(refusal(await open('report.TXT', replace))).toEqual([409, 'nameAlreadyExists', undefined]);
    expect((await bare('DELETE', url)).status).toBe(204);
    expect((await bare('DELETE', url)).status).toBe(404);
    expect((await upload('report.TXT', patterned(10), replace)).status).toBe(201);
    expect(await tenant.control.stats()).toMatchObject({ sessionsCancelled: 1, sessionsOpen: 0 });
  });

  it('ends 15 minutes after its last fragment, and its URL after 24 hours whatever happens', async () => {
    const { open, tenant } = await startBench({ bodies: 'discard' });
    const total = UNIT * 200;
    const url = text((await open('slow.bin')).json, 'uploadUrl');
    for (let i = 0; i < 3; i++) {
      await tenant.control.advanceClock(14 * MINUTE);
      expect((await putRange(url, new Uint8Array(UNIT), i * UNIT, total)).status).toBe(202);
    }
    await tenant.control.advanceClock(15 * MINUTE);
    expect(refusal(await bare('GET', url))).toEqual([404, 'itemNotFound', 'uploadSessionNotFound']);
    expect((await open('slow.bin')).status).toBe(200);

    const long = text((await open('long.bin')).json, 'uploadUrl');
    for (let i = 0; i < 102; i++) {
      await tenant.control.advanceClock(14 * MINUTE);
      expect((await putRange(long, new Uint8Array(UNIT), i * UNIT, total)).status).toBe(202);
    }
    await tenant.control.advanceClock(13 * MINUTE);
    expect(refusal(await bare('GET', long))).toEqual([401, 'unauthenticated', 'expiredToken']);
    expect(await tenant.control.stats()).toMatchObject({ sessionsExpired: 3 });
  });

  it('waits for its commit when asked to', async () => {
    const { graph, drive } = await startBench();
    const path = `/drives/${drive}/root:/later.txt`;
    const opened = await graph('POST', `${path}:/createUploadSession`, { deferCommit: true });
    const url = text(opened.json, 'uploadUrl');
    expect(refusal(await bare('POST', url))).toEqual([400, 'invalidRequest', 'uploadSessionIncomplete']);
    const sent = await putRange(url, patterned(99), 0, 99);
    expect([sent.status, at(sent.json, 'nextExpectedRanges')]).toEqual([202, []]);
    expect((await graph('GET', path)).status).toBe(404);
    expect((await bare('POST', url)).status).toBe(201);
    expect((await graph('GET', path)).status).toBe(200);
  });

  it('asks for a name, and for the same name in the body', async () => {
    const { graph, drive, open } = await startBench();
    const nameless = await graph('POST', `/drives/${drive}/root/createUploadSession`, {});
    expect([nameless.status, at(nameless.json, 'error.message')]).toEqual([
      400,
      'File name not provided in url.',
    ]);
    expect(refusal(await open('one.txt', { name: 'two.txt' }))[0]).toBe(400);
    expect(refusal(await open('one.txt', { fileSystemInfo: { createdDateTime: 'yesterday' } }))[0]).toBe(400);
  });

  it('replaces an existing item by its id, and drops the bytes of a fragment that broke off', async () => {
    const { graph, drive, upload, tenant } = await startBench();
    const id = text((await upload('note.txt', patterned(10))).json, 'id');
    const opened = await graph('POST', `/drives/${drive}/items/${id}/createUploadSession`, {});
    const url = text(opened.json, 'uploadUrl');
    const bytes = patterned(UNIT * 2, 5);
    await tenant.control.setFaults({ script: [{ fault: 'cutBefore', kind: 'fragment' }] });
    await expect(putRange(url, bytes.subarray(0, UNIT), 0, bytes.length)).rejects.toThrow();
    expect(at((await bare('GET', url)).json, 'nextExpectedRanges')).toEqual(['0-']);
    expect((await putRange(url, bytes.subarray(0, UNIT), 0, bytes.length)).status).toBe(202);
    const done = await putRange(url, bytes.subarray(UNIT), UNIT, bytes.length);
    expect([done.status, at(done.json, 'id')]).toEqual([200, id]);
    expect(at(done.json, 'file.hashes.quickXorHash')).toBe(new QuickXorHash().update(bytes).toBase64());
    expect(await tenant.control.stats()).toMatchObject({
      fragmentsSentTwice: 0,
      filesWithMoreThanOneVersion: 1,
    });
  });

  it('counts bytes that were acknowledged before their session was cancelled as sent twice', async () => {
    const { open, tenant } = await startBench();
    const bytes = patterned(UNIT * 2);
    const first = text((await open('again.bin')).json, 'uploadUrl');
    await putRange(first, bytes.subarray(0, UNIT), 0, bytes.length);
    await bare('DELETE', first);
    const second = text((await open('again.bin')).json, 'uploadUrl');
    expect((await putRange(second, bytes, 0, bytes.length)).status).toBe(201);
    expect(await tenant.control.stats()).toMatchObject({ fragmentsSentTwice: 1, bytesSentTwice: UNIT });
  });

  it('puts up with an Authorization header on the upload URL, and counts it', async () => {
    const { open, tenant } = await startBench();
    const url = text((await open('a.txt')).json, 'uploadUrl');
    expect((await putRange(url, patterned(9), 0, 9, { authorization: 'Bearer x' })).status).toBe(201);
    expect((await tenant.control.stats()).authorizationOnUploadUrl).toBe(1);
  });
});
