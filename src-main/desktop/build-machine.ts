import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Result } from '../../src-shared/model/problem.ts';
import { signInOf } from '../host/app-sign-in.ts';
import { productVersion } from '../host/product-version.ts';
import { createMachine, type Machine } from '../machine.ts';
import { loadCloud } from '../tenant/clouds.ts';
import { protectedKey } from './protected-key.ts';

/**
 * The machine of the desktop app. It signs in with what the environment says; without that, as
 * whoever has signed in on it. Codes: those of {@link createMachine}, and of a sign-in that is wrong.
 */
export async function buildMachine(
  dataFolder: string,
  env: Readonly<Record<string, string | undefined>>,
  log: (line: string) => void,
): Promise<Result<Machine>> {
  const cloud = loadCloud(env['CONVOY_CLOUD'] || 'global');
  if (!cloud.ok) return cloud;
  const signIn = signInOf({ cloud: env['CONVOY_CLOUD'] || 'global' }, env);
  if (!signIn.ok && signIn.problem.code !== 'sign-in-incomplete') return signIn;
  return createMachine({
    dataFolder,
    cloud: cloud.value,
    signIn: signIn.ok ? signIn.value : undefined,
    keys: protectedKey(join(dataFolder, 'protected.key')),
    now: Date.now,
    random: Math.random,
    version: productVersion,
    machineName: hostname(),
    onBug: (error) => log(error instanceof Error ? (error.stack ?? error.message) : String(error)),
  });
}

/** Whether a run is going on or about to: what keeps the machine awake, and what the question at closing is for. */
export function isWorking(machine: Machine): boolean {
  const { tasks } = machine.coordinator.overview();
  return (['waiting', 'running', 'pausing', 'stopping'] as const).some((state) => (tasks[state] ?? 0) > 0);
}
