import type { Cloud } from '../model/cloud.ts';
import { failed, ok, type Result } from '../model/problem.ts';

/** The destination of a task that has none: an assessment. No address of SharePoint looks like it. */
export const NO_DESTINATION = 'none';

/** Where a pasted address leads: a SharePoint host and a decoded, server-relative path. */
export interface DestinationAddress {
  /** Lower case, without a port. */
  readonly host: string;
  /** Decoded names from the managed path on: `['sites', 'x', 'Shared Documents', 'Sub']`; none for the root site. */
  readonly segments: readonly string[];
}

/** Pages of a site that an address can go through; what follows says nothing about the place. */
const MACHINERY = /^(?:_layouts|_api|_vti_bin)$/i;
const PAGE = /\.aspx$/i;
/** `:f:/r/sites/...`: a link to something by its place. */
const PLACE_LINK = /^:[a-z]:$/i;

/**
 * Understands what people paste: the address of a site, a library or a folder, of a OneDrive, a "copy link" by place
 * (`:f:/r/`), the address of a view (`/Forms/AllItems.aspx?id=...`, `RootFolder=`), percent-encoded or not.
 * Codes: destination-url-invalid, destination-wrong-cloud. Whether it exists is for the service to say.
 */
export function parseDestinationAddress(
  text: string,
  cloud: Pick<Cloud, 'sharePointHostSuffix'>,
): Result<DestinationAddress> {
  const where = text.trim().replace(/^(?:"(.*)"|'(.*)'|<(.*)>)$/s, '$1$2$3');
  const invalid = (detail: string): Result<DestinationAddress> =>
    failed('destination-url-invalid', { where, detail });
  const parts = /^(?:https?:\/\/)?([a-z0-9.-]+\.[a-z0-9-]+)(?::\d+)?(\/[^?]*)?(?:\?(.*))?$/is.exec(where);
  if (parts === null) return invalid('not of the form https://host/path');
  const host = (parts[1] ?? '').toLowerCase();
  const query = queryOf(parts[3] ?? '');
  const place = query.get('id') ?? query.get('rootfolder');
  if (place !== undefined && /^https?:\/\//i.test(place)) return parseDestinationAddress(place, cloud);
  // A library of a site that is shown inside OneDrive: `my?id=/sites/x/...&listurl=https://contoso.sharepoint.com/...`
  const listHost = /^https:\/\/([^/:?#]+)/i.exec(query.get('listurl') ?? '')?.[1]?.toLowerCase();
  const realHost = place === undefined ? host : (listHost ?? host);
  if (!isOfCloud(realHost, cloud)) return failed('destination-wrong-cloud', { where, detail: realHost });

  const segments = split(place ?? decode(withoutFragment(parts[2] ?? '')));
  if (segments.some((segment) => segment === '.' || segment === '..'))
    return invalid('`.` or `..` in the path');
  const [first = '', second] = segments;
  if (!PLACE_LINK.test(first)) return ok({ host: realHost, segments: withoutPages(segments) });
  if (second?.toLowerCase() !== 'r') {
    return invalid(
      'a sharing link hides its place: open it and copy the address that the browser then shows',
    );
  }
  return ok({ host: realHost, segments: withoutPages(segments.slice(2)) });
}

function isOfCloud(host: string, cloud: Pick<Cloud, 'sharePointHostSuffix'>): boolean {
  const suffix = cloud.sharePointHostSuffix.toLowerCase();
  return host.endsWith(suffix) && host.length > suffix.length;
}

/** Names in lower case, values decoded as forms are; of two that are equal the first. */
function queryOf(query: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const pair of query.replace(/#.*$/s, '').split('&')) {
    const at = pair.indexOf('=');
    const name = pair.slice(0, at).toLowerCase();
    const value = decode(pair.slice(at + 1).replaceAll('+', ' '));
    if (at > 0 && value !== '' && !values.has(name)) values.set(name, value);
  }
  return values;
}

/**
 * `#` is a letter like any other in SharePoint names, and people paste paths that are not encoded. It starts a
 * fragment only behind a page or where nothing comes after it.
 */
function withoutFragment(path: string): string {
  return path.replace(/(\.aspx)#.*$/is, '$1').replace(/#\/?$/, '');
}

/** Decoded if it can be: a `%` that encodes nothing shows that the whole was never encoded. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return text;
    throw error;
  }
}

function split(path: string): readonly string[] {
  return path.split(/[/\\]/).filter((segment) => segment !== '');
}

/** Cuts `/_layouts/15/...`, `/Forms/AllItems.aspx` and `/SitePages/Home.aspx` off. */
function withoutPages(segments: readonly string[]): readonly string[] {
  const machinery = segments.findIndex((segment) => MACHINERY.test(segment));
  const kept = machinery < 0 ? segments : segments.slice(0, machinery);
  if (!PAGE.test(kept.at(-1) ?? '')) return kept;
  return /^(?:forms|sitepages)$/i.test(kept.at(-2) ?? '') ? kept.slice(0, -2) : kept.slice(0, -1);
}
