import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { covers, stampOf } from './installed-state.mjs';
import { explainFailure, isOffline, npm } from './npm.mjs';
import { projectNode, projectNodeRuns } from './project-node.mjs';

/** @typedef {import('./npm.mjs').NpmEnd} NpmEnd */

/**
 * A question that any registry can answer. Asked first, because without a network npm retries package after package
 * (nine minutes, measured) before it gives up; with `--offline` it takes what its cache has or fails at once.
 */
const PROBE = ['view', 'node', 'version', '--fetch-retries=0', '--fetch-timeout=20000'];

/** npm's complaint when the lockfile names a package and not all of its binaries for other kinds of machines. */
const MISSING_PLATFORM = /Missing: .+ from lock file/;

const steps = /** @type {const} */ ([
  // No package's install script runs but that of `node`, which brings Node 24: package.json allows no other, and
  // better-sqlite3 would start a compiler although it carries its binaries. `--ignore-scripts` is understood by
  // npm 10 as well, which knows nothing of package.json's allowScripts.
  {
    say: 'installing the packages (about a minute, once)',
    args: ['ci', '--ignore-scripts'],
    // For a lockfile that was written where not every platform's binary was to be had (lockfile.test.ts finds that).
    // `npm install` keeps to it in all that it says and adds what this kind of machine needs, in the version the tool names.
    otherwise: ['install', '--no-save', '--ignore-scripts'],
  },
  { say: 'fetching Node 24', args: ['rebuild', 'node'], otherwise: undefined },
]);

/**
 * Installs when node_modules is missing, cut short, or not what package-lock.json asks for.
 * @param {string} root the checkout
 * @param {(line: string) => void} say
 * @param {(root: string, args: readonly string[]) => Promise<NpmEnd>} runNpm
 * @returns {Promise<string | undefined>} for people, when it failed
 */
export async function ensureInstalled(root, say, runNpm = npm) {
  const lockfile = readFileSync(join(root, 'package-lock.json'), 'utf8');
  const stampFile = join(root, 'node_modules', '.convoy-installed');
  const stamp = stampOf(lockfile, `${process.platform}-${process.arch}`);
  if (read(stampFile) === stamp && existsSync(projectNode(root))) return undefined;

  const known = read(join(root, 'node_modules', '.package-lock.json'));
  if (!covers(lockfile, known) || !projectNodeRuns(root)) {
    const started = Date.now();
    const offline = isOffline((await runNpm(root, PROBE)).output);
    /** @type {(args: readonly string[]) => Promise<NpmEnd>} */
    const run = (args) => runNpm(root, offline ? [...args, '--offline'] : args);
    for (const step of steps) {
      const end = await withHeartbeat(`Setting up: ${step.say}`, say, () => attempt(step, run, say));
      if (end.code !== 0) return explainFailure(end.output, offline);
    }
    if (!projectNodeRuns(root))
      return `Setting up failed: ${projectNode(root)} does not run on this machine.`;
    say(`Setting up: done in ${Math.round((Date.now() - started) / 1000)} s.`);
  }
  writeFileSync(stampFile, stamp);
  return undefined;
}

/**
 * @param {typeof steps[number]} step
 * @param {(args: readonly string[]) => Promise<NpmEnd>} run
 * @param {(line: string) => void} say
 */
async function attempt(step, run, say) {
  const first = await run(step.args);
  if (first.code === 0) return first;
  if (step.otherwise && MISSING_PLATFORM.test(first.output)) return run(step.otherwise);
  say('Setting up: that did not work, trying once more');
  return run(step.args);
}

/**
 * @template T
 * @param {string} text
 * @param {(line: string) => void} say
 * @param {() => Promise<T>} work
 */
async function withHeartbeat(text, say, work) {
  const started = Date.now();
  say(`${text} ...`);
  const timer = setInterval(() => say(`${text} ... ${Math.round((Date.now() - started) / 1000)} s`), 10_000);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}

/** @param {string} file */
function read(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}
