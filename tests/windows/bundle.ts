import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { flatWorkers, startedScripts } from '../../build/flat-workers.ts';
import { project } from '../../build/project.ts';

/** Bundles a script and the threads of the readers as vite.main.config.ts does, for node.exe 22. @returns the script */
export async function bundleForWindows(script: string, folder: string): Promise<string> {
  await build({
    configFile: false,
    root: project(),
    logLevel: 'error',
    plugins: [flatWorkers()],
    resolve: { alias: { vitest: project('tests/windows/inside/vitest-there.ts') } },
    ssr: { noExternal: true, external: ['koffi', 'better-sqlite3'] },
    build: {
      ssr: true,
      outDir: folder,
      emptyOutDir: true,
      target: 'node22',
      reportCompressedSize: false,
      rolldownOptions: {
        input: { main: script, ...startedScripts(['src-main/source']) },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'part-[name]-[hash].js' },
      },
    },
  });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module' }));
  return join(folder, 'main.js');
}
