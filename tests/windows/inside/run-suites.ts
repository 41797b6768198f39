import { startTests, type Task, type VitestRunner } from '@vitest/runner';
import type { CaseResult } from '../results.ts';

/** A test that is slow takes seconds; on a machine that is busy with other things it has taken a minute. */
const CASE_MS = 240_000;

/** Runs what `register` describes and says how each test ended. What begins and what has ended is printed: so that a hang has a name. */
export async function runSuites(register: () => void): Promise<CaseResult[]> {
  const runner: VitestRunner = {
    config: {
      root: 'C:\\',
      setupFiles: [],
      name: undefined,
      passWithNoTests: false,
      testNamePattern: undefined,
      allowOnly: false,
      sequence: { seed: 1, hooks: 'stack', setupFiles: 'list' },
      chaiConfig: undefined,
      maxConcurrency: 1,
      testTimeout: CASE_MS,
      hookTimeout: CASE_MS,
      retry: 0,
      includeTaskLocation: false,
      tags: [],
      tagsFilter: undefined,
      strictTags: false,
    },
    importFile: register,
    onBeforeRunSuite: (suite) => tell('suite begins', suite),
    onAfterRunSuite: (suite) => tell('suite ended', suite),
    onBeforeRunTask: (test) => tell('begins', test),
    onAfterRunTask: (test) => tell(test.result?.state ?? 'ended', test),
  };
  const files = await startTests(['C:\\suites'], runner);
  return files.flatMap((file) => [
    ...(file.result?.errors ?? []).map((error) => ({
      name: 'collecting',
      state: 'failed' as const,
      message: `${error.message}\n${error.stack ?? ''}`,
    })),
    ...file.tasks.flatMap((task) => resultsOf(task, '')),
  ]);
}

function tell(what: string, task: Task): void {
  console.log(`${Math.round(performance.now())} ms: ${what}: ${nameOf(task)}`);
}

/** With the names of what it is in, as in its result. */
function nameOf({ name, suite }: Task): string {
  return suite ? `${nameOf(suite)} > ${name}` : name;
}

function resultsOf(task: Task, above: string): CaseResult[] {
  const name = above === '' ? task.name : `${above} > ${task.name}`;
  const errors = (task.result?.errors ?? []).map((error) => error.stack ?? error.message).join('\n');
  if (task.type === 'suite') {
    const own = errors === '' ? [] : [{ name, state: 'failed' as const, message: errors }];
    return [...own, ...task.tasks.flatMap((child) => resultsOf(child, name))];
  }
  if (task.result?.state === 'pass') return [{ name, state: 'passed', message: '' }];
  if (task.mode === 'skip') return [{ name, state: 'skipped', message: noteOf(task.result) }];
  return [{ name, state: 'failed', message: errors || `ended as ${task.result?.state ?? 'nothing'}` }];
}

/** Why a test skipped itself; the types of the runner do not know that it keeps it. */
function noteOf(result: object | undefined): string {
  return result && 'note' in result && typeof result.note === 'string' ? result.note : '';
}
