import { writeFileSync } from 'node:fs';
import type { Reporter, SerializedError, TestModule, TestRunEndReason } from 'vitest/node';

/** What `npm test` wants to know of a run of vitest, as JSON in the file that CONVOY_TEST_SUMMARY names. */
export interface TestSummary {
  readonly passed: number;
  readonly failed: number;
  /** Every skipped test and why; the reason is what the test gave to `ctx.skip`, or its own name where it is in there. */
  readonly skipped: readonly { readonly test: string; readonly reason: string | undefined }[];
}

/**
 * Counts tests; a file that could not be loaded, a hook that failed and an error outside of any test count as one
 * failure each, so that nothing that went wrong is missing from the sum.
 */
export class SummaryReporter implements Reporter {
  onTestRunEnd(
    modules: readonly TestModule[],
    unhandled: readonly SerializedError[],
    reason: TestRunEndReason,
  ): void {
    const file = process.env['CONVOY_TEST_SUMMARY'];
    if (file) writeFileSync(file, JSON.stringify(summarize(modules, unhandled.length, reason)));
  }
}

function summarize(modules: readonly TestModule[], unhandled: number, reason: TestRunEndReason): TestSummary {
  let passed = 0;
  let failed = unhandled + (reason === 'interrupted' ? 1 : 0);
  const skipped: { test: string; reason: string | undefined }[] = [];
  for (const module of modules) {
    failed += module.errors().length;
    for (const suite of module.children.allSuites()) failed += suite.errors().length;
    for (const test of module.children.allTests()) {
      const result = test.result();
      if (result.state === 'passed') passed += 1;
      else if (result.state === 'failed') failed += 1;
      else
        skipped.push({
          test: `${module.relativeModuleId} > ${test.fullName}`,
          reason: result.state === 'skipped' ? result.note : 'it never ran',
        });
    }
  }
  return { passed, failed, skipped };
}
