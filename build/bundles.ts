import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { fingerprint } from './fingerprint.ts';
import { captureNode, project, tools } from './project.ts';

/** What vite makes, from what, and where it lands. */
const bundles = {
  renderer: {
    config: 'vite.renderer.config.ts',
    from: ['src-renderer', 'src-shared', 'vite.renderer.config.ts', 'package-lock.json'],
    to: 'out/renderer',
  },
  main: {
    config: 'vite.main.config.ts',
    from: ['src-main', 'src-shared', 'src-practice', 'vite.main.config.ts', 'package-lock.json'],
    to: 'out/main',
  },
  preload: {
    config: 'vite.preload.config.ts',
    from: ['src-main/desktop', 'src-shared', 'vite.preload.config.ts', 'package-lock.json'],
    to: 'out/preload',
  },
  bench: {
    config: 'vite.bench.config.ts',
    from: [
      'src-main',
      'src-shared',
      'src-practice',
      'tests/fleet',
      'bench',
      'vite.bench.config.ts',
      'package-lock.json',
    ],
    to: 'out/bench',
  },
} as const;
export type Bundle = keyof typeof bundles;

/** A lock older than this belongs to a build that was killed; a real one takes some ten seconds. */
const STALE_LOCK_MS = 120_000;

/**
 * Builds a bundle unless it is there and made from exactly these sources. Safe to be called by several processes at
 * once: one builds, the others wait.
 * @returns undefined, or what vite said when it failed
 */
export async function ensureBundle(name: Bundle): Promise<string | undefined> {
  const bundle = bundles[name];
  const stampFile = project('out', `.${name}-built-from`);
  const lock = project('out', `.${name}-lock`);
  mkdirSync(project('out'), { recursive: true });
  while (!tryLock(lock)) await delay(200);
  try {
    const stamp = fingerprint(bundle.from);
    if (existsSync(project(bundle.to)) && readIfThere(stampFile) === stamp) return undefined;
    rmSync(stampFile, { force: true });
    const { code, output } = await captureNode([
      tools.vite,
      'build',
      '-c',
      project(bundle.config),
      '--logLevel',
      'warn',
    ]);
    if (code !== 0) return output;
    writeFileSync(stampFile, stamp);
    return undefined;
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

function tryLock(lock: string): boolean {
  try {
    mkdirSync(lock);
    return true;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    const since = statSync(lock, { throwIfNoEntry: false })?.mtimeMs;
    if (since !== undefined && Date.now() - since > STALE_LOCK_MS)
      rmSync(lock, { recursive: true, force: true });
    return false;
  }
}

function readIfThere(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}
