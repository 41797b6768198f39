import { resolve } from 'node:path';
import { checkManifest as check } from '../report/manifest/check-manifest.ts';
import { sameFingerprint } from '../report/manifest/manifest.ts';
import { manifestText } from '../report/manifest/manifest-text.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import type { CheckManifestOptions } from './options.ts';
import { failedBefore } from './run-and-report.ts';
import type { Terminal } from './terminal.ts';

/** `convoy check-manifest`: whether a report is as it was signed. Opens no data folder and no connection. */
export async function checkManifest(options: CheckManifestOptions, terminal: Terminal): Promise<ExitCode> {
  const { json, key } = options;
  const checked = await check(resolve(options.source));
  if (!checked.ok) return failedBefore(checked.problem, terminal, json);
  const { fingerprint, complaints } = checked.value;
  const byOther = key !== undefined && !sameFingerprint(key, fingerprint);
  const genuine = complaints.length === 0 && !byOther;
  if (json) {
    terminal.stdout.write(`${JSON.stringify({ genuine, expectedKey: key ?? null, ...checked.value })}\n`);
  } else {
    terminal.stdout.write(manifestText(checked.value));
    if (byOther) terminal.stdout.write(`It is not signed by the key that was given: ${key}\n`);
    else if (key === undefined) {
      terminal.stdout.write(
        'Whose key it is: compare the fingerprint with the one that the machine printed.\n',
      );
    }
  }
  return genuine ? exitCodes.complete : exitCodes.completeWithIssues;
}
