import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/**
 * The Node that the package `node` brings.
 * @param {string} root the checkout
 */
export function projectNode(root) {
  return join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
}

/**
 * Whether that Node is there and runs.
 * @param {string} root the checkout
 */
export function projectNodeRuns(root) {
  const answer = spawnSync(projectNode(root), ['--version'], { encoding: 'utf8' });
  return answer.status === 0 && answer.stdout.startsWith('v24.');
}
