import { z } from 'zod';
import { checkClientAssertion } from './client-assertion.ts';
import type { DeviceCodes } from './device-codes.ts';
import type { Directory, PracticeApp, PracticeUser } from './directory.ts';
import type { Grants } from './grants.ts';
import type { Form } from './http.ts';
import { granted, type Outcome, type Refusal, refuse } from './refusals.ts';
import { answeredScopes, applicationPermissionsFor, consentedPermissions, parseScopes } from './scopes.ts';
import { clientInfo, type Tokens } from './tokens.ts';

export interface TokenEndpoint {
  readonly directory: Directory;
  readonly grants: Grants;
  readonly deviceCodes: DeviceCodes;
  readonly tokens: Tokens;
  readonly tenantId: string;
  readonly now: () => number;
  /** A refusal that somebody ordered for the next sign-in, once. */
  readonly takeFailure: () => Refusal | undefined;
}

type Answer = Readonly<Record<string, unknown>>;

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const DEVICE_GRANT = 'urn:ietf:params:oauth:grant-type:device_code';

const claimsRequestSchema = z.object({
  access_token: z.object({ xms_cc: z.object({ values: z.array(z.string()) }).optional() }).optional(),
});

/** What the client declares in the claims parameter that it can do. */
const capabilitiesOf = (form: Form): Outcome<readonly string[]> => {
  if (form['claims'] === undefined) return granted([]);
  try {
    const parsed = claimsRequestSchema.safeParse(JSON.parse(form['claims']));
    if (parsed.success) return granted(parsed.data.access_token?.xms_cc?.values ?? []);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  return refuse(9002313, 'The claims parameter is not a claims request.');
};

/** How a client proved who it is; a public client sends no proof. */
type Proof = 'none' | 'secret' | 'certificate';

const proveClient = (
  app: PracticeApp,
  form: Form,
  audiences: readonly string[],
  now: number,
): Outcome<Proof> => {
  const { client_assertion: assertion, client_secret: secret } = form;
  if (assertion !== undefined) {
    if (form['client_assertion_type'] !== ASSERTION_TYPE) return refuse(900144, "'client_assertion_type'");
    const checked = checkClientAssertion(assertion, app, audiences, now);
    return checked.ok ? granted('certificate') : checked;
  }
  if (secret === undefined) return granted('none');
  const isKnown = app.secrets === 'any' || app.secrets?.includes(secret) === true;
  return isKnown ? granted('secret') : refuse(7000215);
};

const forApplication = (
  endpoint: TokenEndpoint,
  app: PracticeApp,
  form: Form,
  proof: Proof,
  capabilities: readonly string[],
): Outcome<Answer> => {
  const scopes = parseScopes(form['scope'] ?? '');
  if (!scopes.ok) return scopes;
  if (!scopes.value.permissions.includes('.default')) return refuse(1002012, `'${form['scope'] ?? ''}'`);
  const lifetime = endpoint.tokens.lifetime();
  return granted({
    token_type: 'Bearer',
    expires_in: lifetime,
    ext_expires_in: lifetime,
    access_token: endpoint.tokens.accessToken({
      app,
      resource: scopes.value.resource,
      permissions: applicationPermissionsFor(app, scopes.value.resource),
      capabilities,
      byCertificate: proof === 'certificate',
    }),
  });
};

interface PersonGrant {
  readonly user: PracticeUser;
  readonly scope: string;
  readonly nonce?: string;
}

const forPerson = (
  endpoint: TokenEndpoint,
  app: PracticeApp,
  grant: PersonGrant,
  form: Form,
  proof: Proof,
  capabilities: readonly string[],
): Outcome<Answer> => {
  const scopes = parseScopes(grant.scope);
  if (!scopes.ok) return scopes;
  const permissions = consentedPermissions(app, scopes.value);
  if (!permissions.ok) return permissions;
  const { user } = grant;
  if (user.refusedWith !== undefined) return refuse(user.refusedWith);
  const { tokens, grants, tenantId } = endpoint;
  const lifetime = tokens.lifetime();
  const wantsRefresh = scopes.value.offlineAccess || form['grant_type'] === 'refresh_token';
  return granted({
    token_type: 'Bearer',
    scope: answeredScopes(scopes.value, permissions.value),
    expires_in: lifetime,
    ext_expires_in: lifetime,
    access_token: tokens.accessToken({
      app,
      user,
      resource: scopes.value.resource,
      permissions: permissions.value,
      capabilities,
      byCertificate: proof === 'certificate',
    }),
    ...(wantsRefresh
      ? {
          refresh_token: grants.putRefreshToken({
            clientId: app.clientId,
            userId: user.id,
          }),
        }
      : {}),
    ...(scopes.value.openid ? { id_token: tokens.idToken(app, user, grant.nonce) } : {}),
    ...(form['client_info'] === '1' ? { client_info: clientInfo(user, tenantId) } : {}),
  });
};

/** Exchanges what the client holds (code, refresh token, device code) for the person it stands for. */
const findPerson = (endpoint: TokenEndpoint, app: PracticeApp, form: Form): Outcome<PersonGrant> => {
  const { directory, grants, deviceCodes } = endpoint;
  const personOf = (userId: string, rest: Omit<PersonGrant, 'user'>): Outcome<PersonGrant> => {
    const user = directory.user(userId);
    return user === undefined ? refuse(50034) : granted({ user, ...rest });
  };
  switch (form['grant_type']) {
    case 'authorization_code': {
      const { code, redirect_uri: redirectUri, code_verifier: verifier } = form;
      if (code === undefined) return refuse(900144, "'code'");
      const grant = grants.takeCode(code, { clientId: app.clientId, redirectUri, verifier });
      if (!grant.ok) return grant;
      const { userId, scope, nonce } = grant.value;
      return personOf(userId, { scope, ...(nonce === undefined ? {} : { nonce }) });
    }
    case 'refresh_token': {
      const { refresh_token: token, scope } = form;
      if (token === undefined) return refuse(900144, "'refresh_token'");
      const grant = grants.takeRefreshToken(token, app.clientId);
      if (!grant.ok) return grant;
      return personOf(grant.value.userId, {
        scope: scope ?? 'openid profile offline_access https://graph.microsoft.com/.default',
      });
    }
    // msal-node writes the short name, which is older than RFC 8628; Entra takes both.
    case 'device_code':
    case DEVICE_GRANT: {
      const code = form['device_code'];
      if (code === undefined) return refuse(900144, "'device_code'");
      const grant = deviceCodes.poll(code, app.clientId);
      if (!grant.ok) return grant;
      return personOf(grant.value.userId, { scope: grant.value.scope });
    }
    default:
      return refuse(70003, `'${form['grant_type'] ?? ''}'`);
  }
};

/**
 * Answers the token endpoint.
 * @param audiences - what a client assertion may be addressed to
 */
export const answerToken = (
  endpoint: TokenEndpoint,
  form: Form,
  audiences: readonly string[],
): Outcome<Answer> => {
  const { client_id: clientId, grant_type: grantType } = form;
  if (clientId === undefined || grantType === undefined)
    return refuse(900144, "'client_id' and 'grant_type'");
  const app = endpoint.directory.app(clientId);
  if (app === undefined) return refuse(700016, `'${clientId}'`);
  const proved = proveClient(app, form, audiences, endpoint.now());
  if (!proved.ok) return proved;
  const capabilities = capabilitiesOf(form);
  if (!capabilities.ok) return capabilities;
  if (grantType === 'client_credentials') {
    if (proved.value === 'none') return refuse(7000218);
    const ordered = endpoint.takeFailure();
    return ordered === undefined
      ? forApplication(endpoint, app, form, proved.value, capabilities.value)
      : { ok: false, refusal: ordered };
  }
  const person = findPerson(endpoint, app, form);
  if (!person.ok) return person;
  const ordered = endpoint.takeFailure();
  if (ordered !== undefined) return { ok: false, refusal: ordered };
  return forPerson(endpoint, app, person.value, form, proved.value, capabilities.value);
};
