import type { Cloud } from '../../../../src-shared/model/cloud.ts';
import type { TokenSource } from '../../../tenant/token-source.ts';
import { type ClientParts, GraphClient } from '../client.ts';

/** The way to SharePoint's own REST, through the same gate and budget as everything else of the sign-in. */
export interface SharePointLink {
  readonly rest: GraphClient;
  /** Where the REST of a site is reached, by the site's address; undefined for one that is on another host than the token is for. */
  apiOf(siteUrl: string): URL | undefined;
}

/**
 * @param libraryUrl address of the library: tokens are for its host
 * @returns undefined where the sign-in gets no tokens for SharePoint
 */
export function linkToSharePoint(
  cloud: Pick<Cloud, 'sharePoint'>,
  tokens: TokenSource,
  libraryUrl: string,
  parts: ClientParts,
): SharePointLink | undefined {
  const { origin, host } = new URL(libraryUrl);
  const own = tokens.forHost?.(origin);
  if (own === undefined) return undefined;
  const base = cloud.sharePoint === undefined ? origin : `${cloud.sharePoint.replace(/\/+$/, '')}/${host}`;
  return {
    rest: new GraphClient(parts, own),
    apiOf(siteUrl) {
      const site = new URL(siteUrl);
      if (site.origin !== origin) return undefined;
      return new URL(`${base}${site.pathname.replace(/\/+$/, '')}/_api/$batch`);
    },
  };
}
