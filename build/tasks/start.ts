import { ensureBundle } from '../bundles.ts';
import { ensureElectron } from '../electron-binary.ts';
import { project, runNode, tools } from '../project.ts';

/** `npm start`: the desktop app from this checkout. */
for (const name of ['renderer', 'preload', 'main'] as const) {
  const problem = await ensureBundle(name);
  if (problem) throw new Error(problem);
}
const missing = await ensureElectron();
if (missing) {
  console.error(missing);
  process.exitCode = 1;
} else {
  process.exitCode = await runNode([tools.electron, project(), ...process.argv.slice(2)]);
}
