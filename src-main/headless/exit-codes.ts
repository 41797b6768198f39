import type { Code } from '../../src-shared/catalogue/catalogue.ts';
import type { RunState } from '../../src-shared/model/run.ts';

/** What the command answers to the shell; `--help` lists them from here. */
export const exitCodes = {
  complete: 0,
  failed: 1,
  wrongUsage: 2,
  completeWithIssues: 3,
  stopped: 4,
} as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

export const exitCodeTexts: Readonly<Record<ExitCode, string>> = {
  0: 'complete: everything that was found is at the destination, or was left out by a rule',
  1: 'failed: the run could not begin or not go on; what was copied is safe, the same command goes on from there',
  2: 'wrong usage (options, address, cloud, certificate, invitation or repair plan): nothing was done',
  3: 'complete with issues: the run is at its end, and some items could not be copied; the report names each',
  4: 'stopped before the end: the same command goes on from there',
};

/** What was said wrongly: on the command line, in the environment, or in a file that one of them names. */
const saidWrongly: ReadonlySet<Code> = new Set([
  'sign-in-incomplete',
  'certificate-unreadable',
  'cloud-unknown',
  'destination-url-invalid',
  'destination-wrong-cloud',
  'renames-invalid',
  'people-invalid',
  'page-not-written',
  'invitation-unreadable',
]);

/** The exit code for a problem that kept a run from beginning: what was said wrongly is told from what the world refused. */
export function exitCodeBefore(code: Code): ExitCode {
  return saidWrongly.has(code) ? exitCodes.wrongUsage : exitCodes.failed;
}

/** The exit code for a run that is over. */
export function exitCodeOf(state: RunState): ExitCode {
  switch (state) {
    case 'complete':
      return exitCodes.complete;
    case 'complete-with-issues':
      return exitCodes.completeWithIssues;
    case 'failed':
      return exitCodes.failed;
    default:
      return exitCodes.stopped;
  }
}
