import { type Dispatcher, request } from 'undici';
import { z } from 'zod';
import type { Cloud } from '../../../src-shared/model/cloud.ts';
import { failed, ok, type Result } from '../../../src-shared/model/problem.ts';
import { type Standing, standingOf } from '../../../src-shared/rules/directory-roles.ts';
import { jsonOf } from '../../basics/json-of.ts';
import { rolesOfToken } from '../tenant-of-token.ts';
import type { TokenSource } from '../token-source.ts';

/** Where the question is asked. */
export interface StandingRoom {
  readonly cloud: Cloud;
  readonly http: Dispatcher;
  readonly tokens: TokenSource;
}

/** Somebody in more groups than this many pages of 999 has no sign-in that works. */
const MOST_PAGES = 20;

const pageSchema = z.object({
  '@odata.nextLink': z.string().optional(),
  value: z.array(z.object({ '@odata.type': z.string().optional(), roleTemplateId: z.string().nullish() })),
});

/**
 * Whether a person is Global or SharePoint administrator. The token says it in most organisations (its claim `wids`); where it does not, Graph is
 * asked for the person's memberships. An app that may not read roles is told of them, and not which they are: then it stays unknown.
 * Codes: those of {@link TokenSource.token}, and sign-in-unreachable.
 */
export async function askStanding({ cloud, http, tokens }: StandingRoom): Promise<Result<Standing>> {
  // A new one: a role that was given a minute ago is in no older token.
  const token = await tokens.token({ refresh: true });
  if (!token.ok) return token;
  const told = rolesOfToken(token.value);
  return told === undefined ? askGraph(cloud, http, token.value) : ok(standingOf(told));
}

async function askGraph(cloud: Cloud, http: Dispatcher, token: string): Promise<Result<Standing>> {
  const templates: string[] = [];
  let hidden = false;
  let next: string | undefined = `${cloud.graph}/me/transitiveMemberOf?$top=999`;
  for (let pages = 0; next !== undefined && pages < MOST_PAGES; pages += 1) {
    const page = await get(next, http, token);
    if (!page.ok) return page;
    if (page.value === undefined) return ok('unknown');
    for (const member of page.value.value) {
      if (member['@odata.type'] !== '#microsoft.graph.directoryRole') continue;
      if (member.roleTemplateId == null) hidden = true;
      else templates.push(member.roleTemplateId);
    }
    next = withinGraph(cloud, page.value['@odata.nextLink']);
  }
  const standing = standingOf(templates);
  return ok(standing === 'none' && hidden ? 'unknown' : standing);
}

/** Undefined where the app may not ask, or the answer cannot be read. */
async function get(
  url: string,
  dispatcher: Dispatcher,
  token: string,
): Promise<Result<z.infer<typeof pageSchema> | undefined>> {
  const { host } = new URL(url);
  try {
    const answer = await request(url, { dispatcher, headers: { authorization: `Bearer ${token}` } });
    const text = await answer.body.text();
    if (answer.statusCode >= 500 || answer.statusCode === 429)
      return failed('sign-in-unreachable', { where: host, detail: `HTTP ${answer.statusCode}` });
    const page = pageSchema.safeParse(jsonOf(text));
    return ok(answer.statusCode === 200 && page.success ? page.data : undefined);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return failed('sign-in-unreachable', { where: host, detail: error.message });
  }
}

/** The token goes to nobody but Graph, whatever an answer says. */
function withinGraph(cloud: Cloud, link: string | undefined): string | undefined {
  if (link === undefined || !URL.canParse(link)) return undefined;
  return new URL(link).origin === new URL(cloud.graph).origin ? link : undefined;
}
