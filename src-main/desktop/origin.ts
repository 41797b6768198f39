/** Scheme and host that the desktop's screen is served under. */
export const SCREEN_SCHEME = 'app';
export const SCREEN_ORIGIN = `${SCREEN_SCHEME}://convoy`;

/**
 * Whether an address belongs to the screen itself.
 * @param devServer origin of the development server, when there is one
 */
export function isOwnAddress(address: string, devServer: string | undefined): boolean {
  const url = URL.parse(address);
  if (url === null) return false;
  // `origin` is "null" for schemes that the URL standard does not know, so scheme and host are compared.
  if (url.protocol === `${SCREEN_SCHEME}:`)
    return url.host === 'convoy' && url.username === '' && url.port === '';
  return devServer !== undefined && url.origin === devServer;
}

/** The development server from the environment: this computer's, or none. A packaged app never has one. */
export function devServerOf(
  env: Readonly<Record<string, string | undefined>>,
  packaged: boolean,
): string | undefined {
  const url = URL.parse(env['CONVOY_DEV_SERVER'] ?? '');
  if (packaged || url === null || url.protocol !== 'http:') return undefined;
  return ['localhost', '127.0.0.1'].includes(url.hostname) ? url.origin : undefined;
}
