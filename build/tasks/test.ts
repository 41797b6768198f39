import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { ensureBundle } from '../bundles.ts';
import { runSteps } from '../check/run-steps.ts';
import { type Step, steps } from '../check/steps.ts';
import { runNode, tools } from '../project.ts';
import { ensurePrograms, systemPrograms } from '../system-packages.ts';

/**
 * `npm test`: the checks, the bundles, then every test. The last line is the sum of all of them. With arguments
 * (`npm test -- src-shared`) only the tests that they name.
 */
const summarySchema = z.object({
  passed: z.number(),
  failed: z.number(),
  skipped: z.array(z.object({ test: z.string(), reason: z.string().optional() })),
});

const builds: readonly Step[] = (['renderer', 'main', 'preload'] as const).map((name) => ({
  name: `build: ${name}`,
  run: () => ensureBundle(name),
}));

const only = process.argv.slice(2);
const say = (line: string): void => console.log(line);
const checked = await runSteps(only.length > 0 ? [] : [...steps, ...builds], say);
ensurePrograms(systemPrograms, say);

const folder = mkdtempSync(join(tmpdir(), 'convoy-test-'));
const file = join(folder, 'summary.json');
const code = await runNode([tools.vitest, 'run', ...only], {
  env: { ...process.env, CONVOY_TEST_SUMMARY: file },
});
const summary = existsSync(file) ? summarySchema.parse(JSON.parse(readFileSync(file, 'utf8'))) : undefined;
rmSync(folder, { recursive: true });

const skipped = summary?.skipped ?? [];
for (const { test, reason } of skipped) say(`skipped: ${test}${reason ? `: ${reason}` : ''}`);
const passed = checked.passed + (summary?.passed ?? 0);
// vitest can fail without a test that failed, for instance when a worker was killed for want of memory.
const failedTests = summary?.failed ?? 0;
const failed = checked.failed + (code !== 0 && failedTests === 0 ? 1 : failedTests);
say(`${passed} passed, ${failed} failed, ${skipped.length} skipped`);
process.exitCode = failed === 0 ? 0 : 1;
