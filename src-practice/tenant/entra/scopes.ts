import type { PracticeApp } from './directory.ts';
import { granted, type Outcome, refuse } from './refusals.ts';

const GRAPH = 'https://graph.microsoft.com';
const OPENID = new Set(['openid', 'profile', 'email', 'offline_access']);

/** What a client asks for, taken apart. */
export interface RequestedScopes {
  /** The API that the token is for, without a slash at the end. */
  readonly resource: string;
  /** What permission names are written with in the answer: as the request wrote them, bare or with the API. */
  readonly prefix: string;
  /** Permissions of that API; `.default` stands for all that were granted before. */
  readonly permissions: readonly string[];
  readonly openid: boolean;
  readonly offlineAccess: boolean;
}

const splitScope = (scope: string): { resource: string; prefix: string; permission: string } => {
  const slash = scope.lastIndexOf('/');
  // A name without a resource belongs to Graph: `User.Read`.
  if (slash === -1) return { resource: GRAPH, prefix: '', permission: scope };
  const resource = scope.slice(0, slash).replace(/\/+$/, '');
  return { resource, prefix: `${resource}/`, permission: scope.slice(slash + 1) };
};

/**
 * Takes the scope parameter apart. Refused (70011): two resources in one request, `.default` beside named
 * permissions, nothing at all.
 */
export const parseScopes = (text: string): Outcome<RequestedScopes> => {
  const words = text.split(/\s+/).filter((word) => word !== '');
  const api = words.filter((word) => !OPENID.has(word)).map(splitScope);
  const resources = new Set(api.map((scope) => scope.resource));
  const permissions = [...new Set(api.map((scope) => scope.permission))];
  if (words.length === 0) return refuse(70011, `The scope '${text}' is not valid.`);
  if (resources.size > 1) return refuse(70011, 'Scopes of more than one resource cannot be in one request.');
  if (permissions.includes('.default') && permissions.length > 1) {
    return refuse(70011, '.default scope cannot be combined with resource-specific scopes.');
  }
  return granted({
    resource: api[0]?.resource ?? GRAPH,
    prefix: api[0]?.prefix ?? '',
    permissions,
    openid: words.includes('openid'),
    offlineAccess: words.includes('offline_access'),
  });
};

/** What an application by itself may do with an API: it has permissions for Graph, and others for SharePoint. */
export const applicationPermissionsFor = (app: PracticeApp, resource: string): readonly string[] =>
  resource === GRAPH ? app.applicationPermissions : (app.sharePointPermissions ?? []);

/**
 * The delegated permissions that a token for a person carries, or 65001 when one of them was never consented
 * to. Signing in alone needs no more than `User.Read`.
 */
export const consentedPermissions = (
  app: PracticeApp,
  scopes: RequestedScopes,
): Outcome<readonly string[]> => {
  if (scopes.permissions.includes('.default')) {
    return app.delegatedPermissions.length === 0 ? refuse(65001) : granted(app.delegatedPermissions);
  }
  const known = new Set(['User.Read', ...app.delegatedPermissions]);
  const missing = scopes.permissions.filter((permission) => !known.has(permission));
  if (missing.length > 0) return refuse(65001, `Not consented: ${missing.join(', ')}.`);
  return granted(scopes.permissions.length === 0 ? ['User.Read'] : scopes.permissions);
};

/** The scope text of an answer: what was asked for and what it stands for, as the client's cache wants it. */
export const answeredScopes = (scopes: RequestedScopes, permissions: readonly string[]): string => {
  const named = permissions.map((permission) => `${scopes.prefix}${permission}`);
  const asked = scopes.permissions.includes('.default') ? [`${scopes.resource}/.default`] : [];
  return [...(scopes.openid ? ['openid', 'profile', 'email'] : []), ...named, ...asked].join(' ');
};
