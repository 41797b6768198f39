import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'microsoft-edge-stable',
];
const WINDOWS_PLACES = ['Google/Chrome/Application/chrome.exe', 'Microsoft/Edge/Application/msedge.exe'];
const MAC_PLACES = ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
  (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
);

/** Containers run as root without user namespaces, where Chromium's sandbox cannot start. */
export const chromiumArguments = [
  '--no-sandbox',
  '--disable-dev-shm-usage',
  '--force-color-profile=srgb',
] as const;

/** What a test says that is skipped for want of a browser. */
export const noChromium =
  'skipped: no Chromium, Chrome or Edge was found; install one or name it in CONVOY_CHROMIUM';

/**
 * A browser that Playwright can drive: the one that CONVOY_CHROMIUM names, or the first of the PATH (on Windows and
 * macOS: where Chrome and Edge are installed); undefined without one.
 */
export function findChromium(
  env: Readonly<Record<string, string | undefined>> = process.env,
): string | undefined {
  const named = env['CONVOY_CHROMIUM'];
  if (named) return existsSync(named) ? named : undefined;
  return placesOf(env).find((path) => existsSync(path));
}

function placesOf(env: Readonly<Record<string, string | undefined>>): readonly string[] {
  if (process.platform === 'win32') {
    const roots = [env['ProgramFiles'], env['ProgramFiles(x86)'], env['LOCALAPPDATA']];
    return roots.flatMap((root) => (root ? WINDOWS_PLACES.map((place) => join(root, place)) : []));
  }
  const folders = (env['PATH'] ?? '').split(delimiter).filter(Boolean);
  const onPath = folders.flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return process.platform === 'darwin' ? [...onPath, ...MAC_PLACES] : onPath;
}
