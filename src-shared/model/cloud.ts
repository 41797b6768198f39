import { z } from 'zod';

/** Names that only ever mean this computer; plain http is allowed to them and to nothing else. */
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

const secureUrl = z.url({ protocol: /^https?$/ }).refine(
  (text) => {
    const url = new URL(text);
    return url.protocol === 'https:' || LOOPBACK.has(url.hostname);
  },
  { message: 'must be https (http is allowed to loopback only)' },
);

/**
 * A cloud: the set of endpoints that a Microsoft 365 organisation lives in.
 * Tokens of one cloud mean nothing in another.
 */
export const cloudSchema = z.object({
  /** Short name for people: `global`, `gcc-high`, `dod`, `china`, `practice`. */
  name: z.string().min(1),
  /** Sign-in authority without the tenant segment, e.g. `https://login.microsoftonline.com`. */
  authority: secureUrl,
  /** Graph base with its version, e.g. `https://graph.microsoft.com/v1.0`. */
  graph: secureUrl,
  /** What SharePoint host names of this cloud end in, e.g. `.sharepoint.com`. */
  sharePointHostSuffix: z.string().startsWith('.'),
  /**
   * Where SharePoint's own REST is reached, its hosts as the first part of the path: a practice tenant's hosts exist nowhere. At the hosts themselves
   * when absent.
   */
  sharePoint: secureUrl.optional(),
  /** PEM certificates to trust besides the system's: the practice tenant signs its own. */
  certificateAuthority: z.string().optional(),
  /** Client id of the application with which people sign in where they name none; the public clouds have none of ours. */
  desktopApp: z.string().min(1).optional(),
});

export type Cloud = Readonly<z.infer<typeof cloudSchema>>;

/**
 * The public clouds. Hosts: Microsoft Graph "national cloud deployments";
 * SharePoint hosts of the national clouds are common knowledge rather than documented there.
 */
export const publicClouds = {
  global: {
    name: 'global',
    authority: 'https://login.microsoftonline.com',
    graph: 'https://graph.microsoft.com/v1.0',
    sharePointHostSuffix: '.sharepoint.com',
  },
  'gcc-high': {
    name: 'gcc-high',
    authority: 'https://login.microsoftonline.us',
    graph: 'https://graph.microsoft.us/v1.0',
    sharePointHostSuffix: '.sharepoint.us',
  },
  dod: {
    name: 'dod',
    authority: 'https://login.microsoftonline.us',
    graph: 'https://dod-graph.microsoft.us/v1.0',
    sharePointHostSuffix: '.sharepoint-mil.us',
  },
  china: {
    name: 'china',
    authority: 'https://login.partner.microsoftonline.cn',
    graph: 'https://microsoftgraph.chinacloudapi.cn/v1.0',
    sharePointHostSuffix: '.sharepoint.cn',
  },
} as const satisfies Record<string, Cloud>;
