import { defineConfig } from 'vitest/config';
import { project } from './build/project.ts';
import { SummaryReporter } from './build/test-reporter.ts';

export default defineConfig({
  test: {
    include: ['src-*/**/*.test.{ts,tsx}', 'build/**/*.test.ts', 'tests/**/*.test.ts'],
    // A guard against what hangs; nothing is measured by it.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: 'forks',
    // Most of the time a test waits for a process that it started.
    maxWorkers: 2,
    // For the processes and threads that tests start, as build/setup/run-task.mjs sets it for `npx convoy`.
    env: { NODE_COMPILE_CACHE: project('node_modules/.cache/node') },
    // Bundles are tried as they are: Node loads them, not vite.
    server: { deps: { external: [/\/out\//] } },
    reporters: ['default', new SummaryReporter()],
  },
});
