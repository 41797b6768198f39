import { parseArgs } from 'node:util';
import { Pool } from 'undici';
import { z } from 'zod';
import { spawnPracticeTenant } from '../src-practice/tenant/spawn.ts';

/**
 * How fast the practice tenant is, so that no benchmark of the copier measures it instead: small files (sessions in
 * batches of 20, one fragment each) and large fragments, over plain http, bodies discarded after the service's own hash, load
 * from this process.
 *
 *   node bench/practice-tenant.ts [--files 20000] [--size 10000] [--bytes 4e9] [--fragment 10485760] [--bodies disk]
 */
const { values } = parseArgs({
  options: {
    files: { type: 'string', default: '20000' },
    size: { type: 'string', default: '10000' },
    bytes: { type: 'string', default: '4e9' },
    fragment: { type: 'string', default: String(10 * 1024 * 1024) },
    streams: { type: 'string', default: '4' },
    bodies: { type: 'string', default: 'discard' },
  },
});

const PARTS = 20;
const WORKERS = 8;

const sessionSchema = z.object({ uploadUrl: z.string() });
const batchSchema = z.object({
  responses: z.array(z.object({ id: z.string(), status: z.number(), body: z.unknown() })),
});

const tenant = await spawnPracticeTenant({
  bodies: z.enum(['disk', 'discard']).parse(values.bodies),
  sha256: values.bodies === 'disk',
});
const pool = new Pool(`http://127.0.0.1:${tenant.httpPort}`, { connections: 16 });
const authorization = `Bearer ${await tenant.control.token()}`;
const drive = (await tenant.control.drives())[0];
if (drive === undefined) throw new Error('the practice tenant has no drive');
const headers = { authorization, 'content-type': 'application/json' };

async function post(path: string, body: unknown): Promise<unknown> {
  const answer = await pool.request({ method: 'POST', path, headers, body: JSON.stringify(body) });
  const value: unknown = await answer.body.json();
  if (answer.statusCode >= 300) throw new Error(`${path}: ${answer.statusCode} ${JSON.stringify(value)}`);
  return value;
}

async function put(uploadUrl: string, bytes: Uint8Array, start: number, total: number): Promise<void> {
  const url = new URL(uploadUrl);
  const range = `bytes ${start}-${start + bytes.length - 1}/${total}`;
  const answer = await pool.request({
    method: 'PUT',
    path: url.pathname + url.search,
    headers: { 'content-range': range, 'content-length': String(bytes.length) },
    body: bytes,
  });
  await answer.body.dump();
  if (answer.statusCode >= 300) throw new Error(`fragment ${range}: ${answer.statusCode}`);
}

async function openSessions(names: readonly string[]): Promise<string[]> {
  const requests = names.map((name) => ({
    id: name,
    method: 'POST',
    url: `/drives/${drive?.id}/root:/${name}:/createUploadSession`,
    headers: { 'Content-Type': 'application/json' },
    body: {
      item: {
        '@microsoft.graph.conflictBehavior': 'fail',
        fileSystemInfo: { lastModifiedDateTime: '2024-05-06T07:08:09Z' },
      },
    },
  }));
  const { responses } = batchSchema.parse(await post('/v1.0/$batch', { requests }));
  return responses.map(({ status, body }) => {
    if (status !== 200) throw new Error(`session: ${status}`);
    return sessionSchema.parse(body).uploadUrl;
  });
}

async function smallFiles(count: number, size: number): Promise<void> {
  const bytes = Buffer.alloc(size, 'small');
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < count) {
      const from = next;
      next += PARTS;
      const names = Array.from({ length: Math.min(PARTS, count - from) }, (_, i) => `small-${from + i}.bin`);
      const urls = await openSessions(names);
      await Promise.all(urls.map((url) => put(url, bytes, 0, size)));
    }
  };
  const seconds = await timed(() => Promise.all(Array.from({ length: WORKERS }, worker)));
  print(
    `small files: ${count} of ${size} bytes in ${seconds.toFixed(2)} s = ${(count / seconds).toFixed(0)} files/s`,
  );
}

async function largeFiles(total: number, fragment: number, streams: number): Promise<void> {
  const bytes = Buffer.alloc(fragment, 'large');
  const each = Math.ceil(total / streams / fragment) * fragment;
  const urls = await openSessions(Array.from({ length: streams }, (_, i) => `large-${i}.bin`));
  const seconds = await timed(() =>
    Promise.all(
      urls.map(async (url) => {
        for (let at = 0; at < each; at += fragment) await put(url, bytes, at, each);
      }),
    ),
  );
  const megabytes = (each * streams) / 1e6;
  print(
    `large files: ${megabytes.toFixed(0)} MB in ${streams} streams of ${fragment} bytes a fragment in ` +
      `${seconds.toFixed(2)} s = ${(megabytes / seconds).toFixed(0)} MB/s`,
  );
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

try {
  await smallFiles(Number(values.files), Number(values.size));
  await largeFiles(Number(values.bytes), Number(values.fragment), Number(values.streams));
  const { httpRequests, resourceUnits, versionsMade } = await tenant.control.stats();
  print(`requests ${httpRequests}, resource units ${resourceUnits}, versions ${versionsMade}`);
} finally {
  await pool.close();
  await tenant.close();
}
