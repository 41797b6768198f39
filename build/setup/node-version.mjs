/** The oldest Node that can run the set-up. What it installs and then uses is Node 24. */
const OLDEST = 20;

/**
 * One sentence for people when this Node cannot be used, else undefined. To be asked before anything native loads:
 * better-sqlite3 13 does not refuse an old Node, it crashes in it.
 * @param {string} version as in process.versions.node, e.g. `20.11.1`
 * @returns {string | undefined}
 */
export function problemWithNode(version) {
  const major = Number.parseInt(version, 10);
  if (major >= OLDEST) return undefined;
  return `Convoy needs Node ${OLDEST} or newer and this is Node ${version}: install Node 24 from https://nodejs.org and run the same command again.`;
}
