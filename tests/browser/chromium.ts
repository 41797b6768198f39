import { existsSync } from 'node:fs';

/** Where browsers of the Chromium family are found; Edge is part of Windows. */
const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/microsoft-edge',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  'C:\\Program Files\\Microsoft\\Edge\\Application\\msedge.exe',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
] as const;

/** A Chromium that Playwright can drive: CONVOY_CHROMIUM, or the first of the usual places; undefined without one. */
export function findChromium(): string | undefined {
  const chosen = process.env['CONVOY_CHROMIUM'];
  return chosen ? (existsSync(chosen) ? chosen : undefined) : places.find((place) => existsSync(place));
}

/** Containers run as root without user namespaces, where Chromium's sandbox cannot start. */
export const chromiumArguments = [
  '--no-sandbox',
  '--disable-dev-shm-usage',
  '--force-color-profile=srgb',
] as const;

export const noChromium =
  'skipped: no Chromium, Chrome or Edge was found; install one or name it in CONVOY_CHROMIUM';
