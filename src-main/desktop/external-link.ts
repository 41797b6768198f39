/** What may be done with a link of the screen that leads out of it. */
export type LinkVerdict =
  | { readonly open: 'yes' | 'ask'; readonly url: string; readonly host: string }
  | { readonly open: 'no' };

/** Hosts that links of Convoy itself and of the tenant lead to: SharePoint, the portals, the documentation. */
const KNOWN = [
  'sharepoint.com',
  'sharepoint.us',
  'sharepoint-mil.us',
  'sharepoint.cn',
  'microsoft.com',
  'microsoftonline.com',
  'microsoftonline.us',
  'microsoftonline.cn',
  'microsoft365.com',
  'office.com',
  'azure.com',
];

/** Names and numbers that mean this computer or its network; a link there would be an order to some other program. */
const INWARD = /^(localhost|.*\.(localhost|local|internal|lan|home\.arpa)|\[.*\]|[\d.]+)$/;

/**
 * Judges a link before the system's browser gets it. Only https, to a host by name, without a name and password in
 * it; known hosts open at once, others after a question that shows the host. `file:`, `smb:`, `ms-*:` and all
 * others never: Windows would start programs for them.
 */
export function judgeLink(text: string): LinkVerdict {
  const url = URL.parse(text);
  if (url === null || url.protocol !== 'https:') return { open: 'no' };
  const { hostname, username, password, port } = url;
  if (username !== '' || password !== '' || port !== '' || INWARD.test(hostname) || !hostname.includes('.')) {
    return { open: 'no' };
  }
  const known = KNOWN.some((host) => hostname === host || hostname.endsWith(`.${host}`));
  return { open: known ? 'yes' : 'ask', url: url.href, host: hostname };
}
