import { cpSync } from 'node:fs';
import { defineConfig } from 'vite';
import { flatWorkers, startedScripts } from './build/flat-workers.ts';
import { project } from './build/project.ts';

/** What bench/scan.ts and the two for the fleet measure, bundled as the product is (vite.main.config.ts): a checkout strips types in every thread it starts. */
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
  // The one has to be read before the other, which chunks of a bundle do not keep to.
  ssr: { noExternal: true, external: ['better-sqlite3', 'koffi', 'reflect-metadata', '@peculiar/x509'] },
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
        fleet: 'bench/fleet/run.ts',
        'fleet-coordinator': 'bench/fleet-coordinator/run.ts',
        ...startedScripts(['src-main/source', 'src-main/store', 'src-practice', 'bench/fleet-coordinator']),
        'tests-fleet-agent-child': 'tests/fleet/agent-child.ts',
      },
      output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'part-[name]-[hash].js' },
    },
  },
});
