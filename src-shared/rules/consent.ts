/**
 * What people sign in for: the delegated permissions of Microsoft Graph that the app needs, in the order in which they are explained.
 * The guide (docs/guide/sign-in.md) names the same ones.
 */
export const delegatedPermissions = [
  'Sites.ReadWrite.All',
  'Files.ReadWrite.All',
  'User.Read.All',
  'GroupMember.Read.All',
] as const;
export type DelegatedPermission = (typeof delegatedPermissions)[number];

/**
 * The page on which an administrator grants an app all that it asks for, in the name of the whole organisation. Source: learn.microsoft.com
 * "Grant tenant-wide admin consent to an application".
 * @param authority of the cloud, e.g. `https://login.microsoftonline.com`
 * @param tenant id or domain; empty for the organisation of whoever opens it
 */
export function adminConsentLink(authority: string, tenant: string, clientId: string): string {
  const organisation = encodeURIComponent(tenant === '' ? 'organizations' : tenant);
  return `${authority.replace(/\/+$/, '')}/${organisation}/adminconsent?client_id=${encodeURIComponent(clientId)}`;
}
