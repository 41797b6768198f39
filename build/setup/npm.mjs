import { spawn } from 'node:child_process';
import { basename } from 'node:path';

/** npm's words for "the registry cannot be reached". */
const OFFLINE =
  /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT|ENOTCACHED|network/;

/** @typedef {{ readonly code: number, readonly output: string }} NpmEnd */

/**
 * How to start npm: the one that runs this script if there is one (it is a script for the same Node), else the one
 * on the PATH. On Windows that is a .cmd file, which Node starts through a shell only.
 * @param {Readonly<Record<string, string | undefined>>} env
 * @param {string} platform
 * @returns {{ readonly command: string, readonly before: readonly string[], readonly shell: boolean }}
 */
export function npmCommand(env, platform) {
  const script = env['npm_execpath'];
  if (script !== undefined && /^(npm|npx)-cli\.c?js$/.test(basename(script))) {
    return {
      command: process.execPath,
      before: [script.replace(/npx-cli(\.c?js)$/, 'npm-cli$1')],
      shell: false,
    };
  }
  return { command: 'npm', before: [], shell: platform === 'win32' };
}

/**
 * Runs npm in the checkout. Nothing of its output is shown; it is answered for the case that it fails.
 * @param {string} root
 * @param {readonly string[]} args
 * @returns {Promise<NpmEnd>}
 */
export function npm(root, args) {
  const { command, before, shell } = npmCommand(process.env, process.platform);
  return new Promise((resolve) => {
    const child = spawn(command, [...before, ...args], {
      cwd: root,
      shell,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        npm_config_progress: 'false',
        // Two retries with npm's own pauses would keep a person without a network waiting for a minute and more.
        npm_config_fetch_retry_mintimeout: '1000',
        // Its complaints are read here, also when the npm that started us was told to be silent.
        npm_config_loglevel: 'notice',
      },
    });
    /** @type {Buffer[]} */
    const output = [];
    child.stdout.on('data', (chunk) => output.push(chunk));
    child.stderr.on('data', (chunk) => output.push(chunk));
    child.on('error', (error) => resolve({ code: 1, output: String(error) }));
    child.on('close', (code) => resolve({ code: code ?? 1, output: Buffer.concat(output).toString('utf8') }));
  });
}

/**
 * Whether this is what npm says when it cannot reach the registry.
 * @param {string} output
 */
export function isOffline(output) {
  return OFFLINE.test(output);
}

/**
 * One sentence on why npm failed, then what it said about it.
 * @param {string} output
 * @param {boolean} offline
 */
export function explainFailure(output, offline) {
  const lines = output
    .trimEnd()
    .split('\n')
    .filter((line) => !line.startsWith('npm warn'));
  const last = lines.slice(0, 12).join('\n');
  const sentence =
    offline || isOffline(output)
      ? 'The packages could not be fetched because the npm registry cannot be reached: check the connection (and HTTPS_PROXY, if there is a proxy) and run the same command again.'
      : /ENOSPC/.test(output)
        ? 'The packages could not be installed because the disk is full: make about 1.5 GB of room and run the same command again.'
        : 'The packages could not be installed; npm says below why. Mend that and run the same command again.';
  return `${sentence}\n${last}`;
}
