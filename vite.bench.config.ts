import { cpSync } from 'node:fs';
import { defineConfig } from 'vite';
import { flatWorkers, startedScripts } from './build/flat-workers.ts';
import { project } from './build/project.ts';

/** What bench/scan.ts measures, bundled as the product is (vite.main.config.ts): a checkout strips types in every thread it starts. */
export default defineConfig({
  plugins: [
    flatWorkers(),
    {
      name: 'data-files',
      closeBundle() {
        cpSync(project('src-main/store/migrations'), project('out/bench/migrations'), { recursive: true });
      },
    },
  ],
  ssr: { noExternal: true, external: ['better-sqlite3', 'koffi'] },
  build: {
    ssr: true,
    outDir: 'out/bench',
    emptyOutDir: true,
    target: 'node24',
    sourcemap: false,
    reportCompressedSize: false,
    rolldownOptions: {
      input: {
        walk: 'bench/scan/walk.ts',
        'dry-run': 'bench/scan/dry-run.ts',
        ...startedScripts(['src-main/source', 'src-main/store']),
      },
      output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'part-[name]-[hash].js' },
    },
  },
});
