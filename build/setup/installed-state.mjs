import { createHash } from 'node:crypto';

/**
 * One package as a lockfile describes it.
 * @typedef {{ readonly version?: string, readonly optional?: boolean, readonly integrity?: string }} LockedPackage
 */

/**
 * What the stamp holds after a complete install: it is only good for this lockfile on this kind of machine.
 * @param {string} lockfile text of package-lock.json
 * @param {string} platform e.g. `linux-x64`
 */
export function stampOf(lockfile, platform) {
  return `${createHash('sha256').update(lockfile).digest('hex')} ${platform}\n`;
}

/**
 * Whether what npm says it installed (node_modules/.package-lock.json, which it writes last) is what package-lock.json
 * asks for. Optional packages may be missing: most are for other platforms.
 * @param {string} lockfile text of package-lock.json
 * @param {string | undefined} installed text of node_modules/.package-lock.json
 */
export function covers(lockfile, installed) {
  if (installed === undefined) return false;
  const wanted = packagesOf(lockfile);
  const present = packagesOf(installed);
  if (wanted === undefined || present === undefined) return false;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '') return true;
    const found = present[path];
    if (found === undefined) return entry.optional === true;
    // Of packages that could not be had where the lockfile was made it knows no checksum; npm notes the one that it met.
    const same = entry.integrity === undefined || found.integrity === entry.integrity;
    return found.version === entry.version && same;
  });
}

/**
 * @param {string} text
 * @returns {Record<string, LockedPackage> | undefined} undefined when the file was cut short
 */
function packagesOf(text) {
  try {
    const parsed = JSON.parse(text);
    return typeof parsed?.packages === 'object' && parsed.packages !== null ? parsed.packages : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
