import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import { ensureBundle } from '../../../build/bundles.ts';
import { project } from '../../../build/project.ts';

const hooks = { on: false };

/**
 * Builds the desktop's bundles if need be and starts the built main process in this process, with the stand-in for
 * Electron.
 * @param start names this start: the same process can start the app more than once
 */
export async function startBuiltDesktop(dataFolder: string, start: string): Promise<void> {
  for (const name of ['renderer', 'preload', 'main'] as const) {
    const problem = await ensureBundle(name);
    if (problem !== undefined) throw new Error(problem);
  }
  const standIn = new URL('./electron.ts', import.meta.url).href;
  if (!hooks.on) {
    hooks.on = true;
    registerHooks({
      resolve: (specifier, context, next) =>
        specifier === 'electron' ? { url: standIn, shortCircuit: true } : next(specifier, context),
    });
  }
  process.env['CONVOY_DATA'] = dataFolder;
  const bundle = pathToFileURL(project('out/main/desktop.js'));
  bundle.search = start;
  await import(/* @vite-ignore */ bundle.href);
}
