import type { Principal, Rights } from '../../../src-shared/model/rights.ts';
import { accessLevel } from '../../../src-shared/rules/access/rights-mask.ts';
import type { AccessEntry, AccessList } from '../../../src-shared/rules/access/sddl.ts';

/** Columns of permissions.csv. Scripts rely on them: one is never renamed or moved, only added at the end. */
export const PERMISSION_COLUMNS = [
  'path',
  'kind',
  'owner',
  'owner name',
  'group',
  'protected',
  'type',
  'trustee',
  'trustee name',
  'principal',
  'rights',
  'level',
  'inherited',
  'applies to',
  'problem',
] as const;

type Row = Readonly<Partial<Record<(typeof PERMISSION_COLUMNS)[number], string>>>;

export type Principals = ReadonlyMap<string, Principal>;

/** The columns in their order; what a row does not say is empty. */
export function recordOf(row: Row): string[] {
  return PERMISSION_COLUMNS.map((column) => row[column] ?? '');
}

/** Every owner and trustee of a list. */
export function sidsOf({ owner, entries }: AccessList): Set<string> {
  const sids = new Set((entries ?? []).map(({ trustee }) => trustee));
  if (owner !== undefined) sids.add(owner);
  return sids;
}

/** One row for each entry of an access list of Windows. */
export function rowsOfList(
  item: Pick<Row, 'path' | 'kind'>,
  list: AccessList,
  principals: Principals,
): string[][] {
  const common: Row = {
    ...item,
    owner: list.owner ?? '',
    'owner name': nameOf(list.owner, principals),
    group: list.group ?? '',
    protected: list.isProtected ? 'yes' : 'no',
  };
  if (list.entries === undefined) return [recordOf({ ...common, type: 'no list', level: 'full' })];
  if (list.entries.length === 0) return [recordOf({ ...common, type: 'empty list', level: 'none' })];
  return list.entries.map((entry) =>
    recordOf({
      ...common,
      type: entry.conditional ? `${entry.type} if` : entry.type,
      trustee: entry.trustee,
      'trustee name': nameOf(entry.trustee, principals),
      principal: principals.get(entry.trustee)?.state ?? 'cannot-say',
      rights: `0x${entry.rights.toString(16)}`,
      level: accessLevel(entry.rights),
      inherited: entry.inherited ? 'yes' : 'no',
      'applies to': appliesTo(entry),
    }),
  );
}

const classes = [
  ['user', 6],
  ['group', 3],
  ['others', 0],
] as const;

/** Three rows: what owner, group and others may do. Numbers stay numbers: who they are, only the server knows. */
export function rowsOfMode(
  item: Pick<Row, 'path' | 'kind'>,
  rights: Extract<Rights, { system: 'posix' }>,
): string[][] {
  const owner = `user ${rights.user}`;
  const group = `group ${rights.group}`;
  const trustees = { user: owner, group, others: 'others' };
  return classes.map(([name, shift]) => {
    const bits = (rights.mode >> shift) & 0o7;
    return recordOf({
      ...item,
      owner,
      group,
      type: 'allow',
      trustee: trustees[name],
      principal: 'cannot-say',
      // Not `---`: a spreadsheet would take it for the beginning of a formula.
      rights: `${bits & 4 ? 'r' : ''}${bits & 2 ? 'w' : ''}${bits & 1 ? 'x' : ''}` || 'none',
      level: bits & 2 ? 'change' : bits & 4 ? 'read' : 'none',
      inherited: 'no',
      'applies to': 'this',
    });
  });
}

function nameOf(sid: string | undefined, principals: Principals): string {
  const found = sid === undefined ? undefined : principals.get(sid);
  return found?.state === 'known' ? found.name : '';
}

function appliesTo({ inheritOnly, forFolders, forFiles }: AccessEntry): string {
  return [inheritOnly ? '' : 'this', forFolders ? 'folders' : '', forFiles ? 'files' : '']
    .filter(Boolean)
    .join(' ');
}
