import { readFileSync } from 'node:fs';
import { Client } from 'undici';
import { z } from 'zod';

/**
 * The limit: what the practice tenant and this machine take when nobody reads, hashes or keeps a journal. As many
 * connections as said, each in a loop of requests that were made before the clock began: twenty sessions in a batch, then
 * their fragments. Prints the seconds that the loops took. One argument: a file with JSON as below.
 */
const orderSchema = z.object({
  graph: z.url(),
  authority: z.string(),
  token: z.string(),
  drive: z.string(),
  folder: z.string(),
  connections: z.number(),
  sizes: z.array(z.number()),
});
const order = orderSchema.parse(JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')));
const batchSchema = z.object({
  responses: z.array(z.object({ id: z.string(), body: z.object({ uploadUrl: z.string() }) })),
});

const PARTS = 20;
const FRAGMENT = 10_485_760;
const base = new URL(order.graph);
const bytes = Buffer.alloc(Math.min(FRAGMENT, Math.max(...order.sizes)), 'x');

interface Group {
  readonly body: string;
  readonly sizes: readonly number[];
}

/** Few large files are spread over the connections; of small ones each takes the next twenty. */
function groupsOf(sizes: readonly number[]): Group[] {
  const each = Math.min(PARTS, Math.max(1, Math.floor(sizes.length / order.connections)));
  return Array.from({ length: Math.ceil(sizes.length / each) }, (_, group) => {
    const own = sizes.slice(group * each, (group + 1) * each);
    const requests = own.map((_size, i) => ({
      id: String(i),
      method: 'POST',
      url: `/drives/${order.drive}/root:/${order.folder}/file-${group * each + i}.bin:/createUploadSession`,
      headers: { 'Content-Type': 'application/json' },
      body: {
        item: {
          '@microsoft.graph.conflictBehavior': 'fail',
          fileSystemInfo: {
            createdDateTime: '2026-01-02T03:04:05Z',
            lastModifiedDateTime: '2026-01-02T03:04:05Z',
          },
        },
      },
    }));
    return { body: JSON.stringify({ requests }), sizes: own };
  });
}

async function run(client: Client): Promise<void> {
  for (let group = groups.shift(); group !== undefined; group = groups.shift()) {
    const answer = await client.request({
      method: 'POST',
      path: `${base.pathname}/$batch`,
      headers: { authorization: `Bearer ${order.token}`, 'content-type': 'application/json' },
      body: group.body,
    });
    const { responses } = batchSchema.parse(await answer.body.json());
    for (const { id, body } of responses)
      await send(client, new URL(body.uploadUrl), group.sizes[Number(id)] ?? 0);
  }
}

async function send(client: Client, url: URL, size: number): Promise<void> {
  for (let at = 0; at < size; at += FRAGMENT) {
    const end = Math.min(size, at + FRAGMENT);
    const answer = await client.request({
      method: 'PUT',
      path: url.pathname + url.search,
      headers: { 'content-range': `bytes ${at}-${end - 1}/${size}`, 'content-length': String(end - at) },
      body: bytes.subarray(0, end - at),
    });
    await answer.body.dump();
    if (answer.statusCode >= 300) throw new Error(`a fragment was answered with ${answer.statusCode}`);
  }
}

const groups = groupsOf(order.sizes);
const clients = Array.from(
  { length: order.connections },
  () => new Client(base.origin, { connect: { ca: order.authority } }),
);
const from = performance.now();
await Promise.all(clients.map(run));
process.stdout.write(String((performance.now() - from) / 1_000));
await Promise.all(clients.map((client) => client.close()));
