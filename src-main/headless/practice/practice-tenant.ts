import { basename } from 'node:path';
import { type SpawnedTenant, spawnPracticeTenant } from '../../../src-practice/tenant/spawn.ts';
import { failed, ok, type Result } from '../../../src-shared/model/problem.ts';
import type { PracticeFolder } from './practice-folder.ts';
import type { PracticeState } from './practice-state.ts';

/**
 * Starts the tenant where it was, so that uploads under way go on; elsewhere if that port is taken by now. Codes:
 * store-unusable, store-disk-full.
 */
export async function startTenant({
  tenant: dataDir,
  state,
}: PracticeFolder): Promise<Result<SpawnedTenant>> {
  try {
    return ok(await startWhereItWas(dataDir, state));
  } catch (error) {
    // It is a process of its own: what kept it from starting comes as the text that it said.
    const reason = /\bE(ACCES|PERM|ROFS|NOSPC|DQUOT|NOTDIR|ISDIR|IO)\b[^\n]*/.exec(String(error))?.[0];
    if (reason === undefined) throw error;
    const full = /^E(NOSPC|DQUOT)/.test(reason);
    return failed(full ? 'store-disk-full' : 'store-unusable', { where: dataDir, detail: reason });
  }
}

async function startWhereItWas(
  dataDir: string,
  { httpPort, httpsPort }: PracticeState,
): Promise<SpawnedTenant> {
  if (httpPort === 0) return spawnPracticeTenant({ dataDir });
  try {
    return await spawnPracticeTenant({ dataDir, httpPort, httpsPort });
  } catch (error) {
    if (!(error instanceof Error && error.message.includes('EADDRINUSE'))) throw error;
    return spawnPracticeTenant({ dataDir });
  }
}

/** A folder of the Archive site that bears the name of the source: each source has its own. */
export async function destinationFor(tenant: SpawnedTenant, source: string): Promise<string> {
  const drives = await tenant.control.drives();
  const library = drives.find(({ path }) => path.startsWith('sites/archive/')) ?? drives[0];
  if (library === undefined) throw new Error('the practice tenant has no library');
  const name = basename(source).replace(/[^\p{L}\p{N} _-]+/gu, '_') || 'root';
  return `${library.webUrl}/${encodeURIComponent(name)}`;
}
