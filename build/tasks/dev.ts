import { createServer } from 'vite';
import { ensureBundle } from '../bundles.ts';
import { ensureElectron } from '../electron-binary.ts';
import { project, runNode, tools } from '../project.ts';

/** `npm run dev`: the desktop app with the screen from vite's server, so that changes of the screen show at once. */
for (const name of ['preload', 'main'] as const) {
  const problem = await ensureBundle(name);
  if (problem) throw new Error(problem);
}
const missing = await ensureElectron();
if (missing) {
  console.error(missing);
  process.exitCode = 1;
} else {
  const server = await createServer({
    configFile: project('vite.renderer.config.ts'),
    server: { host: '127.0.0.1' },
  });
  await server.listen();
  const address = server.resolvedUrls?.local[0] ?? '';
  const env = { ...process.env, CONVOY_DEV_SERVER: address };
  process.exitCode = await runNode([tools.electron, project(), ...process.argv.slice(2)], { env });
  await server.close();
}
