/**
 * What somebody is in the directory, as far as it matters to whoever copies. `unknown`: the organisation does not tell.
 * `application`: not a person; the permissions of the app count, and roles do not.
 */
export const standings = [
  'global-administrator',
  'sharepoint-administrator',
  'none',
  'unknown',
  'application',
] as const;
export type Standing = (typeof standings)[number];

/** Template ids of built-in roles, the same in every organisation. Source: learn.microsoft.com "Microsoft Entra built-in roles". */
const GLOBAL_ADMINISTRATOR = '62e90394-69f5-4237-9190-012177145e10';
const SHAREPOINT_ADMINISTRATOR = 'f28a1f50-f6e7-4571-818b-6a12f2af6b6c';

/** What a person with these roles is, by the template ids of the roles; of several the one that may most. */
export function standingOf(
  templateIds: readonly string[],
): 'global-administrator' | 'sharepoint-administrator' | 'none' {
  const ids = new Set(templateIds.map((id) => id.toLowerCase()));
  if (ids.has(GLOBAL_ADMINISTRATOR)) return 'global-administrator';
  return ids.has(SHAREPOINT_ADMINISTRATOR) ? 'sharepoint-administrator' : 'none';
}
