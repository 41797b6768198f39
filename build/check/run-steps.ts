import type { Step } from './steps.ts';

/** How many steps were fine and how many were not. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** Runs steps one after the other and says how each went. */
export async function runSteps(steps: readonly Step[], say: (line: string) => void): Promise<Tally> {
  let failed = 0;
  for (const step of steps) {
    const started = performance.now();
    const wrong = await step.run();
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    say(`${wrong === undefined ? ' ok ' : 'FAIL'}  ${step.name} (${seconds} s)`);
    if (wrong !== undefined) {
      failed += 1;
      say(wrong.replaceAll(/^/gm, '      '));
    }
  }
  return { passed: steps.length - failed, failed, skipped: 0 };
}
