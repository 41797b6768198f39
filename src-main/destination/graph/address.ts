import { z } from 'zod';
import type { Cloud } from '../../../src-shared/model/cloud.ts';
import { failed, ok, type Result } from '../../../src-shared/model/problem.ts';
import { parseDestinationAddress } from '../../../src-shared/rules/destination-address.ts';
import { type Answer, bodyOf, errorOf, isSuccess, nextPage } from './answer.ts';
import type { GraphClient } from './client.ts';
import { encodeName } from './drive-urls.ts';
import { units } from './meter.ts';
import { problemOf } from './service-error.ts';

const siteSchema = z.object({ id: z.string(), webUrl: z.url() });
const driveSchema = z.object({
  id: z.string(),
  webUrl: z.url(),
  /** What people see; of the standard library `Documents` where its address says `Shared Documents`, and translated. */
  name: z.string().optional(),
  quota: z
    .object({ total: z.number().optional(), remaining: z.number().optional(), state: z.string().optional() })
    .nullish(),
});
const drivesSchema = z.object({ value: z.array(driveSchema), '@odata.nextLink': z.url().optional() });

export type Drive = z.infer<typeof driveSchema>;

/** A library, and the way from its root to the folder that an address names. */
export interface Place {
  readonly drive: Drive;
  /** Decoded, server-relative, of the library: `sites/x/Shared Documents`. */
  readonly libraryPath: string;
  /** Names below the library's root. */
  readonly folders: readonly string[];
}

/** Where the way begins and what it may be called. */
interface Ways {
  readonly graph: GraphClient;
  /** Graph base without a slash at the end. */
  readonly base: string;
}

/** Collections of sites: the segment after one of these belongs to the site. */
const MANAGED = /^(?:sites|teams|personal)$/i;
const driveFields = 'id,name,webUrl,quota';

/**
 * Finds the library that an address is in: the site by its first segments, then the library whose address is the
 * longest beginning of ours; where none is, the next segment may be a subsite, and last it may be the name that people see
 * of a library (`Documents` for `Shared Documents`). An address of a site means its default library. Codes: those of {@link parseDestinationAddress}, site-not-found, onedrive-not-provisioned,
 * library-not-found, destination-access-denied.
 */
export async function resolvePlace(ways: Ways, cloud: Cloud, address: string): Promise<Result<Place>> {
  const parsed = parseDestinationAddress(address, cloud);
  if (!parsed.ok) return parsed;
  const { host, segments } = parsed.value;
  const least = MANAGED.test(segments[0] ?? '') ? 2 : 0;
  if (segments.length < least) return failed('site-not-found', { where: address });
  let sites = 0;
  let byName: Place | undefined;
  for (let length = least; length <= segments.length; length++) {
    const site = await findSite(ways, host, segments.slice(0, length), address);
    if (!site.ok) return site;
    // Not a site: then what is deeper is none either.
    if (site.value === undefined) break;
    sites += 1;
    const place = await findLibrary(ways, site.value.id, segments, length, address);
    if (!place.ok) return place;
    const { byAddress } = place.value;
    if (byAddress !== undefined) return ok(byAddress);
    byName ??= place.value.byName;
  }
  if (byName !== undefined) return ok(byName);
  if (sites > 0) return failed('library-not-found', { where: address });
  const personal = segments[0]?.toLowerCase() === 'personal';
  return failed(personal ? 'onedrive-not-provisioned' : 'site-not-found', { where: address });
}

async function findSite(
  { graph, base }: Ways,
  host: string,
  segments: readonly string[],
  where: string,
): Promise<Result<z.infer<typeof siteSchema> | undefined>> {
  const path = segments.length === 0 ? '' : `:/${segments.map(encodeName).join('/')}`;
  const url = new URL(`${base}/sites/${host}${path}?$select=id,webUrl`);
  const answer = await graph.call({ method: 'GET', url, units: units.get });
  if (!answer.ok) return answer;
  // 400: the host is none of this tenant's.
  if (answer.value.status === 404 || answer.value.status === 400) return ok(undefined);
  return isSuccess(answer.value) ? bodyOf(siteSchema, answer.value) : refusal(answer.value, where);
}

/** The library of an address: by its own address, and by the name that people see of it. */
interface Found {
  readonly byAddress: Place | undefined;
  readonly byName?: Place | undefined;
}

async function findLibrary(
  ways: Ways,
  siteId: string,
  segments: readonly string[],
  siteLength: number,
  where: string,
): Promise<Result<Found>> {
  const site = `${ways.base}/sites/${encodeURIComponent(siteId)}`;
  if (segments.length === siteLength) {
    const answer = await ways.graph.call({
      method: 'GET',
      url: new URL(`${site}/drive?$select=${driveFields}`),
      units: units.get,
    });
    if (!answer.ok) return answer;
    if (answer.value.status === 404) return failed('library-not-found', { where });
    if (!isSuccess(answer.value)) return refusal(answer.value, where);
    const drive = bodyOf(driveSchema, answer.value);
    return drive.ok ? ok({ byAddress: placeIn(drive.value, []) }) : drive;
  }
  const drives = await listDrives(ways, `${site}/drives?$select=${driveFields}`, where);
  if (!drives.ok) return drives;
  return ok({
    byAddress: longestBeginning(drives.value, segments),
    byName: calledSo(drives.value, segments.slice(siteLength)),
  });
}

async function listDrives(ways: Ways, first: string, where: string): Promise<Result<readonly Drive[]>> {
  const drives: Drive[] = [];
  let url = new URL(first);
  for (;;) {
    const answer = await ways.graph.call({ method: 'GET', url, units: units.list });
    if (!answer.ok) return answer;
    if (!isSuccess(answer.value)) return refusal(answer.value, where);
    const page = bodyOf(drivesSchema, answer.value);
    if (!page.ok) return page;
    drives.push(...page.value.value);
    const link = page.value['@odata.nextLink'];
    if (link === undefined) return ok(drives);
    const next = nextPage(link, ways.base);
    if (!next.ok) return next;
    url = next.value;
  }
}

/** Case does not matter to SharePoint, and a name ends where a segment ends. */
function longestBeginning(drives: readonly Drive[], segments: readonly string[]): Place | undefined {
  const wanted = segments.map((segment) => segment.toLowerCase());
  const places = drives
    .map((drive) => ({ drive, path: pathOf(drive) }))
    .filter(({ path }) => path.every((segment, i) => segment.toLowerCase() === wanted[i]))
    .sort((a, b) => b.path.length - a.path.length);
  const [best] = places;
  if (best === undefined) return undefined;
  return placeIn(best.drive, segments.slice(best.path.length));
}

/** The library with that name, if there is only one. */
function calledSo(drives: readonly Drive[], [name = '', ...folders]: readonly string[]): Place | undefined {
  const called = drives.filter((drive) => drive.name?.toLowerCase() === name.toLowerCase());
  const [library, other] = called;
  return library !== undefined && other === undefined ? placeIn(library, folders) : undefined;
}

function placeIn(drive: Drive, folders: readonly string[]): Place {
  return { drive, libraryPath: pathOf(drive).join('/'), folders };
}

function pathOf(drive: Drive): readonly string[] {
  const { pathname } = new URL(drive.webUrl);
  return pathname
    .split('/')
    .filter((segment) => segment !== '')
    .map(decodeURIComponent);
}

function refusal(answer: Answer, where: string): Result<never> {
  return { ok: false, problem: problemOf(errorOf(answer), where) };
}

/** Whether a library is known to take no more. Some report nothing but zeros: that says nothing. */
export function isFull({ quota }: Drive): boolean {
  if (quota === undefined || quota === null) return false;
  return (quota.total ?? 0) > 0 && (quota.state === 'exceeded' || quota.remaining === 0);
}
