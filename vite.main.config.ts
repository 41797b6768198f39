import { cpSync } from 'node:fs';
import { defineConfig } from 'vite';
import { flatWorkers, startedScripts } from './build/flat-workers.ts';
import { project } from './build/project.ts';

/**
 * The main process, the command line and every script they start, flat in out/main, so that a script finds the others
 * beside it. What is bundled need not be packed; better-sqlite3 and koffi stay outside for their binaries, electron for what it is.
 */
export default defineConfig({
  plugins: [
    flatWorkers(),
    {
      name: 'data-files',
      closeBundle() {
        cpSync(project('src-main/store/migrations'), project('out/main/migrations'), { recursive: true });
        cpSync(project('resources/tray.png'), project('out/icons/tray.png'));
        cpSync(project('resources/tray@2x.png'), project('out/icons/tray@2x.png'));
      },
    },
  ],
  ssr: { noExternal: true, external: ['electron', 'better-sqlite3', 'koffi'] },
  build: {
    ssr: true,
    outDir: 'out/main',
    emptyOutDir: true,
    target: 'node24',
    sourcemap: false,
    reportCompressedSize: false,
    rolldownOptions: {
      input: {
        desktop: 'src-main/desktop/main.ts',
        headless: 'src-main/headless/main.ts',
        ...startedScripts(['src-main', 'src-practice']),
      },
      output: {
        format: 'es',
        entryFileNames: '[name].js',
        chunkFileNames: ({ moduleIds, facadeModuleId }) =>
          [...moduleIds, facadeModuleId ?? ''].some(isOfCommandLine)
            ? 'headless-[name]-[hash].js'
            : 'part-[name]-[hash].js',
      },
    },
  },
});

/** What the desktop app never loads: electron-builder.yml leaves it out by its name. */
function isOfCommandLine(module: string): boolean {
  return /[/\\](src-main[/\\]headless|src-practice)[/\\]/.test(module);
}
