import { existsSync } from 'node:fs';
import { ensureBundle } from '../bundles.ts';
import { project, runNode, tools } from '../project.ts';

/** `npm run dist`: the Windows installer in dist/. Arguments go to electron-builder (`npm run dist -- --dir`). */
// Without it the app would be packed and could read nothing.
if (!existsSync(project('node_modules/@koromix/koffi-win32-x64'))) {
  throw new Error(
    'The installer has to be built on Windows: only there npm installs the binary of koffi for it.',
  );
}
for (const name of ['renderer', 'preload', 'main'] as const) {
  const problem = await ensureBundle(name);
  if (problem) throw new Error(problem);
}
process.exitCode = await runNode([
  tools.electronBuilder,
  '--config',
  project('electron-builder.yml'),
  '--win',
  '--x64',
  '--publish',
  'never',
  ...process.argv.slice(2),
]);
