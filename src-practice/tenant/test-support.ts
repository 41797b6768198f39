import { onTestFinished } from 'vitest';
import { z } from 'zod';
import type { TreeEntry } from './control-contract.ts';
import type { PracticeOptions } from './options.ts';
import { type PracticeTenant, startPracticeTenant } from './server.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly json: unknown;
}

/** A tenant in this process with a client that knows nothing but HTTP. */
export interface Bench {
  readonly tenant: PracticeTenant;
  /** Ends what the tenant's clock says; the tenant sees it as time gone by. */
  readonly graph: (
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ) => Promise<Answer>;
  /** The default library of the finance site. */
  readonly drive: string;
  /** Opens a session for a path below the root of the library; gives its upload URL. */
  readonly open: (
    path: string,
    item?: Record<string, unknown>,
    headers?: Record<string, string>,
  ) => Promise<Answer>;
  readonly upload: (path: string, bytes: Uint8Array, item?: Record<string, unknown>) => Promise<Answer>;
}

/** Starts a tenant that ends with the test. */
export async function startBench(options: PracticeOptions = {}, now?: () => number): Promise<Bench> {
  const tenant = await startPracticeTenant(options, now);
  onTestFinished(tenant.close);
  return benchOf(tenant);
}

export async function benchOf(tenant: PracticeTenant): Promise<Bench> {
  const token = await tenant.control.token();
  const graph: Bench['graph'] = (method, path, body, headers = {}) =>
    ask(method, path.startsWith('http') ? path : tenant.cloud.graph + path, body, {
      authorization: `Bearer ${token}`,
      ...headers,
    });
  const drives = await tenant.control.drives();
  const drive = drives.find(({ webUrl }) => webUrl.endsWith('/sites/finance/Shared%20Documents'))?.id ?? '';
  const open: Bench['open'] = (path, item = {}, headers = {}) =>
    graph('POST', `/drives/${drive}/root:/${encodePath(path)}:/createUploadSession`, { item }, headers);
  return {
    tenant,
    graph,
    drive,
    open,
    upload: async (path, bytes, item) => {
      const opened = await open(path, item);
      if (opened.status !== 200) return opened;
      return putRange(text(opened.json, 'uploadUrl'), bytes, 0, bytes.length);
    },
  };
}

async function ask(
  method: string,
  url: string,
  body: unknown,
  headers: Record<string, string>,
): Promise<Answer> {
  const raw = body instanceof Uint8Array;
  const response = await fetch(url, {
    method,
    redirect: 'manual',
    headers: { ...(body === undefined || raw ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: raw ? Buffer.from(body) : JSON.stringify(body) }),
  });
  const answer = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') === true;
  return { status: response.status, headers: response.headers, json: isJson ? JSON.parse(answer) : answer };
}

/** One fragment: `bytes` at `start` of a file of `total` bytes. */
export function putRange(
  uploadUrl: string,
  bytes: Uint8Array,
  start: number,
  total: number,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const range = `bytes ${start}-${start + bytes.length - 1}/${total}`;
  return ask('PUT', uploadUrl, bytes, { 'content-range': range, ...headers });
}

/** A request without a token, as upload and download URLs want it. */
export function bare(
  method: string,
  url: string,
  headers: Record<string, string> = {},
  body?: unknown,
): Promise<Answer> {
  return ask(method, url, body, headers);
}

/** What stands at a dotted path of some JSON; undefined when nothing does. */
export function at(json: unknown, path: string): unknown {
  let value = json;
  for (const name of path.split('.')) {
    const inside = z.record(z.string(), z.unknown()).safeParse(Array.isArray(value) ? { ...value } : value);
    value = inside.success ? inside.data[name] : undefined;
  }
  return value;
}

export function text(json: unknown, path: string): string {
  return z.string().parse(at(json, path));
}

export function list(json: unknown, path = 'value'): unknown[] {
  return z.array(z.unknown()).parse(at(json, path));
}

export function names(json: unknown): unknown[] {
  return list(json).map((entry) => at(entry, 'name'));
}

/** Status, code and deepest code of a refusal. */
export function refusal(answer: Answer): readonly unknown[] {
  return [answer.status, at(answer.json, 'error.code'), at(answer.json, 'error.innerError.code')];
}

export function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}

/** Bytes that differ from place to place. */
export function patterned(length: number, seed = 1): Buffer {
  const bytes = Buffer.alloc(length);
  for (let i = 0; i < length; i++) bytes[i] = (i * 31 + (i >> 8) * seed + seed) & 255;
  return bytes;
}

export function nextLink(json: unknown): string {
  return z.object({ '@odata.nextLink': z.string() }).parse(json)['@odata.nextLink'];
}

export function deltaLink(json: unknown): string {
  return z.object({ '@odata.deltaLink': z.string() }).parse(json)['@odata.deltaLink'];
}

export async function treeOf(tenant: PracticeTenant, drive: string): Promise<TreeEntry[]> {
  const entries: TreeEntry[] = [];
  for await (const entry of tenant.control.tree(drive)) entries.push(entry);
  return entries;
}
