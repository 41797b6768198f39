import { existsSync, readFileSync } from 'node:fs';
import { captureNode, project } from './project.ts';

/** The Electron program of node_modules, or undefined: its package does not hold it, it is fetched at the first start. */
export function findElectron(): string | undefined {
  const name = project('node_modules/electron/path.txt');
  if (!existsSync(name)) return undefined;
  const program = project('node_modules/electron/dist', readFileSync(name, 'utf8').trim());
  return existsSync(program) ? program : undefined;
}

/** Fetches it if it is missing. Answers one sentence for people when that is not possible. */
export async function ensureElectron(): Promise<string | undefined> {
  if (findElectron()) return undefined;
  console.error('Fetching Electron (about 120 MB, once) ...');
  const { code } = await captureNode([project('node_modules/electron/install.js')]);
  return code === 0 && findElectron()
    ? undefined
    : 'Electron itself cannot be fetched from here (github.com is where it comes from): `npx convoy serve` shows the same screen in a browser.';
}
