import { defineConfig } from 'vitest/config';
import { project } from './build/project.ts';
import { SummaryReporter } from './build/test-reporter.ts';

export default defineConfig({
  test: {
    include: ['src-*/**/*.test.{ts,tsx}', 'build/**/*.test.ts', 'tests/**/*.test.ts'],
    testTimeout: 30_000,
    pool: 'forks',
    // For the processes and threads that tests start, as build/setup/run-task.mjs sets it for `npx convoy`.
    env: { NODE_COMPILE_CACHE: project('node_modules/.cache/node') },
    // Bundles are tried as they are: Node loads them, not vite.
    server: { deps: { external: [/\/out\//] } },
    reporters: ['default', new SummaryReporter()],
  },
});
