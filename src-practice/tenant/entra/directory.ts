import type { AadstsCode } from './aadsts.ts';

/** A certificate that an application may sign in with. */
export interface RegisteredCertificate {
  /** SHA-256 of the DER form, 64 hex digits. */
  readonly thumbprintSha256: string;
  /** The certificate. Without it the signature is checked against the certificate that the client sends. */
  readonly certPem?: string;
}

/** An application that is known to the practice tenant. */
export interface PracticeApp {
  readonly clientId: string;
  readonly displayName: string;
  /** `any`: whatever the client presents is taken for registered. */
  readonly certificates: 'any' | readonly RegisteredCertificate[];
  /** Client secrets; none when absent. */
  readonly secrets?: 'any' | readonly string[];
  /** Where a browser may be sent back to; `http://localhost` (any port) when absent. */
  readonly redirectUris?: readonly string[];
  /** Application permissions that an administrator granted, e.g. `Sites.ReadWrite.All`. */
  readonly applicationPermissions: readonly string[];
  /** Those for SharePoint's own API, e.g. `Sites.FullControl.All`; none when absent. For the application by itself. */
  readonly sharePointPermissions?: readonly string[];
  /** Delegated permissions that are consented to, e.g. `Files.ReadWrite.All`. */
  readonly delegatedPermissions: readonly string[];
}

export type DirectoryRole = 'global-administrator' | 'sharepoint-administrator' | 'global-reader';

/** Template ids of the built-in directory roles; they are the same in every tenant. */
export const roleTemplateIds: Readonly<Record<DirectoryRole, string>> = {
  'global-administrator': '62e90394-69f5-4237-9190-012177145e10',
  'sharepoint-administrator': 'f28a1f50-f6e7-4571-818b-6a12f2af6b6c',
  'global-reader': 'f2ef992c-3afb-46b9-b7cf-a126ee74c451',
};

/** A person in the practice tenant. */
export interface PracticeUser {
  /** Object id. */
  readonly id: string;
  /** User principal name, compared without case. */
  readonly upn: string;
  readonly displayName: string;
  readonly roles: readonly DirectoryRole[];
  /** With what Entra refuses them, whenever they sign in or their sign-in is renewed; nothing when absent. */
  readonly refusedWith?: AadstsCode;
}

export interface Directory {
  readonly app: (clientId: string) => PracticeApp | undefined;
  /** By user principal name or object id. */
  readonly user: (key: string) => PracticeUser | undefined;
  readonly users: () => readonly PracticeUser[];
  readonly apps: () => readonly PracticeApp[];
  /** Adds, or replaces the one with the same client id. */
  readonly putApp: (app: PracticeApp) => void;
  /** Adds, or replaces the one with the same object id. */
  readonly putUser: (user: PracticeUser) => void;
}

export const createDirectory = (apps: readonly PracticeApp[], users: readonly PracticeUser[]): Directory => {
  const appById = new Map(apps.map((app) => [app.clientId.toLowerCase(), app]));
  const userById = new Map(users.map((user) => [user.id.toLowerCase(), user]));
  return {
    app: (clientId) => appById.get(clientId.toLowerCase()),
    user: (key) => {
      const wanted = key.toLowerCase();
      return userById.get(wanted) ?? [...userById.values()].find((user) => user.upn.toLowerCase() === wanted);
    },
    users: () => [...userById.values()],
    apps: () => [...appById.values()],
    putApp: (app) => {
      appById.set(app.clientId.toLowerCase(), app);
    },
    putUser: (user) => {
      userById.set(user.id.toLowerCase(), user);
    },
  };
};
