/** What a request is for: the unit of counting, of cost and of faults. */
export const requestKinds = [
  'site',
  'drives',
  'drive',
  'list',
  'item',
  'children',
  'createFolder',
  'createUploadSession',
  'fragment',
  'uploadStatus',
  'uploadCancel',
  'uploadCommit',
  'putContent',
  'content',
  'download',
  'patch',
  'delete',
  'versions',
  'delta',
  'deltaStart',
  'users',
  'groups',
  'shares',
  'batch',
  'restBatch',
  'listItemUpdate',
  'unknown',
] as const;

export type RequestKind = (typeof requestKinds)[number];

/**
 * Resource units of one request (sp-dev-docs, "Avoid getting throttled", 2025-10): 1 for a single get, delta
 * with a token and a download; 2 for a list, create, update, delete and upload. A batch costs what its parts cost.
 * SharePoint's own REST has no published cost either: taken as an update. Directory calls have a budget of their own in the service and cost nothing here. Asking for or cancelling an
 * upload does not go through Graph and no cost is stated: taken as a single get.
 */
const unitsOfKind: Readonly<Record<RequestKind, number>> = {
  site: 1,
  drives: 2,
  drive: 1,
  list: 1,
  item: 1,
  children: 2,
  createFolder: 2,
  createUploadSession: 2,
  fragment: 2,
  uploadStatus: 1,
  uploadCancel: 1,
  uploadCommit: 2,
  putContent: 2,
  content: 1,
  download: 1,
  patch: 2,
  delete: 2,
  versions: 2,
  delta: 1,
  deltaStart: 2,
  users: 0,
  groups: 0,
  shares: 1,
  batch: 0,
  restBatch: 0,
  listItemUpdate: 2,
  unknown: 1,
};

export function unitsOf(kind: RequestKind, perFragment: number): number {
  return kind === 'fragment' ? perFragment : unitsOfKind[kind];
}

const MUTATING: ReadonlySet<RequestKind> = new Set([
  'createFolder',
  'createUploadSession',
  'fragment',
  'uploadCommit',
  'putContent',
  'patch',
  'delete',
  'listItemUpdate',
]);

/** Whether the request changes a file or folder: only such meet conflicts, locks and a full quota. */
export function isMutating(kind: RequestKind): boolean {
  return MUTATING.has(kind);
}
