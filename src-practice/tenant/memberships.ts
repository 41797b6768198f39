import type { Call } from './call.ts';
import { type DirectoryRole, roleTemplateIds } from './entra/directory.ts';
import { namedGuid } from './ids.ts';
import { type Refusal, type Reply, refuse } from './reply.ts';

/** One of these lets an app ask for memberships of whoever is signed in ("List a user's memberships (direct and transitive)"). */
const MAY_ASK = [
  'User.Read',
  'User.Read.All',
  'GroupMember.Read.All',
  'Group.Read.All',
  'Directory.Read.All',
  'Directory.ReadWrite.All',
];
/** And one of these lets it see what a role is ("Get directoryRole"). */
const MAY_SEE_ROLES = ['RoleManagement.Read.Directory', 'Directory.Read.All', 'Directory.ReadWrite.All'];

const names: Readonly<Record<DirectoryRole, string>> = {
  'global-administrator': 'Global Administrator',
  'sharepoint-administrator': 'SharePoint Administrator',
  'global-reader': 'Global Reader',
};

/**
 * `GET /me/memberOf` and `/me/transitiveMemberOf`: the directory roles of whoever is signed in; nobody here is in a group. An app that may not read
 * roles is told that they are there and nothing else of them ("Limited information returned for inaccessible member objects").
 */
export function listMemberships({ caller, origin }: Call): Reply | Refusal {
  const may = (wanted: readonly string[]): boolean =>
    caller.permissions?.some((permission) => wanted.includes(permission)) === true;
  if (!may(MAY_ASK))
    return refuse(403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.');
  const seen = may(MAY_SEE_ROLES);
  return {
    status: 200,
    json: {
      '@odata.context': `${origin}/v1.0/$metadata#directoryObjects`,
      value: (caller.roles ?? []).map((role) => ({
        '@odata.type': '#microsoft.graph.directoryRole',
        id: namedGuid('contoso', `role:${role}`),
        displayName: seen ? names[role] : null,
        roleTemplateId: seen ? roleTemplateIds[role] : null,
      })),
    },
  };
}
