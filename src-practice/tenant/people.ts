import type { Call } from './call.ts';
import { parseFilter } from './odata-filter.ts';
import { type Refusal, type Reply, refuse } from './reply.ts';

const DEFAULT_PAGE = 100;
const LARGEST_PAGE = 999;

/** What is shown without `$select`; everything else must be asked for. */
const defaultProperties: Readonly<Record<'users' | 'groups', readonly string[]>> = {
  users: ['id', 'displayName', 'mail', 'userPrincipalName'],
  groups: ['id', 'displayName', 'mail', 'mailEnabled', 'securityEnabled', 'groupTypes', 'securityIdentifier'],
};

export type DirectoryRecord = Readonly<Record<string, unknown>> & { readonly id: string };

/** `GET /users` and `GET /groups` with `$filter`, `$select`, `$top`, `$count`. */
export function listDirectory(
  call: Call,
  collection: 'users' | 'groups',
  records: readonly DirectoryRecord[],
): Reply | Refusal {
  const { query } = call;
  const eventual = call.headers['consistencylevel']?.toLowerCase() === 'eventual';
  const counted = query.get('$count') === 'true';
  const text = query.get('$filter');
  const filter = text === null ? undefined : parseFilter(text);
  if (text !== null && filter === undefined) {
    return refuse(400, 'Request_UnsupportedQuery', `The filter "${text}" is not supported or not valid.`);
  }
  if (counted && !eventual) {
    return refuse(400, 'Request_BadRequest', '$count needs the header ConsistencyLevel: eventual.');
  }
  if (filter?.advanced === true && !(eventual && counted)) {
    return refuse(
      400,
      'Request_UnsupportedQuery',
      'The filter needs ConsistencyLevel: eventual and $count=true.',
    );
  }
  const found = filter === undefined ? records : records.filter(filter.test);
  const top = Number(query.get('$top') ?? DEFAULT_PAGE);
  if (!Number.isInteger(top) || top < 1 || top > LARGEST_PAGE) {
    return refuse(400, 'Request_BadRequest', 'Invalid page size specified. Must be between 1 and 999.');
  }
  const from = Number(query.get('$skiptoken') ?? 0);
  const next = new URLSearchParams(query);
  next.set('$skiptoken', String(from + top));
  const more = from + top < found.length;
  return {
    status: 200,
    json: {
      '@odata.context': `${call.origin}/v1.0/$metadata#${collection}`,
      ...(counted ? { '@odata.count': found.length } : {}),
      ...(more ? { '@odata.nextLink': `${call.origin}/v1.0/${collection}?${next}` } : {}),
      value: found.slice(from, from + top).map((record) => chosen(query, collection, record)),
    },
  };
}

/** `GET /users/{id or name}` and `GET /groups/{id}`. */
export function showDirectoryRecord(
  call: Call,
  collection: 'users' | 'groups',
  record: DirectoryRecord | undefined,
): Reply | Refusal {
  if (record === undefined) return refuse(404, 'Request_ResourceNotFound', 'The resource does not exist.');
  return { status: 200, json: chosen(call.query, collection, record) };
}

function chosen(
  query: URLSearchParams,
  collection: 'users' | 'groups',
  record: DirectoryRecord,
): Record<string, unknown> {
  const names = query.get('$select')?.split(',') ?? defaultProperties[collection];
  return Object.fromEntries(names.map((name) => name.trim()).map((name) => [name, record[name] ?? null]));
}
