import { z } from 'zod';
import type { Directory, PracticeApp, PracticeUser } from './directory.ts';
import type { Grants } from './grants.ts';
import type { Form } from './http.ts';
import { accountPage } from './pages.ts';
import { granted, type Outcome, type Refusal, refuse } from './refusals.ts';
import { consentedPermissions, parseScopes } from './scopes.ts';
import { clientInfo } from './tokens.ts';

const requestSchema = z.object({
  client_id: z.string(),
  response_type: z.literal('code'),
  redirect_uri: z.string(),
  scope: z.string(),
  response_mode: z.enum(['query', 'fragment', 'form_post']).default('query'),
  state: z.string().optional(),
  nonce: z.string().optional(),
  prompt: z.string().optional(),
  login_hint: z.string().optional(),
  code_challenge: z.string().optional(),
  code_challenge_method: z.literal('S256').optional(),
  client_info: z.string().optional(),
  practice_user: z.string().optional(),
  practice_cancel: z.string().optional(),
});

type AuthorizeRequest = z.infer<typeof requestSchema>;

/** What the authorize endpoint does with a request. */
export type AuthorizeAnswer =
  | { readonly kind: 'page'; readonly html: string }
  /** Told on a page, because there is no address that may be trusted with it. */
  | { readonly kind: 'error'; readonly refusal: Refusal }
  | {
      readonly kind: 'return';
      readonly mode: AuthorizeRequest['response_mode'];
      readonly redirectUri: string;
      readonly fields: Readonly<Record<string, string>>;
    }
  | {
      readonly kind: 'refused';
      readonly mode: AuthorizeRequest['response_mode'];
      readonly redirectUri: string;
      readonly state: string | undefined;
      readonly refusal: Refusal;
    };

/** Of a loopback address the port does not count, because a native client takes whichever is free (RFC 8252 7.3). */
const withoutLoopbackPort = (text: string): string | undefined => {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  if (url.hostname === 'localhost' || url.hostname === '127.0.0.1') url.port = '';
  return url.href;
};

const isRegisteredRedirect = (app: PracticeApp, redirectUri: string): boolean => {
  const wanted = withoutLoopbackPort(redirectUri);
  const registered = app.redirectUris ?? ['http://localhost'];
  return wanted !== undefined && registered.some((uri) => withoutLoopbackPort(uri) === wanted);
};

/** Who signs in: the one who was picked, or named beforehand. `undefined`: a person must pick. */
const whoSignsIn = (request: AuthorizeRequest, directory: Directory): Outcome<PracticeUser | undefined> => {
  if (request.practice_user !== undefined) {
    const picked = directory.user(request.practice_user);
    return picked === undefined ? refuse(50034, `'${request.practice_user}'`) : granted(picked);
  }
  const hinted = request.login_hint === undefined ? undefined : directory.user(request.login_hint);
  if (request.prompt === 'none' && hinted === undefined) return refuse(50058);
  return granted(request.prompt === 'select_account' ? undefined : hinted);
};

/**
 * Answers a request for an authorization code: with a page of accounts, with the code, or with a refusal that
 * goes back to the client.
 * @param takeFailure - a refusal that somebody ordered for the next sign-in, once
 */
export const authorize = (
  form: Form,
  directory: Directory,
  grants: Grants,
  tenantId: string,
  takeFailure: () => Refusal | undefined,
): AuthorizeAnswer => {
  const parsed = requestSchema.safeParse(form);
  if (!parsed.success) {
    const names = parsed.error.issues.map((issue) => issue.path.join('.')).join(', ');
    return { kind: 'error', refusal: refuse(900144, `Missing or not supported: ${names}.`).refusal };
  }
  const request = parsed.data;
  const app = directory.app(request.client_id);
  if (app === undefined) return { kind: 'error', refusal: refuse(700016, `'${request.client_id}'`).refusal };
  if (!isRegisteredRedirect(app, request.redirect_uri))
    return { kind: 'error', refusal: refuse(50011).refusal };

  const back = { mode: request.response_mode, redirectUri: request.redirect_uri, state: request.state };
  const scopes = parseScopes(request.scope);
  if (!scopes.ok) return { kind: 'refused', ...back, refusal: scopes.refusal };
  // The person says no, on the page of accounts.
  if (request.practice_cancel !== undefined)
    return { kind: 'refused', ...back, refusal: refuse(65004).refusal };
  const who = whoSignsIn(request, directory);
  if (!who.ok) return { kind: 'refused', ...back, refusal: who.refusal };
  const user = who.value;
  if (user === undefined) return { kind: 'page', html: accountPage(app, directory.users(), form) };
  const ordered = takeFailure();
  if (ordered !== undefined) return { kind: 'refused', ...back, refusal: ordered };
  if (user.refusedWith !== undefined)
    return { kind: 'refused', ...back, refusal: refuse(user.refusedWith).refusal };
  const permissions = consentedPermissions(app, scopes.value);
  if (!permissions.ok) return { kind: 'refused', ...back, refusal: permissions.refusal };

  const code = grants.putCode({
    clientId: app.clientId,
    userId: user.id,
    redirectUri: request.redirect_uri,
    scope: request.scope,
    ...(request.code_challenge === undefined ? {} : { codeChallenge: request.code_challenge }),
    ...(request.nonce === undefined ? {} : { nonce: request.nonce }),
  });
  return {
    kind: 'return',
    mode: request.response_mode,
    redirectUri: request.redirect_uri,
    fields: {
      code,
      ...(request.state === undefined ? {} : { state: request.state }),
      ...(request.client_info === '1' ? { client_info: clientInfo(user, tenantId) } : {}),
    },
  };
};
