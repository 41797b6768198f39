import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AuthorizeAnswer } from './authorize.ts';
import { type Form, readForm, sendHtml, sendJson, sendRedirect } from './http.ts';
import { instanceDiscovery, openidConfiguration } from './metadata.ts';
import { devicePage, formPostPage, messagePage } from './pages.ts';
import {
  describeRefusal,
  type Outcome,
  type Refusal,
  type RefusalContext,
  refusalBody,
  refuse,
} from './refusals.ts';
import { answerToken, type TokenEndpoint } from './token-endpoint.ts';

export interface RouteOptions {
  readonly tenantId: string;
  readonly tenantNames: readonly string[];
  readonly baseUrl: () => string;
  readonly newId: () => string;
  readonly deviceCodeInterval: number;
  readonly jwk: Readonly<Record<string, unknown>>;
  readonly authorize: (form: Form) => AuthorizeAnswer;
  readonly endpoint: TokenEndpoint;
}

/** One request that belongs to sign-in. */
interface Call {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
  readonly url: URL;
  /** The first part of the path: which tenant. */
  readonly segment: string;
}

/** Segments that serve every organisation. */
const SHARED = new Set(['common', 'organizations']);

const queryForm = (url: URL): Form => Object.fromEntries(url.searchParams);

/** Go's OAuth library sends client id and secret in a Basic header first, each percent-encoded (RFC 6749 2.3.1). */
const withBasicCredentials = (form: Form, authorization: string | undefined): Form => {
  const basic = /^Basic +(\S+)$/i.exec(authorization ?? '')?.[1];
  if (basic === undefined) return form;
  const [id = '', secret = ''] = Buffer.from(basic, 'base64').toString('utf8').split(':');
  const pair = new URLSearchParams(`client_id=${id}&client_secret=${secret}`);
  return { ...Object.fromEntries(pair), ...form };
};

/** Answers sign-in requests: finds the tenant and the endpoint in the path, and speaks HTTP for both. */
export const createRoutes = (options: RouteOptions) => {
  const { tenantId, baseUrl, newId, endpoint } = options;
  const { directory, deviceCodes, now } = endpoint;
  const names = new Set([tenantId, ...options.tenantNames].map((name) => name.toLowerCase()));

  const contextOf = (req: IncomingMessage, form?: Form): RefusalContext => {
    const header = req.headers['client-request-id'];
    const correlationId = form?.['client-request-id'] ?? (typeof header === 'string' ? header : newId());
    return { now: now(), traceId: newId(), correlationId };
  };

  const sendRefusal = (call: Call, refusal: Refusal, form?: Form): void =>
    sendJson(call.res, refusal.status, refusalBody(refusal, contextOf(call.req, form)));

  const sendRefusalPage = (call: Call, refusal: Refusal): void =>
    sendHtml(
      call.res,
      refusal.status,
      messagePage('Sorry, signing in did not work', describeRefusal(refusal, contextOf(call.req))),
    );

  const sendBack = (
    res: ServerResponse,
    mode: 'query' | 'fragment' | 'form_post',
    redirectUri: string,
    fields: Readonly<Record<string, string>>,
  ): void => {
    if (mode === 'form_post') {
      sendHtml(res, 200, formPostPage(redirectUri, fields));
      return;
    }
    const target = new URL(redirectUri);
    if (mode === 'fragment') target.hash = new URLSearchParams(fields).toString();
    else for (const [name, value] of Object.entries(fields)) target.searchParams.set(name, value);
    sendRedirect(res, target.href);
  };

  const authorizeRoute = async (call: Call): Promise<void> => {
    const posted = call.req.method === 'POST' ? await readForm(call.req) : undefined;
    const answer = options.authorize({ ...queryForm(call.url), ...posted });
    switch (answer.kind) {
      case 'page':
        return sendHtml(call.res, 200, answer.html);
      case 'error':
        return sendRefusalPage(call, answer.refusal);
      case 'return':
        return sendBack(call.res, answer.mode, answer.redirectUri, answer.fields);
      case 'refused': {
        const { refusal, state } = answer;
        return sendBack(call.res, answer.mode, answer.redirectUri, {
          error: refusal.error,
          error_description: describeRefusal(refusal, contextOf(call.req)),
          ...(refusal.suberror === undefined ? {} : { error_subcode: refusal.suberror }),
          ...(state === undefined ? {} : { state }),
        });
      }
    }
  };

  const tokenRoute = async (call: Call): Promise<void> => {
    const posted = await readForm(call.req);
    if (posted === undefined)
      return sendRefusal(call, refuse(900144, 'The body must be form-encoded.').refusal);
    const form = withBasicCredentials(posted, call.req.headers.authorization);
    const segments = new Set([call.segment, ...names]);
    const audiences = [...segments].flatMap((segment) => [
      `${baseUrl()}/${segment}/oauth2/v2.0/token`,
      `${baseUrl()}/${segment}/v2.0`,
    ]);
    const answer: Outcome<Readonly<Record<string, unknown>>> = answerToken(endpoint, form, audiences);
    if (answer.ok) sendJson(call.res, 200, answer.value);
    else sendRefusal(call, answer.refusal, form);
  };

  const deviceCodeRoute = async (call: Call): Promise<void> => {
    const form = await readForm(call.req);
    const { client_id: clientId, scope } = form ?? {};
    if (clientId === undefined || scope === undefined) {
      return sendRefusal(call, refuse(900144, "'client_id' and 'scope'").refusal, form);
    }
    const app = directory.app(clientId);
    if (app === undefined) return sendRefusal(call, refuse(700016, `'${clientId}'`).refusal, form);
    const started = deviceCodes.start(app.clientId, scope);
    const page = `${baseUrl()}/common/oauth2/deviceauth`;
    sendJson(call.res, 200, {
      user_code: started.userCode,
      device_code: started.deviceCode,
      verification_uri: page,
      expires_in: deviceCodes.lifeSeconds,
      interval: options.deviceCodeInterval,
      message: `To sign in, use a web browser to open the page ${page} and enter the code ${started.userCode} to authenticate.`,
    });
  };

  const devicePageRoute = async (call: Call): Promise<void> => {
    const form = call.req.method === 'POST' ? await readForm(call.req) : undefined;
    const userCode = form?.['user_code'] ?? call.url.searchParams.get('user_code') ?? '';
    const user = form === undefined ? undefined : directory.user(form['practice_user'] ?? '');
    if (form === undefined) return sendHtml(call.res, 200, devicePage(directory.users(), userCode));
    if (form['practice_cancel'] !== undefined && deviceCodes.decide(userCode, { kind: 'declined' }))
      return sendHtml(call.res, 200, messagePage('Nobody was signed in', 'You can close this page.'));
    if (user === undefined || !deviceCodes.decide(userCode, { kind: 'approved', userId: user.id })) {
      const problem = 'That code is not known, was used, or has expired.';
      return sendHtml(call.res, 400, devicePage(directory.users(), userCode, problem));
    }
    sendHtml(
      call.res,
      200,
      messagePage('You are signed in', 'You can close this page and go back to your device.'),
    );
  };

  const routes: Readonly<Record<string, (call: Call) => void | Promise<void>>> = {
    'GET v2.0/.well-known/openid-configuration': (call) => configurationRoute(call),
    'GET .well-known/openid-configuration': (call) => configurationRoute(call),
    'GET discovery/v2.0/keys': (call) => sendJson(call.res, 200, { keys: [options.jwk] }),
    'GET discovery/keys': (call) => sendJson(call.res, 200, { keys: [options.jwk] }),
    'GET discovery/instance': (call) => sendJson(call.res, 200, instanceDiscovery(baseUrl(), tenantId)),
    'GET oauth2/v2.0/authorize': authorizeRoute,
    'POST oauth2/v2.0/authorize': authorizeRoute,
    'POST oauth2/v2.0/token': tokenRoute,
    'POST oauth2/v2.0/devicecode': deviceCodeRoute,
    'GET oauth2/deviceauth': devicePageRoute,
    'POST oauth2/deviceauth': devicePageRoute,
    'GET oauth2/v2.0/logout': (call) =>
      sendHtml(call.res, 200, messagePage('You are signed out', 'You can close this page.')),
  };
  const paths = new Set(Object.keys(routes).map((route) => route.slice(route.indexOf(' ') + 1)));

  const configurationRoute = ({ res, segment }: Call): void =>
    sendJson(res, 200, openidConfiguration(baseUrl(), segment, tenantId, SHARED.has(segment)));

  const answer = async (call: Call, path: string): Promise<boolean> => {
    const route = routes[`${call.req.method ?? ''} ${path}`];
    if (!SHARED.has(call.segment) && !names.has(call.segment)) {
      sendRefusal(call, refuse(90002, `'${call.segment}'`).refusal);
    } else if (route === undefined) {
      call.res.writeHead(paths.has(path) ? 405 : 404, { 'content-length': 0 });
      call.res.end();
    } else {
      await route(call);
    }
    return true;
  };

  return (req: IncomingMessage, res: ServerResponse, url: URL): boolean | Promise<boolean> => {
    const [, first = '', ...rest] = url.pathname.split('/');
    const segment = first.toLowerCase();
    const path = rest.join('/');
    const isOurs = SHARED.has(segment) || names.has(segment) || paths.has(path);
    return isOurs ? answer({ req, res, url, segment }, path) : false;
  };
};
