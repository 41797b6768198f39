import { existsSync } from 'node:fs';
import type { Cloud } from '../../src-shared/model/cloud.ts';
import { failed, ok, type Result } from '../../src-shared/model/problem.ts';
import { parseDestinationAddress } from '../../src-shared/rules/destination-address.ts';

/** Paths that name a share of another computer; only Windows opens them. */
const SHARE = /^(\\\\|smb:|cifs:)/i;

/**
 * A source that names a share of another computer, on a system that cannot open it: the problem says what to do there.
 * Everything else is for the source itself to find out. Code: source-missing.
 */
export function checkSource(source: string, platform: NodeJS.Platform): Result<string> {
  if (platform === 'win32' || !SHARE.test(source) || existsSync(source)) return ok(source);
  return failed('source-missing', {
    where: source,
    detail:
      'a share of another computer has to be mounted first on this system (mount -t cifs, or Connect to Server on a Mac); then name the folder that it is mounted at, e.g. /mnt/share',
  });
}

/** An address as it is going to be used. */
export interface SaidAddress {
  readonly address: string;
  /** It was given with http; SharePoint is reached by https alone. */
  readonly corrected: boolean;
}

/** Looks at an address before anything is done. Codes: destination-url-invalid, destination-wrong-cloud. */
export function checkAddress(given: string, cloud: Cloud): Result<SaidAddress> {
  const parsed = parseDestinationAddress(given, cloud);
  if (!parsed.ok) return parsed;
  const address = given.replace(/^([\s"'<]*)http:/i, '$1https:');
  return ok({ address, corrected: address !== given });
}
